/** What an import leaves behind goes after 30 days: the file, its samples, the report. */
import * as vault from "../files.ts";
import type { Sql } from "../pool.ts";
import { type Scope, system, withScope } from "../scope.ts";
import { keptFor } from "./runs.ts";

/** Hours after which what should be running must have been lost. */
const lostAfter = 24 * 3_600_000;

/** Expires what is due in every tenant; returns how many imports lost their file and report. */
export async function run(pool: Sql, files: vault.Vault): Promise<number> {
  const tenants = await pool<{ id: string }[]>`
    select id
    from tenants
    order by id
  `;
  let expired = 0;
  for (const { id: tenantId } of tenants) {
    const ids = await withScope(pool, { tenantId, actor: system }, expire);
    for (const id of ids) await vault.remove(files, id);
    expired += ids.length;
  }
  return expired;
}

/** Clears a tenant's old imports, and ends what was lost on the way; the ids of cleared ones. */
async function expire({ sql, tenantId, now }: Scope): Promise<string[]> {
  const lost = new Date(now.getTime() - lostAfter);
  await sql`
    update imports
    set status = case when status = 'undoing' then 'done' else 'failed' end,
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
  await sql`
    delete from import_rows
    where tenant_id = ${tenantId}
      and import_id = any (${ids}::uuid[])
  `;
  return ids;
}
