/** Sessions: an opaque token in a cookie, its digest here, an idle and an absolute end. */
import { createHash, randomBytes } from "node:crypto";
import { isId, newId } from "./ids.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { now } from "./clock.ts";

/** The absolute end of a session, in milliseconds: twelve hours would hurt a working week. */
export const absoluteEnd = 30 * 86_400_000;
/** Without a request for this long a session ends, in milliseconds. */
export const idleEnd = 7 * 86_400_000;
/** How long a session keeps the whole address it came from, in milliseconds. */
const fullAddress = 7 * 86_400_000;
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
export function tokenDigest(token: string): Uint8Array {
  // Not crypto.subtle: its way through a thread takes longer than the digest, on every page.
  return createHash("sha256").update(token).digest();
}

/** A new token of 256 random bits for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** The running session of a token, or null; notes at most once a minute that it is in use. */
export async function lookup(pool: Sql, token: string): Promise<Session | null> {
  const at = now();
  const [session] = await pool<Session[]>`
    select id, identity_id, tenant_id, user_id, role, name, email, locale, theme, flash, operator,
      tenant_name, tenant_slug, tenant_country, tenants, created_at, last_seen_at, expires_at
    from session_by_digest(${tokenDigest(token)}, ${at})
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
      ${newId()}, ${tokenDigest(token)}, ${input.identityId}, ${input.tenantId}, ${input.ip},
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

/** Ends one session of an identity at once; false when it has no such session. */
export async function remove(sql: AnySql, identityId: string, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { count } = await sql`
    delete from sessions
    where id = ${id}
      and identity_id = ${identityId}
  `;
  return count === 1;
}

/** One of an identity's sessions, as its owner is shown it. */
export interface SessionEntry {
  id: string;
  ip: string;
  userAgent: string;
  tenantName: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** The running sessions of an identity, last used first; at most 100. */
export async function list(sql: AnySql, identityId: string): Promise<SessionEntry[]> {
  const at = now();
  return await sql<SessionEntry[]>`
    select s.id, s.ip, s.user_agent, t.name as tenant_name, s.created_at, s.last_seen_at
    from sessions s
    left join tenants t on t.id = s.tenant_id
    where s.identity_id = ${identityId}
      and s.expires_at > ${at}
      and s.last_seen_at > ${new Date(at.getTime() - idleEnd)}
    order by s.last_seen_at desc, s.id
    limit 100
  `;
}

/** Ends all sessions of an identity, save one to keep; the number of them. */
export async function removeAll(
  sql: AnySql,
  identityId: string,
  keep: string | null = null,
): Promise<number> {
  const { count } = await sql`
    delete from sessions
    where identity_id = ${identityId}
      and id is distinct from ${keep}
  `;
  return count;
}

/** Ends the sessions in which an identity works for one tenant. */
export async function removeOfTenant(
  sql: AnySql,
  identityId: string,
  tenantId: string,
): Promise<void> {
  await sql`
    delete from sessions
    where identity_id = ${identityId}
      and tenant_id = ${tenantId}
  `;
}

/** The tenant that an identity worked for last, while a session remembers it. */
export async function lastTenant(sql: AnySql, identityId: string): Promise<string | null> {
  const [row] = await sql<{ tenantId: string }[]>`
    select tenant_id
    from sessions
    where identity_id = ${identityId}
      and tenant_id is not null
    order by last_seen_at desc
    limit 1
  `;
  return row?.tenantId ?? null;
}

/** Lets a session work for another tenant; whether the identity belongs to it is asked before. */
export async function enter(sql: AnySql, id: string, tenantId: string): Promise<void> {
  await sql`update sessions set tenant_id = ${tenantId} where id = ${id}`;
}

/** Sets the colours of one device. */
export async function paint(sql: AnySql, id: string, theme: Session["theme"]): Promise<void> {
  await sql`update sessions set theme = ${theme} where id = ${id}`;
}

/** Removes what has ended, absolutely or by idling; the number of sessions. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const at = now();
  const { count } = await sql`
    delete from sessions
    where expires_at <= ${at}
      or last_seen_at <= ${new Date(at.getTime() - idleEnd)}
  `;
  return count;
}

/** Shortens addresses older than 7 days to /24 and /48, as the retention rules want it. */
export async function shortenAddresses(sql: AnySql): Promise<number> {
  const { count } = await sql`
    update sessions
    set ip = case
      when ip like '%:%' then host(network(set_masklen(ip::inet, 48)))
      else host(network(set_masklen(ip::inet, 24)))
    end
    where created_at <= ${new Date(now().getTime() - fullAddress)}
      and ip ~ '^[0-9a-fA-F:.]+$'
      and ip !~ '(\\.0|::)$'
  `;
  return count;
}
