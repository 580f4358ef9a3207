/** Locks on records: nobody else can change them until the transaction ends. */
import type { Scope } from "./scope.ts";

/**
 * Waits for anyone changing the record and keeps others from changing it until the transaction
 * ends. References to it can still be added: if saving a contact had to wait for its company, and
 * renaming the company for the contact's search text, the two would deadlock.
 */
export async function hold(
  { sql, tenantId }: Scope,
  table: "contacts" | "companies" | "deals" | "activities",
  id: string,
): Promise<void> {
  await sql`
    select id
    from ${sql(table)}
    where tenant_id = ${tenantId}
      and id = ${id}
    for no key update
  `;
}
