/** On whose pages an entry appears: what is linked to a person belongs to their company as well. */
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** The records an entry is linked to. */
export interface RecordLinks {
  contactIds?: readonly string[];
  companyIds?: readonly string[];
  dealIds?: readonly string[];
}

/**
 * The records plus those currently behind them: a deal's company and contacts, and the company a
 * contact works for, whoever may see them. Stored with the entry, so it stays if the contact moves
 * on.
 */
export async function linksOf(
  scope: Scope,
  { contactIds = [], companyIds = [], dealIds = [] }: RecordLinks,
): Promise<Required<RecordLinks>> {
  const { sql, tenantId, now } = scope;
  const today = dayOf(now);
  const [row] = await widely(scope, () =>
    sql<[{ contactIds: string[]; companyIds: string[] }]>`
    with persons as (
      select id
      from unnest(${[...contactIds]}::uuid[]) as given (id)
      union
      select d.contact_id
      from deal_contacts d
      where d.tenant_id = ${tenantId}
        and d.deal_id = any(${[...dealIds]}::uuid[])
    ), firms as (
      select id
      from unnest(${[...companyIds]}::uuid[]) as given (id)
      union
      select d.company_id
      from deals d
      where d.tenant_id = ${tenantId}
        and d.id = any(${[...dealIds]}::uuid[])
        and d.company_id is not null
      union
      select a.company_id
      from affiliations a
      join persons p on p.id = a.contact_id
      where a.tenant_id = ${tenantId}
        and a.is_primary
        and (a.since_on is null or a.since_on <= ${today})
        and (a.until_on is null or a.until_on >= ${today})
    )
    select array(select id from persons) as contact_ids, array(select id from firms) as company_ids
  `);
  return { ...row, dealIds: [...dealIds] };
}
