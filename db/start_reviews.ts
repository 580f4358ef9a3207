/** All that others did to a user's own and opened records while the user was away, in pages. */
import type { Scope } from "./scope.ts";
import * as additions from "./start_additions.ts";
import * as changes from "./start_changes.ts";
import type { Place } from "./start_places.ts";

/** How many entries a page shows. */
const size = 40;
/** How many of the newest additions of each kind are looked at for a page, whoever they concern. */
const lookedAt = 2_000;

export interface Review {
  /** A line for each changed record and for each addition, the latest first. */
  rows: changes.ChangedRecord[];
  /** Where the next page begins; a page may be short, or empty, and yet have one. */
  next: Place | null;
  /** How many additions there are, counted on the first page only, and whether there are more. */
  added: { count: number; more: boolean } | null;
}

/** A page of it; `before` is where the page before ended. */
export async function list(scope: Scope, since: Date, before: Place | null): Promise<Review> {
  const reach = { since, before, lookedAt, most: size + 1 };
  const [[row], added, end, count] = await Promise.all([
    scope.sql<[{ changed: changes.ChangedJson[] | null }]>`
      select ${changes.changed(scope, since, reach)} as changed
    `,
    additions.list(scope, reach),
    additions.endOf(scope, reach),
    before === null ? additions.count(scope, { ...reach, most: 3 * lookedAt }) : null,
  ]);
  const entries = [
    ...(row.changed ?? []).map((each) => ({
      place: each.place,
      record: changes.recordOf(scope, each),
    })),
    ...added.map((each) => ({ place: each.place, record: changes.withAddition(each) })),
  ].sort((a, b) => a.place < b.place ? 1 : -1);
  // Below the end not all kinds were looked at: the next page goes on from there.
  const reached = entries.filter(({ place }) => end === null || place > end);
  const shown = reached.slice(0, size);
  return {
    rows: shown.flatMap(({ record }) => record ?? []),
    next: reached.length > size ? shown.at(-1)!.place : end,
    added: count && { count: count.count, more: count.more || end !== null },
  };
}
