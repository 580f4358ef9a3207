/** Search texts and summaries of records, rewritten by whoever changes what they contain. */
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** Call after changes to these records, their tags, contact details or companies. */
export async function refresh(
  { sql }: Scope,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`select ${sql(`refresh_${kind}_search`)}(${[...ids]}::uuid[])`;
}

/** For companies renamed, removed or restored: their contacts and deals show the name. */
export async function refreshAround(
  scope: Scope,
  companyIds: readonly string[],
): Promise<void> {
  if (companyIds.length === 0) return;
  const { sql, tenantId } = scope;
  const ids = [...companyIds];
  await widely(scope, () =>
    sql`
    select
      refresh_contact_search(array(
        select contact_id
        from affiliations
        where tenant_id = ${tenantId}
          and company_id = any (${ids}::uuid[])
      )),
      refresh_deal_search(array(
        select id
        from deals
        where tenant_id = ${tenantId}
          and company_id = any (${ids}::uuid[])
      ))
  `);
}
