/** What every answer to a directory has: its type, our address, and who asks. */
import * as tokens from "../../db/directory_tokens.ts";
import { type Scope, system, withScope } from "../../db/scope.ts";
import type { Ctx } from "../web.tsx";

export const contentType = "application/scim+json";

/** The address that directories are given. */
export const baseOf = (c: Ctx): string => `${c.var.services.config.baseUrl}/scim/v2`;

/** An answer in the directory's own type. */
export function send(c: Ctx, body: unknown, status: 200 | 201 = 200): Response {
  return c.body(JSON.stringify(body), status, { "Content-Type": contentType });
}

/** Who asks; there is somebody behind `identified`. */
export const directoryOf = (c: Ctx): tokens.Directory => c.var.directory!;

/** One transaction in the house whose directory asks; nobody of its people acts. */
export const within = <T>(c: Ctx, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withScope(
    c.var.services.pool,
    { tenantId: directoryOf(c).tenantId, actor: system },
    async (scope) => {
      await tokens.touch(scope, directoryOf(c));
      return await work(scope);
    },
  );
