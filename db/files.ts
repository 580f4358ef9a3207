/** Files on records: names, types and sizes; the bytes lie sealed in the storage. */
import { localStorage } from "./storage.ts";
import { type Scope, system, withScope } from "./scope.ts";
import type { Sql } from "./pool.ts";

/** The name of a file's bytes in the storage. */
export const objectOf = (tenantId: string, objectId: string): string =>
  `records/${tenantId}/${objectId}`;

/** The tenants that have bytes in the storage, whether they still exist or not. */
export const tenantsWithBytes = (dataDir: string): AsyncIterable<string> =>
  localStorage(dataDir).folders("records");

/** Bytes without a row may be on their way to one, for so many milliseconds. */
const grace = 3_600_000;
/** Objects compared with the rows at once. */
const batch = 500;

/**
 * Removes the bytes that no row of a tenant knows any more, and what broken-off uploads left; how
 * many. Rows go with their records, in whatever way those are erased; bytes go here.
 */
export async function sweep(pool: Sql, dataDir: string, tenantId: string): Promise<number> {
  const storage = localStorage(dataDir);
  const prefix = `records/${tenantId}`;
  let count = 0;
  const check = async (ids: string[]) => {
    for (const id of await withScope(pool, { tenantId, actor: system }, (s) => unknown(s, ids))) {
      await storage.remove(objectOf(tenantId, id));
      count++;
    }
  };
  const before = await withScope(
    pool,
    { tenantId, actor: system },
    ({ now }) => Promise.resolve(new Date(now.getTime() - grace)),
  );
  let ids: string[] = [];
  for await (const { name, at } of storage.list(prefix)) {
    if (at < before) ids.push(name.split("/").at(-1)!);
    if (ids.length === batch) await check(ids), ids = [];
  }
  await check(ids);
  return count + await storage.tidy(prefix, before);
}

/** The objects among these that no file has. */
async function unknown({ sql, tenantId }: Scope, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ id: string }[]>`
    select wanted.id
    from unnest(${ids}::uuid[]) as wanted (id)
    where not exists (
      select from files f where f.tenant_id = ${tenantId} and f.object_id = wanted.id
    )
  `;
  return rows.map(({ id }) => id);
}
