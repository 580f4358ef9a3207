/** Removes what an import leaves behind after 30 days: the file, its samples, the report. */
import type { Scope } from "../scope.ts";
import { storageOf, type Vault } from "../vault.ts";
import { keptFor } from "./states.ts";

/** Milliseconds after which an import that should be running counts as lost. */
const lostAfter = 24 * 3_600_000;
/** Rows read at once. */
const batch = 500;

/** Clears the tenant's old imports and ends lost ones. Returns the ids of the files to remove. */
export async function run({ sql, tenantId, now }: Scope): Promise<string[]> {
  const lost = new Date(now.getTime() - lostAfter);
  await sql`
    update imports
    set status = case when status = 'undoing' then status else 'failed' end,
      error_code = 'interrupted'
    where tenant_id = ${tenantId}
      and status in ('checking', 'queued', 'running', 'undoing')
      and coalesce(started_at, created_at) < ${lost}
  `;
  await sql`
    update exports
    set status = 'failed', finished_at = ${now}
    where tenant_id = ${tenantId}
      and status = 'running'
      and created_at < ${lost}
  `;
  const cleared = await sql<{ id: string }[]>`
    update imports
    set inspection = null, options = null,
      status = case when status in ('done', 'undone') then status else 'expired' end
    where tenant_id = ${tenantId}
      and kind = 'file'
      and status in ('uploaded', 'checked', 'failed', 'done', 'undone')
      and coalesce(finished_at, created_at) < ${new Date(now.getTime() - keptFor)}
      and options is not null
    returning id
  `;
  const ids = cleared.map(({ id }) => id);
  for (const table of ["import_rows", "import_choices", "import_updates"]) {
    await sql`
      delete from ${sql(table)}
      where tenant_id = ${tenantId}
        and import_id = any (${ids}::uuid[])
    `;
  }
  return ids;
}

/** The tenant's imports that still have files, in batches. */
export async function* kept({ sql, tenantId }: Scope): AsyncGenerator<string[]> {
  const rows = sql<{ id: string }[]>`
    select id
    from imports
    where tenant_id = ${tenantId}
      and kind = 'file'
      and options is not null
  `;
  for await (const some of rows.cursor(batch)) yield some.map(({ id }) => id);
}

/** The stored files from before an instant, by name; remains of interrupted uploads are removed. */
export async function stored(store: Vault, before: Date): Promise<Set<string>> {
  const storage = storageOf(store);
  await storage.tidy("imports", before);
  const names = new Set<string>();
  for await (const { name, at } of storage.list("imports")) if (at < before) names.add(name);
  return names;
}
