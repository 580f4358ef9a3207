/** The routes of the API in the matrix: all that it describes, and none that a cookie opens. */
import { operations } from "../../routes/api/operations.ts";
import type { Row } from "./routes.ts";

/** A row for each request; programs ask in tests/api_rights_test.ts. */
export function apiRoutes(): Record<string, Row> {
  const described = operations.map(({ method, path }) =>
    `${method.toUpperCase()} /api/v1${path.replace("{id}", ":id")}`
  );
  return {
    ...Object.fromEntries(
      [...described, "ALL /api/v1/*"].map((route) => [route, { access: "token" } as const]),
    ),
    ...pages,
  };
}

const missing = { visitor: "missing", operator: "missing", vera: "missing" } as const;
/** Forms and links that were never made. */
const nobodys: Row = {
  access: "public",
  except: { ...missing, charlie: "missing", bob: "missing", alice: "missing" },
};
const admin: Row = { access: "admin" };

/** The pages for managing tokens and webhooks. */
const pages: Record<string, Row> = {
  "GET /account/tokens": { access: "reader" },
  "POST /account/tokens": { access: "reader" },
  "POST /account/tokens/:id/end": { access: "reader", id: "api token", own: true },
  "GET /settings/api": admin,
  "POST /settings/api/tokens/:id/end": { ...admin, id: "api token" },
  "GET /f/:tenant/:form": nobodys,
  "POST /f/:tenant/:form": nobodys,
  "GET /form-confirmations/:token": nobodys,
  "POST /form-confirmations/:token": nobodys,
  "GET /settings/forms": admin,
  "GET /settings/forms/new": admin,
  "POST /settings/forms/new": admin,
  "GET /settings/forms/:id/edit": { ...admin, id: "web form" },
  "POST /settings/forms/:id/edit": { ...admin, id: "web form" },
  "POST /settings/forms/:id/removal": { ...admin, id: "web form" },
  "GET /settings/webhooks": admin,
  "GET /settings/webhooks/new": admin,
  "POST /settings/webhooks/new": admin,
  "GET /settings/webhooks/:id": { ...admin, id: "webhook" },
  "GET /settings/webhooks/:id/edit": { ...admin, id: "webhook" },
  "POST /settings/webhooks/:id/edit": { ...admin, id: "webhook" },
  "POST /settings/webhooks/:id/tests": { ...admin, id: "webhook" },
  "POST /settings/webhooks/:id/secret": { ...admin, id: "webhook" },
  "POST /settings/webhooks/:id/removal": { ...admin, id: "webhook" },
};
