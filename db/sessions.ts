/** Sessions: an opaque token in a cookie, its digest here, an idle and an absolute end. */
import { randomBytes } from "node:crypto";
import { newId } from "./ids.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { now } from "./clock.ts";

/** The absolute end of a session, in milliseconds: twelve hours would hurt a working week. */
const absoluteEnd = 30 * 86_400_000;
/** Without a request for this long a session ends, in milliseconds. */
export const idleEnd = 7 * 86_400_000;
/** How stale `last_seen_at` may be before a request writes it again, in milliseconds. */
const touchEvery = 60_000;

/** What is shown once on the page after a deed: a key of the catalogue, never personal data. */
export interface Flash {
  kind: "ok" | "error" | "info";
  key: string;
  params?: Record<string, string | number>;
  /** The address that takes the deed back when it is posted to. */
  undo?: string;
}

export interface Session {
  id: string;
  identityId: string;
  name: string;
  email: string;
  locale: "de" | "en";
  theme: "auto" | "light" | "dark";
  flash: Flash | null;
  operator: boolean;
  /** The tenant at hand; null while none is chosen or left. */
  tenantId: string | null;
  userId: string | null;
  role: Role | null;
  tenantName: string | null;
  tenantSlug: string | null;
  tenantCountry: string | null;
  /** Tenants this identity belongs to. */
  tenants: number;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** The digest under which a token is stored. */
export async function tokenDigest(token: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
}

/** A new token of 256 random bits for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** The running session of a token, or null; notes at most once a minute that it is in use. */
export async function lookup(pool: Sql, token: string): Promise<Session | null> {
  const at = now();
  const [session] = await pool<Session[]>`
    select id, identity_id, tenant_id, user_id, role, name, email, locale, theme, flash, operator,
      tenant_name, tenant_slug, tenant_country, tenants, created_at, last_seen_at, expires_at
    from session_by_digest(${await tokenDigest(token)}, ${at})
  `;
  if (!session) return null;
  if (at.getTime() - session.lastSeenAt.getTime() > idleEnd) return null;
  if (at.getTime() - session.lastSeenAt.getTime() > touchEvery) {
    await pool`update sessions set last_seen_at = ${at} where id = ${session.id}`;
  }
  return session;
}

/** Starts a session and returns its token, which is stored nowhere. */
export async function create(
  sql: AnySql,
  input: { identityId: string; tenantId: string | null; ip: string; userAgent: string },
): Promise<string> {
  const token = newToken();
  const at = now();
  await sql`
    insert into sessions (id, token_digest, identity_id, tenant_id, ip, user_agent, created_at, last_seen_at, expires_at)
    values (
      ${newId()}, ${await tokenDigest(token)}, ${input.identityId}, ${input.tenantId}, ${input.ip},
      ${input.userAgent.slice(0, 200)}, ${at}, ${at}, ${new Date(at.getTime() + absoluteEnd)}
    )
  `;
  return token;
}

/** Leaves a message for the session's next page, or takes it away with null. */
export async function leaveFlash(
  sql: AnySql,
  sessionId: string,
  flash: Flash | null,
): Promise<void> {
  await sql`
    update sessions
    set flash = ${flash === null ? null : sql.json(flash as never)}
    where id = ${sessionId}
  `;
}

/** Ends one session of an identity at once. */
export async function remove(sql: AnySql, identityId: string, id: string): Promise<void> {
  await sql`
    delete from sessions
    where id = ${id}
      and identity_id = ${identityId}
  `;
}
