/** Single dates of a series: skipped, moved to another day, and restored. */
import { z } from "zod";
import * as activities from "../db/activities.ts";
import { Invalid } from "../db/errors.ts";
import * as series from "../db/series_days.ts";
import { dayWords } from "../views/activities/marks.tsx";
import { isMessageKey } from "../views/i18n/translate.ts";
import { path, query } from "../views/path.ts";
import { listOf, withinList } from "./list_ways.ts";
import { day } from "./records.ts";
import { type Ctx, readForm, redirect } from "./web.tsx";

const Day = z.object({ day });
const Move = z.object({ day, to: day });

/** Leaves one day out. */
export const skip = (c: Ctx): Promise<Response> =>
  attempt(c, async (id) => {
    const read = await readForm(c, Day);
    const asked = read.ok ? read.value.day : null;
    if (!asked) throw new Invalid("series.not_of_it");
    await series.skip(c.var.scope, id, asked);
    return await told(c, "series.skipped", { day: dayWords(c.var.view, asked) }, asked);
  });

/** Moves one day to an activity of its own. */
export const move = (c: Ctx): Promise<Response> =>
  attempt(c, async (id) => {
    const read = await readForm(c, Move);
    if (!read.ok || !read.value.day || !read.value.to) throw new Invalid("series.to_missing");
    const { day, to } = read.value;
    await series.move(c.var.scope, id, day, to);
    const params = { day: dayWords(c.var.view, day), to: dayWords(c.var.view, to) };
    return await told(c, "series.moved", params, day);
  });

/** Takes a day up again, named by the form or by the address of a flash. */
export const resume = (c: Ctx): Promise<Response> =>
  attempt(c, async (id) => {
    const read = await readForm(c, Day);
    const asked = read.ok && read.value.day || Day.safeParse(c.req.query()).data?.day;
    if (!asked) throw new Invalid("series.not_of_it");
    await series.resume(c.var.scope, id, asked);
    const params = { day: dayWords(c.var.view, asked) };
    return await redirect(c, here(c), { kind: "ok", key: "series.resumed", params });
  });

const here = (c: Ctx) => withinList(c, path`/activities/${c.req.param("id")!}`);

/** Says on the activity's page why something was refused. */
async function attempt(c: Ctx, work: (id: string) => Promise<Response>): Promise<Response> {
  const { id } = await activities.find(c.var.scope, c.req.param("id")!);
  try {
    return await work(id);
  } catch (error) {
    if (!(error instanceof Invalid) || !isMessageKey(error.code)) throw error;
    return await redirect(c, here(c), { kind: "error", key: error.code });
  }
}

async function told(
  c: Ctx,
  key: "series.skipped" | "series.moved",
  params: Record<string, string>,
  day: string,
): Promise<Response> {
  const list = listOf(c) || undefined;
  const undo = query(path`/activities/${c.req.param("id")!}/omissions/withdrawal`, { day, list });
  return await redirect(c, here(c), { kind: "ok", key, params, undo });
}
