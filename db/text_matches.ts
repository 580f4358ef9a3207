/** Whether a stored search text contains a search's words, by the patterns of `search_records`. */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/**
 * The condition that a search text contains every word of a text, either all in one spelling or all
 * in the other. Checks every row that the rest of the query leaves: behind row-level security no
 * index can serve it.
 */
export function matches({ sql }: Pick<Scope, "sql">, search: Fragment, text: string): Fragment {
  // A word has two spellings. A subquery, so that it runs once for all rows.
  const patterns = (spelling: Fragment) =>
    sql`((select (search_patterns(${text}))[:][${spelling}]))::text[]`;
  return sql`(
        ${search} like all (${patterns(sql`1:1`)})
        or ${search} like all (${patterns(sql`2:2`)})
      )`;
}
