/** The hits of a search for contacts, companies and deals: their page, and any of them. */
import { recall } from "./counts.ts";
import { type Hit, type Page, page, parts, rowsOf, totalOf } from "./pages.ts";
import * as plainSearches from "./plain_searches.ts";
import type { Fragment } from "./pool.ts";
import { type Filter, furtherOf, ownerOf, statusOf } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Order, Wanted } from "./record_lists.ts";
import type { Scope } from "./scope.ts";

/** A page of hits, counted up to `counted` if that takes no query of its own. */
export async function list<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  columns: Fragment,
  { filter, order, cursor, size, counted }: Wanted & { counted?: number },
): Promise<Page<Row>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const plain = plainSearches.isPlain(kind, filter, order, cursor);
  const known = plain && counted ? recall(scope, kind, filter) : null;
  const most = counted && known === null ? counted + 1 : null;
  const place = sql`${matching(order)}, ${order.descending}, ${id}, ${backwards}, ${size + 1}`;
  const found = await sql<(Row & Hit)[]>`
    select ${columns}, hits.total
    from ${
    plain ? plainSearches.hits(scope, filter, size + 1, most) : hits(scope, kind, filter, place)
  } with ordinality as hits (id, total, place)
    join ${sql(tables[kind])} p on p.tenant_id = ${tenantId} and p.id = hits.id
    order by hits.place
  `;
  const rows = rowsOf(found) as unknown as Row[];
  const reported = totalOf(found, cursor);
  const total = reported !== null && plain && counted
    ? await plainSearches.noted(scope, filter, reported)
    : reported ?? known;
  return { ...page<Row>(rows, cursor, size), total };
}

/** A search by name starts with the names that begin with what was typed. */
const matching = ({ sort, descending }: Order): string =>
  sort === "name" && !descending ? "match" : sort;

/** The search for records, in the order and from the place given by `wanted`. */
function hits(scope: Scope, kind: Kind, filter: Filter, wanted: Fragment): Fragment {
  const { sql } = scope;
  const company = kind === "company" ? null : filter.company;
  return sql`
      search_records(
        ${kind}, ${filter.q}, ${wanted}, ${filter.tag}, ${ownerOf(filter)},
        ${statusOf(kind, filter)}, ${company}, ${sql.json(furtherOf(filter, scope, kind))}
      )`;
}

/** The search for records in any order, up to a number of them. */
export const anyHits = (scope: Scope, kind: Kind, filter: Filter, most: number): Fragment =>
  hits(scope, kind, filter, scope.sql`'name', false, null, false, ${most}`);
