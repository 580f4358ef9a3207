/** The list of persons: filtered, sorted, searched, a page at a time, and how many there are. */
import { remembered } from "./counts.ts";
import { type CustomSort, fieldOfSort, orderedIds } from "./custom_filters.ts";
import { seenOrder } from "./field_rights.ts";
import type { Fragment } from "./pool.ts";
import type { Kind } from "./record_kinds.ts";
import type { Status } from "./contacts.ts";
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
import { conditions, type Filter, furtherOf } from "./record_filters.ts";
import type { Scope } from "./scope.ts";
import { summary } from "./sights.ts";

/** Contacts and companies know the first three, deals all of them; own fields sort all three. */
export type Sort = OwnSort | CustomSort;
export type OwnSort = "name" | "touch" | "created" | "amount" | "close";

export interface Order {
  sort: Sort;
  descending: boolean;
}

/** What a row shows beyond its own columns; kept with the search text by `refresh_…_search`. */
export interface Summary {
  companyId?: string;
  company?: string;
  email?: string;
  phone?: string;
  city?: string;
  tags?: string[];
}

export interface ContactRow {
  id: string;
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  nameSuffix: string;
  status: Status;
  ownerId: string | null;
  lastTouchAt: Date;
  createdAt: Date;
  summary: Summary;
}

/** One page of the persons that the filter lets through. */
export async function list(
  scope: Scope,
  filter: Filter,
  given: Order,
  cursor: Cursor,
  size = pageSize,
): Promise<Page<ContactRow>> {
  const { sql, tenantId } = scope;
  const order = seenOrder(scope, "contact", given);
  const { id, backwards } = parts(cursor);
  if (filter.q !== "" && !isCustom(order)) {
    const found = await sql<(ContactRow & Hit)[]>`
      select ${columns(scope)}, hits.total
      from search_records(
        'contact', ${filter.q}, ${order.sort}, ${order.descending}, ${id}, ${backwards},
        ${size + 1}, ${filter.tag}, ${filter.owner}, ${filter.status}, ${filter.company},
        ${sql.json(furtherOf(filter, scope, "contact") as never)}
      ) with ordinality as hits (id, total, place)
      join contacts p on p.tenant_id = ${tenantId} and p.id = hits.id
      order by hits.place
    `;
    return { ...page<ContactRow>(rowsOf(found), cursor, size), total: totalOf(found, cursor) };
  }
  if (isCustom(order)) {
    const ids = await customOrder(scope, "contact", filter, order, cursor);
    const rows = await sql<ContactRow[]>`
      select ${columns(scope)}
      from contacts p
      where p.tenant_id = ${tenantId}
        and p.id = any (${ids}::uuid[])
      ${inOrder(sql, ids)}
    `;
    return page(rows, cursor);
  }
  const key = keyOf(sql, order.sort);
  const down = order.descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const rows = await sql<ContactRow[]>`
    select ${columns(scope)}
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      ${conditions(scope, "contact", filter)}
      ${
    id === null ? sql`` : sql`
      and (p.${key}, p.id) ${down ? sql`<` : sql`>`} (
        select a.${key}, a.id
        from contacts a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by p.${key} ${direction}, p.id ${direction}
    limit ${literal(sql, size + 1)}
  `;
  return page(rows, cursor, size);
}

const columns = (scope: Scope) =>
  scope.sql`
    p.id, p.title, p.first_name, p.name_prefix, p.last_name, p.name_suffix, p.status,
      p.owner_id, p.last_touch_at, p.created_at,
      ${summary(scope, "p")} as summary`;

/** The column a list is sorted by; each has an index of its own. */
export function keyOf(sql: Scope["sql"], sort: Sort) {
  if (sort === "name") return sql`sort_name collate "C"`;
  return sql(
    {
      touch: "last_touch_at",
      created: "created_at",
      amount: "amount_key",
      close: "close_key",
    }[sort as Exclude<OwnSort, "name">],
  );
}

/** Whether a list is sorted by an own field. */
export const isCustom = ({ sort }: Order): boolean => fieldOfSort(sort) !== null;

/** The ids of a page that is sorted by an own field. */
export const customOrder = (
  scope: Scope,
  kind: Kind,
  filter: Filter,
  { sort, descending }: Order,
  cursor: Cursor,
): Promise<string[]> =>
  orderedIds(
    scope,
    kind,
    scope.sql`${conditions(scope, kind, filter)} ${amongHits(scope, kind, filter)}`,
    { field: fieldOfSort(sort)!, descending },
    cursor,
  );

/** That row `p` is one of all the hits of a search: which of them come first is told by another table. */
function amongHits(scope: Scope, kind: Kind, filter: Filter): Fragment {
  const { sql } = scope;
  if (filter.q === "") return sql``;
  return sql`
    and p.id in (
      select hits.id
      from search_records(
        ${kind}, ${filter.q}, 'name', false, null, false, ${allHits}, ${filter.tag},
        ${filter.owner}, ${filter.status}, ${filter.company},
        ${sql.json(furtherOf(filter, scope, kind) as never)}
      ) hits
    )`;
}

/** More than a house has records. */
const allHits = 10_000_000;

/** Rows `p` as their ids were found. */
export const inOrder = (sql: Scope["sql"], ids: readonly string[]): Fragment =>
  sql`order by array_position(${[...ids]}::uuid[], p.id)`;

/** Beyond this many the count says "more than": counting on costs more than it tells. */
export const bound = 10_000;
/** The bound of a search, whose every hit has to be looked at. */
export const searchBound = 1_000;

/** How many persons the filter lets through, at most one more than the bound that applies. */
export async function count(scope: Scope, filter: Filter): Promise<number> {
  const { sql, tenantId } = scope;
  return await remembered(
    scope,
    "contact",
    filter,
    async () => {
      const [row] = filter.q !== ""
        ? await sql<{ count: number }[]>`
        select count(*)::int
        from search_records(
          'contact', ${filter.q}, 'name', false, null, false, ${searchBound + 1}, ${filter.tag},
          ${filter.owner}, ${filter.status}, ${filter.company},
          ${sql.json(furtherOf(filter, scope, "contact") as never)}
        )
      `
        : await sql<{ count: number }[]>`
        select count(*)::int
        from (
          select
          from contacts p
          where p.tenant_id = ${tenantId}
            and p.deleted_at is null
            ${conditions(scope, "contact", filter)}
          limit ${literal(sql, bound + 1)}
        ) found
      `;
      return row!.count;
    },
  );
}
