/** Whether a stored search text holds the words of a search, by the patterns of `search_records`. */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/**
 * The condition that each word of a text stands in a search text, all in the one spelling or all in
 * the other. A look at every row that the rest of the query leaves: behind row-level security no index
 * answers it.
 */
export function matches({ sql }: Pick<Scope, "sql">, search: Fragment, text: string): Fragment {
  // A word has two spellings. Asked once for all rows, as a query of its own.
  const patterns = (spelling: Fragment) =>
    sql`((select (search_patterns(${text}))[:][${spelling}]))::text[]`;
  return sql`(
        ${search} like all (${patterns(sql`1:1`)})
        or ${search} like all (${patterns(sql`2:2`)})
      )`;
}
