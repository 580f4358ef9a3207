/** What goes with the deals of an import that is taken back. */
import * as offers from "../offer_retentions.ts";
import type { Scope } from "../scope.ts";

/** Deletes these deals, the rest by cascade. Offers that the law keeps stay without their deal. */
export async function remove(scope: Scope, ids: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  await offers.forget(scope, ids);
  // What a deal leaves behind outlives it otherwise: these were never closed here.
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
