/** Whether somebody still may what they ordered: long works ask again on their way, a demotion ends them. */
import { type Action, can, type Role, roles } from "./roles.ts";
import type { FieldLimits } from "./field_rights.ts";
import type { Scope } from "./scope.ts";

/** A user's role and limits as they are now; null for who was shut out or is gone. */
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

/** Whether a role that may take the action now is not less than it was at the beginning. */
export const isKept = (action: Action, before: Role, now: Role | undefined): boolean =>
  now !== undefined && can(now, action) && roles.indexOf(now) <= roles.indexOf(before);
