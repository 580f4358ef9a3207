/** One batch of the records in a bulk change. */
import type { BulkChange } from "./bulk_changes.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

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
