/** What every route is made with: the typed factory, forms, answers. */
import type { Context, Hono, MiddlewareHandler } from "hono";
import type { H } from "hono/types";
import { createFactory } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import type { Caller } from "../db/api_tokens.ts";
import type { Config } from "../db/config.ts";
import type { Directory } from "../db/directory_tokens.ts";
import type { Egress } from "../db/egress.ts";
import { Invalid, type Stale } from "../db/errors.ts";
import type { AccessLog, AppLog } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import type { Replica } from "../db/replicas.ts";
import type { Scope } from "../db/scope.ts";
import { type Flash, leaveFlash, type Session } from "../db/sessions.ts";
import { Bare } from "../views/layout.tsx";
import type { MessageKey } from "../views/i18n/translate.ts";
import type { FormState } from "../views/ui/form.tsx";
import { Shell } from "../views/shell.tsx";
import type { View } from "../views/view.ts";
import type { Assets } from "./assets.ts";
import type { Streams } from "./streams.ts";
import type { Visits } from "./visits.ts";

/** What the app is built from; made once per process. */
export interface Services {
  config: Config;
  pool: Sql;
  /** A copy of the database for reads; unset: there is none. */
  replica?: Replica;
  log: AppLog;
  access: AccessLog;
  /** Who signed in, and what operators did. */
  audit: AppLog;
  assets: Assets;
  /** The way out to processors. */
  egress: Egress;
  streams: Streams;
  /** Who opened which records, to be written together. */
  visits: Visits;
}

/** Middleware of every request reads them with `c.get`: `c.var` makes an object of all of them each time. */
export interface Env {
  Variables: {
    services: Services;
    /** Null for visitors; set by `loadSession`. */
    session: Session | null;
    /** Whose program asks; only at the API. */
    caller?: Caller;
    /** Whose directory asks; only at SCIM. */
    directory?: Directory;
    /** The tenant's transaction; only behind `scoped`. */
    scope: Scope;
    /** A data subject's right, which still works when the tenant is read-only. */
    goesOn?: boolean;
    view: View;
    /** The address of the visitor, as the connection or the trusted proxy tells it. */
    ip: string;
    /** By which this request is found again in every log. */
    requestId?: string;
    /** The page that was made; goes with the request, a longer life would fill the old heap. */
    written?: { answer: Response; text: string };
    /** The pattern of the route, once somebody asked for it. */
    route?: string;
  };
}

export type Ctx = Context<Env>;
/** What `hono/jsx` makes of markup. */
// deno-lint-ignore no-explicit-any
export type Node = any;

/** Adds handlers at a path, whose parts they may ask for. */
type Add = <P extends string>(path: P, ...handlers: H<Env, NoInfer<P>>[]) => Routes;

/**
 * What a noun's routes are made of. Hono itself gathers all of them in the type, for typed clients:
 * we have none, and collecting them was a fifth of the type check.
 */
export type Routes = {
  get: Add;
  post: Add;
  put: Add;
  patch: Add;
  delete: Add;
  all: Add;
  use: {
    (...handlers: MiddlewareHandler<Env>[]): Routes;
    (path: string, ...handlers: MiddlewareHandler<Env>[]): Routes;
  };
  route: (path: string, routes: Hono<Env>) => Routes;
} & Hono<Env>;

const factory = createFactory<Env>();
export const web = factory as Omit<typeof factory, "createApp"> & { createApp(): Routes };

/** Whether htmx asks for a part of a page; this header alone decides, as Back never sends it. */
export const isPartial = (c: Ctx): boolean => c.req.header("HX-Request-Type") === "partial";

interface PageOptions {
  /** Key of the page's title, or the title itself. */
  title: MessageKey | { text: string };
  status?: 200 | 400 | 401 | 403 | 404 | 405 | 408 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
  /** Without the navigation of signed-in pages. */
  bare?: boolean;
  /** A bare page that takes all the width there is. */
  wide?: boolean;
}

/** Answers with a whole page, or with the bare node where htmx asks for a part. */
export async function page(c: Ctx, node: Node, options: PageOptions): Promise<Response> {
  const status = options.status ?? 200;
  // A refused form stays at its own address: no second entry in the history.
  if (status === 422 || status === 401 || status === 409) c.header("HX-Push-Url", "false");
  if (isPartial(c)) return write(c, node, status);
  const [session, view] = [c.get("session"), c.get("view")];
  // An error page does not ask the database, which may be what went wrong, nor use a transaction that
  // has failed.
  if (session?.flash && status < 500 && !c.error) {
    await leaveFlash(c.get("scope")?.sql ?? c.get("services").pool, session.id, null);
  }
  const title = typeof options.title === "string" ? view.t(options.title) : options.title.text;
  if (!options.bare && view.user) {
    return write(c, <Shell view={view} title={title}>{node}</Shell>, status);
  }
  return write(c, <Bare view={view} title={title} wide={options.wide}>{node}</Bare>, status);
}

