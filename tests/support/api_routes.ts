/** The routes of the API in the matrix: all that it describes, and none that a cookie opens. */
import { operations } from "../../routes/api/operations.ts";
import type { Row } from "./routes.ts";

/** A row for each request; programs ask in tests/api_rights_test.ts. */
export function apiRoutes(): Record<string, Row> {
  const described = operations.map(({ method, path }) =>
    `${method.toUpperCase()} /api/v1${path.replace("{id}", ":id")}`
  );
  return Object.fromEntries(
    [...described, "ALL /api/v1/*"].map((route) => [route, { access: "token" }]),
  );
}
