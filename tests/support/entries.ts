/** Counts what a list reads, according to the database. */
import type { Scope } from "../../db/scope.ts";

/** Index entries of a table that this transaction has read, visible or not. */
export async function entries(
  { sql }: Pick<Scope, "sql">,
  table = "contacts",
): Promise<number> {
  const [row] = await sql<[{ read: number }]>`
    select coalesce(sum(pg_stat_get_xact_tuples_returned(indexrelid)), 0)::int as read
    from pg_index
    where indrelid = ${table}::regclass
  `;
  return row.read;
}
