/** Leads, deals and mails on the start page; the first two as JSON for its single query. */
import { fullName } from "./full_names.ts";
import { visible } from "./message_views.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { barOf } from "./running_imports.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";
import { counted, type Section, section } from "./start_sections.ts";

/** How many entries each of these sections shows. */
export const size = 5;

export interface Lead {
  id: string;
  name: string;
  companyName: string | null;
  source: string;
  createdAt: string;
}

/** What the first query says of leads: the newest, and how many there are, counted to 100. */
export interface LeadsJson {
  rows: Lead[];
  count: number;
}

/** Up to how many leads are counted: as many as unread news. */
const mostLeads = 99;

/** How long a lead counts as new, in milliseconds. */
const newFor = 7 * 86_400_000;

/** The newest leads of the last days that belong to the acting user or to nobody, as JSON. */
export function leads(scope: Scope) {
  const { sql, tenantId, actor, now } = scope;
  const bar = barOf(scope, "contact");
  const sides = bar === null ? [sql``] : [
    sql`and p.created_at > ${bar}`,
    sql`and p.created_at < ${bar}`,
  ];
  // The owner leads the sort order too: for leads without an owner PostgreSQL would otherwise sort
  // them all.
  const newest = (columns: Fragment, most: number) =>
    sides.flatMap((side) =>
      [sql`p.owner_id = ${actor.userId}`, sql`p.owner_id is null`]
        .map((owner) =>
          sql`(
      select ${columns}
      from contacts p
      where p.tenant_id = ${tenantId}
        and ${owner}
        and p.status = 'lead'
        and p.deleted_at is null
        and p.created_at > ${new Date(now.getTime() - newFor)}
        ${side}
      order by p.owner_id, p.created_at desc, p.id desc
      limit ${literal(most + 1)}
    )`
        )
    ).reduce((all, each) => sql`${all} union all ${each}`);
  const shown = sql`p.id, p.source, p.created_at, p.title, p.first_name, p.name_prefix, p.last_name,
        p.summary`;
  // Counted only where the shown ones are not all.
  return sql`(
    select json_build_object(
      'rows', json_agg(lead),
      'count', case when count(*) <= ${literal(size)} then count(*) else (
        select count(*)
        from (
          ${newest(sql`p.id`, mostLeads)}
          limit ${literal(mostLeads + 1)}
        ) n
      ) end
    )
    from (
      select c.id, c.source, c.created_at as "createdAt",
        ${fullName("c")} as name,
        ${companyName(scope, "c")} as "companyName"
      from (
        ${newest(shown, size)}
      ) c
      order by c.created_at desc, c.id desc
      limit ${literal(size + 1)}
    ) lead
    having count(*) > 0
  )`;
}

/** The section of leads from its JSON. */
export const leadsOf = (found: LeadsJson | null): Section<Lead> => ({
  rows: found?.rows.slice(0, size) ?? [],
  count: Math.min(found?.count ?? 0, mostLeads),
  more: (found?.count ?? 0) > mostLeads,
});

export interface RottingDeal {
  id: string;
  title: string;
  companyName: string | null;
  stageName: string;
  amountCents: number | null;
  currency: string;
  stageSince: string;
}

/** The acting user's open deals that have been in their stage too long, longest first. */
export function rottingDeals(scope: Scope) {
  const { sql, tenantId, actor, now } = scope;
  return sql`(
    select json_agg(deal)
    from (
      select d.id, d.title, s.name as "stageName", d.amount_cents as "amountCents", d.currency,
        d.stage_since as "stageSince", ${companyName(scope, "d")} as "companyName"
      from deals d
      join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
      where d.tenant_id = ${tenantId}
        and d.owner_id = ${actor.userId}
        and d.status = 'open'
        and d.deleted_at is null
        and d.stage_since < ${now}::timestamptz - make_interval(days => s.rotting_days)
      order by d.stage_since, d.id
      limit ${literal(counted + 1)}
    ) deal
  )`;
}

export interface OpenMail {
  messageId: string;
  from: string;
  subject: string;
  at: Date;
}

/** A column: whether mails are waiting in the acting user's inbox. */
export function someWait({ sql, tenantId, actor }: Scope) {
  const some = (owner: ReturnType<typeof sql>) =>
    sql`exists (
      select
      from inbox_messages b
      where b.tenant_id = ${tenantId}
        and b.place = 'open'
        and ${owner}
    )`;
  return sql`(${some(sql`b.user_id = ${actor.userId}`)} or ${some(sql`b.user_id is null`)})`;
}

/** The newest mails in the acting user's inbox that are waiting to be assigned. */
export async function openMails(scope: Scope): Promise<Section<OpenMail>> {
  const { sql, tenantId, actor } = scope;
  const newest = (owner: ReturnType<typeof sql>) =>
    sql`(
      select b.message_id, b.at
      from inbox_messages b
      where b.tenant_id = ${tenantId}
        and b.place = 'open'
        and ${owner}
      order by b.at desc, b.id desc
      limit ${literal(counted + 1)}
    )`;
  const rows = await sql<OpenMail[]>`
    select m.id as message_id, coalesce(nullif(m.from_name, ''), m.from_address) as "from",
      m.subject, n.at
    from (
      ${newest(sql`b.user_id = ${actor.userId}`)}
      union all
      ${newest(sql`b.user_id is null`)}
    ) n
    join messages m on m.tenant_id = ${tenantId} and m.id = n.message_id
    where ${visible(scope)}
    order by n.at desc, m.id desc
    limit ${literal(counted + 1)}
  `;
  return section(rows, size);
}