/** The text of the page in the answer, for compression: reading it back from the answer costs more. */
export function textOf(c: Ctx): string | undefined {
  const written = c.get("written");
  return written?.answer === c.res ? written.text : undefined;
}

function write(c: Ctx, node: Node, status: NonNullable<PageOptions["status"]>): Response {
  const text = String(node);
  const answer = c.html(text, status);
  c.set("written", { answer, text });
  return answer;
}

/** Answers with 303 to another page, on which the message is shown once. */
export async function redirect(c: Ctx, to: string, flash?: Flash): Promise<Response> {
  const { session } = c.var;
  if (flash && session) {
    await leaveFlash(c.var.scope?.sql ?? c.var.services.pool, session.id, flash);
  }
  return c.redirect(to, 303);
}

export type Read<T> = { ok: true; value: T; form: FormState } | { ok: false; form: FormState };

/** Reads the posted fields (`emails.0.address` nests) and checks them; faults come as codes per field. */
export async function readForm<S extends z.ZodType>(c: Ctx, schema: S): Promise<Read<z.output<S>>> {
  const body = await c.req.parseBody({ all: true }).catch((error) => {
    // Cut short or without a boundary: the runtime throws a TypeError.
    throw error instanceof TypeError ? new HTTPException(400) : error;
  });
  const values: FormState["values"] = {};
  for (const [name, value] of Object.entries(body)) {
    // PostgreSQL keeps no NUL in a text.
    const texts = (Array.isArray(value) ? value : [value])
      .filter((one) => typeof one === "string").map((one) => one.replaceAll("\0", ""));
    if (texts.length > 0) values[name] = texts.length === 1 ? texts[0]! : texts;
  }
  return judged(schema, values);
}

/** Values as those of a posted form, checked; faults come as codes per field. */
export function judged<S extends z.ZodType>(
  schema: S,
  values: FormState["values"],
): Read<z.output<S>> {
  const result = schema.safeParse(nest(values));
  if (result.success) return { ok: true, value: result.data, form: { values, errors: {} } };
  return { ok: false, form: { values, errors: errorsOf(result.error) } };
}

/** The form again, with faults that only the database could see. */
export function invalid(form: FormState, errors: Record<string, string>): FormState {
  return { values: form.values, errors: { ...form.errors, ...errors } };
}

/** The form again after somebody else has saved: sent once more, it overwrites their version. */
export function overtaken({ values }: FormState, { version }: Stale): FormState {
  return { values: { ...values, version: String(version) }, errors: { "": "errors.stale" } };
}

/** Why a change was refused, by field; null if it was done. Anything else is rethrown. */
export async function faultOf(work: Promise<unknown>): Promise<Record<string, string> | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { [error.field]: error.code };
  }
}

/** Dotted names as nested objects and arrays; names of prototypes are left out. */
export function nest(values: FormState["values"]): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    const parts = name.split(".");
    if (
      parts.length > 4 ||
      parts.some((part) => !/^[a-zA-Z0-9_]{1,60}$/.test(part) || part === "__proto__")
    ) continue;
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const next = node[part];
      node = (typeof next === "object" && next !== null && !Array.isArray(next)
        ? next
        : node[part] = Object.create(null)) as Record<string, unknown>;
    }
    node[parts.at(-1)!] = value;
  }
  return rows(root) as Record<string, unknown>;
}

/** Objects whose names are all numbers become arrays in that order. */
function rows(node: unknown): unknown {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return node;
  const entries = Object.entries(node);
  if (entries.length > 0 && entries.every(([name]) => /^\d{1,3}$/.test(name))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => rows(value));
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, rows(value)]));
}

/** Zod's issues as one code per field: our own codes pass, its standard ones are translated. */
export function errorsOf(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const name = issue.path.join(".");
    errors[name] ??= codeOf(issue);
  }
  return errors;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (/^[a-z_]+(\.[a-z_]+)?(\?.*)?$/.test(issue.message)) return issue.message;
  if (issue.code === "too_small" && isNumber(issue.origin)) return `too_small?min=${issue.minimum}`;
  if (issue.code === "too_small") {
    return issue.origin === "string" && issue.minimum === 1
      ? "required"
      : `too_short?min=${issue.minimum}`;
  }
  if (issue.code === "too_big") {
    return `${issue.origin === "string" ? "too_long" : "too_many"}?max=${issue.maximum}`;
  }
  if (issue.code === "invalid_type" && issue.expected === "int") return "integer";
  // Issues name what was sent in their text alone.
  if (issue.code === "invalid_type" && issue.message.endsWith("undefined")) return "required";
  if (issue.code === "invalid_format" && issue.format === "email") return "email";
  if (issue.code === "invalid_value") return "option";
  return "invalid";
}

const isNumber = (origin: string) => origin === "number" || origin === "int";
