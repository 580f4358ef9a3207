/** Users: an identity in one tenant, with its role there; the last owner always remains. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Forbidden, Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import { can, type Role, roles } from "./roles.ts";
import type { Scope } from "./scope.ts";
import * as sessions from "./sessions.ts";
import * as demands from "./sign_in_demands.ts";
import * as standIns from "./stand_ins.ts";
import * as tokens from "./tokens.ts";
import * as vouchedFactors from "./vouched_factors.ts";

export interface User {
  id: string;
  identityId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  deactivatedAt: Date | null;
  /** Whether a second factor protects the log-in. */
  guarded: boolean;
}

const guarded = (sql: AnySql) =>
  sql`(
    exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
    or exists (select from passkeys p where p.identity_id = i.id)
  ) as guarded`;

/**
 * A user's name as shown in their tenant: the e-mail address of users from the directory until they
 * first log in.
 */
export const shownName = (sql: AnySql) => sql`case when u.unmet then i.email else i.name end`;

const pageSize = 50;

/** A page of the tenant's users by name, former ones last; `next` is the id to continue after. */
export async function list(
  { sql, tenantId }: Scope,
  after: string | null = null,
): Promise<{ users: User[]; next: string | null }> {
  const users = await sql<User[]>`
    select u.id, u.identity_id, ${shownName(sql)} as name, i.email, u.role, u.created_at,
      u.deactivated_at, ${guarded(sql)}
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
    ${
    after === null ? sql`` : sql`
      and (u.deactivated_at is not null, lower(i.name), u.id) > (
        select a.deactivated_at is not null, lower(j.name), a.id
        from users a
        join identities j on j.id = a.identity_id
        where a.tenant_id = ${tenantId}
          and a.id = ${after}
      )`
  }
    order by u.deactivated_at is not null, lower(i.name), u.id
    limit ${pageSize + 1}
  `;
  const shown = users.slice(0, pageSize);
  return { users: shown, next: users.length > pageSize ? shown.at(-1)!.id : null };
}

/** One user of the tenant, locked until the transaction ends; throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<User> {
  const [user] = await sql<User[]>`
    select u.id, u.identity_id, ${shownName(sql)} as name, i.email, u.role, u.created_at,
      u.deactivated_at, ${guarded(sql)}
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.id = ${id}
    for update of u
  `;
  if (!user) throw new NotFound("user");
  return user;
}

/** The tenant's user with this e-mail address, or null. */
export async function lookup({ sql, tenantId }: Scope, email: string): Promise<User | null> {
  const [user] = await sql<User[]>`
    select u.id, u.identity_id, ${shownName(sql)} as name, i.email, u.role, u.created_at,
      u.deactivated_at, ${guarded(sql)}
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and i.email_key = lower(${email})
  `;
  return user ?? null;
}

