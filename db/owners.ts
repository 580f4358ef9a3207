/** Users whom a record can belong to: those who may write, as a choice. */
import type { Scope } from "./scope.ts";

export interface Owner {
  id: string;
  name: string;
}

/** The active users who may write, by name; at most 200. */
export async function list({ sql, tenantId }: Scope): Promise<Owner[]> {
  return await sql<Owner[]>`
    select u.id, i.name
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.role <> 'read_only'
      and u.deactivated_at is null
    order by i.name, u.id
    limit 200
  `;
}
