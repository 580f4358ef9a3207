/** A deal's line items: products or free text, and the sum that determines the deal's amount. */
import * as changes from "./changes.ts";
import { Forbidden, Invalid, NotFound, Stale } from "./errors.ts";
import { isHidden, mayWrite } from "./field_rights.ts";
import { newId } from "./ids.ts";
import { type Line, lineCents, type Sums, sumsOf } from "./line_sums.ts";
import * as offerSettings from "./offer_settings.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

/** The maximum number of line items per deal. */
export const most = 300;

export interface Item extends Line {
  /** The product it was created from, while that exists. */
  productId: string | null;
  name: string;
  description: string;
  unit: string;
}

/** A line item with its price. */
export interface PricedItem extends Item {
  cents: number;
}

export interface Calculation {
  items: PricedItem[];
  /** Whether prices include tax. */
  gross: boolean;
  sums: Sums;
  /** 0 until somebody adds line items. */
  version: number;
}

/** Line items with the price of each. */
export const priced = (items: readonly Item[]): PricedItem[] =>
  items.map((item) => ({ ...item, cents: lineCents(item) }));

/**
 * The line items of a deal and their sums, none for users who may not see amounts; does not check
 * whether the deal is visible.
 */
export async function list(scope: Scope, dealId: string): Promise<Calculation> {
  const { sql, tenantId } = scope;
  // One query, so that concurrently saved line items never mix with another price mode.
  const [found] = await sql<{ gross: boolean; version: number; items: Item[] }[]>`
    select c.gross, c.version, (
        select coalesce(json_agg(json_build_object(
          'productId', i.product_id, 'name', i.name, 'description', i.description, 'unit', i.unit,
          'quantity', i.quantity, 'priceCents', i.price_cents, 'discount', i.discount,
          'vatRate', i.vat_rate
        ) order by i.position, i.id), '[]')
        from (
          select id, product_id, name, description, unit, quantity, price_cents, discount, vat_rate,
            position
          from deal_items
          where tenant_id = ${tenantId}
            and deal_id = ${dealId}
          order by position, id
          limit ${most}
        ) i
      ) as items
    from deal_calculations c
    where c.tenant_id = ${tenantId}
      and c.deal_id = ${dealId}
  `;
  if (!found || isHidden(scope, "deal", "amount")) {
    const { gross } = await offerSettings.find(scope);
    return { items: [], gross, sums: sumsOf([], gross)!, version: 0 };
  }
  const { items, ...head } = found;
  return { ...head, items: priced(items), sums: sumsOf(items, head.gross)! };
}

/**
 * Replaces all line items of a deal if the version that was read is still current; their net sum
 * becomes the deal's amount. Without line items the amount stays as it was; if nothing differs,
 * nothing is written. Throws NotFound, Stale, Forbidden if the role may not write amounts, or
 * Invalid if the sum exceeds the maximum amount.
 */
export async function update(
  scope: Scope,
  dealId: string,
  version: number,
  { items, gross }: { items: readonly Item[]; gross: boolean },
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  if (!mayWrite(scope, "deal", "amount")) throw new Forbidden("deals.write");
  const [deal] = await sql<{ amountCents: number | null }[]>`
    select amount_cents::float8
    from deals
    where tenant_id = ${tenantId}
      and id = ${dealId}
      and deleted_at is null
    for no key update
  `;
  if (!deal) throw new NotFound("deal");
  const before = await list(scope, dealId);
  if (before.version !== version) throw new Stale("deal", before.version);
  const sums = sumsOf(items, gross);
  if (!sums) throw new Invalid("items.too_much", "");
  if (before.gross === gross && contentOf(before.items) === contentOf(items)) return;
  await sql`
    insert into deal_calculations ${
    sql({ tenantId, dealId, gross, updatedAt: now, updatedBy: actor.userId })
  }
    on conflict (tenant_id, deal_id) do update
    set gross = excluded.gross, version = deal_calculations.version + 1,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by
  `;
  await sql`
    delete from deal_items
    where tenant_id = ${tenantId}
      and deal_id = ${dealId}
  `;
  const known = await knownProducts(scope, items);
  const rows = items.map((item, position) => ({
    ...{ tenantId, id: newId(), dealId, position, ...item },
    productId: item.productId && known.has(item.productId) ? item.productId : null,
  }));
  if (rows.length > 0) await sql`insert into deal_items ${sql(rows)}`;
  const amountCents = items.length > 0 ? sums.netCents : deal.amountCents;
  await sql`
    update deals
    set amount_cents = ${amountCents}, version = version + 1, last_touch_at = ${now},
      updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${dealId}
  `;
  await searchTexts.refresh(scope, "deal", [dealId]);
  const fields = changes.differences({ amountCents: deal.amountCents }, { amountCents });
  await changes.record(scope, { kind: "deal", id: dealId, action: "items_changed", fields });
}

/** All that is kept of line items, to compare. */
const contentOf = (items: readonly Item[]): string =>
  JSON.stringify(items.map((item) => [
    ...[item.productId, item.name, item.description, item.unit],
    ...[item.quantity, item.priceCents, item.discount, item.vatRate],
  ]));

async function knownProducts(
  { sql, tenantId }: Scope,
  items: readonly Item[],
): Promise<Set<string>> {
  const ids = items.flatMap(({ productId }) => productId ?? []);
  if (ids.length === 0) return new Set();
  const rows = await sql<{ id: string }[]>`
    select id
    from products
    where tenant_id = ${tenantId}
      and id = any(${ids}::uuid[])
  `;
  return new Set(rows.map(({ id }) => id));
}
