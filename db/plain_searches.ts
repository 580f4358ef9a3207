/** Searches for contacts by words alone: with cached plans, hits counted with the first page. */
import { remembered } from "./counts.ts";
import type { Cursor } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

interface Order {
  sort: string;
  descending: boolean;
}

/** Whether a page of a list is such a search: the first page, sorted by name. */
export const isPlain = (kind: Kind, filter: Filter, order: Order, cursor: Cursor): boolean =>
  cursor === null && order.sort === "name" && !order.descending && isByWords(kind, filter);

/** Whether a list is filtered by words and nothing else. */
export const isByWords = (kind: Kind, { q, ...others }: Filter): boolean =>
  kind === "contact" && q !== "" &&
  Object.values(others).every((value) => (Array.isArray(value) ? value.length === 0 : !value));

/** The hits of a page of up to `size`, counted up to `most`; null means not counted. */
export const hits = (scope: Scope, { q }: Filter, size: number, most: number | null): Fragment =>
  scope.sql`search_contacts(${q}, ${size}, ${most})`;

/** How many hits such a search has, counted up to `most`. */
export async function count({ sql }: Scope, { q }: Filter, most: number): Promise<number> {
  const [first] = await sql<{ total: number }[]>`
    select least(total, ${most}) as total
    from search_contacts(${q}, 1, ${most})
  `;
  return first?.total ?? 0;
}

/** Remembers the number of hits that the search reported, for the following pages. */
export const noted = (scope: Scope, filter: Filter, total: number): Promise<number> =>
  remembered(scope, "contact", filter, () => Promise.resolve(total));
