/**
 * Lists whose filters each match many records but perhaps hardly any in combination or only at the
 * far end, or ask for something missing, which no index knows: the walk through their order is
 * limited; if no page is full by then, all matches are collected and sorted.
 */
import { noteFar, noteNear } from "./counts.ts";
import { seenFilter } from "./field_rights.ts";
import { teamOf } from "./owners.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Bounds, gather, type Walk } from "./rare_filters.ts";
import { between, conditions, type Filter } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import { together } from "./running_imports.ts";
import type { Scope } from "./scope.ts";

/** A page as its list reads it. */
export interface Wanted {
  filter: Filter;
  /** The columns to read of row `p`. */
  columns: Fragment;
  /** The sort column of the list, and its direction. */
  key: Fragment;
  direction: Fragment;
  /** The condition that row `p` comes after the page's position. */
  placed: Fragment;
  /** The same, or split into both sides of what a running import creates. */
  sides: readonly [Fragment, Fragment?];
  /** The name of the order, and whether this is its first page. */
  walk: Walk;
  /** Number of rows of the page, plus one. */
  size: number;
}

/** The rows of a page, one more than it shows. */
export async function rows<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  wanted: Wanted,
  bounds: Bounds,
): Promise<Row[]> {
  const { filter, walk, size } = wanted;
  const found = await walked<Row>(scope, kind, wanted, bounds);
  if (found.length === size) {
    if (walk.first) noteNear(scope, kind, filter, walk);
    return found;
  }
  noteFar(scope, kind, filter, walk);
  return await gathered<Row>(scope, kind, wanted, bounds);
}

/** The matches among the next records in the list's order, each checked by itself. */
async function walked<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  { filter, columns, key, direction, sides, walk, size }: Wanted,
  bounds: Bounds,
): Promise<Row[]> {
  const { sql, tenantId } = scope;
  const last = sql`
    order by p.list_key ${direction}, p.id ${direction}
    limit ${literal(size)}`;
  const one = (columns: Fragment, side: Fragment) =>
    sql`
    select ${columns}
    from (
      select p.*, p.${key} as list_key
      from ${sql(tables[kind])} p
      where p.tenant_id = ${tenantId}
        and p.deleted_at is null
        ${side}
        ${served(scope, kind, filter, walk.sort)}
      order by p.${key} ${direction}, p.id ${direction}
      limit ${literal(bounds.walked)}
    ) p
    where p.tenant_id = ${tenantId}
      ${conditions(scope, kind, filter, true)}
    ${last}`;
  return await sql<Row[]>`${together(sql, columns, sides, one, last)}`;
}

/**
 * Filters that the index of an order serves as well: dates when sorted by date; when sorted by
 * name, one owner or one status; when sorted by last touch, one status of persons and companies.
 */
function served(scope: Scope, kind: Kind, given: Filter, sort: string): Fragment {
  const { owner, status, ...days } = seenFilter(scope, kind, given);
  const { sql } = scope;
  if (sort === "created") return between(sql, "p.created_at", days.createdFrom, days.createdTo);
  const ofStatus = status === null ? sql`` : sql`and p.status = ${status}`;
  if (sort === "touch") {
    return sql`
      ${kind === "deal" ? sql`` : ofStatus}
      ${between(sql, "p.last_touch_at", days.touchFrom, days.touchTo)}`;
  }
  if (sort !== "name") return sql``;
  if (owner !== null && teamOf(owner) === null) return sql`and p.owner_id = ${owner}`;
  return ofStatus;
}

/** Collects all matches without using the order, and returns the page of them. */
async function gathered<Row extends { id: string }>(
  scope: Scope,
  kind: Kind,
  { filter, columns, key, direction, placed, size }: Wanted,
  bounds: Bounds,
): Promise<Row[]> {
  const { sql, tenantId } = scope;
  const table = sql(tables[kind]);
  const { among, few } = await gather(scope, kind, filter, bounds);
  return await sql<Row[]>`
    with found as materialized (
      select p.id, p.${key} as list_key
      from ${table} p
      where p.tenant_id = ${tenantId}
        and p.deleted_at is null
        ${conditions(scope, kind, filter, false, few)}
        ${among}
        ${placed}
    ), shown as materialized (
      select id
      from found
      order by list_key ${direction}, id ${direction}
      limit ${literal(size)}
    )
    select ${columns}
    from shown s
    join ${table} p on p.tenant_id = ${tenantId} and p.id = s.id
    order by p.${key} ${direction}, p.id ${direction}
  `;
}

/**
 * How many records match, at most `most`: collects all matches, without a walk that may end early.
 */
export async function count(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  most: number,
  bounds: Bounds,
): Promise<number> {
  const { sql, tenantId } = scope;
  const { among, few } = await gather(scope, kind, filter, bounds);
  const [found] = await sql<[{ count: number }]>`
    select least(count(*), ${most})::int as count
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      ${conditions(scope, kind, filter, false, few)}
      ${among}
  `;
  return found.count;
}
