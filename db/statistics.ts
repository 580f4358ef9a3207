/** What the planner knows about the tables of records. */
import type { Sql } from "./pool.ts";

/**
 * Has the database analyse tables of records that it has never analysed or that have doubled since:
 * without statistics a query may read all of a tenant. Returns how many tables that were.
 */
export async function refresh(sql: Sql): Promise<number> {
  const [row] = await sql<{ tables: number }[]>`select refresh_statistics() as tables`;
  return row!.tables;
}
