/** Paging by keyset: a page is found by the record it follows or precedes, never by a number. */
import { words } from "./fragments.ts";
import type { Fragment } from "./pool.ts";

/** How many rows a list shows. */
export const pageSize = 50;

/** The record a page follows (`after`) or precedes (`before`); null is the first page. */
export type Cursor = { after: string } | { before: string } | null;

export interface Page<Row> {
  rows: Row[];
  /** The record to go back before, or null on the first page. */
  previous: string | null;
  /** The record to go on after, or null on the last page. */
  next: string | null;
  /** How many rows all pages have together, where finding this one told it. */
  total?: number | null;
}

/** What a search says of each hit: how many there are in all; null where it stopped early. */
export interface Hit {
  total: number | null;
}

/** The total that a search told with its first page; later pages know only what follows them. */
export const totalOf = (found: readonly Hit[], cursor: Cursor): number | null =>
  cursor === null ? found[0]?.total ?? null : null;

/** The rows alone, without what the search told beside them. */
export const rowsOf = <R extends Hit>(found: readonly R[]): Omit<R, "total">[] =>
  found.map(({ total: _, ...row }) => row);

/** The cursor's record and its direction, as a query wants them. */
export function parts(cursor: Cursor): { id: string | null; backwards: boolean } {
  if (cursor === null) return { id: null, backwards: false };
  return "after" in cursor
    ? { id: cursor.after, backwards: false }
    : { id: cursor.before, backwards: true };
}

/** A page out of `pageSize + 1` rows that were read in the cursor's direction. */
export function page<Row extends { id: string }>(
  found: readonly Row[],
  cursor: Cursor,
  size = pageSize,
): Page<Row> {
  const { id, backwards } = parts(cursor);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows,
    previous: (backwards ? more : id !== null) ? rows[0]?.id ?? null : null,
    next: (backwards || more) ? rows.at(-1)?.id ?? null : null,
  };
}

/**
 * A number that stands in the query's text: with a parameter for its limit PostgreSQL takes the
 * worst for granted, finds no plan worth keeping, and plans the query anew for every page.
 */
export function literal(value: number): Fragment {
  if (!Number.isSafeInteger(value)) throw new TypeError("no whole number");
  return words(String(value));
}
