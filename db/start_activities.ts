/** What the acting user has to do: overdue, today and in the days after, a few of each. */
import type { About } from "./activity_links.ts";
import { type ActivityRow, bounds } from "./activity_lists.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { counted, type Section, section } from "./start_sections.ts";

/** How many of each part are shown. */
const sizes = { overdue: 6, today: 10, later: 6 } as const;

export type Part = keyof typeof sizes;
/** An open activity of the acting user, as shown on its line. */
export type DueActivity = Pick<
  ActivityRow,
  "id" | "kind" | "subject" | "dueAt" | "endsAt" | "allDay" | "doneAt" | "about"
>;

export type Due = Record<Part, Section<DueActivity>>;

/** An activity as JSON, with the id, kind and name of each linked record in one text. */
export type DueJson = Pick<ActivityRow, "id" | "kind" | "subject" | "allDay"> & {
  part: Part;
  dueAt: string;
  endsAt: string | null;
  about: string[] | null;
};

/** How many names of records are shown in a row. */
const mostNames = 3;

/** The acting user's open activities that have a date, as JSON: one plan for all parts. */
export function due(scope: Scope) {
  const { sql, tenantId, actor, now } = scope;
  const { today, tomorrow, later } = bounds(now);
  return sql`(
    select json_agg(picked)
    from (
      values ('overdue', '-infinity'::timestamptz, ${today}::timestamptz),
        ('today', ${today}, ${tomorrow}),
        ('later', ${tomorrow}, ${later})
    ) part (name, since, until)
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
      limit ${literal(counted + 1)}
    ) picked
  )`;
}

/**
 * Whether activity `a` may be read, like `visible` in `activity_conditions.ts`, and what it is about, in
 * one look at its links. Each record is looked up in its own kind only: a join would read all
 * kinds.
 */
function seen({ sql }: Scope) {
  return sql`
    (
      select
        not coalesce(
          bool_or(
            case
              when l.said is null and l.contact_id is not null then shut_contact(l.contact_id, false)
              else false
            end
          ),
          false
        )
          and (count(*) = 0 or count(*) > count(*) filter (where l.said = '')) as readable,
        json_agg(l.record_id || l.said) filter (where l.said <> '') as about
      from (
        select l.record_id, l.contact_id,
          case
            when l.contact_id is not null then (
              select case
                when p.deleted_at is null then concat_ws(' ', 'contact', nullif(p.title, ''),
                  nullif(p.first_name, ''), nullif(p.name_prefix, ''), p.last_name)
                else ''
              end
              from contacts p
              where p.tenant_id = l.tenant_id
                and p.id = l.contact_id
            )
            when l.company_id is not null then (
              select case when o.deleted_at is null then 'company ' || o.name else '' end
              from companies o
              where o.tenant_id = l.tenant_id
                and o.id = l.company_id
            )
            else (
              select case when d.deleted_at is null then 'deal ' || d.title else '' end
              from deals d
              where d.tenant_id = l.tenant_id
                and d.id = l.deal_id
            )
          end as said
        from activity_links l
        where l.tenant_id = a.tenant_id
          and l.activity_id = a.id
          and l.direct
        offset 0
      ) l
    )`;
}

/** The parts from their JSON. */
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
  about: (row.about ?? []).slice(0, mostNames).map(recordOf),
});

/** Characters of a UUID. */
const idLength = 36;

/** Parses a text such as `…-5d2ccontact Ada Muster`. */
function recordOf(text: string): About {
  const end = text.indexOf(" ", idLength);
  const id = text.slice(0, idLength);
  return {
    kind: text.slice(idLength, end) as About["kind"],
    // A slice of a text beyond Latin-1 takes two bytes a character, doubling the page: copy it.
    id: /[^\0-\xff]/.test(text) ? [...id].join("") : id,
    name: text.slice(end + 1),
  };
}
