/** Tokens of a house's directory: by one it says who works there no more (SCIM); only digests are kept. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { now } from "./clock.ts";
import type { Phase } from "./contracts.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

/** Days a token may run: the new one is entered before the old one ends. */
export const lifetimes = [90, 180, 365] as const;
/** Tokens that run at once: one in use, its successor, and one to spare. */
export const most = 3;

/** All tokens begin with it, so that scanners for leaked secrets know one when they see it. */
const prefix = "kscim_";
const form = /^kscim_[A-Za-z0-9_-]{43}$/;
/** How seldom it is noted that a token is in use, in milliseconds. */
const touchEvery = 5 * 60_000;

/** Whose directory asks. */
export interface Directory {
  tenantId: string;
  /** The token's. */
  id: string;
  lastUsedAt: Date | null;
  tenantPhase: Phase;
  /** Whether who made the token is an owner still: no token lets in more than its maker may. */
  makerStands: boolean;
}

/** A token as the house is shown it. */
export interface DirectoryToken {
  id: string;
  userName: string;
  expiresAt: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** Whose token it is; null for a wrong or ended one. */
export async function lookup(sql: AnySql, token: string): Promise<Directory | null> {
  if (!form.test(token)) return null;
  const [found] = await sql<Directory[]>`
    select tenant_id, id, last_used_at, tenant_phase, maker_stands
    from directory_token_by_digest(${tokenDigest(token)}, ${now()})
  `;
  return found ?? null;
}

/** Notes that a token is in use, at most every five minutes. */
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

/** Makes a token and returns it: it is stored nowhere. Throws Invalid where there are too many. */
export async function create(scope: Scope, days: number): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  // Counted and made in one turn: two at once would pass the bound.
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

/** The tokens that run, newest first. */
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

/** Ends a token at once. Throws NotFound. */
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

/** Removes what has ended in all houses; the number of rows. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select expire_directory_tokens(${now()}) as count
  `;
  return row!.count;
}
