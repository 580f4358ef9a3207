/**
 * Calls, meetings, tasks and notes: when they take place, who owns them and what they are about.
 */
import { visible } from "./activity_conditions.ts";
import * as holds from "./activity_holds.ts";
import * as links from "./activity_links.ts";
import * as people from "./activity_participants.ts";
import * as changes from "./changes.ts";
import { NotFound, Stale } from "./errors.ts";
import { hold } from "./held_records.ts";
import { dayOf, instantOf } from "./local_times.ts";
import { notifyOwner } from "./notifications.ts";
import { compose, goOn, names, type Repeat } from "./recurrences.ts";
import * as reminders from "./reminders.ts";
import { assertOwn } from "./repetitions.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";
import * as trash from "./trash.ts";

export const kinds = ["call", "meeting", "task", "note"] as const;
export type Kind = typeof kinds[number];

export const priorities = ["low", "normal", "high"] as const;
export type Priority = typeof priorities[number];

/** When an activity takes place: from one instant to another, or on whole days. */
export interface Timing {
  dueAt: Date | null;
  endsAt: Date | null;
  allDay: boolean;
}

/** The same as entered in a form. Without a time of day it covers the whole day. */
export interface Plan {
  dueDay: string | null;
  dueTime: string | null;
  minutes: number | null;
  /** The last day when it spans several whole days. */
  lastDay: string | null;
}

export interface ActivityInput extends Plan, links.ChosenRecords {
  kind: Kind;
  subject: string;
  body: string;
  priority: Priority;
  ownerId: string | null;
  repeat: Repeat | null;
  remindBefore: number | null;
  userIds: readonly string[];
}

export interface Activity extends Timing {
  id: string;
  kind: Kind;
  subject: string;
  body: string;
  priority: Priority;
  ownerId: string | null;
  ownerName: string | null;
  rrule: string | null;
  /** Days that its series skips, in order. */
  skipped: string[];
  /** Its original day in the series that it was moved out of, or null. */
  seriesDay: string | null;
  remindBefore: number | null;
  doneAt: Date | null;
  doneByName: string | null;
  at: Date;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  about: links.About[];
  participants: people.Participant[];
  /** Names of the persons it is about who object to advertising by telephone. */
  objecting: string[];
}

/** The maximum number of records that one activity can be about. */
export const mostRecords = 50;

/** Converts a plan to instants. */
function timingOf({ dueDay, dueTime, minutes, lastDay }: Plan): Timing {
  if (dueDay === null) return { dueAt: null, endsAt: null, allDay: false };
  const dueAt = instantOf(dueDay, dueTime ?? undefined);
  if (dueTime !== null) {
    const endsAt = minutes ? new Date(dueAt.getTime() + minutes * 60_000) : null;
    return { dueAt, endsAt, allDay: false };
  }
  const last = Temporal.PlainDate.from(lastDay ?? dueDay).add({ days: 1 }).toString();
  return { dueAt, endsAt: lastDay ? instantOf(last) : null, allDay: true };
}

/** Its position in timelines: when a conversation was scheduled, or when a task was done. */
export function placeOf(
  { kind, dueAt, doneAt, createdAt }: Pick<Activity, "kind" | "dueAt" | "doneAt" | "createdAt">,
): Date {
  return (kind === "task" ? doneAt ?? dueAt : dueAt ?? doneAt) ?? createdAt;
}

/** Returns one activity with all related data; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Activity> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Activity[]>`
    select a.id, a.kind, a.subject, a.body, a.due_at, a.ends_at, a.all_day, a.done_at, a.priority,
      a.owner_id, a.rrule, a.skipped::text[] as skipped, a.series_day, a.remind_before, a.at,
      a.version, a.created_at, a.updated_at,
      ${people.nameOf(scope, "owner_id")} as owner_name,
      ${people.nameOf(scope, "done_by")} as done_by_name,
      ${people.column(scope)},
      ${links.objectingColumn(scope)},
      ${links.aboutColumn(scope, mostRecords)}
    from activities a
    where a.tenant_id = ${tenantId}
      and a.id = ${id}
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("activity");
  return row;
}

/**
 * Creates an activity under the id its form was rendered with; notes and activities logged
 * afterwards are created as done. Returns false, and adds nothing, when the actor has already sent
 * this form. Throws NotFound when somebody else's activity has the id.
 */
