/** The last contact with records, from which their storage periods run. */
import type { Fragment } from "./pool.ts";
import type { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/**
 * Moves the last contact of the records, rows `r`, that meet a condition up to an instant; locks
 * them in the order of their ids, because activities and mails saved at once may share some.
 */
export async function touch(
  { sql, tenantId }: Scope,
  table: typeof tables[keyof typeof tables],
  condition: Fragment,
  at: Date,
): Promise<void> {
  await sql`
    with touched as materialized (
      select r.id
      from ${sql(table)} r
      where r.tenant_id = ${tenantId}
        and r.last_touch_at < ${at}
        and ${condition}
      order by r.id
      for no key update
    )
    update ${sql(table)} r
    set last_touch_at = ${at}
    from touched
    where r.tenant_id = ${tenantId}
      and r.id = touched.id
  `;
}
