/** The results of the nightly runs over the log files, needed for the proof of clause 3.1. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { LogRun } from "./log_files.ts";
import type { AnySql } from "./pool.ts";

export interface NotedRun extends LogRun {
  at: Date;
  /** Whether the search found the address planted for it. */
  control: boolean;
}

/** Milliseconds for which runs are kept. */
const keptFor = 90 * 86_400_000;

/** Records a run and removes old ones. */
export async function record(sql: AnySql, run: Omit<NotedRun, "at">): Promise<void> {
  const at = now();
  await sql`insert into log_runs ${sql({ id: newId(), at, ...run } as never)}`;
  await sql`delete from log_runs where at <= ${new Date(at.getTime() - keptFor)}`;
}

/** The newest runs, at most 14. */
export async function list(sql: AnySql): Promise<NotedRun[]> {
  return await sql<NotedRun[]>`
    select at, packed, shortened, removed, looked, whole, control
    from log_runs
    order by at desc
    limit 14
  `;
}
