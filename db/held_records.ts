/** Records that change by nobody else's hand until the transaction ends. */
import type { Scope } from "./scope.ts";

/** Waits for whoever changes the record, and lets nobody else do so until the transaction ends. */
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
    for update
  `;
}
