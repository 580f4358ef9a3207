/** The list of deals: filtered, sorted, searched, a page at a time; and the deals of a record. */
import {
  bound,
  customOrder,
  inOrder,
  isCustom,
  keyOf,
  type Order,
  searchBound,
} from "./contact_lists.ts";
import { remembered } from "./counts.ts";
import { isHidden, seenOrder, shown } from "./field_rights.ts";
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
import type { Colour, StageKind } from "./stages.ts";

/** What a row shows beyond its own columns; kept with the search text. */
export interface DealSummary {
  companyId?: string;
  company?: string;
  tags?: string[];
}

export interface DealRow {
  id: string;
  title: string;
  amountCents: number | null;
  currency: string;
  expectedCloseOn: string | null;
  pipelineId: string;
  stageId: string;
  status: StageKind;
  stageSince: Date;
  ownerId: string | null;
  source: string;
  lastTouchAt: Date;
  createdAt: Date;
  summary: DealSummary;
}

/** One page of the deals that the filter lets through. */
export async function list(
  scope: Scope,
  filter: Filter,
  given: Order,
  cursor: Cursor,
  size = pageSize,
): Promise<Page<DealRow>> {
  const { sql, tenantId } = scope;
  const order = seenOrder(scope, "deal", given);
  const { id, backwards } = parts(cursor);
  const seen = <Row extends DealRow>(rows: readonly Row[]) =>
    rows.map((row) => shown(scope, "deal", row));
  if (filter.q !== "" && !isCustom(order)) {
    const found = await sql<(DealRow & Hit)[]>`
      select ${columns(scope)}, hits.total
      from search_records(
        'deal', ${filter.q}, ${order.sort}, ${order.descending}, ${id}, ${backwards},
        ${size + 1}, ${filter.tag}, ${filter.owner}, ${filter.status}, ${filter.company},
        ${sql.json(furtherOf(filter, scope, "deal") as never)}
      ) with ordinality as hits (id, total, place)
      join deals p on p.tenant_id = ${tenantId} and p.id = hits.id
      order by hits.place
    `;
    return { ...page<DealRow>(seen(rowsOf(found)), cursor, size), total: totalOf(found, cursor) };
  }
  if (isCustom(order)) {
    const ids = await customOrder(scope, "deal", filter, order, cursor);
    const rows = await sql<DealRow[]>`
      select ${columns(scope)}
      from deals p
      where p.tenant_id = ${tenantId}
        and p.id = any (${ids}::uuid[])
      ${inOrder(sql, ids)}
    `;
    return page(seen(rows), cursor);
  }
  const key = keyOf(sql, order.sort);
  const down = order.descending !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const rows = await sql<DealRow[]>`
    select ${columns(scope)}
    from deals p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      ${conditions(scope, "deal", filter)}
      ${
    id === null ? sql`` : sql`
      and (p.${key}, p.id) ${down ? sql`<` : sql`>`} (
        select a.${key}, a.id
        from deals a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by p.${key} ${direction}, p.id ${direction}
    limit ${literal(sql, size + 1)}
  `;
  return page(seen(rows), cursor, size);
}

const columns = (scope: Scope) =>
  scope.sql`
    p.id, p.title, p.amount_cents::float8, p.currency, p.expected_close_on, p.pipeline_id,
      p.stage_id, p.status, p.stage_since, p.owner_id, p.source, p.last_touch_at, p.created_at,
      ${summary(scope, "p")} as summary`;

/** How many deals the filter lets through, at most one more than the bound that applies. */
export async function count(scope: Scope, filter: Filter): Promise<number> {
  const { sql, tenantId } = scope;
  return await remembered(
    scope,
    "deal",
    filter,
    async () => {
      const [row] = filter.q !== ""
        ? await sql<{ count: number }[]>`
        select count(*)::int
        from search_records(
          'deal', ${filter.q}, 'name', false, null, false, ${searchBound + 1}, ${filter.tag},
          ${filter.owner}, ${filter.status}, ${filter.company},
          ${sql.json(furtherOf(filter, scope, "deal") as never)}
        )
      `
        : await sql<{ count: number }[]>`
        select count(*)::int
        from (
          select
          from deals p
          where p.tenant_id = ${tenantId}
            and p.deleted_at is null
            ${conditions(scope, "deal", filter)}
          limit ${literal(sql, bound + 1)}
        ) found
      `;
      return row!.count;
    },
  );
}

/** A deal as the page of its company or person shows it. */
export interface RelatedDeal extends Pick<DealRow, "id" | "title" | "amountCents" | "currency"> {
  status: StageKind;
  stage: string;
  colour: Colour;
  expectedCloseOn: string | null;
  closedAt: Date | null;
  /** What the person does in it; empty for a company. */
  role: string;
}

/** The first deals of a record, and whether there are more of them. */
export interface Related {
  deals: RelatedDeal[];
  more: boolean;
}

/** How many deals a record's page shows; the list shows the rest. */
const few = 10;

/** The living deals of a company or a person, open ones first, then the last closed. */
export async function of(
  scope: Scope,
  kind: "contact" | "company",
  id: string,
): Promise<Related> {
  const { sql, tenantId } = scope;
  const persons = kind === "contact";
  const rows = await sql<RelatedDeal[]>`
    select p.id, p.title, p.amount_cents::float8, p.currency, p.status, s.name as stage, s.colour,
      p.expected_close_on, p.closed_at, ${persons ? sql`x.role` : sql`''`} as role
    from deals p
    join stages s on s.tenant_id = ${tenantId} and s.id = p.stage_id
    ${persons ? sql`join deal_contacts x on x.tenant_id = ${tenantId} and x.deal_id = p.id` : sql``}
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      and ${persons ? sql`x.contact_id` : sql`p.company_id`} = ${id}
    order by p.status = 'open' desc, p.closed_at desc nulls first, ${
    // An order would tell of days that are hidden.
    isHidden(scope, "deal", "expectedCloseOn") ? sql`` : sql`p.close_key,`} p.id
    limit ${literal(sql, few + 1)}
  `;
  const deals = rows.slice(0, few).map((row) => shown(scope, "deal", row));
  return { deals, more: rows.length > few };
}
