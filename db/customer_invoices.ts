/**
 * The provider's invoices to its customers: kept for eight years by law, even after the customer is
 * gone.
 */
import { now } from "./clock.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";

export interface Invoice {
  id: string;
  /** The tenant's id as text, since the invoice outlives the tenant. */
  house: string;
  number: string;
  customer: string;
  address: string;
  issuedOn: string;
  cents: number;
  currency: string;
  /** The first day on which it may be erased (AO 147(3), UStG 14b). */
  eraseFrom: string;
}

export type InvoiceInput = Omit<Invoice, "id" | "eraseFrom">;

/** The retention in years, counted from the end of the calendar year. */
const years = 8;

/**
 * The first day on which an invoice may be erased: eight years after the end of its year of issue.
 */
export const eraseFrom = (issuedOn: string): string =>
  `${Temporal.PlainDate.from(issuedOn).year + years + 1}-01-01`;

export const pageSize = 50;

/** Invoices, newest first; only those of one tenant if given. */
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

/** Stores an invoice. Throws Invalid if the number is taken or the customer unknown. */
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

/**
 * How many invoices of a tenant the law requires to be kept, and the latest date for any of them.
 */
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

/** Removes invoices whose retention has ended on a day; returns how many. */
export async function removeOld(sql: AnySql, today: string): Promise<number> {
  const year = Temporal.PlainDate.from(today).year - years;
  const { count } = await sql`
    delete from customer_invoices
    where issued_on < ${`${year}-01-01`}
  `;
  return count;
}
