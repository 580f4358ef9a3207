/** Lists of contacts, companies and deals: filtered, sorted, searched, paged and counted. */
import { isFar, recall, remembered } from "./counts.ts";
import { type CustomSort, fieldOfSort, orderedIds } from "./custom_filters.ts";
import { seenOrder } from "./field_rights.ts";
import {
  type Cursor,
  type Hit,
  literal,
  type Page,
  page,
  pageSize,
  parts,
  rowsOf,
  totalOf,
} from "./pages.ts";
import * as plainSearches from "./plain_searches.ts";
import type { Fragment } from "./pool.ts";
import * as longLists from "./long_lists.ts";
import { conditions, type Filter, furtherOf, ownerOf, statusOf } from "./record_filters.ts";
import * as rareFilters from "./rare_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import { barOf, sidesOf, together } from "./running_imports.ts";
import type { Scope } from "./scope.ts";

/** Contacts and companies have the first three, deals all; custom fields sort all three kinds. */
export type Sort = OwnSort | CustomSort;
export type OwnSort = "name" | "touch" | "created" | "amount" | "close";

export interface Order {
  sort: Sort;
  descending: boolean;
}

/** What a row shows beyond its own columns; stored with the search text by `refresh_…_search`. */
export interface Summary {
  companyId?: string;
  company?: string;
  email?: string;
  phone?: string;
  city?: string;
  tags?: string[];
}

/** A row for callers that only pass timestamps on: they stay text, as PostgreSQL writes them. */
export type Written<Row> = { [Name in keyof Row]: Row[Name] extends Date ? string : Row[Name] };

/** One page of the records that match the filter; `columns` are those of row `p`. */
export async function list<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  columns: Fragment,
  { filter, given, cursor, size = pageSize, counted, bounds = rareFilters.usualBounds }: {
    filter: Filter;
    given: Order;
    cursor: Cursor;
    size?: number;
    /** Returns how many hits a search has, up to so many, if that takes no query of its own. */
    counted?: number;
    bounds?: rareFilters.Bounds;
  },
): Promise<Page<Row>> {
  const { sql, tenantId } = scope;
  const table = sql(tables[kind]);
  const order = seenOrder(scope, kind, given);
  const { id, backwards } = parts(cursor);
  if (isCustom(order)) {
    const ids = await customOrder(scope, kind, filter, order, cursor, size);
    const rows = await sql<Row[]>`
      select ${columns}
      from ${table} p
      where p.tenant_id = ${tenantId}
        and p.id = any (${ids}::uuid[])
      order by array_position(${ids}::uuid[], p.id)
    `;
    return page(rows, cursor, size);
  }
  if (filter.q !== "") {
    const plain = plainSearches.isPlain(kind, filter, order, cursor);
    const known = plain && counted ? recall(scope, kind, filter) : null;
    const most = counted && known === null ? counted + 1 : null;
    const found = await sql<(Row & Hit)[]>`
      select ${columns}, hits.total
      from ${
      plain ? plainSearches.hits(scope, filter, size + 1, most) : hits(
        scope,
        kind,
        filter,
        sql`
        ${matching(order)}, ${order.descending}, ${id}, ${backwards}, ${size + 1}`,
      )
    } with ordinality as hits (id, total, place)
      join ${table} p on p.tenant_id = ${tenantId} and p.id = hits.id
      order by hits.place
    `;
    const rows = rowsOf(found) as unknown as Row[];
    const reported = totalOf(found, cursor);
    const total = reported !== null && plain && counted
      ? await plainSearches.noted(scope, filter, reported)
      : reported ?? known;
    return { ...page<Row>(rows, cursor, size), total };
  }
  const key = keyOf(sql, order.sort);
  const down = order.descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const walk = { ...order, first: id === null };
  const asked = rareFilters.lookup(scope, kind, filter, walk, bounds);
  const { among, few, many, long } = asked instanceof Promise ? await asked : asked;
  const placed = id === null ? sql`` : sql`
      and (p.${key}, p.id) ${down ? sql`<` : sql`>`} (
        select a.${key}, a.id
        from ${table} a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`;
  const bar = !few && (order.sort === "created" || order.sort === "touch")
    ? barOf(scope, kind)
    : null;
  const sides: [Fragment, Fragment?] = bar === null
    ? [placed]
    : sidesOf(scope, kind, bar, { key, down, id, placed });
  if (long) {
    const wanted = { filter, columns, key, direction, placed, sides, walk, size: size + 1 };
    return page(await longLists.rows<Row>(scope, kind, wanted, bounds), cursor, size);
  }
  const last = sql`
    order by p.${key} ${direction}, p.id ${direction}
    limit ${literal(size + 1)}`;
  const one = (columns: Fragment, side: Fragment) =>
    sql`
    select ${columns}
    from ${table} p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      ${conditions(scope, kind, filter, many, many || few)}
      ${among}
      ${side}
    ${last}`;
  const rows = await sql<Row[]>`${together(sql, columns, sides, one, last)}`;
  return page(rows, cursor, size);
}

/** Whether a list takes several queries, each depending on the answer to the one before. */
export function asksFirst(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  given: Order,
  cursor: Cursor,
): boolean {
  const order = seenOrder(scope, kind, given);
  return isCustom(order) ||
    filter.q === "" && rareFilters.asks(scope, kind, filter, { ...order, first: cursor === null });
}

/** Whether a list is a search that returns its number of hits along with its page. */
export const isCounted = (
  scope: Scope,
  kind: Kind,
  filter: Filter,
  given: Order,
  cursor: Cursor,
): boolean => plainSearches.isPlain(kind, filter, seenOrder(scope, kind, given), cursor);

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
const anyHits = (scope: Scope, kind: Kind, filter: Filter, most: number): Fragment =>
  hits(scope, kind, filter, scope.sql`'name', false, null, false, ${most}`);

/** The column a list is sorted by; each has an index of its own. */
function keyOf(sql: Scope["sql"], sort: Sort): Fragment {
  if (sort === "name") return sql`sort_name collate "C"`;
  return sql`${
    sql(
      {
        touch: "last_touch_at",
        created: "created_at",
        amount: "amount_key",
        close: "close_key",
      }[sort as Exclude<OwnSort, "name">],
    )
  }`;
}

/** Whether a list is sorted by a custom field. */
const isCustom = ({ sort }: Order): boolean => fieldOfSort(sort) !== null;

/** The ids of a page sorted by a custom field. */
async function customOrder(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  { sort, descending }: Order,
  cursor: Cursor,
  size: number,
): Promise<string[]> {
  const { sql } = scope;
  const walk = { sort, descending, first: false };
  const { among, few } = await rareFilters.lookup(scope, kind, filter, walk);
  return await orderedIds(
    scope,
    kind,
    sql`${conditions(scope, kind, filter, false, few)} ${among} ${amongHits(scope, kind, filter)}`,
    { field: fieldOfSort(sort)!, descending },
    { cursor, size },
  );
}

/** The condition that row `p` is among all hits of a search: another table determines the order. */
function amongHits(scope: Scope, kind: Kind, filter: Filter): Fragment {
  const { sql } = scope;
  if (filter.q === "") return sql``;
  return sql`and p.id in (select hits.id from ${anyHits(scope, kind, filter, allHits)} hits)`;
}

/** More records than any tenant has. */
const allHits = 10_000_000;

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
