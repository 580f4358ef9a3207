/** Whether a database stands where the ledger ends; small, as the supervisor keeps it in memory. */
import * as ledger from "./ledger.ts";
import type { Sql } from "./pool.ts";

/** Where the database and the ledger's end are, under the lock: another machine may be writing. */
export async function positions(owner: Sql, dataDir: string) {
  const { noted, last } = await owner.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${ledger.lock})`;
    return { noted: await ledger.headOf(sql), last: await ledger.head(dataDir) };
  });
  const isLevel = noted !== null && noted.seq === (last?.seq ?? 0) &&
    noted.hash === (last?.hash ?? noted.hash);
  return { noted, last, isLevel };
}

/** Whether the database is not where the ledger ends: it was replaced by an earlier state. */
export const isSetBack = async (owner: Sql, dataDir: string): Promise<boolean> =>
  !(await positions(owner, dataDir)).isLevel;
