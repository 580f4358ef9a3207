/** Products: what the tenant sells, with price and tax. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import type { Scope } from "./scope.ts";

export interface ProductInput {
  /** The tenant's own number, used only once; it may be empty. */
  number: string;
  name: string;
  description: string;
  unit: string;
  priceCents: number;
  currency: string;
  /** Hundredths of a percent. */
  vatRate: number;
  active: boolean;
}

export interface Product extends ProductInput {
  id: string;
  version: number;
}

export interface ProductFilter {
  q: string;
  /** Products still sold, or those no longer sold. */
  active: boolean;
}

const columns = ({ sql }: Scope) =>
  sql`p.id, p.number, p.name, p.description, p.unit, p.price_cents::float8, p.currency,
    p.vat_rate, p.active, p.version`;

const matching = ({ sql }: Scope, { q, active }: ProductFilter) =>
  sql`
    p.active = ${active}
    ${q === "" ? sql`` : sql`and strpos(p.search, fold(${q})) > 0`}`;

/** Products by name, a page at a time. */
export async function list(
  scope: Scope,
  filter: ProductFilter,
  cursor: Cursor = null,
): Promise<Page<Product>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`desc` : sql`asc`;
  const rows = await sql<Product[]>`
    select ${columns(scope)}
    from products p
    where p.tenant_id = ${tenantId}
      and ${matching(scope, filter)}
      ${
    id === null ? sql`` : sql`
      and (p.sort_name collate "C", p.id) ${backwards ? sql`<` : sql`>`} (
        select b.sort_name collate "C", b.id
        from products b
        where b.tenant_id = ${tenantId}
          and b.id = ${id}
      )`
  }
    order by p.sort_name collate "C" ${direction}, p.id ${direction}
    limit ${literal(pageSize + 1)}
  `;
  return page(rows, cursor);
}

/** All products for a file, in the order of the list. */
export async function* all(scope: Scope): AsyncGenerator<Product[]> {
  const { sql, tenantId } = scope;
  yield* sql<Product[]>`
    select ${columns(scope)}
    from products p
    where p.tenant_id = ${tenantId}
    order by p.sort_name collate "C", p.id
  `.cursor(500);
}

/** How many products are suggested for what is typed. */
const mostOffered = 20;

/** Products on sale that match what is typed, by name. */
export async function suggest(scope: Scope, q: string): Promise<Product[]> {
  return await scope.sql<Product[]>`
    select ${columns(scope)}
    from products p
    where p.tenant_id = ${scope.tenantId}
      and ${matching(scope, { q, active: true })}
    order by p.sort_name collate "C", p.id
    limit ${mostOffered}
  `;
}

/** The products on sale with these names or numbers, keyed by what was typed. */
export async function named(
  scope: Scope,
  words: readonly string[],
): Promise<Map<string, Product>> {
  const wanted = [...new Set(words.map((word) => word.toLowerCase()))];
  if (wanted.length === 0) return new Map();
  const rows = await scope.sql<(Product & { word: string })[]>`
    select distinct on (w.word) w.word, ${columns(scope)}
    from unnest(${wanted}::text[]) as w (word)
    join products p on p.id in (
      select n.id
      from products n
      where n.tenant_id = ${scope.tenantId}
        and n.number_key = w.word
        and n.number_key <> ''
      union all
      select n.id
      from products n
      where n.tenant_id = ${scope.tenantId}
        and n.sort_name collate "C" = fold(w.word) collate "C"
        and lower(n.name) = w.word
    )
    where p.tenant_id = ${scope.tenantId}
      and p.active
    order by w.word, p.number_key = w.word desc, p.id
  `;
  return new Map(rows.map(({ word, ...product }) => [word, product]));
}

/** One product; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Product> {
  const [row] = await scope.sql<Product[]>`
    select ${columns(scope)}
    from products p
    where p.tenant_id = ${scope.tenantId}
      and p.id = ${id}
  `;
  if (!row) throw new NotFound("product");
  return row;
}

/** Adds a product under the id its form came with; sent again, nothing changes. Throws Invalid. */
export async function create(scope: Scope, id: string, input: ProductInput): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await assertFree(scope, id, input.number);
  const by = { createdAt: now, createdBy: actor.userId, updatedAt: now, updatedBy: actor.userId };
  const rows = await sql`
    insert into products ${sql({ tenantId, id, ...input, ...by })}
    on conflict do nothing
    returning id
  `;
  if (rows.length === 0) return void await find(scope, id);
  await note(scope, "product_added");
}

/** Overwrites a product if its version is the one read. Throws NotFound, Stale or Invalid. */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  input: ProductInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const before = await find(scope, id);
  await assertFree(scope, id, input.number);
  const { count } = await sql`
    update products
    set ${sql({ ...input, updatedAt: now, updatedBy: actor.userId })}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("product", before.version);
  await note(scope, "product_changed");
}

/** Removes a product; lines made from it stay as they are. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { count } = await scope.sql`
    delete from products
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("product");
  await note(scope, "product_removed");
}

async function assertFree(scope: Scope, id: string, number: string): Promise<void> {
  if (number === "") return;
  const { sql, tenantId } = scope;
  // Concurrent requests wait here: the unique index would answer with an error.
  await advisoryLocks.take(scope, "product");
  const [taken] = await sql`
    select id
    from products
    where tenant_id = ${tenantId}
      and number_key = lower(${number})
      and id <> ${id}
  `;
  if (taken) throw new Invalid("taken", "number");
}

const note = (scope: Scope, action: string) =>
  changes.record(scope, { kind: "tenant", id: scope.tenantId, action });
