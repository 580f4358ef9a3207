/** What reports count: open deals as they are, closed ones by facts, activities, contacts. */
import { dayOf, instantOf } from "./local_times.ts";
import { ownedBy } from "./owners.ts";
import { visible } from "./report_groups.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed, widely } from "./sights.ts";

export interface Filter {
  /** The first and the last month, such as `2026-05`. */
  from: string;
  to: string;
  owner: string | null;
  currency: string;
}

/** Cents as text: whole numbers of any length. */
interface Sum {
  count: number;
  cents: string;
}

export interface Figures {
  pipeline: ({ pipeline: string; stage: string } & Sum)[];
  /** By the month of the expected close; anything expected before this month is `late`. */
  forecast: ({ month: string; weighted: string } & Sum)[];
  closed: { kind: "won" | "lost"; count: number; cents: string }[];
  reasons: { reason: string | null; count: number; cents: string }[];
  days: { pipeline: string; stage: string; count: number; days: number }[];
  activities: {
    owner: string | null;
    calls: number;
    meetings: number;
    tasks: number;
    notes: number;
  }[];
  sources: { source: string; count: number }[];
  /** How many are in groups too small to be shown. */
  hidden: { closed: number; reasons: number; days: number; sources: number };
}

/** The most lines that a report has. */
const most = 100;
/** How many months a forecast looks ahead. */
const ahead = 12;

const firstOf = (month: string) => `${month}-01`;
const after = (month: string) => Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();

/** Counts everything from scratch. */
export async function count(scope: Scope, filter: Filter): Promise<Figures> {
  // Run separately: for users with narrowed sight it reaches further than the others may.
  const activities = await widely(scope, () => doneActivities(scope, filter));
  const [pipeline, forecast, closed, reasons, days, sources] = await Promise.all([
    openDeals(scope, filter),
    expected(scope, filter),
    closedDeals(scope, filter),
    lostReasons(scope, filter),
    stageDays(scope, filter),
    newContacts(scope, filter),
  ]);
  const groups = {
    closed: visible(closed),
    reasons: visible(reasons),
    days: visible(days),
    sources: visible(sources),
  };
  return {
    pipeline,
    forecast,
    activities,
    closed: groups.closed.shown,
    reasons: groups.reasons.shown,
    days: groups.days.shown,
    sources: groups.sources.shown,
    hidden: {
      closed: groups.closed.hidden,
      reasons: groups.reasons.hidden,
      days: groups.days.hidden,
      sources: groups.sources.hidden,
    },
  };
}

async function openDeals(scope: Scope, { owner, currency }: Filter) {
  const { sql, tenantId } = scope;
  return await sql<Figures["pipeline"]>`
    select p.name as pipeline, s.name as stage, d.count, d.cents
    from stages s
    join pipelines p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id
    cross join lateral (
      select count(*)::int as count, coalesce(sum(amount_cents), 0)::text as cents
      from deals
      where tenant_id = ${tenantId}
        and stage_id = s.id
        and currency = ${currency}
        and deleted_at is null
        ${ownedBy(scope, "owner_id", owner)}
    ) d
    where s.tenant_id = ${tenantId}
      and s.kind = 'open'
      and s.removed_at is null
      and p.removed_at is null
    order by p.position, p.id, s.position, s.id
    limit ${most}
  `;
}

async function expected(scope: Scope, { owner, currency }: Filter) {
  const { sql, tenantId, now } = scope;
  const month = dayOf(now).slice(0, 7);
  const last = Temporal.PlainYearMonth.from(month).add({ months: ahead }).toString();
  return await sql<Figures["forecast"]>`
    select
      case when d.expected_close_on < ${firstOf(month)}::date then 'late'
        else to_char(d.expected_close_on, 'YYYY-MM') end as month,
      count(*)::int as count, coalesce(sum(d.amount_cents), 0)::text as cents,
      round(coalesce(sum(d.amount_cents * s.probability), 0) / 100.0)::text as weighted
    from deals d
    join stages s on s.tenant_id = d.tenant_id and s.id = d.stage_id
    where d.tenant_id = ${tenantId}
      and d.status = 'open'
      and d.deleted_at is null
      and d.currency = ${currency}
      and d.expected_close_on < ${firstOf(last)}::date
      ${ownedBy(scope, "d.owner_id", owner)}
    group by 1
    order by min(d.expected_close_on)
    limit ${most}
  `;
}

