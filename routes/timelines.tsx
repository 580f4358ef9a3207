/** The timelines on records' pages: what the address asks of one, and the panel alone for htmx. */
import type { Names } from "../db/choices.ts";
import { NotFound } from "../db/errors.ts";
import * as lostReasons from "../db/lost_reasons.ts";
import * as panels from "../db/record_panels.ts";
import * as timelines from "../db/timeline.ts";
import { customNames } from "../views/records/custom.tsx";
import { bases, nouns } from "../views/records/nouns.ts";
import {
  filterNames,
  shownFilters,
  type ShownTimeline,
  TimelinePanel,
} from "../views/timeline.tsx";
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
  const filter = filterOf(c);
  const before = c.req.query("before") ?? "";
  const place = timelines.isPlace(before) ? before : null;
  return {
    href: bases[subject.kind] + path`/${subject.id}`,
    noun: nouns[subject.kind],
    timeline: await timelines.list(c.var.scope, subject, { filter, place, among }),
    asked: { filter, paged: place !== null },
  };
}

/** What the address limits the timeline to, or null for everything. */
function filterOf(c: Ctx): timelines.Filter | null {
  const name = c.req.query("timeline");
  return shownFilters.find((each) => filterNames[each] === name) ?? null;
}

/** Whether htmx asks for another part of the timeline, and for nothing else. */
export const isTurn = (c: Ctx): boolean => isPartial(c) && c.req.query("timeline") !== undefined;

const nameless: Names = { owners: [], fields: [] };

/**
 * The panel alone; throws NotFound where the record may not be shown, and has htmx reload the page,
 * which says so. Nothing is asked after it: the transaction is concluded.
 */
export async function turn(c: Ctx, subject: timelines.Subject): Promise<Response> {
  const { scope, view } = c.var;
  // Only changes are shown with the names of owners, custom fields and reasons.
  const filter = filterOf(c);
  const named = filter === null || timelines.filters[filter] === "change";
  const asks = Promise.all([
    named ? panels.names(scope, subject) : panels.find(scope, subject).then(() => nameless),
    load(c, subject),
    named && subject.kind === "deal" ? lostReasons.list(scope) : [],
  ]);
  scope.conclude();
  const [{ owners, fields }, shown, reasons] = await asks.catch((error) => {
    if (error instanceof NotFound) c.header("HX-Refresh", "true");
    throw error;
  });
  const names = {
    ...Object.fromEntries(reasons.map(({ id, name }) => [id, name])),
    ...customNames(view, fields),
  };
  return c.html(<TimelinePanel view={view} {...shown} owners={owners} names={names} />);
}
