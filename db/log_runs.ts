/** The nights' runs over the log files, as they went: the proof of clause 3.1 asks for them. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { LogRun } from "./log_files.ts";
import type { AnySql } from "./pool.ts";

export interface NotedRun extends LogRun {
  at: Date;
  /** Whether the look found the address that was planted for it. */
  control: boolean;
}

/** How long runs are kept, in milliseconds. */
const keptFor = 90 * 86_400_000;

/** Notes a run, and drops what is old. */
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
