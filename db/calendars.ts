/** Calendars: which activities fall on which days, with series expanded. */
import { visible } from "./activity_conditions.ts";
import { type ActivityRow, rowColumns } from "./activity_lists.ts";
import { addDays, dayOf, instantOf, timeOf } from "./local_times.ts";
import { between } from "./recurrences.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** The maximum number of rows in a calendar; a month of a busy team is well below. */
const most = 500;
/** The maximum length of an activity in days: how far back a calendar looks for ongoing ones. */
export const longestDays = 31;
/** The maximum number of entries of one series in a calendar. */
const mostRepeats = 100;

/** A row with the days that its series skips. */
type SeriesRow = ActivityRow & { skipped: string[] };

/** An activity on a day; later ones of a series are only projected. */
export interface Entry extends ActivityRow {
  /** Its first and last day. */
  from: string;
  to: string;
  /** Whether it is projected from a rule and does not exist yet. */
  announced: boolean;
}

export interface Calendar {
  /** By start; whole days first. */
  entries: Entry[];
  /** Whether entries beyond the maximum were left out. */
  cut: boolean;
}

/** Whose activities on which days, both ends included; null for everybody. */
export interface Span {
  from: string;
  to: string;
  userId: string | null;
}

/**
 * The ids of dated activities, row `a`, that match a condition, by due date: those a user owns or
 * takes part in, or all. Each case uses an index of its own.
 */
export function pick(
  scope: Scope,
  userId: string | null,
  condition: Fragment,
  limit: number,
  direction: "asc" | "desc" = "asc",
): Fragment {
  const { sql, tenantId } = scope;
  const order = direction === "asc" ? sql`asc` : sql`desc`;
  const open = sql`
    a.due_at is not null
    and ${condition}
    and ${visible(scope)}`;
  const last = sql`
    order by due_at ${order}, id ${order}
    limit ${limit}`;
  if (userId === null) {
    return sql`
      select a.id
      from activities a
      where a.tenant_id = ${tenantId}
        and ${open}
      ${last}`;
  }
  return sql`
    select id
    from (
      (
        select a.id, a.due_at
        from activities a
        where a.tenant_id = ${tenantId}
          and a.owner_id = ${userId}
          and ${open}
        ${last}
      )
      union
      (
        select a.id, a.due_at
        from activity_participants x
        join activities a on a.tenant_id = x.tenant_id and a.id = x.activity_id
        where x.tenant_id = ${tenantId}
          and x.user_id = ${userId}
          and ${open}
        ${last}
      )
    ) theirs
    ${last}`;
}

/** Everything within a span: what somebody owns or takes part in, done or not. */
export async function list(scope: Scope, { from, to, userId }: Span): Promise<Calendar> {
  const { sql, tenantId } = scope;
  const start = instantOf(from);
  const end = instantOf(addDays(to, 1));
  const earliest = instantOf(addDays(from, -longestDays));
  const single = sql`
    a.due_at >= ${earliest}
    and a.due_at < ${end}
    and (a.due_at >= ${start} or a.ends_at > ${start})
    and (a.rrule is null or a.done_at is not null)`;
  const series = sql`
    a.due_at < ${end}
    and a.rrule is not null
    and a.done_at is null`;
  const rows = await sql<SeriesRow[]>`
    select ${rowColumns(scope)}, a.skipped::text[] as skipped
    from (
      (${pick(scope, userId, single, most + 1)})
      union all
      (${pick(scope, userId, series, most + 1)})
    ) picked
    join activities a on a.tenant_id = ${tenantId} and a.id = picked.id
    order by a.due_at, a.id
  `;
  const all = rows.flatMap((row) => entriesOf(row, from, to)).sort(byBeginning);
  return { entries: all.slice(0, most), cut: rows.length > most || all.length > most };
}

/** The entries of one row within a span. */
function entriesOf({ skipped, ...row }: SeriesRow, from: string, to: string): Entry[] {
  const first = dayOf(row.dueAt!);
  const last = lastDay(row);
  const lasts = Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last)).days;
  if (row.rrule === null || row.doneAt !== null) {
    return [{ ...row, from: first, to: last, announced: false }];
  }
  return between(row.rrule, first, addDays(from, -lasts), to)
    .filter((day) => day === first || !skipped.includes(day))
    .slice(0, mostRepeats)
    .map((day) =>
      day === first
        ? { ...row, from: first, to: last, announced: false }
        : repeated(row, day, lasts)
    ).filter((entry) => entry.to >= from);
}

function repeated(row: ActivityRow, day: string, lasts: number): Entry {
  const dueAt = instantOf(day, timeOf(row.dueAt!));
  const length = row.endsAt && row.endsAt.getTime() - row.dueAt!.getTime();
  const endsAt = length && new Date(dueAt.getTime() + length);
  return {
    ...row,
    dueAt,
    endsAt: endsAt || null,
    from: day,
    to: addDays(day, lasts),
    announced: true,
  };
}

/** The day on which an activity ends; one that ends at midnight belongs to the day before. */
function lastDay({ dueAt, endsAt }: ActivityRow): string {
  return dayOf(endsAt ? new Date(Math.max(dueAt!.getTime(), endsAt.getTime() - 1)) : dueAt!);
}

function byBeginning(a: Entry, b: Entry): number {
  return a.from.localeCompare(b.from) || Number(b.allDay) - Number(a.allDay) ||
    a.dueAt!.getTime() - b.dueAt!.getTime() || a.id.localeCompare(b.id);
}

export interface Day {
  day: string;
  entries: Entry[];
}

export interface Week {
  /** The ISO week number. */
  number: number;
  days: Day[];
}

/** The days of a span, both ends included, with the entries of each; long ones are on every day. */
export function daysOf({ from, to }: Pick<Span, "from" | "to">, entries: readonly Entry[]): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, entries: [] });
  const at = new Map(days.map((each) => [each.day, each]));
  for (const entry of entries) {
    for (let day = entry.from < from ? from : entry.from; day <= entry.to; day = addDays(day, 1)) {
      at.get(day)?.entries.push(entry);
      if (day >= to) break;
    }
  }
  for (const { day, entries: there } of days) there.sort((a, b) => onDay(a, day) - onDay(b, day));
  return days;
}

/** The sort key of an entry on a day: several whole days, one whole day, then by starting time. */
function onDay({ allDay, from, to, dueAt }: Entry, day: string): number {
  if (allDay) return from < to ? -2 : -1;
  return from < day ? 0 : dueAt!.getTime();
}

/** Groups days that begin on a Monday into whole weeks. */
export function weeksOf(days: readonly Day[]): Week[] {
  const weeks: Week[] = [];
  for (let i = 0; i < days.length; i += 7) {
    const week = days.slice(i, i + 7);
    weeks.push({ number: Temporal.PlainDate.from(week[0]!.day).weekOfYear!, days: week });
  }
  return weeks;
}
