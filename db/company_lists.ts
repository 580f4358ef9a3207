/** The list of companies: filtered, sorted, searched, a page at a time, and how many there are. */
import type { Order } from "./contact_lists.ts";
import {
  bound,
  customOrder,
  inOrder,
  isCustom,
  keyOf,
  searchBound,
  type Summary,
} from "./contact_lists.ts";
import type { Status } from "./contacts.ts";
import { remembered } from "./counts.ts";
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
import { conditions, type Filter, furtherOf } from "./record_filters.ts";
import type { Scope } from "./scope.ts";

export interface CompanyRow {
  id: string;
  name: string;
  industry: string;
  customerNumber: string;
  status: Status;
  ownerId: string | null;
  lastTouchAt: Date;
  createdAt: Date;
  summary: Summary;
}

/** One page of the companies that the filter lets through. */
export async function list(
  scope: Scope,
  filter: Filter,
  given: Order,
  cursor: Cursor,
  size = pageSize,
): Promise<Page<CompanyRow>> {
  const { sql, tenantId } = scope;
  const order = seenOrder(scope, "company", given);
  const { id, backwards } = parts(cursor);
  if (filter.q !== "" && !isCustom(order)) {
    const found = await sql<(CompanyRow & Hit)[]>`
      select ${columns(sql)}, hits.total
      from search_records(
        'company', ${filter.q}, ${order.sort}, ${order.descending}, ${id}, ${backwards},
        ${size + 1}, ${filter.tag}, ${filter.owner}, ${filter.status}, null,
        ${sql.json(furtherOf(filter, scope, "company") as never)}
      ) with ordinality as hits (id, total, place)
      join companies p on p.tenant_id = ${tenantId} and p.id = hits.id
      order by hits.place
    `;
    return { ...page<CompanyRow>(rowsOf(found), cursor, size), total: totalOf(found, cursor) };
  }
  if (isCustom(order)) {
    const ids = await customOrder(scope, "company", filter, order, cursor);
    const rows = await sql<CompanyRow[]>`
      select ${columns(sql)}
      from companies p
      where p.tenant_id = ${tenantId}
        and p.id = any (${ids}::uuid[])
      ${inOrder(sql, ids)}
    `;
    return page(rows, cursor);
  }
  const key = keyOf(sql, order.sort);
  const down = order.descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const rows = await sql<CompanyRow[]>`
    select ${columns(sql)}
    from companies p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      ${conditions(scope, "company", filter)}
      ${
    id === null ? sql`` : sql`
      and (p.${key}, p.id) ${down ? sql`<` : sql`>`} (
        select a.${key}, a.id
        from companies a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by p.${key} ${direction}, p.id ${direction}
    limit ${literal(sql, size + 1)}
  `;
  return page(rows, cursor, size);
}

const columns = (sql: Scope["sql"]) =>
  sql`
    p.id, p.name, p.industry, p.customer_number, p.status, p.owner_id, p.last_touch_at,
      p.created_at, p.summary`;

/** How many companies the filter lets through, at most one more than the bound that applies. */
export async function count(scope: Scope, filter: Filter): Promise<number> {
  const { sql, tenantId } = scope;
  return await remembered(
    scope,
    "company",
    filter,
    async () => {
      const [row] = filter.q !== ""
        ? await sql<{ count: number }[]>`
        select count(*)::int
        from search_records(
          'company', ${filter.q}, 'name', false, null, false, ${searchBound + 1}, ${filter.tag},
          ${filter.owner}, ${filter.status}, null,
          ${sql.json(furtherOf(filter, scope, "company") as never)}
        )
      `
        : await sql<{ count: number }[]>`
        select count(*)::int
        from (
          select
          from companies p
          where p.tenant_id = ${tenantId}
            and p.deleted_at is null
            ${conditions(scope, "company", filter)}
          limit ${literal(sql, bound + 1)}
        ) found
      `;
      return row!.count;
    },
  );
}
