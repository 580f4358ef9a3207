/** What the planner knows of the tables of records. */
import type { Sql } from "./pool.ts";

/**
 * Has the database look at tables of records that it has never seen, or that have doubled since:
 * queries planned without may read all of a house. How many tables that were.
 */
export async function refresh(sql: Sql): Promise<number> {
  const [row] = await sql<{ tables: number }[]>`select refresh_statistics() as tables`;
  return row!.tables;
}