export async function create(
  scope: Scope,
  id: string,
  input: ActivityInput,
  done = false,
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const timing = timingOf(input);
  const doneAt = done || input.kind === "note" ? now : null;
  const at = placeOf({ kind: input.kind, dueAt: timing.dueAt, doneAt, createdAt: now });
  const chosen = await links.known(scope, input);
  if (sights.givesAway(scope, input.ownerId)) await sights.lift(scope);
  const [row] = await sql`
    insert into activities ${
    sql({
      tenantId,
      id,
      ...fieldsOf(input),
      doneAt,
      doneBy: doneAt && actor.userId,
      at,
      createdAt: now,
      createdBy: actor.userId,
      updatedAt: now,
      updatedBy: actor.userId,
    })
  }
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  if (!row) {
    await assertOwn(scope, "activity", id);
    return false;
  }
  await links.create(scope, id, chosen, doneAt !== null);
  await people.assign(scope, id, input.userIds, chosen.contactIds);
  await reminders.plan(scope, id);
  await notifyOwner(scope, input.ownerId, { activityId: id });
  await changes.record(scope, { kind: "activity", id, action: "created" });
  return true;
}

/**
 * Saves an activity if the version that was read is still current; leaves no trace if nothing
 * changed. `putOff` means that only its day changed, `silently` that its new owner is notified in
 * another way. Throws NotFound, or Stale when somebody has saved another version meanwhile.
 */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  input: ActivityInput,
  { putOff = false, silently = false } = {},
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await hold(scope, "activities", id);
  const before = await find(scope, id);
  if (before.version !== version) throw new Stale("activity", before.version);
  const fields = fieldsOf(input);
  if (before.rrule !== null && fields.dueAt && input.repeat) {
    const stood = { rrule: before.rrule, day: dayOf(before.dueAt!) };
    fields.rrule = goOn(stood, input.repeat, dayOf(fields.dueAt), putOff);
  }
  const changed = changes.differences<typeof fields>(before, fields);
  const chosen = await links.known(scope, input);
  const at = placeOf({ ...before, ...fields });
  const was = chosenOf(before);
  const about = !same(was, chosen);
  if (about) await holds.hold(scope, id, chosen);
  const moved = {
    about,
    participants: await people.assign(scope, id, input.userIds, chosen.contactIds),
  };
  // Participants the user cannot see stay, so handle them first: later steps may give it away.
  await sights.lift(scope);
  if (moved.about) await links.update(scope, id, was, chosen);
  const lists = (["about", "participants"] as const).filter((name) => moved[name]);
  if (changed.length + lists.length === 0) return;
  await sql`
    update activities
    set ${sql(fields)}, at = ${at}, version = version + 1, updated_at = ${now},
      updated_by = ${actor.userId},
      skipped = ${stillSkipped(before, fields)}::text[]::date[]
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await links.settle(scope, id);
  await reminders.plan(scope, id);
  if (input.ownerId !== before.ownerId && !silently) {
    await notifyOwner(scope, input.ownerId, { activityId: id });
  }
  const named = lists.map((name) => ({ name }));
  await changes.record(scope, {
    kind: "activity",
    id,
    action: "updated",
    fields: [...changed, ...named],
  });
}

/** The skipped days that still apply when the series restarts, except the activity's own day. */
function stillSkipped(before: Activity, { rrule, dueAt }: ReturnType<typeof fieldsOf>): string[] {
  if (rrule === null || dueAt === null) return [];
  const day = dayOf(dueAt);
  const stays = rrule === before.rrule && before.dueAt !== null && day === dayOf(before.dueAt);
  if (stays) return before.skipped;
  return before.skipped.filter((each) => each !== day && names(rrule, each));
}

/** Moves an activity to the trash; throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  await find(scope, id);
  await trash.put(scope, "activity", id);
}

/** The records that the activity's author chose, as far as the user can see them. */
function chosenOf({ about }: Pick<Activity, "about">): links.ChosenRecords {
  const of = (kind: links.About["kind"]) =>
    about.filter((each) => each.kind === kind).map(({ id }) => id);
  return { contactIds: of("contact"), companyIds: of("company"), dealIds: of("deal") };
}

function same(a: links.ChosenRecords, b: links.ChosenRecords): boolean {
  const text = (of: links.ChosenRecords) =>
    [of.contactIds, of.companyIds, of.dealIds].map((ids) => [...ids].sort().join()).join("|");
  return text(a) === text(b);
}

/** The columns of the activity's own row. */
function fieldsOf(input: ActivityInput) {
  const timing = timingOf(input.kind === "note" ? { ...input, dueDay: null } : input);
  const { dueAt } = timing;
  return {
    kind: input.kind,
    subject: input.subject,
    body: input.body,
    ...timing,
    priority: input.priority,
    ownerId: input.ownerId,
    rrule: dueAt && input.repeat ? compose(input.repeat, dayOf(dueAt)) : null,
    remindBefore: dueAt ? input.remindBefore : null,
  };
}
