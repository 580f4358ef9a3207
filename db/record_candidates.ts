/** Records to choose from: contacts, companies and deals, found by a text or named by ids. */
import { fullName } from "./full_names.ts";
import type { About, ChosenRecords } from "./activity_links.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";

/** How many hits of each kind are offered. */
const most = 6;

export interface Candidate extends About {
  /** Tells it apart from namesakes: the company of a contact or deal, otherwise the town. */
  detail: string | null;
}

/** What a text may refer to: contacts first, then companies, then deals. */
export async function suggest(scope: Scope, text: string): Promise<Candidate[]> {
  const { sql, tenantId } = scope;
  const hits = (kind: About["kind"]) =>
    sql`${
      kind === "contact" ? sql`search_contacts(${text}, ${most}, null)` : sql`search_records(
      ${kind}, ${text}, 'match', false, null, false, ${most}, null, null, null, null
    )`
    } with ordinality as hits (id, total, place)`;
  return await sql<Candidate[]>`
    select f.kind, f.id, f.name, f.detail
    from (
      select 1 as rank, hits.place, 'contact' as kind, r.id, ${fullName("r")} as name,
        coalesce(${companyName(scope, "r")}, r.summary ->> 'city') as detail
      from ${hits("contact")}
      join contacts r on r.tenant_id = ${tenantId} and r.id = hits.id and r.deleted_at is null
      union all
      select 2, hits.place, 'company', r.id, r.name, r.summary ->> 'city'
      from ${hits("company")}
      join companies r on r.tenant_id = ${tenantId} and r.id = hits.id and r.deleted_at is null
      union all
      select 3, hits.place, 'deal', r.id, r.title, ${companyName(scope, "r")}
      from ${hits("deal")}
      join deals r on r.tenant_id = ${tenantId} and r.id = hits.id and r.deleted_at is null
    ) f
    order by f.rank, f.place
  `;
}

/** The records with these ids that exist and may be seen, by name. */
export async function list(
  { sql, tenantId }: Scope,
  { contactIds, companyIds, dealIds }: ChosenRecords,
): Promise<About[]> {
  if (contactIds.length + companyIds.length + dealIds.length === 0) return [];
  return await sql<About[]>`
    select f.kind, f.id, f.name
    from (
      select 1 as rank, 'contact' as kind, r.id, ${fullName("r")} as name
      from contacts r
      where r.tenant_id = ${tenantId}
        and r.id = any(${[...contactIds]}::uuid[])
        and r.deleted_at is null
      union all
      select 2, 'company', r.id, r.name
      from companies r
      where r.tenant_id = ${tenantId}
        and r.id = any(${[...companyIds]}::uuid[])
        and r.deleted_at is null
      union all
      select 3, 'deal', r.id, r.title
      from deals r
      where r.tenant_id = ${tenantId}
        and r.id = any(${[...dealIds]}::uuid[])
        and r.deleted_at is null
    ) f
    order by f.rank, f.name, f.id
  `;
}
