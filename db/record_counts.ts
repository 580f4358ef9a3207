/** How many records a list has: counted up to a bound, above which it says "more than". */
import { isFar, remembered } from "./counts.ts";
import * as longLists from "./long_lists.ts";
import { literal } from "./pages.ts";
import * as plainSearches from "./plain_searches.ts";
import type { Fragment } from "./pool.ts";
import * as rareFilters from "./rare_filters.ts";
import { conditions, type Filter } from "./record_filters.ts";
import { anyHits } from "./record_hits.ts";
import { type Kind, tables } from "./record_kinds.ts";
import { barOf } from "./running_imports.ts";
import type { Scope } from "./scope.ts";

/** Above this number the count says "more than": counting further costs more than it is worth. */
export const bound = 10_000;
/** The bound for a search, in which every hit has to be read. */
export const searchBound = 1_000;
/** The bound while somebody is still typing: who has so many hits goes on typing. */
export const typedBound = 250;

/** How many records match the filter, at most one more than the bound that applies. */
export function count(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  bounds = rareFilters.usualBounds,
): Promise<number> {
  const { sql, tenantId } = scope;
  return remembered(scope, kind, filter, async () => {
    const searched = filter.q !== "";
    if (plainSearches.isByWords(kind, filter)) {
      return await plainSearches.count(scope, filter, searchBound + 1);
    }
    if (!searched && rareFilters.isPair(filter) && isFar(scope, kind, filter)) {
      return await longLists.count(scope, kind, filter, bound + 1, bounds);
    }
    const asked = searched ? null : rareFilters.lookup(scope, kind, filter, null, {
      ...bounds,
      most: bounds.fewOfPairs,
    });
    const { among, few } = asked instanceof Promise ? await asked : { among: sql``, few: false };
    const most = literal(bound + 1);
    const bar = few ? null : barOf(scope, kind);
    const one = (side: Fragment) =>
      sql`
      (
        select
        from ${sql(tables[kind])} p
        where p.tenant_id = ${tenantId}
          and p.deleted_at is null
          ${conditions(scope, kind, filter, false, few)}
          ${among}
          ${side}
        limit ${most}
      )`;
    const [row] = await sql<[{ count: number }]>`
      select count(*)::int
      from ${
      searched ? anyHits(scope, kind, filter, searchBound + 1) : bar === null ? one(sql``) : sql`
      (
        ${one(sql`and p.created_at > ${bar}`)}
        union all
        ${one(sql`and p.created_at < ${bar}`)}
        limit ${most}
      )`
    } found
    `;
    return row.count;
  });
}
