/** Keyset paging: a page is found by the record it follows or precedes, never by its number. */
import { words } from "./fragments.ts";
import type { Fragment } from "./pool.ts";

/** How many rows a list shows. */
export const pageSize = 50;

/** The record a page follows (`after`) or precedes (`before`); null is the first page. */
export type Cursor = { after: string } | { before: string } | null;

export interface Page<Row> {
  rows: Row[];
  /** The record to page back from, or null on the first page. */
  previous: string | null;
  /** The record to page on from, or null on the last page. */
  next: string | null;
  /** The number of rows on all pages together, if the query for this page counted them. */
  total?: number | null;
}

/** Carried by each row of a search result: the number of hits; null if counting stopped early. */
export interface Hit {
  total: number | null;
}

/** The total found along with the first page; later pages only know what follows them. */
export const totalOf = (found: readonly Hit[], cursor: Cursor): number | null =>
  cursor === null ? found[0]?.total ?? null : null;

/** The rows without the total that the search attached to them. */
export const rowsOf = <R extends Hit>(found: readonly R[]): Omit<R, "total">[] =>
  found.map(({ total: _, ...row }) => row);

/** The cursor's record and direction, in the form a query needs. */
export function parts(cursor: Cursor): { id: string | null; backwards: boolean } {
  if (cursor === null) return { id: null, backwards: false };
  return "after" in cursor
    ? { id: cursor.after, backwards: false }
    : { id: cursor.before, backwards: true };
}

/** Builds a page from `pageSize + 1` rows that were read in the cursor's direction. */
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
 * A number written into the query's text. If a limit is a parameter, PostgreSQL assumes the worst,
 * finds no plan worth keeping, and plans the query again for every page.
 */
export function literal(value: number): Fragment {
  if (!Number.isSafeInteger(value)) throw new TypeError("no whole number");
  return words(String(value));
}
