/** What a list reads on its way, as the database counts it. */
import type { Scope } from "../../db/scope.ts";

/** Entries of a table's indexes that this transaction has read, seen or not. */
export async function entries({ sql }: Scope, table = "contacts"): Promise<number> {
  const [row] = await sql<[{ read: number }]>`
    select coalesce(sum(pg_stat_get_xact_tuples_returned(indexrelid)), 0)::int as read
    from pg_index
    where indrelid = ${table}::regclass
  `;
  return row.read;
}
