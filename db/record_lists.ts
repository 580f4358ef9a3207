/** Lists of contacts, companies and deals: filtered, sorted, searched and paged. */
import { type CustomSort, fieldOfSort, orderedIds } from "./custom_filters.ts";
import { seenOrder } from "./field_rights.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import * as plainSearches from "./plain_searches.ts";
import type { Fragment } from "./pool.ts";
import * as longLists from "./long_lists.ts";
import * as rareFilters from "./rare_filters.ts";
import { conditions, type Filter } from "./record_filters.ts";
import * as recordHits from "./record_hits.ts";
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

/** What is asked of a page whose order is one that the role may see. */
export interface Wanted {
  filter: Filter;
  order: Order;
  cursor: Cursor;
  size: number;
}

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
  if (isCustom(order)) {
    return await byCustomField(scope, kind, columns, { filter, order, cursor, size });
  }
  if (filter.q !== "") {
    return await recordHits.list(scope, kind, columns, { filter, order, cursor, size, counted });
  }
  const { id, backwards } = parts(cursor);
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

/** A page in the order of a custom field, whose values stand in another table. */
async function byCustomField<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  columns: Fragment,
  { filter, order, cursor, size }: Wanted,
): Promise<Page<Row>> {
  const { sql, tenantId } = scope;
  const ids = await customOrder(scope, kind, filter, order, cursor, size);
  const rows = await sql<Row[]>`
    select ${columns}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.id = any (${ids}::uuid[])
    order by array_position(${ids}::uuid[], p.id)
  `;
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
  return sql`and p.id in (select hits.id from ${
    recordHits.anyHits(scope, kind, filter, allHits)
  } hits)`;
}

/** More records than any tenant has. */
const allHits = 10_000_000;
