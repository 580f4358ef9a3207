/** Further activities of a series: the next one, and one that is moved to a day of its own. */
import { type Activity, placeOf } from "./activities.ts";
import * as links from "./activity_links.ts";
import { addDays, dayOf, daysBetween, instantOf, skippedAt, timeOf } from "./local_times.ts";
import type { Fragment } from "./pool.ts";
import * as reminders from "./reminders.ts";
import type { Scope } from "./scope.ts";

/** What differs in a copy. */
interface Own {
  dueAt: Date;
  endsAt: Date | null;
  rrule: string | null;
  previousId: string | null;
  skipped: readonly string[];
  /** Its original day in the series that it was moved out of. */
  seriesDay: string | null;
}

/** Copies an activity, as open, with everything it is about; false if the copy already exists. */
export async function create(
  scope: Scope,
  { id: fromId, kind }: Pick<Activity, "id" | "kind">,
  id: string,
  { dueAt, endsAt, rrule, previousId, skipped, seriesDay }: Own,
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const at = placeOf({ kind, dueAt, doneAt: null, createdAt: now });
  const [made] = await sql`
    insert into activities (
      tenant_id, id, kind, subject, body, due_at, ends_at, all_day, priority, owner_id, rrule,
      previous_id, remind_before, at, import_id, created_at, created_by, updated_at, updated_by,
      skipped, series_id, series_day
    )
    select tenant_id, ${id}, kind, subject, body, ${dueAt}, ${endsAt}::timestamptz, all_day,
      priority, owner_id, ${rrule}, ${previousId}, remind_before, ${at}, import_id, ${now},
      ${actor.userId}, ${now}, ${actor.userId}, ${[...skipped]}::text[]::date[],
      ${seriesDay === null ? null : fromId}, ${seriesDay}
    from activities
    where tenant_id = ${tenantId}
      and id = ${fromId}
    on conflict (tenant_id, previous_id) where previous_id is not null do nothing
    returning id
  `;
  if (!made) return false;
  await sql`
    insert into activity_links (
      tenant_id, activity_id, record_id, contact_id, company_id, deal_id, direct, at
    )
    select tenant_id, ${id}, record_id, contact_id, company_id, deal_id, direct, at
    from activity_links
    where tenant_id = ${tenantId}
      and activity_id = ${fromId}
  `;
  await sql`
    insert into activity_participants (tenant_id, activity_id, person_id, user_id, contact_id)
    select tenant_id, ${id}, person_id, user_id, contact_id
    from activity_participants
    where tenant_id = ${tenantId}
      and activity_id = ${fromId}
  `;
  await links.settle(scope, id);
  await reminders.plan(scope, id);
  return true;
}

/**
 * Whether nobody has worked on an activity `n` yet; attaching a file does not change its version.
 */
export const untouched = ({ sql, tenantId }: Scope): Fragment =>
  sql`
    n.version = 1
    and n.done_at is null
    and n.deleted_at is null
    and not exists (
      select
      from files f
      where f.tenant_id = ${tenantId}
        and f.activity_id = n.id
    )`;

/**
 * The time of day of a series: that of the activity just done, unless the switch to summer time
 * skipped it that day; then the previous activity gives the intended time.
 */
export async function timeIn({ sql, tenantId }: Scope, id: string, dueAt: Date): Promise<string> {
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

/** The same time of day, or the same number of whole days, on another day. */
export function moved(
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
