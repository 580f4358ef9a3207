/** What the start page shows of leads and deals: a few of each, and how a house begins. */
import type { Scope } from "./scope.ts";

/** How many entries a section of the start page shows; one more says that there are more. */
export const most = 10;
/** How many a section beside shows. */
const mostBeside = 5;

/** A section: its entries, and whether there are more than it shows. */
export interface Section<Row> {
  rows: Row[];
  more: boolean;
}

/** The section out of rows that were read one beyond `size`. */
export const section = <Row>(rows: readonly Row[], size = most): Section<Row> => ({
  rows: rows.slice(0, size),
  more: rows.length > size,
});

export interface Lead {
  id: string;
  name: string;
  companyName: string | null;
  source: string;
  createdAt: Date;
}

/** How long a lead counts as new, in milliseconds. */
const newFor = 7 * 86_400_000;
/** Leads looked at: those of others are passed over. */
const lookedAt = 200;

/** The newest leads of the last days that are the acting user's or nobody's. */
export async function leads({ sql, tenantId, actor, now }: Scope): Promise<Section<Lead>> {
  const rows = await sql<Lead[]>`
    select c.id, c.source, c.created_at,
      concat_ws(' ', nullif(c.title, ''), nullif(c.first_name, ''), nullif(c.name_prefix, ''),
        nullif(c.last_name, '')) as name,
      (
        select o.name
        from affiliations f
        join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = c.tenant_id
          and f.contact_id = c.id
          and f.until_on is null
          and o.deleted_at is null
        order by f.is_primary desc, f.id
        limit 1
      ) as company_name
    from (
      select p.id
      from contacts p
      where p.tenant_id = ${tenantId}
        and p.status = 'lead'
        and p.deleted_at is null
        and p.created_at > ${new Date(now.getTime() - newFor)}
      order by p.created_at desc, p.id desc
      limit ${lookedAt}
    ) newest
    join contacts c on c.tenant_id = ${tenantId} and c.id = newest.id
    where c.owner_id is null
      or c.owner_id = ${actor.userId}
    order by c.created_at desc, c.id desc
    limit ${mostBeside + 1}
  `;
  return section(rows, mostBeside);
}

export interface RottingDeal {
  id: string;
  title: string;
  companyName: string | null;
  stageName: string;
  amountCents: number | null;
  currency: string;
  stageSince: Date;
}

/** The acting user's open deals that are in their stage for longer than it allows, longest first. */
export async function rottingDeals(
  { sql, tenantId, actor, now }: Scope,
): Promise<Section<RottingDeal>> {
  const rows = await sql<RottingDeal[]>`
    select d.id, d.title, s.name as stage_name, d.amount_cents::float8, d.currency, d.stage_since,
      o.name as company_name
    from deals d
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    left join companies o
      on o.tenant_id = d.tenant_id and o.id = d.company_id and o.deleted_at is null
    where d.tenant_id = ${tenantId}
      and d.owner_id = ${actor.userId}
      and d.status = 'open'
      and d.deleted_at is null
      and d.stage_since < ${now}::timestamptz - make_interval(days => s.rotting_days)
    order by d.stage_since, d.id
    limit ${mostBeside + 1}
  `;
  return section(rows, mostBeside);
}

/** What a house has already; the first steps lead to what is missing. */
export interface Beginnings {
  records: boolean;
  colleagues: boolean;
}

/** How far the house has come; what lies in the trash was a beginning, too. */
export async function beginnings({ sql, tenantId }: Scope): Promise<Beginnings> {
  const [row] = await sql<[Beginnings]>`
    select
      exists (select from contacts where tenant_id = ${tenantId})
        or exists (select from companies where tenant_id = ${tenantId})
        or exists (select from deals where tenant_id = ${tenantId})
        or exists (select from activities where tenant_id = ${tenantId}) as records,
      exists (
        select
        from users
        where tenant_id = ${tenantId}
          and deactivated_at is null
        offset 1
      ) as colleagues
  `;
  return row;
}
