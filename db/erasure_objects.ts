/**
 * The files of an erased person leave the storage before the transaction that proves their erasure:
 * many files take long, and PostgreSQL ends a transaction that waits for them.
 */
import * as caseItems from "./case_items.ts";
import type { Sql } from "./pool.ts";
import { type Scope, type Who, withScope } from "./scope.ts";
import * as vault from "./vault.ts";

/**
 * Removes the files of a person whose rows are erased. Returns how many are left; null if it is too
 * early: nothing is erased yet, or the ledger does not record it. Safe to repeat.
 */
export async function remove(
  pool: Sql,
  who: Who,
  itemId: string,
  store: vault.Vault,
): Promise<number | null> {
  const objects = await withScope(pool, who, (scope) => removable(scope, itemId));
  if (!objects) return null;
  let left = 0;
  for (const each of objects) {
    await vault.remove(store, each);
    if (await vault.exists(store, each)) left++;
  }
  return left;
}

async function removable(scope: Scope, itemId: string): Promise<string[] | null> {
  const { sql, tenantId } = scope;
  const item = await caseItems.claim(scope, itemId);
  if (item?.right !== "erasure") return null;
  const [erasure] = await sql<{ objects: string[] }[]>`
    select objects
    from erasures
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and not exists (
        select
        from ledger_entries
        where tenant_id = ${tenantId}
      )
  `;
  return erasure?.objects ?? null;
}
