/** Single days of a series: what comes next, one left out or moved, and both taken back. */
import { type Activity, find, lock, placeOf } from "./activities.ts";
import * as copies from "./activity_copies.ts";
import * as links from "./activity_links.ts";
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import { addDays, dayOf } from "./local_times.ts";
import { between, next as nextDay } from "./recurrences.ts";
import * as reminders from "./reminders.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

/** Days of one series that may be left out; a weekly one takes years to reach it. */
export const mostSkipped = 200;
/** Days that are offered at once. */
const offered = 12;

/** A day that the series leaves out. */
export interface SkippedDay {
  day: string;
  /** The activity it was moved to, where that is there and may be seen. */
  movedId: string | null;
  movedAt: Date | null;
}

export interface SeriesDays {
  /** The next days, the first of them the one that stands. */
  next: string[];
  skipped: SkippedDay[];
}

/** The days of a series, from a wished one on where that comes later; null for what is no open series. */
export async function list(
  scope: Scope,
  activity: Activity,
  wish: string | null,
): Promise<SeriesDays | null> {
  const { sql, tenantId } = scope;
  const { id, rrule, dueAt, doneAt, skipped } = activity;
  if (rrule === null || dueAt === null || doneAt !== null) return null;
  const first = dayOf(dueAt);
  const next = [first];
  let day = wish !== null && occurs(activity, wish) ? wish : nextDay(rrule, first, first, skipped);
  while (day !== null && next.length < offered) {
    if (day !== first) next.push(day);
    day = nextDay(rrule, first, addDays(day, 1), skipped);
  }
  const rows = await sql<{ id: string; seriesDay: string; dueAt: Date }[]>`
    select a.id, a.series_day, a.due_at
    from activities a
    where a.tenant_id = ${tenantId}
      and a.series_id = ${id}
      and ${links.visible(scope)}
    order by a.series_day, a.id
    limit ${mostSkipped}
  `;
  const moved = new Map(rows.map((row) => [row.seriesDay, row]));
  return {
    next,
    skipped: skipped.map((day) => ({
      day,
      movedId: moved.get(day)?.id ?? null,
      movedAt: moved.get(day)?.dueAt ?? null,
    })),
  };
}

/** Whether a series that stands has a time on a day, left out or not. */
function occurs({ rrule, dueAt, skipped }: Activity, day: string): boolean {
  return !skipped.includes(day) && between(rrule!, dayOf(dueAt!), day, day).length > 0;
}

/**
 * Leaves one day out; the rest of the series stays. Throws NotFound, and Invalid for a day that is
 * not one of it, or the last that is left.
 */
export async function skip(scope: Scope, id: string, day: string): Promise<void> {
  await lock(scope, id);
  await omit(scope, await find(scope, id), day);
}

/** Moves one day of a series to an activity of its own; its id. Throws as `skip` does. */
export async function move(scope: Scope, id: string, day: string, to: string): Promise<string> {
  await lock(scope, id);
  const activity = await find(scope, id);
  await omit(scope, activity, day);
  const movedId = newId();
  const time = await copies.timeIn(scope, id, activity.dueAt!);
  await copies.create(scope, activity, movedId, {
    ...copies.moved(activity, dayOf(activity.dueAt!), to, time),
    rrule: null,
    previousId: null,
    skipped: [],
    seriesDay: day,
  });
  await changes.record(scope, { kind: "activity", id: movedId, action: "created" });
  return movedId;
}

async function omit(scope: Scope, activity: Activity, day: string): Promise<void> {
  assertSeries(activity);
  if (!occurs(activity, day)) throw new Invalid("series.not_of_it");
  if (activity.skipped.length >= mostSkipped) throw new Invalid("series.too_many");
  const first = dayOf(activity.dueAt!);
  const skipped = [...activity.skipped, day].sort();
  const stands = day === first ? nextDay(activity.rrule!, first, first, skipped) : first;
  if (stands === null) throw new Invalid("series.last");
  await write(scope, activity, stands, skipped);
}

/**
 * Takes a day up again; what it was moved to goes. Throws NotFound, and Invalid where somebody has
 * worked on that since.
 */
export async function resume(scope: Scope, id: string, day: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope, id);
  const activity = await find(scope, id);
  assertSeries(activity);
  if (!activity.skipped.includes(day)) return;
  await sights.lift(scope);
  const [row] = await sql<{ touched: boolean }[]>`
    with moved as (
      select id, version > 1 or done_at is not null as touched
      from activities
      where tenant_id = ${tenantId}
        and series_id = ${id}
        and series_day = ${day}
        and deleted_at is null
    ), gone as (
      delete from activities a
      using moved m
      where a.tenant_id = ${tenantId}
        and a.id = m.id
        and not m.touched
    )
    select touched
    from moved
    limit 1
  `;
  if (row?.touched) throw new Invalid("series.touched");
  const first = dayOf(activity.dueAt!);
  const skipped = activity.skipped.filter((each) => each !== day);
  await write(scope, activity, day < first ? day : first, skipped);
}

function assertSeries({ rrule, dueAt, doneAt }: Activity): void {
  if (rrule === null || dueAt === null || doneAt !== null) throw new Invalid("series.none");
}

/** Writes the days that are left out, and the day on which the series stands now. */
async function write(
  scope: Scope,
  activity: Activity,
  stands: string,
  skipped: readonly string[],
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const { id } = activity;
  await sights.lift(scope);
  const time = await copies.timeIn(scope, id, activity.dueAt!);
  const { dueAt, endsAt } = copies.moved(activity, dayOf(activity.dueAt!), stands, time);
  const at = placeOf({ ...activity, dueAt });
  await sql`
    update activities
    set due_at = ${dueAt}, ends_at = ${endsAt}::timestamptz, at = ${at},
      skipped = ${[...skipped]}::text[]::date[], version = version + 1, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await links.settle(scope, id);
  await reminders.plan(scope, id);
  const moved = changes.differences({ dueAt: activity.dueAt }, { dueAt });
  await changes.record(scope, {
    kind: "activity",
    id,
    action: "updated",
    fields: [...moved, { name: "skipped" }],
  });
}
