/**
 * The tenant's users as its directory sees them: found by address, created if its identity provider
 * vouches for them. The directory learns no more than it already knows: a name may come from
 * elsewhere.
 */
import { Forbidden, Invalid, NotFound } from "./errors.ts";
import * as identities from "./identities.ts";
import * as providers from "./identity_providers.ts";
import { isId } from "./ids.ts";
import type { Sql, Tx } from "./pool.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";
import * as users from "./users.ts";

export interface DirectoryUser {
  id: string;
  email: string;
  createdAt: Date;
  deactivatedAt: Date | null;
}

/**
 * The maximum number of users on a page: directories page by row number, so pages are kept small.
 */
export const pageSize = 100;

/** The users requested; null for all. */
export type Condition = { name: "id" | "email"; value: string } | null;

/**
 * A page of users in the order in which they were created, from row `start` on, and their number.
 */
export async function list(
  { sql, tenantId }: Scope,
  condition: Condition,
  { start, count }: { start: number; count: number },
): Promise<{ users: DirectoryUser[]; total: number }> {
  const which = where(sql, condition);
  const [row] = await sql<[{ total: number }]>`
    select count(*)::int as total
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and ${which}
  `;
  if (count === 0 || row.total < start) return { users: [], total: row.total };
  const found = await sql<DirectoryUser[]>`
    select u.id, i.email, u.created_at, u.deactivated_at
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and ${which}
    order by u.id
    limit ${Math.min(count, pageSize)}
    offset ${start - 1}
  `;
  return { users: found, total: row.total };
}

function where(sql: Tx | Sql, condition: Condition) {
  if (condition === null) return sql`true`;
  const { name, value } = condition;
  if (name === "email") return sql`i.email_key = lower(${value})`;
  return isId(value) ? sql`u.id = ${value}` : sql`false`;
}

/** Returns a user. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<DirectoryUser> {
  const { users: [user] } = await list(scope, { name: "id", value: id }, { start: 1, count: 1 });
  if (!user) throw new NotFound("user");
  return user;
}

/**
 * Deactivates or reactivates a user. An owner created the token, so owners can be deactivated,
 * except the last. If the creator is no longer an owner, only non-owners can be deactivated and
 * nobody reactivated. Throws NotFound, Forbidden, Invalid `team.last_owner`.
 */
export async function setActive(
  scope: Scope,
  id: string,
  active: boolean,
  makerStands: boolean,
): Promise<void> {
  if (!isId(id)) throw new NotFound("user");
  if (!active) return await users.deactivate(scope, id, makerStands ? "owner" : "admin");
  if (!makerStands && (await find(scope, id)).deactivatedAt) throw new Forbidden("owners.manage");
  await users.reactivate(scope, id, "owner");
}

/** A person named by a tenant's identity provider. */
export interface Named {
  email: string;
  name: string;
  locale: "de" | "en";
}

/**
 * Admits a person for whom the tenant's identity provider vouches, with the role for new users;
 * returns the identity, created if necessary. Throws Invalid `team.already_member`.
 */
export async function create(
  scope: Scope,
  role: Role,
  { email, name, locale }: Named,
): Promise<{ id: string; identityId: string }> {
  const known = await identities.lookup(scope.sql, email);
  const identityId = known?.id ??
    await identities.create(scope.sql, { name, email, passwordHash: null, locale });
  return { id: await users.admit(scope, identityId, role), identityId };
}

/**
 * The same for a directory, which may only name people whom the tenant's identity provider admits
 * automatically. Throws Invalid `directory.invite` if they have to be invited.
 */
export async function welcome(scope: Scope, named: Named): Promise<string> {
  const role = (await providers.lookup(scope))?.newRole;
  if (!role || !await providers.speaksFor(scope, named.email)) {
    throw new Invalid("directory.invite", "userName");
  }
  if (await users.lookup(scope, named.email)) throw new Invalid("team.already_member", "email");
  const known = await identities.lookup(scope.sql, named.email) !== null;
  const { id } = await create(scope, role, named);
  if (known) {
    await scope.sql`
      update users
      set unmet = true
      where tenant_id = ${scope.tenantId}
        and id = ${id}
    `;
  }
  return id;
}
