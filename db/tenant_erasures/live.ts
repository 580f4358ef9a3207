/** Erases a tenant's live data: ledger first, then jobs, files, rows, log-ins, keys. */
import { join } from "node:path";
import { bucketAreas } from "../file_places.ts";
import * as imports from "../imports.ts";
import * as keys from "../key_store.ts";
import * as ledger from "../ledger.ts";
import type { Sql } from "../pool.ts";
import { isFolder, localStorage, syncFolder } from "../storage.ts";
import type { Erasure, Figures } from "../tenant_erasures.ts";
import { remove, storageOf, type Vault } from "../vault.ts";
import { eraseRows } from "./rows.ts";

/**
 * Erases everything. If interrupted, the next call continues; each part reports when it is done.
 */
export async function eraseLive(
  owner: Sql,
  store: Vault,
  erasure: Erasure,
  before: Figures,
  each: (part: string, figures: Figures) => Promise<void>,
): Promise<Figures> {
  const figures = { tables: {}, jobs: 0, files: 0, identities: 0, tenants: 0, keys: 0, ...before };
  const tables = figures.tables as Record<string, number>;
  const { keyIds, identityIds } = await take(owner, erasure);
  await ledger.keep(owner, store.dataDir);
  await each("ledger", figures);
  const { house } = erasure;
  const jobs = await owner`delete from jobs.job where data->>'tenantId' = ${house}`;
  figures.jobs += jobs.count;
  await each("jobs", figures);
  figures.files += await eraseFiles(owner, store, house);
  await each("files", figures);
  await eraseRows(owner, house, async (table, count) => {
    tables[table] = (tables[table] ?? 0) + count;
    await each(table, figures);
  });
  const { count } = await owner`delete from tenants where id = ${house}`;
  figures.tenants += count;
  await each("tenants", figures);
  figures.identities += await eraseIdentities(owner, identityIds);
  await ledger.keep(owner, store.dataDir);
  await each("identities", figures);
  for (const id of keyIds) await keys.destroy(store, id);
  return { ...figures, keys: keyIds.length };
}

/**
 * Makes the erasure irrevocable. Records what is needed once the rows are gone, and informs the
 * ledger, so that a restored backup also ends here.
 */
async function take(
  owner: Sql,
  { id, house, keyIds, identityIds }: Erasure,
): Promise<Pick<Erasure, "keyIds" | "identityIds">> {
  return await owner.begin(async (sql) => {
    const { count } = await sql`
      update tenants
      set phase = 'erasing'
      where id = ${house}
        and phase = 'closed'
    `;
    if (count === 0) return { keyIds, identityIds };
    const found = await sql<{ keyIds: string[]; identityIds: string[] }[]>`
      update tenant_erasures
      set
        key_ids = array(
          select id::text from data_keys where tenant_id = ${house}
          union
          select key_id::text from deliveries where tenant_id = ${house}
        ),
        identity_ids = array(select identity_id::text from users where tenant_id = ${house})
      where id = ${id}
      returning to_jsonb(key_ids) as key_ids, to_jsonb(identity_ids) as identity_ids
    `;
    await sql`
      insert into ledger_entries (kind, table_name, record_ids)
      values ('deleted', 'tenants', array[${house}::uuid])
    `;
    return found[0]!;
  });
}

/** Removes the tenant's folders, and its files stored under other names. Returns how many. */
export async function eraseFiles(owner: Sql, store: Vault, tenantId: string): Promise<number> {
  await Deno.mkdir(join(store.dataDir, "files"), { recursive: true, mode: 0o700 });
  let count = 0;
  const named = owner<{ area: string; id: string }[]>`
    select 'imports' as area, id
    from imports
    where tenant_id = ${tenantId}
    union all
    select 'inbound', id
    from raw_mails
    where tenant_id = ${tenantId}
    union all
    select 'copies', object_id
    from sent_copies
    where tenant_id = ${tenantId}
  `.cursor(1000);
  for await (const rows of named) {
    for (const { area, id } of rows) {
      await remove(store, area === "imports" ? imports.objectOf(id) : `${area}/${id}`);
    }
    count += rows.length;
  }
  for (const area of bucketAreas) {
    const names: string[] = [];
    for await (const { name } of storageOf(store).list(`${area}/${tenantId}`)) names.push(name);
    for (const name of names) await remove(store, name);
    count += names.length;
  }
  // Whatever the area, a folder with the tenant's id is the tenant's.
  const root = join(store.dataDir, "files");
  for await (const entry of Deno.readDir(root)) {
    const area = entry.name;
    if (!await isFolder(join(root, area), entry)) continue;
    for await (const _ of localStorage(store.dataDir).list(`${area}/${tenantId}`)) count++;
    await Deno.remove(join(root, area, tenantId), { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await syncFolder(join(root, area));
  }
  return count;
}

/** Erases log-ins that belonged to this tenant only; operators stay. */
async function eraseIdentities(owner: Sql, ids: readonly string[]): Promise<number> {
  const { count } = await owner`
    delete from identities i
    where i.id = any (${[...ids]}::uuid[])
      and not i.operator
      and not exists (select from users u where u.tenant_id is not null and u.identity_id = i.id)
  `;
  return count;
}
