/** Invitations to a tenant: a one-time link sent to an address, with the role it grants. */
import * as advisoryLocks from "./advisory_locks.ts";
import { Invalid, NotFound } from "./errors.ts";
import * as identities from "./identities.ts";
import { isId } from "./ids.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { type Scope, system, withScope } from "./scope.ts";
import * as tokens from "./tokens.ts";
import * as users from "./users.ts";

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * The tenant's open invitations, newest first, including expired ones until they are removed; at
 * most 100.
 */
export async function list({ sql, tenantId }: Scope): Promise<Invitation[]> {
  return await sql<Invitation[]>`
    select id, email, role, created_at, expires_at
    from tokens
    where tenant_id = ${tenantId}
      and kind = 'invitation'
      and used_at is null
    order by created_at desc, id desc
    limit 100
  `;
}

/** One of the tenant's open invitations. Throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<Invitation> {
  const [invitation] = isId(id)
    ? await sql<Invitation[]>`
      select id, email, role, created_at, expires_at
      from tokens
      where tenant_id = ${tenantId}
        and kind = 'invitation'
        and id = ${id}
        and used_at is null
    `
    : [];
  if (!invitation) throw new NotFound("invitation");
  return invitation;
}

/**
 * Creates the link's token for an address; an older invitation to it stops working. `by` is the
 * role of the inviting user. Throws Invalid `team.already_member`; Forbidden when a user who is not
 * an owner invites an owner.
 */
export async function create(
  scope: Scope,
  { email, role }: { email: string; role: Role },
  by: Role,
): Promise<string> {
  users.assertMayManage(by, role);
  // Of two at once, too, only the later one works.
  await advisoryLocks.take(scope, "invitations");
  const member = await users.lookup(scope, email);
  if (member && !member.deactivatedAt) throw new Invalid("team.already_member", "email");
  await tokens.revokeInvitation(scope.sql, scope.tenantId, email);
  const { tenantId, actor } = scope;
  const input = { kind: "invitation", tenantId, email, role, createdBy: actor.userId } as const;
  return await tokens.issue(scope.sql, input, scope.now);
}

/** Withdraws an open invitation. */
export async function remove(scope: Scope, id: string, by: Role): Promise<void> {
  const invitation = await find(scope, id);
  users.assertMayManage(by, invitation.role);
  await scope.sql`
    delete from tokens
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
}

export interface Opened {
  tenantId: string;
  tenantName: string;
  email: string;
  role: Role;
  /** The identity that already has the address, if any. */
  identityId: string | null;
}

/** What an invitation's link opens, or null when it no longer works. */
export async function lookup(sql: AnySql, token: string): Promise<Opened | null> {
  const found = await tokens.lookup(sql, "invitation", token);
  if (!found) return null;
  const [tenant] = await sql<{ name: string }[]>`
    select name
    from tenants
    where id = ${found.tenantId}
  `;
  const identity = await identities.lookup(sql, found.email!);
  return {
    tenantId: found.tenantId!,
    tenantName: tenant!.name,
    email: found.email!,
    role: found.role!,
    identityId: identity?.id ?? null,
  };
}

/**
 * Uses up an invitation for its identity, which is created from `person` if the address has none
 * yet. Only one of several concurrent calls succeeds; the others, and late ones, get NotFound.
 */
export async function accept(
  pool: Sql,
  token: string,
  opened: Opened,
  person?: Omit<identities.IdentityInput, "email">,
): Promise<{ identityId: string; tenantId: string }> {
  return await withScope(pool, { tenantId: opened.tenantId, actor: system }, async (scope) => {
    const used = await tokens.use(scope.sql, "invitation", token, scope.now);
    if (!used) throw new NotFound("invitation");
    const identityId = opened.identityId ??
      await identities.create(scope.sql, { ...person!, email: used.email! });
    await users.admit(scope, identityId, used.role!);
    return { identityId, tenantId: scope.tenantId };
  });
}
