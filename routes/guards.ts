/** What requests have to pass: the session, the tenant's transaction, the right. */
import { getCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { type Action, can } from "../db/roles.ts";
import { providerId } from "../db/controllers.ts";
import { Forbidden } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as fieldRights from "../db/field_rights.ts";
import type { Kind } from "../db/record_kinds.ts";
import type { Sql } from "../db/pool.ts";
import { system, type Who, withScope } from "../db/scope.ts";
import * as sessions from "../db/sessions.ts";
import { pathOf } from "./addresses.ts";
import { unsent } from "./downloads.ts";
import { poolFor } from "./replicas.ts";
import { type Ctx, isPartial, web } from "./web.tsx";

/** The session cookie's name; the prefix makes browsers refuse one set by a neighbour host. */
export const cookieName = (c: Ctx): string =>
  c.get("services").config.appEnv === "production" ? "__Host-session" : "session";

/** The token of the session's cookie, if the browser sent one. */
export const sessionToken = (c: Ctx): string | undefined => getCookie(c, cookieName(c));

/** Requests that open pages make by themselves: they do not keep a session alive. */
const unattended = ["/notifications/stream", "/notifications/unread"];

/** The signed-in person with the limits of their role, as a Scope needs it; null without a tenant. */
export function whoIs(session: sessions.Session): Who | null {
  const { tenantId, userId, narrowed, importing, fieldLimits } = session;
  if (!tenantId || !userId) return null;
  return { tenantId, actor: { kind: "user", userId, narrowed, importing }, limits: fieldLimits };
}

/** Loads the session of the cookie, if any, for every page. */
export const loadSession = web.createMiddleware(async (c, next) => {
  const token = sessionToken(c);
  const options = { unattended: unattended.includes(c.req.path) };
  c.set("session", token ? await sessions.lookup(c.get("services").pool, token, options) : null);
  await next();
});

/**
 * Sends visitors to the log-in and back again. A form whose session ended while it was filled in is
 * refused with 401, and the error page keeps what was typed. So are requests for a part of a page,
 * which has no room for a log-in.
 */
export const signedIn = web.createMiddleware(async (c, next) => {
  if (c.get("session")) return await next();
  if (c.req.method === "POST" || isPartial(c)) throw new HTTPException(401);
  return c.redirect(`/login?next=${encodeURIComponent(pathOf(c))}`, 303);
});

/** Opens the tenant's transaction for the request, once; any throw rolls it back. */
export const scoped = web.createMiddleware(async (c, next) => {
  // Two routers may share a path: a second transaction would wait for a connection while holding one.
  if (c.get("scope")) return await next();
  const session = c.get("session");
  const who = session && whoIs(session);
  if (!who) return c.redirect("/tenants", 303);
  await within(c, await poolFor(c), { ...who, goesOn: c.get("goesOn") }, next);
});

async function within(c: Ctx, pool: Sql, who: Who, next: () => Promise<void>): Promise<void> {
  await withScope(pool, who, async (scope) => {
    c.set("scope", scope);
    await next();
    // Hono has answered already; throwing again is what rolls back.
    if (c.error) throw c.error;
  }).catch(async (error) => {
    if (error === c.error) return;
    if (c.finalized) await unsent(c.res);
    throw error;
  });
}

/** Lets only roles with the right pass; others get 403. */
export const may = (action: Action) =>
  web.createMiddleware(async (c, next) => {
    const role = c.get("session")?.role;
    if (!role || !can(role, action)) throw new Forbidden(action);
    await next();
  });

/** Lets only roles pass that can see a field. */
export const maySee = (kind: Kind, field: string) =>
  web.createMiddleware(async (c, next) => {
    if (fieldRights.isHidden(c.get("scope"), kind, field)) throw new Forbidden(`${kind}.${field}`);
    await next();
  });

/** Lets only roles pass that may write a field. */
export const mayWrite = (kind: Kind, field: string) =>
  web.createMiddleware(async (c, next) => {
    if (!fieldRights.mayWrite(c.get("scope"), kind, field)) throw new Forbidden(`${kind}.${field}`);
    await next();
  });

/** Lets only operators pass, once they have the second factor required of them. */
export const operator = web.createMiddleware(async (c, next) => {
  const { session, services } = c.var;
  if (!session?.operator) throw new Forbidden("operator");
  if (await factors.owedByOperator(services.pool, session)) {
    return c.redirect("/account/factors", 303);
  }
  await next();
  // Whoever only looks changes nothing: a proxy's probe by HEAD is no act either.
  if (c.req.method === "GET" || c.req.method === "HEAD") return;
  const { method, path: route } = c.req;
  const { identityId } = session;
  services.audit.info("operator's act", { method, route, status: c.res.status, identityId });
});

/** Opens the provider's transaction for the request, behind `operator`; any throw rolls it back. */
export const providerScoped = web.createMiddleware(async (c, next) => {
  await within(c, c.get("services").pool, { tenantId: providerId, actor: system }, next);
});
