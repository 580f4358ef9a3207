/** Waiting for a transaction to block another one. */
import type { AnySql, Sql } from "../../db/pool.ts";

/** Resolves as soon as some other transaction waits for a lock of `holder`'s; throws if none does. */
export async function isBlocked(owner: Sql, holder: AnySql): Promise<void> {
  const [{ pid }] = await holder<[{ pid: number }]>`select pg_backend_pid() as pid`;
  for (let tries = 0; tries < 800; tries++) {
    const rows = await owner`
      select from pg_stat_activity a where ${pid}::int = any (pg_blocking_pids(a.pid))
    `;
    if (rows.length > 0) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("nobody waits for the transaction");
}
