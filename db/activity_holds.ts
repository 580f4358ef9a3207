/** Locks on the records of an activity, for a change of what it is about. */
import type { ChosenRecords } from "./activity_links.ts";
import { linksOf } from "./record_links.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/**
 * Keeps the records that an activity is linked to, or is to be, from being merged until the
 * transaction ends. Taken before its links change, as a merge comes to them after its records.
 */
export async function hold(
  scope: Scope,
  activityId: string,
  chosen: ChosenRecords,
): Promise<void> {
  const { sql, tenantId } = scope;
  const wide = await linksOf(scope, chosen);
  await widely(scope, async () => {
    for (const kind of ["company", "contact", "deal"] as const) {
      await sql`
        select
        from ${sql(tables[kind])} r
        where r.tenant_id = ${tenantId}
          and (
            r.id = any (${wide[`${kind}Ids`]}::uuid[])
            or r.id in (
              select l.record_id
              from activity_links l
              where l.tenant_id = ${tenantId}
                and l.activity_id = ${activityId}
            )
          )
        order by r.id
        for key share
      `;
    }
  });
}
