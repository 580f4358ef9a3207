/** Sessions: an opaque token in a cookie, its digest here, with an idle and an absolute end. */
import { hash, randomBytes } from "node:crypto";
import { isId, newId } from "./ids.ts";
import type { Phase } from "./contracts.ts";
import type { FieldLimits } from "./field_rights.ts";
import type { AnySql, Fragment, Sql } from "./pool.ts";
import type { ProviderNames } from "./provider_logouts.ts";
import type { Role } from "./roles.ts";
import * as signals from "./signals.ts";
import { now } from "./clock.ts";

/** The absolute lifetime of a session, in milliseconds: twelve hours would hurt a working week. */
export const absoluteEnd = 30 * 86_400_000;
/** A session ends after this long without a request, in milliseconds. */
const idleEnd = 7 * 86_400_000;
/** After this long without a request a person counts as away, in milliseconds: beyond a lunch. */
const awayAfter = 3 * 3_600_000;
/** How stale `last_seen_at` may get before a request updates it, in milliseconds. */
const touchEvery = 60_000;

/** Shown once on the page after an action: a key of the catalogue, never personal data. */
export interface Flash {
  kind: "ok" | "error" | "info";
  key: string;
  params?: Record<string, string | number>;
  /** The address to post to for undoing the action; where the usual next step begins, in its words. */
  undo?: string;
  next?: string | [href: string, key: string];
  /** The id of the field in which work continues. */
  focus?: string;
}

/** How somebody proved their identity: mail link, password, second factor, passkey or provider. */
export type Factor = "link" | "password" | "totp" | "recovery" | "passkey" | "single_sign_on";

export interface Session {
  id: string;
  identityId: string;
  name: string;
  email: string;
  locale: "de" | "en";
  theme: "auto" | "light" | "dark";
  flash: Flash | null;
  operator: boolean;
  /** The current tenant; null if none has been chosen or none is left. */
  tenantId: string | null;
  userId: string | null;
  role: Role | null;
  tenantName: string | null;
  tenantSlug: string | null;
  tenantCountry: string | null;
  /** What the tenant's contract still allows, and its last day if notice was given. */
  tenantPhase: Phase | null;
  contractEndsOn: string | null;
  /** The number of tenants this identity belongs to. */
  tenants: number;
  /** The number of unread notifications, at most 100. */
  unread: number;
  /** When the person was last here before the current stretch of work; null at the very first. */
  awaySince: Date | null;
  /** A version of the privacy policy that was announced and is not yet acknowledged. */
  policy: number | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** The strongest factor of this session, and when the person last confirmed their identity. */
  factor: Factor;
  confirmedAt: Date;
  /** The current tenant requires a second factor of this role, and this session has seen none. */
  owesFactor: boolean;
  narrowed: boolean;
  importing: Date | null;
  fieldLimits: FieldLimits;
}

/** The digest under which a token is stored. */
export function tokenDigest(token: string): Uint8Array {
  // Not crypto.subtle: its detour through a thread takes longer than the digest, on every page.
  return Uint8Array.fromHex(hash("sha256", token, "hex"));
}

/** A new token of 256 random bits for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/**
 * The running session of a token, or null. Notes at most once a minute that it is in use, unless
 * the browser asks on its own (`unattended`): an open page must not keep its session alive.
 */
export async function lookup(
  pool: Sql,
  token: string,
  { unattended = false } = {},
): Promise<Session | null> {
  const at = now();
  const [session] = await pool<Session[]>`
    select id, identity_id, tenant_id, user_id, role, name, email, locale, theme, flash, operator,
      narrowed, tenant_name, tenant_slug, tenant_country, tenant_phase, contract_ends_on, tenants,
      unread, away_since, policy, created_at, last_seen_at, expires_at, factor, confirmed_at,
      owes_factor, field_limits, importing
    from session_with_rights(${tokenDigest(token)}, ${at})
  `;
  if (!session) return null;
  const idle = at.getTime() - session.lastSeenAt.getTime();
  if (idle > idleEnd) return null;
  if (idle <= touchEvery || unattended) return session;
  if (idle > awayAfter) session.awaySince = await comeBack(pool, session.identityId, at);
  await pool`update sessions set last_seen_at = ${at} where id = ${session.id}`;
  return session;
}

/**
 * Notes since when an identity was away, unless another session, running or ended, saw it recently.
 * Returns the last time before the current stretch of work.
 */
async function comeBack(sql: AnySql, identityId: string, at: Date): Promise<Date | null> {
  const [row] = await sql<{ awaySince: Date | null }[]>`
    update identities i
    set away_since = case
      when seen.at <= ${new Date(at.getTime() - awayAfter)} then seen.at else i.away_since
    end
    from (
      select max(at) as at
      from (
        select max(last_seen_at) as at from sessions where identity_id = ${identityId}
        union all
        select seen_at from identities where id = ${identityId}
      ) moments
    ) seen
    where i.id = ${identityId}
    returning i.away_since
  `;
  return row?.awaySince ?? null;
}

