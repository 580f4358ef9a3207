/** Records chosen on a list, to be changed or exported: the ticked ones, or all that it shows. */
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import * as rareFilters from "./rare_filters.ts";
import { conditions, type Filter, furtherOf, ownerOf, statusOf } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

export type Selection = { ids: readonly string[] } | { filter: Filter };

/**
 * Up to this many, records are found by their filter's index rather than by a walk. A list fills a
 * page long before; a selection ends only with the last record.
 */
const many = 100_000;
/** More records than any tenant has; searches need this if there is no other bound. */
const all = 10_000_000;

/**
 * The live records that a selection covers and the acting user sees, as a query of their ids;
 * wrapped, as an awaited query would be run. Like a list, it first asks how rare its filters are.
 */
export async function selected(
  scope: Scope,
  kind: Kind,
  selection: Selection,
  most = all,
): Promise<{ ids: Fragment }> {
  const { sql, tenantId } = scope;
  const table = sql(tables[kind]);
  if ("ids" in selection) {
    return {
      ids: sql`
      select p.id
      from ${table} p
      where p.tenant_id = ${tenantId}
        and p.id = any (${[...selection.ids]}::uuid[])
        and p.deleted_at is null
    `,
    };
  }
  const { filter } = selection;
  if (filter.q === "") {
    const asked = rareFilters.lookup(scope, kind, filter, null, {
      ...rareFilters.usualBounds,
      most: many,
    });
    const { among, few } = asked instanceof Promise ? await asked : asked;
    return {
      ids: sql`
      select p.id
      from ${table} p
      where p.tenant_id = ${tenantId}
        and p.deleted_at is null
        ${conditions(scope, kind, filter, false, few)}
        ${among}
      limit ${literal(most)}
    `,
    };
  }
  return {
    ids: sql`
    select found.id
    from search_records(
      ${kind}, ${filter.q}, 'name', false, null, false, ${most}, ${filter.tag}, ${ownerOf(filter)},
      ${statusOf(kind, filter)}, ${filter.company}, ${sql.json(furtherOf(filter, scope, kind))}
    ) found
  `,
  };
}

/** How many records a selection covers now, at most `most`. */
export async function count(
  scope: Scope,
  kind: Kind,
  selection: Selection,
  most: number,
): Promise<number> {
  const { ids } = await selected(scope, kind, selection, most);
  const [row] = await scope.sql<[{ count: number }]>`
    select count(*)::int
    from (${ids}) s
  `;
  return row.count;
}