/** Whether an id belongs to a user of the tenant, former ones included. */
export async function isOfTenant({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const rows = await sql`
    select
    from users
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return rows.length > 0;
}

/**
 * Admits an identity to the tenant, or back into it, with a role; returns the user's id. Factors
 * that another tenant's provider could have set up end.
 */
export async function admit(scope: Scope, identityId: string, role: Role): Promise<string> {
  const { sql, tenantId, now } = scope;
  await vouchedFactors.end(scope, identityId);
  const [user] = await sql<{ id: string }[]>`
    insert into users as u (tenant_id, id, identity_id, role, created_at)
    values (${tenantId}, ${newId()}, ${identityId}, ${role}, ${now})
    on conflict (tenant_id, identity_id) do update
    set role = excluded.role, deactivated_at = null, vouched_subject_digest = null
    where u.deactivated_at is not null
    returning id
  `;
  if (!user) throw new Invalid("team.already_member", "email");
  const fields = [{ name: "role", to: role }];
  await changes.record(scope, { kind: "user", id: user.id, action: "created", fields });
  return user.id;
}

/**
 * Notes that the tenant's identity provider has just vouched for a person, under the provider's own
 * subject name; false if it knows a different subject by the same address, which may have been
 * given to somebody else.
 */
export async function vouch(
  { sql, tenantId, now }: Scope,
  identityId: string,
  subjectDigest: Uint8Array,
): Promise<boolean> {
  const { count } = await sql`
    update users
    set vouched_at = ${now}, vouched_subject_digest = ${subjectDigest}
    where tenant_id = ${tenantId}
      and identity_id = ${identityId}
      and coalesce(vouched_subject_digest = ${subjectDigest}, true)
  `;
  return count > 0;
}

/** Notes that a person admitted through the directory has logged in. */
export async function meet(sql: AnySql, tenantId: string, identityId: string): Promise<void> {
  await sql`select meet(${tenantId}, ${identityId})`;
}

/**
 * Gives a user another role. `by` is the role of the person asking; only owners make or unmake
 * owners. Open invitations that the user could no longer make are revoked.
 */
export async function changeRole(scope: Scope, id: string, role: Role, by: Role): Promise<void> {
  await lock(scope);
  const user = await find(scope, id);
  assertMayManage(by, user.role, role);
  if (user.role === role) return;
  if (user.role === "owner") await assertOtherOwner(scope, id);
  const before = await standIns.lookup(scope);
  await scope.sql`
    update users
    set role = ${role}
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
  await standIns.succeed(scope, before);
  await revokeInvitations(scope, id, roles.filter((each) => !mayManage(role, each)));
  await demands.enforceFor(scope.sql, user.identityId);
  const fields = [{ name: "role", from: user.role, to: role }];
  await changes.record(scope, { kind: "user", id, action: "updated", fields });
}

/**
 * Shuts a user out of this tenant: sessions and API tokens end, and open invitations are revoked,
 * both those they made and any to themselves, by which they could come back.
 */
export async function deactivate(scope: Scope, id: string, by: Role): Promise<void> {
  await lock(scope);
  const user = await find(scope, id);
  assertMayManage(by, user.role);
  if (user.deactivatedAt) return;
  if (user.role === "owner") await assertOtherOwner(scope, id);
  const before = await standIns.lookup(scope);
  await scope.sql`
    update users
    set deactivated_at = ${scope.now}
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
  await standIns.succeed(scope, before);
  await revokeInvitations(scope, id, roles);
  await tokens.revokeInvitation(scope.sql, scope.tenantId, user.email);
  await sessions.removeOfTenant(scope.sql, user.identityId, scope.tenantId);
  await scope.sql`
    delete from api_tokens
    where tenant_id = ${scope.tenantId}
      and user_id = ${id}
  `;
  await scope.sql`
    delete from calendar_feeds
    where tenant_id = ${scope.tenantId}
      and user_id = ${id}
  `;
  await changes.record(scope, { kind: "user", id, action: "deactivated" });
}

/** Lets a user in again with the previous role; the provider may know them by a new subject. */
export async function reactivate(scope: Scope, id: string, by: Role): Promise<void> {
  const user = await find(scope, id);
  assertMayManage(by, user.role);
  if (!user.deactivatedAt) return;
  const before = await standIns.lookup(scope);
  await vouchedFactors.end(scope, user.identityId);
  await scope.sql`
    update users
    set deactivated_at = null, vouched_subject_digest = null
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
  await standIns.succeed(scope, before);
  await changes.record(scope, { kind: "user", id, action: "reactivated" });
}

/** Throws Forbidden unless role `by` may manage users with these roles. */
export function assertMayManage(by: Role, ...roles: Role[]): void {
  if (!can(by, "users.manage")) throw new Forbidden("users.manage");
  if (roles.includes("owner") && !can(by, "owners.manage")) throw new Forbidden("owners.manage");
}

function mayManage(by: Role, role: Role): boolean {
  return can(by, "users.manage") && (role !== "owner" || can(by, "owners.manage"));
}

const revokeInvitations = (
  { sql, tenantId }: Scope,
  createdBy: string,
  roles: readonly Role[],
): Promise<void> => tokens.revokeInvitations(sql, { tenantId, createdBy, roles });

/** Changes take turns: two owners leaving at once would lock themselves, then each other. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "owners");

/** Locks the owners too, because other transactions may erase their log-ins. */
async function assertOtherOwner({ sql, tenantId }: Scope, id: string): Promise<void> {
  const owners = await sql<{ id: string }[]>`
    select id
    from users
    where tenant_id = ${tenantId}
      and role = 'owner'
      and deactivated_at is null
    order by id
    for update
  `;
  if (!owners.some((owner) => owner.id !== id)) throw new Invalid("team.last_owner");
}
