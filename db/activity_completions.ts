/** Doing an activity and taking that back; of a series the next one comes when one is done. */
import { find, lock, placeOf } from "./activities.ts";
import * as links from "./activity_links.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { addDays, dayOf, daysBetween, instantOf, skippedAt, timeOf } from "./local_times.ts";
import { next as nextDay } from "./recurrences.ts";
import * as reminders from "./reminders.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

type Activity = Awaited<ReturnType<typeof find>>;

/**
 * Marks an activity as done. The id of the next one of its series, or null; nothing happens to
 * what is done already. Throws NotFound.
 */
export async function create(scope: Scope, id: string): Promise<string | null> {
  await lock(scope, id);
  const activity = await find(scope, id);
  if (activity.doneAt) return null;
  // The next one of a series is its owner's, whoever did this one.
  await sights.lift(scope);
  await mark(scope, activity, scope.now);
  await links.touch(scope, id);
  await changes.record(scope, { kind: "activity", id, action: "completed" });
  return activity.rrule === null ? null : await repeat(scope, activity);
}

/**
 * Opens an activity again. The next one of its series goes, unless somebody has worked on that:
 * then this one leaves the series. Throws NotFound, also for notes, which are never open.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope, id);
  const activity = await find(scope, id);
  if (activity.kind === "note") throw new NotFound("activity");
  if (!activity.doneAt) return;
  await sights.lift(scope);
  const { count } = await sql`
    delete from activities
    where tenant_id = ${tenantId}
      and previous_id = ${id}
      and version = 1
      and done_at is null
      and deleted_at is null
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

/** Writes the mark, and what follows from it. */
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

/** Makes the next one of a series out of the one just done; null when the series is over. */
async function repeat(scope: Scope, { id: doneId, ...done }: Activity): Promise<string | null> {
  const { sql, tenantId, actor, now } = scope;
  const day = dayOf(done.dueAt!);
  const following = nextDay(done.rrule!, day, dayOf(now));
  if (following === null) return null;
  const id = newId();
  const { dueAt, endsAt } = moved(done, day, following, await timeIn(scope, doneId, done.dueAt!));
  const at = placeOf({ kind: done.kind, dueAt, doneAt: null, createdAt: now });
  const [made] = await sql`
    insert into activities (
      tenant_id, id, kind, subject, body, due_at, ends_at, all_day, priority, owner_id, rrule,
      previous_id, remind_before, at, import_id, created_at, created_by, updated_at, updated_by
    )
    select tenant_id, ${id}, kind, subject, body, ${dueAt}, ${endsAt}::timestamptz, all_day,
      priority, owner_id, rrule, id, remind_before, ${at}, import_id, ${now}, ${actor.userId},
      ${now}, ${actor.userId}
    from activities
    where tenant_id = ${tenantId}
      and id = ${doneId}
    on conflict (tenant_id, previous_id) where previous_id is not null do nothing
    returning id
  `;
  // Done, opened again and done once more: the next one is there already.
  if (!made) return null;
  await sql`
    insert into activity_links (
      tenant_id, activity_id, record_id, contact_id, company_id, deal_id, direct, at
    )
    select tenant_id, ${id}, record_id, contact_id, company_id, deal_id, direct, at
    from activity_links
    where tenant_id = ${tenantId}
      and activity_id = ${doneId}
  `;
  await sql`
    insert into activity_participants (tenant_id, activity_id, person_id, user_id, contact_id)
    select tenant_id, ${id}, person_id, user_id, contact_id
    from activity_participants
    where tenant_id = ${tenantId}
      and activity_id = ${doneId}
  `;
  await links.settle(scope, id);
  await reminders.plan(scope, id);
  await changes.record(scope, { kind: "activity", id, action: "created" });
  return id;
}

/**
 * The clock time of a series: that of the one just done, save where the clock skipped it on that day
 * in spring, and the one before tells what it was.
 */
async function timeIn({ sql, tenantId }: Scope, id: string, dueAt: Date): Promise<string> {
  const time = timeOf(dueAt);
  const skipped = skippedAt(dueAt);
  if (skipped === null) return time;
  const [before] = await sql<{ dueAt: Date | null }[]>`
    select b.due_at
    from activities a
    join activities b on b.tenant_id = a.tenant_id and b.id = a.previous_id
    where a.tenant_id = ${tenantId}
      and a.id = ${id}
  `;
  return before?.dueAt && timeOf(before.dueAt) === skipped ? skipped : time;
}

/** The same clock times, or the same number of whole days, on another day. */
function moved(
  { dueAt, endsAt, allDay }: Pick<Activity, "dueAt" | "endsAt" | "allDay">,
  from: string,
  to: string,
  time: string,
): { dueAt: Date; endsAt: Date | null } {
  const start = instantOf(to, time);
  if (endsAt === null) return { dueAt: start, endsAt };
  if (!allDay) {
    return {
      dueAt: start,
      endsAt: new Date(start.getTime() + endsAt.getTime() - dueAt!.getTime()),
    };
  }
  return { dueAt: start, endsAt: instantOf(addDays(to, daysBetween(from, dayOf(endsAt)))) };
}
