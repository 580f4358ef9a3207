/**
 * Tokens for a tenant's directory, which reports who joins or leaves (SCIM); only digests are
 * stored.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { now } from "./clock.ts";
import type { Phase } from "./contracts.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

/** The validity periods in days; a new token is set up before the old one expires. */
export const lifetimes = [90, 180, 365] as const;
/** The maximum number of active tokens: one in use, its successor, and a spare. */
export const most = 3;

/** The prefix of all tokens, by which scanners for leaked secrets recognise them. */
const prefix = "kscim_";
const form = /^kscim_[A-Za-z0-9_-]{43}$/;
/** The minimum interval between two updates of a token's last use, in milliseconds. */
const touchEvery = 5 * 60_000;

/** The directory that a token identifies. */
export interface Directory {
  tenantId: string;
  /** The token's id. */
  id: string;
  lastUsedAt: Date | null;
  tenantPhase: Phase;
  /** Whether the token's creator is still an owner: no token may do more than its creator. */
  makerStands: boolean;
}

/** A token as shown to the tenant. */
export interface DirectoryToken {
  id: string;
  userName: string;
  expiresAt: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** The directory that uses a token; null if the token is wrong or expired. */
export async function lookup(sql: AnySql, token: string): Promise<Directory | null> {
  if (!form.test(token)) return null;
  const [found] = await sql<Directory[]>`
    select tenant_id, id, last_used_at, tenant_phase, maker_stands
    from directory_token_by_digest(${tokenDigest(token)}, ${now()})
  `;
  return found ?? null;
}

/** Records that a token is in use, at most every five minutes. */
export async function touch({ sql, tenantId, now }: Scope, directory: Directory): Promise<void> {
  const { id, lastUsedAt } = directory;
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < touchEvery) return;
  await sql`
    update directory_tokens
    set last_used_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Creates a token and returns it; it is not stored. Throws Invalid if there are too many. */
export async function create(scope: Scope, days: number): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  // Count and create under one lock: two at once could exceed the limit.
  await advisoryLocks.take(scope, "directory_tokens");
  if ((await list(scope)).length >= most) {
    throw new Invalid(`directory.too_many?max=${most}`, "days");
  }
  const token = prefix + newToken();
  await sql`
    insert into directory_tokens (tenant_id, id, user_id, token_digest, expires_at, created_at)
    values (
      ${tenantId}, ${newId()}, ${actor.userId}, ${tokenDigest(token)},
      ${new Date(now.getTime() + days * 86_400_000)}, ${now}
    )
  `;
  await note(scope, "created");
  return token;
}

/** The active tokens, newest first. */
export async function list({ sql, tenantId, now }: Scope): Promise<DirectoryToken[]> {
  return await sql<DirectoryToken[]>`
    select k.id, i.name as user_name, k.expires_at, k.last_used_at, k.created_at
    from directory_tokens k
    join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
    join identities i on i.id = u.identity_id
    where k.tenant_id = ${tenantId}
      and k.expires_at > ${now}
    order by k.created_at desc, k.id
    limit ${most}
  `;
}

/** Revokes a token at once. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const { count } = await sql`
    delete from directory_tokens
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("directory token");
  await note(scope, "ended");
}

const note = (scope: Scope, to: string) =>
  changes.record(scope, {
    kind: "tenant",
    id: scope.tenantId,
    action: "updated",
    fields: [{ name: "directory_token", to }],
  });

/** Removes expired tokens in all tenants; returns the number of rows. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select expire_directory_tokens(${now()}) as count
  `;
  return row!.count;
}
