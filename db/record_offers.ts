/** What is offered to a contact or company: the offers of their deals, for the record's page. */
import * as dealLists from "./deal_lists.ts";
import { joins, type OfferRow, rowColumns, visible } from "./offers.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";

/** The first offers of a record, and whether there are more. */
export interface Made {
  offers: OfferRow[];
  more: boolean;
}

/** How many offers a record's page shows; its deals show the rest. */
const few = 10;

/** The first deals of a record and the newest offers of all its deals. */
export async function withDeals(
  scope: Scope,
  kind: "contact" | "company",
  id: string,
): Promise<{ deals: dealLists.Related; made: Made }> {
  const [deals, made] = await Promise.all([dealLists.of(scope, kind, id), list(scope, kind, id)]);
  return { deals, made };
}

/** The same for a record without deals. */
export const none = { deals: { deals: [], more: false }, made: { offers: [], more: false } };

async function list(scope: Scope, kind: "contact" | "company", id: string): Promise<Made> {
  const { sql, tenantId } = scope;
  const rows = await sql<OfferRow[]>`
    select ${rowColumns(scope)}
    ${joins(scope)}
    where o.tenant_id = ${tenantId}
      and o.deal_id in (
        select ${kind === "contact" ? sql`x.deal_id from deal_contacts x` : sql`x.id from deals x`}
        where x.tenant_id = ${tenantId}
          and x.${sql(`${kind}_id`)} = ${id}
      )
      and ${visible(scope)}
    order by o.created_at desc, o.id desc
    limit ${literal(few + 1)}
  `;
  return { offers: rows.slice(0, few), more: rows.length > few };
}
