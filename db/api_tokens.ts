/**
 * API tokens: a program acts as its user, within scopes and until a date; only digests are stored.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { now } from "./clock.ts";
import type { Phase } from "./contracts.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { FieldLimits } from "./field_rights.ts";
import type { AnySql } from "./pool.ts";
import { type Action, can, type Role } from "./roles.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

/** The scopes a token can have; writing includes reading and moving to the trash. */
export const scopes = [
  "contacts:read",
  "contacts:write",
  "companies:read",
  "companies:write",
  "deals:read",
  "deals:write",
  "activities:read",
  "activities:write",
  "files:read",
  "files:write",
  "offers:read",
] as const;
export type ApiScope = typeof scopes[number];

/** The rights that each scope grants, as far as the user's role has them. */
const opened = {
  "contacts:read": ["contacts.read"],
  "contacts:write": ["contacts.write", "contacts.delete"],
  "companies:read": ["companies.read"],
  "companies:write": ["companies.write", "companies.delete"],
  "deals:read": ["deals.read"],
  "deals:write": ["deals.write", "deals.delete"],
  "activities:read": ["activities.read"],
  "activities:write": ["activities.write"],
  "files:read": ["files.read"],
  "files:write": ["files.write", "files.delete"],
  "offers:read": ["offers.read"],
} as const satisfies Record<ApiScope, readonly Action[]>;

/** The validity periods in days; no token is valid forever. */
export const lifetimes = [30, 90, 365] as const;
/** The maximum number of active tokens per user. */
export const most = 20;

/** The prefix of all tokens, by which scanners for leaked secrets recognise them. */
const prefix = "kcrm_";
const form = /^kcrm_[A-Za-z0-9_-]{43}$/;

/** The caller that a token identifies, and what it may do. */
export interface Caller {
  tenantId: string;
  /** The token's id. */
  id: string;
  userId: string;
  role: Role;
  scopes: ApiScope[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  tenantCountry: string;
  tenantPhase: Phase;
  /** Whether the role sees less than all records. */
  narrowed: boolean;
  /** When the tenant's currently running import began. */
  importing: Date | null;
  /** Limits of the user's role on individual fields of records. */
  fieldLimits: FieldLimits;
}

/** A token as shown to its owner. */
export interface ApiToken {
  id: string;
  name: string;
  scopes: ApiScope[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** The same as shown to those who manage the tenant. */
export interface UsersToken extends ApiToken {
  userName: string;
  /**
   * Suspended until the user signs in at the tenant's identity provider, which is required but has
   * not been used for long.
   */
  resting: boolean;
}

/**
 * Who may use this token now; null for wrong or expired ones, for blocked users, and when the
 * tenant's identity provider, the only way to sign in, has not confirmed the user for 30 days.
 */
export async function lookup(sql: AnySql, token: string): Promise<Caller | null> {
  if (!form.test(token)) return null;
  const [caller] = await sql<Caller[]>`
    select tenant_id, id, user_id, role, scopes, expires_at, last_used_at, tenant_country,
      tenant_phase, narrowed, field_limits, importing
    from api_caller(${tokenDigest(token)}, ${now()})
  `;
  return caller ?? null;
}

/** The scope that grants a right. */
export const scopeOf = (action: Action): ApiScope | undefined =>
  scopes.find((scope) => (opened[scope] as readonly Action[]).includes(action));

/** Whether a token grants a right: one of its scopes includes it, and its user has it. */
export function opens({ role, scopes }: Pick<Caller, "role" | "scopes">, action: Action): boolean {
  const scope = scopeOf(action);
  return scope !== undefined && scopes.includes(scope) && can(role, action);
}

/** The scopes that a role can use. */
export const scopesOf = (role: Role): ApiScope[] =>
  scopes.filter((scope) => opened[scope].some((action) => can(role, action)));

/** The minimum interval between two updates of a token's last use. */
const touchEvery = 5 * 60_000;

/** Records that a token is in use, at most every five minutes. */
export async function touch({ sql, tenantId, now }: Scope, caller: Caller): Promise<void> {
  if (caller.tenantPhase !== "open") return;
  if (caller.lastUsedAt && now.getTime() - caller.lastUsedAt.getTime() < touchEvery) return;
  await sql`
    update api_tokens
    set last_used_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${caller.id}
  `;
}

/** Adds the scopes that others include: a program that writes receives the record in the answer. */
const included = (wanted: readonly ApiScope[]): ApiScope[] =>
  scopes.filter((each) =>
    wanted.some((one) => one === each || one.replace(":write", ":read") === each)
  );

/**
 * Creates a token for the acting user and returns it; it is not stored. Throws Invalid if there are
 * too many already.
 */
export async function create(
  scope: Scope,
  { name, scopes, days }: { name: string; scopes: readonly ApiScope[]; days: number },
): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  await advisoryLocks.take(scope, "api_tokens", actor.userId!);
  const token = prefix + newToken();
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int
    from api_tokens
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and expires_at > ${now}
  `;
  if (row!.count >= most) throw new Invalid(`api.too_many_tokens?max=${most}`, "name");
  const id = newId();
  await sql`
    insert into api_tokens (
      tenant_id, id, user_id, name, token_digest, scopes, expires_at, created_at
    ) values (
      ${tenantId}, ${id}, ${actor.userId}, ${name}, ${tokenDigest(token)}, ${included(scopes)},
      ${new Date(now.getTime() + days * 86_400_000)}, ${now}
    )
  `;
  await changes.record(scope, { kind: "user", id: actor.userId!, action: "token_created" });
  return token;
}

/** The acting user's active tokens, newest first. */
export async function list({ sql, tenantId, actor, now }: Scope): Promise<ApiToken[]> {
  return await sql<ApiToken[]>`
    select id, name, scopes, expires_at, last_used_at, created_at
    from api_tokens
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and expires_at > ${now}
    order by created_at desc, id
    limit ${most}
  `;
}

/** The active tokens of all users, longest unused first; at most 200. */
export async function listAll({ sql, tenantId, now }: Scope): Promise<UsersToken[]> {
  return await sql<UsersToken[]>`
    select k.id, k.name, k.scopes, k.expires_at, k.last_used_at, k.created_at, i.name as user_name,
      is_token_resting(k.tenant_id, u.identity_id, u.vouched_at, ${now}) as resting
    from api_tokens k
    join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
    join identities i on i.id = u.identity_id
    where k.tenant_id = ${tenantId}
      and k.expires_at > ${now}
    order by coalesce(k.last_used_at, k.created_at), k.id
    limit 200
  `;
}

/** Revokes a token at once: one's own, or anybody's with `anybodys`. Throws NotFound. */
export async function remove(scope: Scope, id: string, anybodys = false): Promise<void> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql<{ userId: string }[]>`
    delete from api_tokens
    where tenant_id = ${tenantId}
      and id = ${id}
      ${anybodys ? sql`` : sql`and user_id = ${actor.userId}`}
    returning user_id
  `;
  if (!row) throw new NotFound("token");
  await changes.record(scope, { kind: "user", id: row.userId, action: "token_ended" });
}

/** How long a key is remembered (`api_requests`). */
const keysFor = 86_400_000;

/** Removes everything expired in all tenants; returns the number of rows. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const at = now();
  const [row] = await sql<{ count: number }[]>`
    select expire_api(${new Date(at.getTime() - keysFor)}, ${at}) as count
  `;
  return row!.count;
}
