/** Runs queued jobs as the worker does: no ambient tenant, only what the job carries. */
import type { Config } from "../../db/config.ts";
import type { JobName, Stored } from "../../db/jobs.ts";
import { jobs } from "../../jobs/jobs.ts";
import { JobFailed, run } from "../../jobs/worker.ts";
import type { Sql } from "../../db/pool.ts";
import type { TestApp } from "./app.ts";

/**
 * Runs every due job, and those they cause, until none is left. Returns the names of the jobs done.
 * A failed one goes back to the queue for later and is in `failed` with its code.
 */
export async function drain(
  { db, services, queue }: TestApp,
  config: Partial<Config> = {},
): Promise<{ done: JobName[]; failed: string[] }> {
  const done: JobName[] = [];
  const failed: string[] = [];
  const tools = {
    pool: services.pool,
    config: { ...services.config, ...config },
    log: services.log,
    egress: services.egress,
    signal: new AbortController().signal,
  };
  for (let ran = true; ran;) {
    ran = false;
    const due = await dueNames(db.owner);
    for (const job of jobs.filter(({ name }) => due.has(name))) {
      for (const queued of await queue.fetch<Stored<JobName>>(job.name, { batchSize: 50 })) {
        ran = true;
        try {
          await run(job, queued, tools);
          await queue.complete(job.name, queued.id);
          done.push(job.name);
        } catch (error) {
          if (!(error instanceof JobFailed)) throw error;
          await queue.fail(job.name, queued.id, error);
          failed.push(error.message);
        }
      }
    }
  }
  return { done, failed };
}

/** The queues that have due jobs: asking each queue takes longer than most jobs. */
async function dueNames(owner: Sql): Promise<Set<string>> {
  const rows = await owner<{ name: string }[]>`
    select distinct name
    from jobs.job
    where state < 'active'
  `;
  return new Set(rows.map(({ name }) => name));
}
