/** What programs send and get as JSON: bodies read and checked, versions named by ETag. */
import { createHash } from "node:crypto";
import type { z } from "zod";
import * as requests from "../../db/api_requests.ts";
import { newId } from "../../db/ids.ts";
import type { Scope } from "../../db/scope.ts";
import type { Ctx } from "../web.tsx";
import { fault, faultsOf, Problem } from "./problems.ts";

/** Texts as PostgreSQL keeps them: no NUL, no half characters. A name that no field has is refused. */
function clean(name: string, value: unknown): unknown {
  // The schema finds other unknown names, but never sees this one.
  if (name === "__proto__") throw new SyntaxError(name);
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}

/** The posted text, if it says that it is JSON; bytes of another encoding would be kept broken. */
async function textOf(c: Ctx): Promise<string> {
  const type = c.req.header("Content-Type") ?? "";
  if (!/^application\/(merge-patch\+)?json\s*(;|$)/i.test(type)) {
    throw new Problem("unsupported_type");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (error) {
    throw error instanceof TypeError ? new Problem("malformed") : error;
  }
}

/** A JSON body of this shape. Throws a Problem that names each field that is wrong. */
export async function bodyOf<S extends z.ZodType>(
  c: Ctx,
  schema: S,
): Promise<{ value: z.output<S>; text: string }> {
  const text = await textOf(c);
  let sent: unknown;
  try {
    sent = JSON.parse(text, clean);
  } catch {
    throw new Problem("malformed");
  }
  return { value: shaped(c, schema, sent), text };
}

/** A value checked against a schema; `rename` says how a program calls a form's field. */
export function shaped<S extends z.ZodType>(
  c: Ctx,
  schema: S,
  value: unknown,
  rename?: (name: string) => string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem("invalid", { errors: faultsOf(c, result.error, rename) });
}

/** One field refused for what only the database knows. */
export const refused = (c: Ctx, pointer: string, code: string) =>
  new Problem("invalid", { errors: [fault(c.var, pointer, code)] });

/** The ETag of a record: it changes with anything that the answer contains. */
const etagOf = (body: string): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;

const tagsIn = (header: string) => header.split(",").map((each) => each.trim());

/** Answers with one record and its ETag, or that nothing changed since the program read it. */
export function answerRecord(
  c: Ctx,
  record: { id: string },
  made?: { path: string; replayed: boolean },
): Response {
  const body = JSON.stringify(record);
  const etag = etagOf(body);
  const headers: Record<string, string> = { ETag: etag, "Content-Type": "application/json" };
  if (made) {
    headers.Location = `${made.path}/${record.id}`;
    if (made.replayed) headers["Idempotent-Replayed"] = "true";
    return c.body(body, 201, headers);
  }
  const known = tagsIn(c.req.header("If-None-Match") ?? "").map((tag) => tag.replace(/^W\//, ""));
  const reads = c.req.method === "GET" || c.req.method === "HEAD";
  if (reads && (known.includes(etag) || known[0] === "*")) return c.body(null, 304, { ETag: etag });
  return c.body(body, 200, headers);
}

/**
 * Refuses a change of what the program has not read as it stands (RFC 9110, 13.1.1). A change needs
 * the header, a removal may do without.
 */
export function assertUnchanged(c: Ctx, record: unknown, needed: boolean): void {
  const sent = c.req.header("If-Match");
  if (sent === undefined) {
    if (needed) throw new Problem("if_match_missing");
    return;
  }
  const etag = etagOf(JSON.stringify(record));
  if (sent.trim() === "*" || tagsIn(sent).includes(etag)) return;
  c.header("ETag", etag);
  throw new Problem("stale");
}

/** The Idempotency-Key of a request that bears one. Throws a Problem for one of another form. */
export function keyOf(c: Ctx): string | undefined {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw refused(c, "Idempotency-Key", "api.key_form");
}

/**
 * The id of what is to be made, and whether it was made under the request's Idempotency-Key before.
 * Behind the key stands a row of the same transaction: what fails may be tried again under it.
 */
export async function claimed(
  c: Ctx,
  text: string,
  scope: Scope = c.var.scope,
): Promise<{ id: string; replayed: boolean }> {
  const id = newId();
  const key = keyOf(c);
  if (key === undefined) return { id, replayed: false };
  const { config } = c.var.services;
  const sent = { key, path: c.req.path, body: text };
  const before = await requests.claim(scope, config.secretKey, sent, id);
  return before === null ? { id, replayed: false } : { id: before, replayed: true };
}
