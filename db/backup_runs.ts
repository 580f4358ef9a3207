/** Results of backups and restore rehearsals, for the list of measures and the operator. */
import { hold as holdConnection } from "./held_connections.ts";
import { newId } from "./ids.ts";
import type { AnySql, ReservedSql, Sql } from "./pool.ts";

export interface BackupRun {
  kind: "backup" | "drill";
  passed: boolean;
  /** The backup's name; empty if none was created. */
  backup: string;
  rowCount: number;
  tookMs: number;
  errorCode: string | null;
  at: Date;
}

/** Records the result of a run. */
export async function record(sql: AnySql, run: BackupRun): Promise<void> {
  await sql`insert into backup_runs ${sql({ id: newId(), ...run } as never)}`;
}

/** The newest runs, at most 50. */
export async function list(sql: AnySql): Promise<BackupRun[]> {
  return await sql<BackupRun[]>`
    select kind, passed, backup, row_count::float8 as row_count, took_ms, error_code, at
    from backup_runs
    order by at desc, id desc
    limit 50
  `;
}

/** When a run of this kind last succeeded; null if never. */
export async function lastGood(sql: AnySql, kind: BackupRun["kind"]): Promise<Date | null> {
  const [row] = await sql<{ at: Date | null }[]>`
    select max(at) as at
    from backup_runs
    where kind = ${kind}
      and passed
  `;
  return row?.at ?? null;
}

/** Removes runs from before an instant; returns how many. */
export async function removeOld(sql: AnySql, before: Date): Promise<number> {
  return (await sql`delete from backup_runs where at < ${before}`).count;
}

/** If there are several supervisors, the one that holds this lock makes the backups. */
const lock = 7316540229;

/** The connection that holds the lock until the pool ends; null if another machine has it. */
export async function hold(owner: Sql): Promise<ReservedSql | null> {
  const connection = await holdConnection(owner);
  const [row] = await connection<[{ mine: boolean }]>`select pg_try_advisory_lock(${lock}) as mine`;
  if (row.mine) return connection;
  connection.release();
  return null;
}
