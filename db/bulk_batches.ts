/** One batch of the records in a bulk change. */
import type { BulkChange } from "./bulk_changes.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";
import * as stages from "./stages.ts";

export type What = Pick<BulkChange, "id" | "kind" | "action" | "value" | "status">;

/** A changed record with its previous value. */
export interface Changed {
  id: string;
  old: string | null;
}

/** The records of a batch that may be changed, locked, as `p`. */
export const touchable = ({ sql, tenantId }: Scope, { kind }: What, ids: readonly string[]) =>
  sql`
      from ${sql(tables[kind])} p
      where p.tenant_id = ${tenantId}
        and p.id = any (${[...ids]}::uuid[])
        and p.deleted_at is null
        ${kind === "contact" ? sql`and p.restricted_at is null` : sql``}
      order by p.id
      for no key update`;

/**
 * Locks what a change is about before its rows refer to the records, as a merge may be about to keep
 * everybody from that while it already holds them. Returns the ids of the chosen records.
 */
export async function hold(
  scope: Scope,
  { kind, action, value }: Pick<What, "kind" | "action" | "value">,
  ids: Fragment,
): Promise<string[]> {
  if (action === "tag") await holdTag(scope, value);
  if (action === "stage") await stages.hold(scope, value);
  return await holdAll(scope, kind, ids);
}

/** Before the records: renaming a tag locks it and then the records that carry it. */
export async function holdTag({ sql, tenantId }: Scope, id: string): Promise<void> {
  await sql`
    select
    from tags
    where tenant_id = ${tenantId}
      and id = ${id}
    for key share
  `;
}

/** Locks records in the order of their ids; returns the ids. */
export async function holdAll(
  { sql, tenantId }: Scope,
  kind: Kind,
  ids: Fragment,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select p.id
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.id in (select s.id from (${ids}) s)
    order by p.id
    for no key update
  `;
  return rows.map(({ id }) => id);
}

/**
 * Skips the records that the acting user, who undoes a change, may no longer see: neither as they
 * are nor, if the change gave them away, as they were before. Returns how many.
 */
export async function leaveUnseen(
  scope: Scope,
  { id, kind, action }: Pick<What, "id" | "kind" | "action">,
): Promise<number> {
  if (!sights.isNarrowed(scope)) return 0;
  const { sql, tenantId } = scope;
  const table = tables[kind];
  const { count } = await sql`
    update bulk_change_rows r
    set state = 'undone'
    where r.tenant_id = ${tenantId}
      and r.bulk_change_id = ${id}
      and r.state = 'changed'
      and not exists (
        select
        from ${sql(table)} p
        where p.tenant_id = ${tenantId}
          and p.id = r.record_id
      )
      ${action === "owner" ? sql`and hides_owner(${table}, r.old::uuid)` : sql``}
  `;
  return count;
}
