/** What every answer to a directory needs: its type, our address, and who asks. */
import type { Directory } from "../../db/directory_tokens.ts";
import type { Ctx } from "../web.tsx";

export const contentType = "application/scim+json";

/** The address that directories are given. */
export const baseOf = (c: Ctx): string => `${c.var.services.config.baseUrl}/scim/v2`;

/** An answer in the directory's own type. */
export function send(c: Ctx, body: unknown, status: 200 | 201 = 200): Response {
  return c.body(JSON.stringify(body), status, { "Content-Type": contentType });
}

/** Who asks; always set behind `identified`. */
export const directoryOf = (c: Ctx): Directory => c.var.directory!;
