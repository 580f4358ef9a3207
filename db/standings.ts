/**
 * Whether users may still do what they ordered: long jobs check this on their way, and a demotion
 * stops them.
 */
import { type Action, can, type Role, roles } from "./roles.ts";
import type { FieldLimits } from "./field_rights.ts";
import type { Scope } from "./scope.ts";

/** A user's current role and limits; null for users who were shut out or are gone. */
export async function lookup(
  { sql, tenantId }: Scope,
  userId: string,
): Promise<{ role: Role; limits: FieldLimits } | null> {
  const [row] = await sql<{ role: Role; limits: FieldLimits }[]>`
    select role, field_limits(tenant_id, role) as limits
    from users
    where tenant_id = ${tenantId}
      and id = ${userId}
      and deactivated_at is null
  `;
  return row ?? null;
}

/** Whether the role may still take the action and has not become lower since the beginning. */
export const isKept = (action: Action, before: Role, now: Role | undefined): boolean =>
  now !== undefined && can(now, action) && roles.indexOf(now) <= roles.indexOf(before);
