/** Reminders: who is notified of an activity before it is due, once each. */
import { visible } from "./activity_conditions.ts";
import { dayOf, instantOf, timeOf } from "./local_times.ts";
import { notify } from "./notifications.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** The minutes before the due time that forms offer. */
export const offers = [0, 10, 30, 60, 120, 1_440, 2_880, 10_080] as const;

/** Reminders sent in one transaction. */
export const batch = 200;

const dayMinutes = 1_440;

/**
 * When to remind of something due at a time; all-day activities are announced from eight in the
 * morning.
 */
export function momentOf(dueAt: Date, allDay: boolean, minutes: number): Date {
  const days = Math.floor(minutes / dayMinutes);
  const day = Temporal.PlainDate.from(dayOf(dueAt)).subtract({ days }).toString();
  const base = instantOf(day, allDay ? "08:00" : timeOf(dueAt));
  return new Date(base.getTime() - (minutes % dayMinutes) * 60_000);
}

/**
 * Plans whom to remind of an activity in its current state: its owner and the users taking part.
 * Whoever was already notified is notified again only if the time has changed.
 */
export async function plan({ sql, tenantId, now }: Scope, activityId: string): Promise<void> {
  const [row] = await sql<{ dueAt: Date; allDay: boolean; remindBefore: number }[]>`
    select due_at, all_day, remind_before
    from activities
    where tenant_id = ${tenantId}
      and id = ${activityId}
      and remind_before is not null
      and done_at is null
      and due_at is not null
  `;
  const at = row ? momentOf(row.dueAt, row.allDay, row.remindBefore) : null;
  const due = row && (row.allDay || row.dueAt > now) ? at : null;
  await sql`
    with persons as (
      select owner_id as user_id
      from activities
      where tenant_id = ${tenantId}
        and id = ${activityId}
        and owner_id is not null
      union
      select user_id
      from activity_participants
      where tenant_id = ${tenantId}
        and activity_id = ${activityId}
        and user_id is not null
    ), gone as (
      delete from reminders
      where tenant_id = ${tenantId}
        and activity_id = ${activityId}
        and (${due === null} or user_id not in (select user_id from persons))
    )
    insert into reminders (tenant_id, activity_id, user_id, remind_at)
    select ${tenantId}, ${activityId}, user_id, ${due}::timestamptz
    from persons
    where ${due !== null}
    on conflict (tenant_id, activity_id, user_id) do update
    set remind_at = excluded.remind_at,
      sent_at = case when reminders.remind_at = excluded.remind_at then reminders.sent_at end
  `;
}

/** Tenants with reminders due now, at most `most`. */
export async function due(sql: AnySql, at: Date, most: number): Promise<string[]> {
  const rows = await sql<{ tenantId: string }[]>`
    select tenant_id
    from tenants_to_remind(${at}, ${most}::int)
  `;
  return rows.map(({ tenantId }) => tenantId);
}

/** Sends at most `batch` of a tenant's reminders that are due; returns how many it looked at. */
export async function send(scope: Scope): Promise<number> {
  const { sql, tenantId, now } = scope;
  const taken = await sql<{ activityId: string; userId: string }[]>`
    update reminders r
    set sent_at = ${now}
    from (
      select activity_id, user_id
      from reminders
      where tenant_id = ${tenantId}
        and sent_at is null
        and remind_at <= ${now}
      order by remind_at
      limit ${batch}
      for update skip locked
    ) d
    where r.tenant_id = ${tenantId}
      and r.activity_id = d.activity_id
      and r.user_id = d.user_id
    returning r.activity_id, r.user_id
  `;
  if (taken.length === 0) return 0;
  const open = await sql<{ id: string }[]>`
    select a.id
    from activities a
    where a.tenant_id = ${tenantId}
      and a.id = any(${taken.map(({ activityId }) => activityId)}::uuid[])
      and a.done_at is null
      and ${visible(scope)}
  `;
  const known = new Set(open.map(({ id }) => id));
  for (const { activityId, userId } of taken) {
    if (known.has(activityId)) await notify(scope, { userId, kind: "reminder", activityId });
  }
  return taken.length;
}
