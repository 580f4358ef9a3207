/** What an entry belongs to: the records that were chosen for it, and those drawn along with them. */
import { dayOf } from "./notices.ts";
import type { Scope } from "./scope.ts";

export interface Chosen {
  contactIds?: readonly string[];
  companyIds?: readonly string[];
  dealIds?: readonly string[];
}

/** A link to exactly one record; `direct` where a person chose it. */
export interface RecordLink {
  contactId: string | null;
  companyId: string | null;
  dealId: string | null;
  direct: boolean;
}

/**
 * The chosen records that are there, and with each contact the company it works for today, with
 * each deal its company and its contacts. Written with the entry, so that its place stays when a
 * contact moves on. What is in the trash, restricted or another tenant's is left out.
 */
export async function linksOf(
  { sql, tenantId, now }: Scope,
  { contactIds = [], companyIds = [], dealIds = [] }: Chosen,
): Promise<RecordLink[]> {
  if (contactIds.length + companyIds.length + dealIds.length === 0) return [];
  const today = dayOf(now);
  return await sql<RecordLink[]>`
    with chosen_contacts as (
      select id
      from contacts
      where tenant_id = ${tenantId}
        and id = any(${[...contactIds]}::uuid[])
        and deleted_at is null
    ), chosen_deals as (
      select id, company_id
      from deals
      where tenant_id = ${tenantId}
        and id = any(${[...dealIds]}::uuid[])
        and deleted_at is null
    ), firms as (
      select id, true as direct
      from unnest(${[...companyIds]}::uuid[]) as chosen (id)
      union all
      select company_id, false
      from chosen_deals
      union all
      select a.company_id, false
      from chosen_contacts p
      cross join lateral (
        select company_id
        from affiliations
        where tenant_id = ${tenantId}
          and contact_id = p.id
          and (since_on is null or since_on <= ${today})
          and (until_on is null or until_on >= ${today})
        order by is_primary desc, since_on desc nulls last, id
        limit 1
      ) a
    ), links as (
      select id as contact_id, null::uuid as company_id, null::uuid as deal_id, true as direct
      from chosen_contacts
      union all
      select p.id, null, null, false
      from deal_contacts d
      join contacts p on p.tenant_id = d.tenant_id and p.id = d.contact_id and p.deleted_at is null
      where d.tenant_id = ${tenantId}
        and d.deal_id in (select id from chosen_deals)
      union all
      select null, o.id, null, f.direct
      from firms f
      join companies o on o.tenant_id = ${tenantId} and o.id = f.id and o.deleted_at is null
      union all
      select null, null, id, true
      from chosen_deals
    )
    select contact_id, company_id, deal_id, bool_or(direct) as direct
    from links
    group by contact_id, company_id, deal_id
    order by direct desc, contact_id, company_id, deal_id
  `;
}
