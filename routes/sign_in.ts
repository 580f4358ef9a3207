/** Starting and ending a session in the browser at hand, and where to go from there. */
import { deleteCookie, setCookie } from "hono/cookie";
import * as identities from "../db/identities.ts";
import * as passwords from "../db/passwords.ts";
import type { Sql } from "../db/pool.ts";
import * as sessions from "../db/sessions.ts";
import * as tenants from "../db/tenants.ts";
import * as tokens from "../db/tokens.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { cookieName, sessionToken } from "./guards.ts";
import type { Ctx } from "./web.tsx";

const attributes = (c: Ctx) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Lax" as const,
  secure: c.var.services.config.appEnv === "production",
});

/** Starts a session under a new token; one that this browser had before ends. */
export async function signIn(
  c: Ctx,
  { identityId, tenantId, factor }: {
    identityId: string;
    tenantId: string | null;
    factor: sessions.Factor;
  },
): Promise<void> {
  const { session, services, ip } = c.var;
  if (session) await sessions.remove(services.pool, session.identityId, session.id);
  const userAgent = c.req.header("User-Agent") ?? "";
  const who = { identityId, tenantId, ip, userAgent, factor };
  const token = await sessions.create(services.pool, who);
  services.audit.info("signed in", { identityId, tenantId: tenantId ?? undefined });
  const maxAge = sessions.absoluteEnd / 1000;
  setCookie(c, cookieName(c), token, { ...attributes(c), maxAge });
}

/**
 * Halfway in: the password was right, the second factor is still to come. The cookie of the later
 * session bears the token of this step, which opens nothing but the step.
 */
export async function beginStep(c: Ctx, identityId: string): Promise<void> {
  const { session, services: { pool } } = c.var;
  if (session) await sessions.remove(pool, session.identityId, session.id);
  const token = await tokens.issue(pool, { kind: "second_factor", identityId });
  const maxAge = tokens.lifetimes.second_factor / 1000;
  setCookie(c, cookieName(c), token, { ...attributes(c), maxAge });
}

/** The identity of a log-in that is halfway, or null. */
export async function stepOf(c: Ctx): Promise<string | null> {
  const token = sessionToken(c);
  if (!token) return null;
  const found = await tokens.lookup(c.var.services.pool, "second_factor", token);
  return found?.identityId ?? null;
}

/** Ends the step; of two at once only one is let on. */
export async function endStep(c: Ctx): Promise<boolean> {
  const token = sessionToken(c) ?? "";
  return await tokens.use(c.var.services.pool, "second_factor", token) !== null;
}

/**
 * Ends the session on the server and in the browser. Of the browser's stores the cache goes: a
 * page kept for Back must not outlive the session; other apps of the host keep their cookies.
 */
export async function signOut(c: Ctx): Promise<void> {
  const { session, services } = c.var;
  if (session) {
    const { identityId, tenantId } = session;
    await sessions.remove(services.pool, identityId, session.id);
    services.audit.info("signed out", { identityId, tenantId: tenantId ?? undefined });
  }
  deleteCookie(c, cookieName(c), attributes(c));
  c.header("Clear-Site-Data", '"cache", "storage"');
}

/** The tenant to open for an identity: the last one, the only one, or null to let it choose. */
export async function tenantFor(pool: Sql, identityId: string): Promise<string | null> {
  const memberships = await tenants.memberships(pool, identityId);
  const last = await sessions.lastTenant(pool, identityId);
  const again = memberships.find(({ tenantId }) => tenantId === last);
  return (again ?? (memberships.length === 1 ? memberships[0] : undefined))?.tenantId ?? null;
}

/** A path of this site out of a text from outside, or the fallback: never another host. */
export function localPath(text: string | undefined, fallback: string): string {
  const base = "http://local.invalid";
  if (!text?.startsWith("/") || text.length > 2000) return fallback;
  const url = URL.parse(text, base);
  if (url?.origin !== base || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search;
}

/**
 * The counters that limit attempts, on the scope's connection where there is one: whoever holds one
 * and waits for another stops the whole process.
 */
export const counters = (c: Ctx): rateLimits.Counters => ({
  sql: c.var.scope?.sql ?? c.var.services.pool,
  secretKey: c.var.services.config.secretKey,
});

/** The network the visitor comes from. */
export const prefix = (c: Ctx): string => rateLimits.prefixOf(c.var.ip);

/** Asks for the password again before what a thief of the session would do. Throws TooMany. */
export async function isOwnPassword(c: Ctx, password: string): Promise<boolean> {
  const { identityId } = c.var.session!;
  const { sql, secretKey } = counters(c);
  await rateLimits.count({ sql, secretKey }, rateLimits.limits.reauthentication, identityId);
  const { passwordHash } = await identities.find(sql, identityId);
  return await passwords.verify(passwordHash, password);
}