/** What an open stream needs to know of its session. */
export interface Standing {
  /** The digest of the session's token, in hexadecimal. */
  digest: string;
  tenantId: string | null;
  unread: number;
}

/** Those of these sessions that are still running, with their current tenants; in one query. */
export async function recheck(pool: Sql, digests: readonly string[]): Promise<Standing[]> {
  const at = now();
  return await pool<Standing[]>`
    select asked.digest, s.tenant_id, s.unread
    from unnest(${[...digests]}::text[]) as asked (digest)
    cross join lateral session_by_digest(decode(asked.digest, 'hex'), ${at}) s
    where s.last_seen_at > ${new Date(at.getTime() - idleEnd)}
  `;
}

/** Starts a session and returns its token, which is stored nowhere. */
export async function create(
  sql: AnySql,
  input: {
    identityId: string;
    tenantId: string | null;
    ip: string;
    userAgent: string;
    factor?: Factor;
    provenAt?: Date;
    /** Digests of the names by which a tenant's provider will end the session. */
    provider?: ProviderNames;
  },
): Promise<string> {
  const [token, at] = [newToken(), now()];
  await comeBack(sql, input.identityId, at);
  await sql`
    insert into sessions (
      id, token_digest, identity_id, tenant_id, ip, user_agent, created_at, last_seen_at,
      expires_at, factor, confirmed_at, provider_subject_digest, provider_session_digest
    ) values (
      ${newId()}, ${tokenDigest(token)}, ${input.identityId}, ${input.tenantId}, ${input.ip},
      ${input.userAgent.slice(0, 200)}, ${at}, ${at}, ${new Date(at.getTime() + absoluteEnd)},
      ${input.factor ?? "password"}, ${input.provenAt ?? at}, ${input.provider?.subject ?? null},
      ${input.provider?.session ?? null}
    )
  `;
  return token;
}

/** Leaves a message for the session's next page, or removes it with null. */
export async function leaveFlash(sql: AnySql, id: string, flash: Flash | null): Promise<void> {
  await sql`update sessions set flash = ${flash && sql.json(flash)} where id = ${id}`;
}

/** Ends one session of an identity at once; false if it has no such session. */
export async function remove(sql: AnySql, identityId: string, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  return await end(sql, sql`id = ${id} and identity_id = ${identityId}`) === 1;
}

/** Ends sessions and their open streams; only the time their people were last seen is kept. */
export async function end(sql: AnySql, condition: Fragment): Promise<number> {
  const gone = await sql<{ id: string }[]>`
    with gone as (
      delete from sessions
      where ${condition}
      returning id, identity_id, last_seen_at
    ), last as (
      select identity_id, max(last_seen_at) as at
      from gone
      group by identity_id
    ), seen as (
      update identities i
      set seen_at = greatest(i.seen_at, last.at)
      from last
      where i.id = last.identity_id
    )
    select id
    from gone
  `;
  await signals.sendAll(sql, "session", gone.map(({ id }) => id));
  return gone.length;
}

/** One of an identity's sessions, as shown to its owner. */
export interface SessionEntry {
  id: string;
  ip: string;
  userAgent: string;
  tenantName: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** The running sessions of an identity, most recently used first; at most 100. */
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

/** Ends all sessions of an identity except one to keep; returns their number. */
export async function removeAll(
  sql: AnySql,
  identityId: string,
  keep: string | null = null,
): Promise<number> {
  return await end(sql, sql`identity_id = ${identityId} and id is distinct from ${keep}`);
}

/** Ends the sessions in which an identity is working for one tenant. */
export async function removeOfTenant(
  sql: AnySql,
  identityId: string,
  tenantId: string,
): Promise<void> {
  await end(sql, sql`identity_id = ${identityId} and tenant_id = ${tenantId}`);
}

/** The tenant that an identity last worked for, as long as a session remembers it. */
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

/** Switches a session to another tenant; the caller has checked that the identity belongs to it. */
export async function enter(sql: AnySql, id: string, tenantId: string): Promise<void> {
  await sql`update sessions set tenant_id = ${tenantId} where id = ${id}`;
  await signals.sendAll(sql, "session", [id]);
}

/** Notes a new confirmation, by `factor` or the old one; a provider's session stays the provider's. */
export async function confirm(sql: AnySql, id: string, factor?: Factor): Promise<void> {
  await sql`
    update sessions
    set confirmed_at = ${now()},
      factor = case factor when 'single_sign_on' then factor else ${factor ?? sql`factor`} end
    where id = ${id}
  `;
}

/** Sets the colour theme of one device. */
export async function paint(sql: AnySql, id: string, theme: Session["theme"]): Promise<void> {
  await sql`update sessions set theme = ${theme} where id = ${id}`;
}

/** Removes sessions that are past their absolute or idle end; returns their number. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const [at, idle] = [now(), new Date(now().getTime() - idleEnd)];
  return await end(sql, sql`expires_at <= ${at} or last_seen_at <= ${idle}`);
}
