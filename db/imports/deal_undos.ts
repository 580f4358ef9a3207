/** Removes what belongs to the deals of an import that is undone. */
import * as offers from "../offer_retentions.ts";
import type { Scope } from "../scope.ts";

/**
 * Deletes these deals and, by cascade, the rest. Offers that must be kept by law stay without a
 * deal.
 */
export async function remove(scope: Scope, ids: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  await offers.forget(scope, ids);
  // Statistics normally outlive a deal, but these deals were never closed here.
  await sql`
    delete from stat_facts
    where tenant_id = ${tenantId}
      and deal_id = any (${[...ids]}::uuid[])
  `;
  await sql`
    delete from deals
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
  `;
}
