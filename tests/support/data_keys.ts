/** Destroys a tenant's keys while its rows stay, to see what can be read without them. */
import type { KeyStore } from "../../db/key_store.ts";
import * as keys from "../../db/key_store.ts";
import type { Scope } from "../../db/scope.ts";

/** Destroys all keys of the tenant. Returns how many. */
export async function destroyAll({ sql, tenantId, now }: Scope, store: KeyStore): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    update data_keys
    set destroyed_at = ${now}
    where tenant_id = ${tenantId}
      and destroyed_at is null
    returning id
  `;
  for (const { id } of rows) await keys.destroy(store, id);
  return rows.length;
}
