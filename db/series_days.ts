/** Single days of a series: what comes next, days skipped or moved, and undoing both. */
import { type Activity, find, placeOf } from "./activities.ts";
import * as copies from "./activity_copies.ts";
import { visible } from "./activity_conditions.ts";
import * as links from "./activity_links.ts";
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import { hold } from "./held_records.ts";
import { newId } from "./ids.ts";
import { addDays, dayOf } from "./local_times.ts";
import { between, next as nextDay } from "./recurrences.ts";
import * as reminders from "./reminders.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

/** The most days of one series that may be skipped; a weekly one takes years to reach it. */
export const mostSkipped = 200;
/** How many days are offered at once. */
const offered = 12;

/** A day that the series skips. */
export interface SkippedDay {
  day: string;
  /** The activity it was moved to, if that exists and may be seen. */
  movedId: string | null;
  movedAt: Date | null;
}

export interface SeriesDays {
  /** The next days, the first of them being the current one. */
  next: string[];
  skipped: SkippedDay[];
}

/** The days of a series, from a wished one if that is later; null if it is no open series. */
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
      and ${visible(scope)}
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

/** Whether an open series has an occurrence on a day. */
function occurs({ rrule, dueAt, skipped }: Activity, day: string): boolean {
  return !skipped.includes(day) && between(rrule!, dayOf(dueAt!), day, day).length > 0;
}

/**
 * Skips one day; the rest of the series stays. Throws NotFound, and Invalid for a day that is not
 * part of it, or the last one left.
 */
export async function skip(scope: Scope, id: string, day: string): Promise<void> {
  await omit(scope, id, day);
}

/** Moves one day of a series to its own activity and returns its id. Throws as `skip` does. */
export async function move(scope: Scope, id: string, day: string, to: string): Promise<string> {
  const activity = await omit(scope, id, day);
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

/** Skips one day; returns the series as it was before. */
async function omit(scope: Scope, id: string, day: string): Promise<Activity> {
  const activity = await locked(scope, id);
  if (!occurs(activity, day)) throw new Invalid("series.not_of_it");
  await settle(scope, activity, [...activity.skipped, day]);
  return activity;
}

/**
 * Puts a skipped day back; the activity it was moved to is removed. Throws NotFound, and Invalid if
 * somebody has worked on that activity since.
 */
export async function resume(scope: Scope, id: string, day: string): Promise<void> {
  const activity = await locked(scope, id);
  await settle(scope, activity, activity.skipped.filter((each) => each !== day));
}

/** Skips exactly these days. Throws as `skip` and `resume` do. */
export async function update(scope: Scope, id: string, days: readonly string[]): Promise<void> {
  await settle(scope, await locked(scope, id), days);
}

/** An open series, locked until the transaction ends. */
async function locked(scope: Scope, id: string): Promise<Activity> {
  await hold(scope, "activities", id);
  const activity = await find(scope, id);
  const { rrule, dueAt, doneAt } = activity;
  if (rrule === null || dueAt === null || doneAt !== null) throw new Invalid("series.none");
  return activity;
}

/** Sets the series to its first day that is not skipped, even if that is earlier than before. */
async function settle(scope: Scope, activity: Activity, days: readonly string[]): Promise<void> {
  const skipped = [...new Set(days)].sort();
  const added = skipped.filter((day) => !activity.skipped.includes(day));
  const back = activity.skipped.filter((day) => !skipped.includes(day));
  if (added.length + back.length === 0) return;
  if (skipped.length > mostSkipped) throw new Invalid("series.too_many");
  if (!added.every((day) => occurs(activity, day))) throw new Invalid("series.not_of_it");
  const [first] = [dayOf(activity.dueAt!), ...back].sort() as [string];
  const stands = skipped.includes(first) ? nextDay(activity.rrule!, first, first, skipped) : first;
  if (stands === null) throw new Invalid("series.last");
  await sights.lift(scope);
  if (back.length > 0) await takeBack(scope, activity.id, back);
  await write(scope, activity, stands, skipped);
}

/** Removes the activities these days were moved to; those in the trash become independent. */
async function takeBack(scope: Scope, id: string, days: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  const [row] = await sql<{ touched: boolean }[]>`
    with moved as (
      select n.id, not (${copies.untouched(scope)}) as touched
      from activities n
      where n.tenant_id = ${tenantId}
        and n.series_id = ${id}
        and n.series_day = any (${[...days]}::text[]::date[])
        and n.deleted_at is null
    ), gone as (
      delete from activities a
      using moved m
      where a.tenant_id = ${tenantId}
        and a.id = m.id
        and not exists (
          select
          from moved
          where touched
        )
    )
    select bool_or(touched) as touched
    from moved
  `;
  if (row?.touched) throw new Invalid("series.touched");
  await sql`
    update activities
    set series_id = null, series_day = null
    where tenant_id = ${tenantId}
      and series_id = ${id}
      and series_day = any (${[...days]}::text[]::date[])
  `;
}

/** Writes the skipped days, and the day the series is now on. */
async function write(
  scope: Scope,
  activity: Activity,
  stands: string,
  skipped: readonly string[],
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const { id } = activity;
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
