/** Moving an open activity to another day: its length, time of day and everything else stay. */
import { z } from "zod";
import * as activities from "../db/activities.ts";
import { addDays, daysBetween } from "../db/local_times.ts";
import { dayWords } from "../views/activities/marks.tsx";
import { path, query } from "../views/path.ts";
import { ActivityFields, inputOf, valuesOf } from "./activity_forms.ts";
import { listOf, withinList } from "./list_ways.ts";
import { day } from "./records.ts";
import { type Ctx, readForm, redirect } from "./web.tsx";

const Wish = z.object({ day });

/** Moves it to the day of the form, or of the address where a flash takes a move back. */
export async function postpone(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const activity = await activities.find(scope, c.req.param("id")!);
  const sent = await readForm(c, Wish);
  const asked = sent.ok && sent.value.day || Wish.safeParse(c.req.query()).data?.day;
  const moved = asked ? movedTo(activity, asked) : null;
  // What a press cannot say is said in the form.
  if (moved === null) {
    return c.redirect(withinList(c, path`/activities/${activity.id}/edit`), 303);
  }
  await activities.update(scope, activity.id, activity.version, moved, { putOff: true });
  const here = path`/activities/${activity.id}`;
  const list = listOf(c) || undefined;
  const before = valuesOf(activity).dueDay as string;
  return await redirect(c, query(here, { list }), {
    kind: "ok",
    key: "activities.postponed",
    params: { day: dayWords(view, asked!) },
    ...before ? { undo: query(`${here}/postponement`, { day: before, list }) } : {},
  });
}

/** The activity on another day, or on none; null where it is over or its rule does not allow that day. */
export function movedTo(
  activity: activities.Activity,
  day: string,
): activities.ActivityInput | null {
  if (activity.kind === "note" || activity.doneAt !== null) return null;
  const values = valuesOf(activity);
  const { dueDay, lastDay } = values as { dueDay: string; lastDay: string };
  const last = lastDay === "" ? "" : addDays(lastDay, daysBetween(dueDay, day));
  const read = ActivityFields.safeParse({ ...values, dueDay: day, lastDay: last });
  return read.success ? inputOf(read.data) : null;
}
