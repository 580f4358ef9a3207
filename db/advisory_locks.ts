/** Named locks that PostgreSQL holds until the transaction ends, for work done one at a time. */
import type { Scope } from "./scope.ts";

/**
 * Waits until no other transaction of the tenant holds this lock, then takes it. For transactions
 * that read first and write accordingly, where no constraint would stop a concurrent one.
 */
export async function take(
  { sql, tenantId }: Pick<Scope, "sql" | "tenantId">,
  name: string,
  ...of: string[]
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${keyOf(tenantId, name, of)}, 0))`;
}

/** The same for callers that can retry: returns false if another transaction holds it. */
export async function tryTake(
  { sql, tenantId }: Pick<Scope, "sql" | "tenantId">,
  name: string,
  ...of: string[]
): Promise<boolean> {
  const [row] = await sql<[{ taken: boolean }]>`
    select pg_try_advisory_xact_lock(hashtextextended(${keyOf(tenantId, name, of)}, 0)) as taken
  `;
  return row.taken;
}

const keyOf = (tenantId: string, name: string, of: string[]): string =>
  [name, tenantId, ...of].join(" ");
