/** Activities ticked in a list and changed together; and undoing that. */
import { z } from "zod";
import * as activities from "../db/activities.ts";
import * as batches from "../db/activity_batches.ts";
import * as completions from "../db/activity_completions.ts";
import { isId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import { notify } from "../db/notifications.ts";
import { pageSize } from "../db/pages.ts";
import type { Scope } from "../db/scope.ts";
import type { Flash } from "../db/sessions.ts";
import * as trash from "../db/trash.ts";
import { dayWords } from "../views/activities/marks.tsx";
import { nobody, type Wish } from "../views/activities/batches.tsx";
import { query } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { ActivityFields, inputOf, valuesOf } from "./activity_forms.ts";
import { parametersOf } from "./addresses.ts";
import { movedTo } from "./postponements.ts";
import { day, ownerKnown } from "./records.ts";
import { localPath } from "./sign_in.ts";
import { type Ctx, readForm, redirect } from "./web.tsx";

const actions = ["done", "day", "owner", "delete"] as const;
type Action = typeof actions[number];

const Batch = z.object({
  action: z.enum(actions),
  ids: z.union([z.string(), z.array(z.string())]).optional()
    .transform((value) => [...new Set([value ?? []].flat().filter(isId))].slice(0, pageSize)),
  /** The list in which they were ticked. */
  back: z.string().optional(),
  // PostgreSQL knows no year 0.
  at: z.iso.datetime().refine((at) => at >= "0001").optional(),
});

const Change = Batch.extend({ day, ownerId: z.string().optional().default("") });
type Change = z.output<typeof Change>;

/** Changes the ticked activities that the user may see and that are not in that state already. */
export async function change(c: Ctx): Promise<Response> {
  const read = await readForm(c, Change);
  const to = localPath([read.form.values.back ?? ""].flat().at(-1), "/activities");
  const refuse = (key: string) => redirect(c, wishing(to, read.form), { kind: "error", key });
  if (!read.ok) return await refuse("activities.batch_day_missing");
  const fault = await faultOf(c, read.value);
  if (fault !== null) return await refuse(fault);
  const { action, ids } = read.value;
  const changed = await carryOut[action](c.var.scope, read.value);
  return await redirect(c, to, outcomeOf(c, read.value, changed, ids.length - changed.length, to));
}

/** Takes back what the flash of a change offers to. */
export async function undo(c: Ctx): Promise<Response> {
  const parameters = parametersOf(c);
  const asked = Batch.safeParse({
    ...Object.fromEntries(parameters),
    ids: parameters.getAll("ids"),
  });
  const to = localPath(parameters.get("back") ?? undefined, "/activities");
  if (!asked.success) return c.redirect(to, 303);
  const { action, ids, at } = asked.data;
  await takenBack(c.var.scope, action, ids, new Date(at ?? 0));
  return await redirect(c, to, { kind: "ok", key: "lists.bulk_undone" });
}

/**
 * The list with what was ticked and chosen, so that only what is missing has to be added. Other values
 * could make the address longer than clients and proxies take.
 */
function wishing(list: string, { values: { ids, day, ownerId } }: FormState): string {
  const wish = wishOf([ids ?? []].flat(), [day].flat().at(-1), [ownerId].flat().at(-1));
  return query(list, { ids: wish.ids, day: wish.day, give: wish.ownerId });
}

/** What the address of a list says was ticked and chosen. */
export function wished(c: Ctx): Wish {
  const parameters = parametersOf(c);
  return wishOf(parameters.getAll("ids"), parameters.get("day"), parameters.get("give"));
}

const wishOf = (ids: string[], day: string | null = "", ownerId: string | null = ""): Wish => ({
  ids: ids.filter(isId).slice(0, pageSize),
  day: z.iso.date().safeParse(day).success ? day! : "",
  ownerId: ownerId && (isId(ownerId) || ownerId === nobody) ? ownerId : "",
});

/** What makes a wish impossible as a whole; null where nothing does. */
async function faultOf(c: Ctx, { action, ids, day, ownerId }: Change): Promise<string | null> {
  if (ids.length === 0) return "activities.batch_nothing";
  if (action === "day" && day === null) return "activities.batch_day_missing";
  if (action !== "owner" || ownerId === nobody) return null;
  if (ownerId === "") return "activities.batch_owner_missing";
  return isId(ownerId) && await ownerKnown(c.var.scope, ownerId) ? null : "records.owner_unknown";
}

/** What each batch does; the ids of the activities that it changed. */
const carryOut: Record<Action, (scope: Scope, wish: Change) => Promise<string[]>> = {
  done: (scope, { ids }) =>
    batches.each(scope, ids, async ({ id, doneAt }) => {
      if (doneAt !== null) return false;
      await completions.create(scope, id);
      return true;
    }),
  day: (scope, { ids, day }) => batches.each(scope, ids, (activity) => move(scope, activity, day!)),
  owner: async (scope, { ids, ownerId }) => {
    const owner = ownerId === nobody ? null : ownerId;
    const changed = await batches.each(scope, ids, (activity) => give(scope, activity, owner));
    if (owner !== null && changed.length > 0) {
      const about = changed.length === 1
        ? { activityId: changed[0]! }
        : { recordKind: "activity", count: changed.length } as const;
      await notify(scope, { userId: owner, kind: "assigned", ...about });
    }
    return changed;
  },
  delete: (scope, { ids }) =>
    batches.each(scope, ids, async ({ id }) => {
      await activities.remove(scope, id);
      return true;
    }),
};

/** Puts one on another day, or on none; false where it is over or stands there already. */
async function move(scope: Scope, activity: activities.Activity, day: string): Promise<boolean> {
  const input = valuesOf(activity).dueDay === day ? null : movedTo(activity, day);
  if (input === null) return false;
  await activities.update(scope, activity.id, activity.version, input, { putOff: true });
  return true;
}

/** Hands one over; the new owner is notified of all together. False if it is already theirs. */
async function give(
  scope: Scope,
  activity: activities.Activity,
  ownerId: string | null,
): Promise<boolean> {
  if (activity.ownerId === ownerId) return false;
  const read = ActivityFields.safeParse({ ...valuesOf(activity), ownerId: ownerId ?? "" });
  if (!read.success) return false;
  const input = inputOf(read.data);
  await activities.update(scope, activity.id, activity.version, input, { silently: true });
  return true;
}

/** Undoes the change where nobody has changed the activity since. */
async function takenBack(
  scope: Scope,
  action: Action,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (action === "delete") {
    await trash.restoreAll(scope, "activity", ids);
  } else if (action === "done") {
    await batches.each(scope, ids, async ({ id, kind, doneAt }) => {
      // Who completed it since did so for a reason of their own.
      if (kind === "note" || doneAt?.getTime() !== at.getTime()) return false;
      await completions.remove(scope, id);
      return true;
    });
  } else if (action === "owner") {
    for (const { activity, from, to } of await batches.before(scope, ids, at, "owner_id")) {
      if (activity.ownerId === to) await give(scope, activity, from);
    }
  } else {
    for (const { activity, from, to } of await batches.before(scope, ids, at, "due_at")) {
      const stands = activity.dueAt?.toISOString() ?? null;
      const day = from === null ? "" : dayOf(new Date(from));
      if (stands === to) await move(scope, activity, day);
    }
  }
}

/** What was done, and the way back; nothing done is no success. */
function outcomeOf(
  { var: { scope, view } }: Ctx,
  { action, day }: Change,
  changed: readonly string[],
  left: number,
  back: string,
): Flash {
  if (changed.length === 0) return { kind: "info", key: "activities.batch_same" };
  const at = scope.now.toISOString();
  return {
    kind: "ok",
    key: left === 0 ? `activities.batch_${action}` : `activities.batch_${action}_some`,
    params: { count: changed.length, left, ...day ? { day: dayWords(view, day) } : {} },
    undo: query("/activities/batches/undo", { action, at, ids: changed, back }),
  };
}
