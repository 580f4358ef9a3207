/**
 * Bytes that no row refers to any more: found by comparing the storage with the rows, and removed.
 */
import { now } from "./clock.ts";
import { objectOf } from "./files.ts";
import type { Sql } from "./pool.ts";
import { type Scope, system, withScope } from "./scope.ts";
import { storageOf, type Vault } from "./vault.ts";

/** Milliseconds for which bytes may exist without a row, because it may still be written. */
const grace = 3_600_000;
/** Objects compared with the rows at a time. */
const batch = 500;

/** The tenants that have bytes in the storage, whether or not the tenants still exist. */
export const tenantsWithBytes = (store: Vault): AsyncIterable<string> =>
  storageOf(store).folders("records");

/**
 * Removes bytes that no row of a tenant refers to and remains of interrupted uploads; returns how
 * many. Rows are erased with their records, however that happens; their bytes are removed here.
 */
export async function run(pool: Sql, store: Vault, tenantId: string): Promise<number> {
  const storage = storageOf(store);
  const prefix = `records/${tenantId}`;
  const before = new Date(now().getTime() - grace);
  let count = 0;
  const removeUnknown = async (ids: string[]) => {
    const who = { tenantId, actor: system };
    for (const id of await withScope(pool, who, (scope) => unknown(scope, ids))) {
      await storage.remove(objectOf(tenantId, id));
      count++;
    }
  };
  let ids: string[] = [];
  for await (const { name, at } of storage.list(prefix)) {
    if (at >= before) continue;
    ids.push(name.split("/").at(-1)!);
    if (ids.length < batch) continue;
    await removeUnknown(ids);
    ids = [];
  }
  await removeUnknown(ids);
  return count + await storage.tidy(prefix, before);
}

/** Those of the objects that belong to no file and no archive. */
async function unknown({ sql, tenantId }: Scope, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ id: string }[]>`
    select wanted.id
    from unnest(${ids}::uuid[]) as wanted (id)
    where not exists (
      select from files f where f.tenant_id = ${tenantId} and f.object_id = wanted.id
    )
      and not exists (
        select
        from tenant_exports e
        where e.tenant_id = ${tenantId}
          and e.object_id = wanted.id
      )
      and not exists (
        select
        from access_archives a
        where a.tenant_id = ${tenantId}
          and a.object_id = wanted.id
      )
  `;
  return rows.map(({ id }) => id);
}
