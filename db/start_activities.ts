/** What the acting user has to do: overdue, today, and in the days after, a few of each. */
import { type About, readable } from "./activity_links.ts";
import { type ActivityRow, bounds } from "./activity_lists.ts";
import type { Scope } from "./scope.ts";
import { type Section, section } from "./start_sections.ts";

/** How many of each part are shown. */
const sizes = { overdue: 6, today: 10, later: 6 } as const;

export type Part = keyof typeof sizes;
/** An open activity of the acting user, as its line shows it. */
export type DueActivity = Pick<
  ActivityRow,
  "id" | "kind" | "subject" | "dueAt" | "endsAt" | "allDay" | "doneAt" | "about"
>;

export type Due = Record<Part, Section<DueActivity>>;

/** An activity as JSON has it, and of what it is about kind, id and name. */
export type DueJson = Pick<ActivityRow, "id" | "kind" | "subject" | "allDay"> & {
  part: Part;
  dueAt: string;
  endsAt: string | null;
  about: [About["kind"], string, string][] | null;
};

/** Names of records shown in a row. */
const mostNames = 3;

/** The open activities of the acting user that have a date, as JSON: one plan for all parts. */
export function due(scope: Scope) {
  const { sql, tenantId, actor, now } = scope;
  const { today, tomorrow, later } = bounds(now);
  return sql`(
    select json_agg(picked)
    from (
      values ('overdue', '-infinity'::timestamptz, ${today}::timestamptz, ${sizes.overdue}::int),
        ('today', ${today}, ${tomorrow}, ${sizes.today}),
        ('later', ${tomorrow}, ${later}, ${sizes.later})
    ) part (name, since, until, size)
    cross join lateral (
      select part.name as part, a.id, a.kind, a.subject, a.due_at as "dueAt", a.ends_at as "endsAt",
        a.all_day as "allDay", w.about
      from activities a
      cross join lateral ${seen(scope)} w
      where a.tenant_id = ${tenantId}
        and a.owner_id = ${actor.userId}
        and a.done_at is null
        and a.deleted_at is null
        and a.due_key >= part.since
        and a.due_key < part.until
        and w.readable
      order by a.due_key, a.id
      limit part.size + 1
    ) picked
  )`;
}

/**
 * Whether activity `a` may be read, as `visible` of `activity_links.ts` says, and what it is about:
 * both by one look at its links.
 */
function seen(scope: Scope) {
  const { sql } = scope;
  return sql`
    (
      select
        ${readable(scope)} as readable,
        json_agg(json_build_array(
          case when p.id is not null then 'contact' when o.id is not null then 'company' else 'deal' end,
          l.record_id,
          coalesce(
            o.name, d.title,
            concat_ws(' ', nullif(p.title, ''), nullif(p.first_name, ''),
              nullif(p.name_prefix, ''), p.last_name)
          )
        )) filter (
          where coalesce(p.id, o.id, d.id) is not null
            and coalesce(p.deleted_at, o.deleted_at, d.deleted_at) is null
        ) as about
      from activity_links l
      left join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
      left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
      left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
      where l.tenant_id = a.tenant_id
        and l.activity_id = a.id
        and l.direct
    )`;
}

/** The parts out of their JSON. */
export function dueOf(rows: readonly DueJson[] | null): Due {
  const of = (part: Part) =>
    section((rows ?? []).filter((row) => row.part === part).map(activityOf), sizes[part]);
  return { overdue: of("overdue"), today: of("today"), later: of("later") };
}

const activityOf = (row: DueJson): DueActivity => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  dueAt: new Date(row.dueAt),
  endsAt: row.endsAt === null ? null : new Date(row.endsAt),
  allDay: row.allDay,
  doneAt: null,
  about: (row.about ?? []).slice(0, mostNames).map(([kind, id, name]) => ({ kind, id, name })),
});
