/**
 * Bulk changes as ordered: only a list of ids, stored at once. Writing a row per record takes long,
 * with its checks and indexes, so a job does it in parts and nobody has to wait.
 */
import type { BulkChange } from "./bulk_changes.ts";
import { enqueue } from "./jobs.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

type Order = Pick<BulkChange, "id" | "kind" | "action" | "value" | "total" | "undoUntil">;

/** Rows created in one transaction. */
const part = 5_000;

/**
 * Stores a change with the selected records and starts its job; returns false, and stores nothing,
 * if their number differs from its `total` or the change is there already.
 */
export async function create(
  { sql, tenantId, actor, now }: Scope,
  { id, kind, action, value, total, undoUntil }: Order,
  { ids }: { ids: Fragment },
): Promise<boolean> {
  const { count } = await sql`
    insert into bulk_changes (
      tenant_id, id, kind, action, value, status, total, created_by, created_at, undo_until, waiting
    )
    select ${tenantId}, ${id}, ${kind}, ${action}, ${value}, 'running', ${total}, ${actor.userId},
      ${now}, ${undoUntil}, meant.ids
    from (select array(${ids}) as ids) meant
    where cardinality(meant.ids) = ${total}
    on conflict do nothing
  `;
  if (count === 0) return false;
  await enqueue(sql, "prepare_bulk_change", tenantId, { bulkChangeId: id });
  return true;
}

/** How long a change may be in progress before its jobs are considered lost, in milliseconds. */
const stuckAfter = 12 * 3_600_000;

/**
 * Resumes changes whose jobs used up their attempts while the database was down; returns how many.
 */
export async function resume({ sql, tenantId, now }: Scope): Promise<number> {
  const stuck = await sql<{ id: string; waits: boolean }[]>`
    select id, waiting is not null as waits
    from bulk_changes
    where tenant_id = ${tenantId}
      and status in ('running', 'undoing')
      and created_at <= ${new Date(now.getTime() - stuckAfter)}
    order by created_at
    limit 100
  `;
  for (const { id, waits } of stuck) {
    const name = waits ? "prepare_bulk_change" : "change_in_bulk";
    await enqueue(sql, name, tenantId, { bulkChangeId: id });
  }
  return stuck.length;
}

/**
 * Creates rows for the next part; true when none are left and the change begins. Leaves out records
 * that are gone by now or out of the acting user's sight.
 */
export async function unpack(
  { sql, tenantId }: Scope,
  id: string,
  most = part,
): Promise<boolean> {
  const [found] = await sql<(Pick<BulkChange, "kind"> & { ids: string[]; more: boolean })[]>`
    select kind, waiting[:${literal(most)}] as ids, cardinality(waiting) > ${literal(most)} as more
    from bulk_changes
    where tenant_id = ${tenantId}
      and id = ${id}
      and waiting is not null
    for update
  `;
  if (!found) return true;
  await sql`
    insert into bulk_change_rows (tenant_id, bulk_change_id, ${sql(`${found.kind}_id`)})
    select ${tenantId}, ${id}, p.id
    from ${sql(tables[found.kind])} p
    where p.tenant_id = ${tenantId}
      and p.id = any (${found.ids}::uuid[])
    order by p.id
    for key share
  `;
  await sql`
    update bulk_changes
    set waiting = ${found.more ? sql`waiting[${literal(most + 1)}:]` : null}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!found.more) await enqueue(sql, "change_in_bulk", tenantId, { bulkChangeId: id });
  return !found.more;
}
