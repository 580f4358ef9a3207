/** The provider's bills to its customers: kept for eight years by law, whatever becomes of the customer. */
import { now } from "./clock.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";

export interface Invoice {
  id: string;
  /** The tenant's id, as text: it outlives the tenant. */
  house: string;
  number: string;
  customer: string;
  address: string;
  issuedOn: string;
  cents: number;
  currency: string;
  /** The first day on which it may go (AO 147(3), UStG 14b). */
  eraseFrom: string;
}

export type InvoiceInput = Omit<Invoice, "id" | "eraseFrom">;

/** Years to the end of the calendar year. */
const years = 8;

/** The first day on which a bill may go: eight years after the end of the year it was issued in. */
export const eraseFrom = (issuedOn: string): string =>
  `${Temporal.PlainDate.from(issuedOn).year + years + 1}-01-01`;

export const pageSize = 50;

/** Bills, the newest first; those of one house where it is named. */
export async function list(
  sql: AnySql,
  { house, after }: { house?: string; after?: string | null } = {},
): Promise<{ invoices: Invoice[]; next: string | null }> {
  const rows = await sql<Omit<Invoice, "eraseFrom">[]>`
    select id, house, number, customer, address, issued_on, cents::float8 as cents, currency
    from customer_invoices
    where ${house ? sql`house = ${house}` : sql`true`}
      ${
    after
      ? sql`and (issued_on, id) < (select b.issued_on, b.id from customer_invoices b where b.id = ${after})`
      : sql``
  }
    order by issued_on desc, id desc
    limit ${pageSize + 1}
  `;
  const invoices = rows.slice(0, pageSize)
    .map((row) => ({ ...row, eraseFrom: eraseFrom(row.issuedOn) }));
  return { invoices, next: rows.length > pageSize ? invoices.at(-1)!.id : null };
}

/** Keeps a bill. Throws Invalid where the number is taken or the customer unknown. */
export async function create(sql: AnySql, input: InvoiceInput): Promise<void> {
  const { count } = await sql`
    insert into customer_invoices (
      id, house, number, customer, address, issued_on, cents, currency, created_at
    )
    select ${newId()}, t.id::text, ${input.number}, ${input.customer}, ${input.address},
      ${input.issuedOn}, ${input.cents}, ${input.currency}, ${now()}
    from tenants t
    where t.id::text = ${input.house}
    on conflict (number) do nothing
  `;
  if (count === 1) return;
  const [taken] = await sql`select from customer_invoices where number = ${input.number}`;
  if (taken) throw new Invalid("contracts.number_taken", "number");
  throw new Invalid("option", "house");
}

/** How many bills of a house the law keeps, and until when at the latest. */
export async function keptOf(
  sql: AnySql,
  house: string,
): Promise<{ count: number; until: string | null }> {
  const [row] = await sql<[{ count: number; last: string | null }]>`
    select count(*)::int as count, max(issued_on) as last
    from customer_invoices
    where house = ${house}
  `;
  return { count: row.count, until: row.last && eraseFrom(row.last) };
}

/** Removes bills whose years are over on a day; how many. */
export async function removeOld(sql: AnySql, today: string): Promise<number> {
  const year = Temporal.PlainDate.from(today).year - years;
  const { count } = await sql`
    delete from customer_invoices
    where issued_on < ${`${year}-01-01`}
  `;
  return count;
}
