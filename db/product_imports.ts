/** Many products at once: those known by number or name are overwritten, others are added. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import type { ProductInput } from "./products.ts";
import type { Scope } from "./scope.ts";

/** A product from a file; fields that its table has no column for stay as they are. */
export type ImportedProduct = Pick<ProductInput, "number" | "name"> & Partial<ProductInput>;

export interface Outcome {
  added: number;
  changed: number;
}

type Known = ProductInput & { id: string };

/**
 * Writes all products. A product is identified by its number or, without one, by its name among
 * those without a number. `usual` supplies what a new product lacks.
 */
export async function write(
  scope: Scope,
  products: readonly ImportedProduct[],
  usual: Omit<ProductInput, "number" | "name" | "priceCents">,
): Promise<Outcome> {
  const { sql, tenantId, actor, now } = scope;
  // The same lock as for single products, so that no number is used twice.
  await advisoryLocks.take(scope, "product");
  const known = await knownAmong(scope, products);
  const by = { updatedAt: now, updatedBy: actor.userId };
  const fresh: Record<string, unknown>[] = [];
  const changed: Known[] = [];
  for (const product of products) {
    const before = known.get(keyOf(product));
    if (!before) {
      const made = { createdAt: now, createdBy: actor.userId, ...by };
      fresh.push({ tenantId, id: newId(), ...usual, priceCents: 0, ...product, ...made });
    } else if (differs(before, product)) changed.push({ ...before, ...product });
  }
  let added = 0;
  for (let at = 0; at < fresh.length; at += portion) {
    const { count } = await sql`
      insert into products ${sql(fresh.slice(at, at + portion))}
      on conflict do nothing
    `;
    added += count;
  }
  if (changed.length > 0) {
    await sql`
      update products p
      set number = n.number, name = n.name, description = n.description, unit = n.unit,
        price_cents = n."priceCents", currency = n.currency, vat_rate = n."vatRate",
        active = n.active, version = p.version + 1, updated_at = ${now},
        updated_by = ${actor.userId}
      from jsonb_to_recordset(${sql.json(changed)}) as n (
        id uuid, number text, name text, description text, unit text, "priceCents" bigint,
        currency text, "vatRate" int, active boolean
      )
      where p.tenant_id = ${tenantId}
        and p.id = n.id
    `;
  }
  if (added + changed.length > 0) {
    await changes.record(scope, { kind: "tenant", id: tenantId, action: "products_imported" });
  }
  return { added, changed: changed.length };
}

/** Rows per statement. */
const portion = 500;

/** Two products of a file with the same key are one product. */
export const keyOf = ({ number, name }: Pick<ProductInput, "number" | "name">): string =>
  number === "" ? `name ${name.toLowerCase()}` : `number ${number.toLowerCase()}`;

const differs = (before: Known, product: ImportedProduct): boolean =>
  (Object.keys(product) as (keyof ImportedProduct)[])
    .some((name) => product[name] !== undefined && product[name] !== before[name]);

async function knownAmong(
  { sql, tenantId }: Scope,
  products: readonly ImportedProduct[],
): Promise<Map<string, Known>> {
  const numbers = products.map(({ number }) => number.toLowerCase()).filter(Boolean);
  const names = products.filter(({ number }) => number === "").map(({ name }) => name);
  const rows = await sql<Known[]>`
    select id, number, name, description, unit, price_cents::float8, currency, vat_rate, active
    from products
    where tenant_id = ${tenantId}
      and (
        number_key <> '' and number_key = any (${numbers}::text[])
        or number_key = '' and lower(name) = any (${
    names.map((name) => name.toLowerCase())
  }::text[])
      )
    order by id desc
    limit ${2 * products.length + portion}
  `;
  // Of several products with the same name, the oldest.
  return new Map(rows.map((row) => [keyOf(row), row]));
}
