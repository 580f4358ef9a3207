/** The timelines on records' pages: what the address asks of one, and the panel alone for htmx. */
import * as lostReasons from "../db/lost_reasons.ts";
import * as panels from "../db/record_panels.ts";
import * as timelines from "../db/timeline.ts";
import { customNames } from "../views/records/custom.tsx";
import { bases, nouns } from "../views/records/nouns.ts";
import { kindNames, type ShownTimeline, TimelinePanel } from "../views/timeline.tsx";
import { path } from "../views/path.ts";
import { type Ctx, isPartial } from "./web.tsx";

/**
 * The timeline of a record as its address asks for it, of the kinds of entries that it has; without
 * a look at the record itself.
 */
export async function load(
  c: Ctx,
  subject: timelines.Subject,
  among?: readonly timelines.EntryKind[],
): Promise<ShownTimeline> {
  const name = c.req.query("timeline");
  const kind = timelines.kinds.find((each) => kindNames[each] === name) ?? null;
  const before = c.req.query("before") ?? "";
  const place = timelines.isPlace(before) ? before : null;
  return {
    href: bases[subject.kind] + path`/${subject.id}`,
    noun: nouns[subject.kind],
    timeline: await timelines.list(c.var.scope, subject, { kind, place, among }),
    asked: { kind, paged: place !== null },
  };
}

/** Whether htmx asks for another part of the timeline, and for nothing else. */
export const isTurn = (c: Ctx): boolean => isPartial(c) && c.req.query("timeline") !== undefined;

/** The panel alone; throws NotFound where the record may not be shown. */
export async function turn(c: Ctx, subject: timelines.Subject): Promise<Response> {
  const { scope, view } = c.var;
  const [{ owners, fields }, shown, reasons] = await Promise.all([
    panels.names(scope, subject),
    load(c, subject),
    subject.kind === "deal" ? lostReasons.list(scope) : [],
  ]);
  const names = {
    ...Object.fromEntries(reasons.map(({ id, name }) => [id, name])),
    ...customNames(view, fields),
  };
  return c.html(<TimelinePanel view={view} {...shown} owners={owners} names={names} />);
}
