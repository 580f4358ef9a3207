/** Lists of offers: all of the tenant's, one page at a time, and those of one deal. */
import {
  addressee,
  joins,
  type OfferRow,
  type OfferState,
  rowColumns,
  stateOf,
  visible,
} from "./offers.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import type { Scope } from "./scope.ts";

export interface OfferFilter {
  q: string;
  /** `kept`: those that only the law keeps, whose deal is gone; no other list contains them. */
  state: OfferState | "kept" | null;
  dealId?: string;
  contactId?: string;
  companyId?: string;
}

/** The tenant's offers, newest first, one page at a time. */
export async function list(
  scope: Scope,
  filter: OfferFilter,
  cursor: Cursor = null,
  size = pageSize,
): Promise<Page<OfferRow>> {
  const { sql, tenantId } = scope;
  const { q, state, dealId, contactId, companyId } = filter;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const rows = await sql<OfferRow[]>`
    select ${rowColumns(scope)}
    ${joins(scope)}
    where o.tenant_id = ${tenantId}
      and ${visible(scope)}
      and o.deal_id is ${state === "kept" ? sql`null` : sql`not null`}
      ${state === null || state === "kept" ? sql`` : sql`and ${stateOf(scope)} = ${state}`}
      ${dealId ? sql`and o.deal_id = ${dealId}` : sql``}
      ${contactId ? sql`and o.contact_id = ${contactId}` : sql``}
      ${companyId ? sql`and o.company_id = ${companyId}` : sql``}
      ${
    q === "" ? sql`` : sql`
      and strpos(
        fold(
          coalesce(o.number, '') || ' ' || o.subject || ' ' || coalesce(d.title, '') || ' ' ||
          ${addressee(scope)}
        ),
        fold(${q})
      ) > 0`
  }
      ${
    id === null ? sql`` : sql`
      and (o.created_at, o.id) ${backwards ? sql`>` : sql`<`} (
        select b.created_at, b.id
        from offers b
        where b.tenant_id = ${tenantId}
          and b.id = ${id}
      )`
  }
    order by o.created_at ${direction}, o.id ${direction}
    limit ${literal(size + 1)}
  `;
  return page(rows, cursor, size);
}

/** All offers in use, for an export file. */
export async function* all(scope: Scope): AsyncGenerator<OfferRow[]> {
  yield* scope.sql<OfferRow[]>`
    select ${rowColumns(scope)}
    ${joins(scope)}
    where o.tenant_id = ${scope.tenantId}
      and o.deal_id is not null
      and ${visible(scope)}
    order by o.created_at, o.id
  `.cursor(500);
}

/** Maximum offers of one deal that are shown. */
const mostOfDeal = 100;

/** The offers of a deal, newest first. */
export async function listOf(scope: Scope, dealId: string): Promise<OfferRow[]> {
  return await scope.sql<OfferRow[]>`
    select ${rowColumns(scope)}
    ${joins(scope)}
    where o.tenant_id = ${scope.tenantId}
      and o.deal_id = ${dealId}
      and ${visible(scope)}
    order by o.created_at desc, o.id desc
    limit ${mostOfDeal}
  `;
}
