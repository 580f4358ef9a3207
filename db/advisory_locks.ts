/** Locks by name that PostgreSQL holds until the transaction ends, for what is done one at a time. */
import type { Scope } from "./scope.ts";

/**
 * Waits until no other transaction of the tenant holds this lock, then holds it. For what reads first
 * and writes by what it read, where no constraint would stop a second one that does the same.
 */
export async function take(
  { sql, tenantId }: Pick<Scope, "sql" | "tenantId">,
  name: string,
  ...of: string[]
): Promise<void> {
  const key = [name, tenantId, ...of].join(" ");
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