/** The facts of these kinds and months; they outlive their deals and owners. */
function facts(scope: Scope, kinds: string[], filter: Filter) {
  const { sql, tenantId } = scope;
  return sql`
    from stat_facts f
    where f.tenant_id = ${tenantId}
      and f.kind = any (${kinds}::text[])
      and f.month between ${firstOf(filter.from)}::date and ${firstOf(filter.to)}::date
      and f.currency = ${filter.currency}
      ${ownedBy(scope, "f.owner_id", filter.owner)}`;
}

async function closedDeals(scope: Scope, filter: Filter) {
  return await scope.sql<Figures["closed"]>`
    select f.kind, count(*)::int as count, sum(f.amount_cents)::text as cents
    ${facts(scope, ["won", "lost"], filter)}
    group by f.kind
    order by f.kind desc
  `;
}

async function lostReasons(scope: Scope, filter: Filter) {
  const { sql, tenantId } = scope;
  return await sql<Figures["reasons"]>`
    select r.name as reason, g.count, g.cents
    from (
      select f.lost_reason_id, count(*)::int as count, sum(f.amount_cents)::text as cents
      ${facts(scope, ["lost"], filter)}
      group by f.lost_reason_id
    ) g
    left join lost_reasons r on r.tenant_id = ${tenantId} and r.id = g.lost_reason_id
    order by g.count desc, r.name
    limit ${most}
  `;
}

async function stageDays(scope: Scope, filter: Filter) {
  const { sql, tenantId } = scope;
  return await sql<Figures["days"]>`
    select p.name as pipeline, s.name as stage, g.count, g.days
    from (
      select f.stage_id, count(*)::int as count, round(avg(f.days), 1)::float8 as days
      ${facts(scope, ["stage"], filter)}
      group by f.stage_id
    ) g
    join stages s on s.tenant_id = ${tenantId} and s.id = g.stage_id
    join pipelines p on p.tenant_id = ${tenantId} and p.id = s.pipeline_id
    order by p.position, p.id, s.position, s.id
    limit ${most}
  `;
}

async function doneActivities(scope: Scope, { from, to, owner }: Filter) {
  const { sql, tenantId } = scope;
  const of = (kind: string) => sql`(count(*) filter (where kind = ${kind}))::int`;
  return await sql<Figures["activities"]>`
    select owner_id as owner, ${of("call")} as calls, ${of("meeting")} as meetings,
      ${of("task")} as tasks, ${of("note")} as notes
    from activities a
    where tenant_id = ${tenantId}
      and done_at >= ${instantOf(firstOf(from))}
      and done_at < ${instantOf(firstOf(after(to)))}
      and deleted_at is null
      ${ownedBy(scope, "owner_id", owner)}
      ${isNarrowed(scope) ? inSight(scope) : sql``}
    group by owner_id
    order by count(*) desc, owner_id
    limit ${most}
  `;
}

async function newContacts(scope: Scope, { from, to, owner }: Filter) {
  const { sql, tenantId } = scope;
  return await sql<Figures["sources"]>`
    select source, count(*)::int as count
    from contacts
    where tenant_id = ${tenantId}
      and created_at >= ${instantOf(firstOf(from))}
      and created_at < ${instantOf(firstOf(after(to)))}
      and deleted_at is null
      ${ownedBy(scope, "owner_id", owner)}
    group by source
    order by count(*) desc, source
    limit ${most}
  `;
}

/** What `sees_activity` checks for row `a`, as a condition: a call for each row is too slow. */
const inSight = ({ sql, tenantId }: Scope) =>
  sql`
      and (
        a.owner_id = acting_user()
        or a.id in (
          select p.activity_id
          from activity_participants p
          where p.tenant_id = ${tenantId}
            and p.user_id = acting_user()
        )
        or a.id in (
          select l.activity_id
          from activity_links l
          left join contacts c on c.tenant_id = l.tenant_id and c.id = l.contact_id
          left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
          left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
          where l.tenant_id = ${tenantId}
            and l.direct
            and (
              c.id is not null and not hides_owner('contacts', c.owner_id)
              or o.id is not null and not hides_owner('companies', o.owner_id)
              or d.id is not null and not hides_owner('deals', d.owner_id)
            )
        )
        or not hides_owner('rest', a.owner_id) and a.id not in (
          select l.activity_id
          from activity_links l
          where l.tenant_id = ${tenantId}
            and l.direct
        )
      )`;
