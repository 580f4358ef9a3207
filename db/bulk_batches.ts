/** One batch of the records in a bulk change. */
import type { BulkChange } from "./bulk_changes.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

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
