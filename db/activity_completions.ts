/** Completes and reopens activities; completing one of a series creates the next one. */
import { find, placeOf } from "./activities.ts";
import * as copies from "./activity_copies.ts";
import * as links from "./activity_links.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import { hold } from "./held_records.ts";
import { newId } from "./ids.ts";
import { dayOf } from "./local_times.ts";
import { next as nextDay } from "./recurrences.ts";
import * as reminders from "./reminders.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

type Activity = Awaited<ReturnType<typeof find>>;

/**
 * Marks an activity as done. Returns the id of the next one in its series, or null; does nothing if
 * it is already done. Throws NotFound.
 */
export async function create(scope: Scope, id: string): Promise<string | null> {
  await hold(scope, "activities", id);
  const activity = await find(scope, id);
  if (activity.doneAt) return null;
  // The next one in a series belongs to its owner, whoever completed this one.
  await sights.lift(scope);
  // Its records before its links: a merge comes to them in this order.
  await links.touch(scope, id);
  await mark(scope, activity, scope.now);
  await changes.record(scope, { kind: "activity", id, action: "completed" });
  return activity.rrule === null ? null : await repeat(scope, activity);
}

/**
 * Reopens an activity. Removes the next one of its series, unless somebody has worked on that: then
 * this one leaves the series. Throws NotFound, also for notes, which are never open.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  await hold(scope, "activities", id);
  const activity = await find(scope, id);
  if (activity.kind === "note") throw new NotFound("activity");
  if (!activity.doneAt) return;
  await sights.lift(scope);
  // Activities moved out of the series earlier now belong to the remaining one.
  await sql`
    update activities m
    set series_id = ${id}
    from activities n
    where m.tenant_id = ${tenantId}
      and m.series_id = n.id
      and n.tenant_id = ${tenantId}
      and n.previous_id = ${id}
      and ${copies.untouched(scope)}
  `;
  const { count } = await sql`
    delete from activities n
    where n.tenant_id = ${tenantId}
      and n.previous_id = ${id}
      and ${copies.untouched(scope)}
  `;
  await sql`
    update activities
    set rrule = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and ${count === 0}
      and exists (
        select
        from activities n
        where n.tenant_id = ${tenantId}
          and n.previous_id = ${id}
      )
  `;
  await mark(scope, activity, null);
  await changes.record(scope, { kind: "activity", id, action: "reopened" });
}

/** Sets or clears the completion and updates what depends on it. */
async function mark(scope: Scope, activity: Activity, doneAt: Date | null): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const at = placeOf({ ...activity, doneAt });
  await sql`
    update activities
    set done_at = ${doneAt}, done_by = ${doneAt && actor.userId}, at = ${at},
      version = version + 1, updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${activity.id}
  `;
  await links.settle(scope, activity.id);
  await reminders.plan(scope, activity.id);
}

/** Creates the next one of a series from the one just done; null when the series is over. */
async function repeat(scope: Scope, done: Activity): Promise<string | null> {
  const { sql, tenantId, now } = scope;
  const { id: doneId } = done;
  const day = dayOf(done.dueAt!);
  const following = nextDay(done.rrule!, day, dayOf(now), done.skipped);
  if (following === null) return null;
  const id = newId();
  const time = await copies.timeIn(scope, doneId, done.dueAt!);
  const made = await copies.create(scope, done, id, {
    ...copies.moved(done, day, following, time),
    rrule: done.rrule,
    previousId: doneId,
    skipped: done.skipped.filter((each) => each > following),
    seriesDay: null,
  });
  // Done, reopened and done once more: the next one already exists.
  if (!made) return null;
  await sql`
    update activities
    set series_id = ${id}
    where tenant_id = ${tenantId}
      and series_id = ${doneId}
      and series_day > ${following}
  `;
  await changes.record(scope, { kind: "activity", id, action: "created" });
  return id;
}
