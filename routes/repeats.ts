/** Forms that did not get through and are sent again, by the person who filled them in. */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { tokenDigest } from "../db/sessions.ts";
import type { Again } from "../views/layout.tsx";
import { parametersOf } from "./addresses.ts";
import { isSecret } from "./fields.ts";
import { sessionToken } from "./guards.ts";
import { bringsFile } from "./uploads.ts";
import type { Ctx } from "./web.tsx";

/** The name under which an address carries whose form it takes. */
const name = "again";

/**
 * What the log-in at hand alone has. By the cookie: whose it is cannot be asked of a database that
 * is away.
 */
function sealOf(c: Ctx): string {
  const secret = Buffer.from(c.var.services.config.secretKey, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, "", "repeats", 32));
  return createHmac("sha256", key).update(tokenDigest(sessionToken(c) ?? "")).digest("base64url");
}

/**
 * What a form brought that could not be taken just now; null where there was none, or where it holds
 * a secret or a file. Forms carry their record's id: sent twice they make one.
 */
export async function typed(c: Ctx): Promise<Again | null> {
  // What brings a file has not arrived yet, and nothing bounds it until its route reads it.
  if (c.req.method !== "POST" || bringsFile(c)) return null;
  const body = await c.req.parseBody({ all: true }).catch(() => ({}));
  const fields = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((each): [string, unknown] => [name, each])
  );
  const whole = fields.every((field): field is [string, string] =>
    typeof field[1] === "string" && !isSecret(field[0])
  );
  if (!whole || fields.length === 0) return null;
  const search = parametersOf(c);
  search.set(name, sealOf(c));
  // A path that begins with two slashes would be another host.
  return { action: `${c.req.path.replace(/^\/+/, "/")}?${search}`, fields };
}

/** Whether a form is sent again in another log-in than the one that filled it in. */
export function isForeign(c: Ctx): boolean {
  const seal = c.req.method === "POST" ? c.req.query(name) : undefined;
  if (seal === undefined) return false;
  const [given, own] = [Buffer.from(seal), Buffer.from(sealOf(c))];
  return given.length !== own.length || !timingSafeEqual(given, own);
}
