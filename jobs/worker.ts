/** The job process: takes jobs from the queue, runs them, and keeps the timetable. */
import type { Job as Queued, PgBoss } from "pg-boss";
import { aborted, elapsed, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import {
  askedEvery,
  boss,
  closeQueue,
  type JobName,
  onQueueError,
  openQueue,
  type Stored,
} from "../db/jobs.ts";
import { noEgress } from "../db/egress.ts";
import { relayedEgress } from "../db/egress_relay.ts";
import { processStorage } from "../db/file_storages.ts";
import { jobPurposes } from "../db/job_purposes.ts";
import { type AppLog, logger } from "../db/log.ts";
import type { Reach } from "../db/permissions.ts";
import { countJob } from "../db/meters.ts";
import { endPool, openPool, type Sql } from "../db/pool.ts";
import { wayTo } from "../db/poolers.ts";
import * as queueClocks from "../db/queue_clocks.ts";
import type { Job, Tools } from "./job.ts";
import { jobs } from "./jobs.ts";
import { keepTimetable } from "./schedule.ts";

const connections = 6;
const graceMs = 10_000;
const clockMs = 60_000;

/**
 * Works until `stop` is aborted; running jobs then get 10 seconds before returning to the queue.
 */
export async function work(
  config: Config,
  appUrl: string,
  name: string,
  stop: AbortSignal,
  reach: Reach,
): Promise<void> {
  const log = logger("jobs", name);
  const mailLog = logger("mail", name);
  onQueueError((error) => log.error("the queue reports a fault", error));
  const { url, sessionUrl } = wayTo(appUrl, reach);
  const pool = openPool(url, { max: connections, name: `kompaktcrm ${name}`, sessionUrl });
  // A rehearsal moves the clock on purpose.
  const distrusted = !config.clockOffset && await queueClocks.distrust(pool);
  if (distrusted) {
    log.warn("after days without a run the timetable waits an hour: correct the clock if wrong");
  }
  openQueue(appUrl, true);
  const queue = await boss();
  const egress = reach.egressSocket ? relayedEgress(reach.egressSocket) : noEgress;
  const storage = processStorage(config, appUrl, egress);
  const settings = { ...config, storage };
  for (const job of jobs) {
    for (let n = 0; n < (job.concurrency ?? 1); n++) {
      const own = jobPurposes[job.name] === "communication" ? mailLog : log;
      await serve(queue, job, stop, { pool, config: settings, log: own, egress });
    }
  }
  if (!distrusted) await keepTimetable(queue);
  const watching = watchClock(pool, log, stop, distrusted ? () => keepTimetable(queue) : null);
  log.debug("working", { count: jobs.length });
  await aborted(stop);
  await watching;
  await closeQueue(graceMs);
  await Promise.all([endPool(pool), storage.end()]);
}

/**
 * Checks every minute whether the clock was set back, until the signal aborts; once a distrusted
 * clock has had its time, trusts it. Never throws.
 */
async function watchClock(
  pool: Sql,
  log: AppLog,
  stop: AbortSignal,
  trust: (() => Promise<void>) | null,
): Promise<void> {
  const from = elapsed();
  while (!stop.aborted) {
    try {
      if (trust && elapsed() - from >= queueClocks.trialSeconds * 1_000) {
        await trust();
        trust = null;
      }
      if (await queueClocks.follow(pool)) log.warn("the clock was set back: the queue follows");
    } catch (error) {
      log.error("the queue's clock could not be looked at", error);
    }
    await pause(clockMs, stop);
  }
}

/** Takes one job after another, and pauses when there is none. */
async function serve(
  queue: PgBoss,
  job: Job,
  stop: AbortSignal,
  tools: Omit<Tools, "signal">,
): Promise<void> {
  let worker = "";
  const options = { batchSize: 1, notifyPollingIntervalSeconds: askedEvery(job.name) };
  worker = await queue.work<Stored<JobName>>(job.name, options, async ([queued]) => {
    if (!queued) return;
    const signal = AbortSignal.any([queued.signal, stop]);
    try {
      await run(job, queued, { ...tools, signal });
    } finally {
      // Several jobs of one transaction are announced once, so ask for the next right after each.
      if (worker) queue.notifyWorker(worker);
    }
  });
}

/**
 * A failed job, described by a code: the queue stores what a job throws, and faults may quote
 * personal data.
 */
export class JobFailed extends Error {
  override name = "JobFailed";

  constructor(cause: unknown) {
    const { name, code } = cause as Error & { code?: unknown };
    super(typeof code === "string" ? code : name ?? "unknown");
    this.stack = "";
  }
}

/** Runs one job taken from the queue. Throws JobFailed, upon which the queue retries it. */
export async function run(
  job: Job,
  queued: Pick<Queued<Stored<JobName>>, "id" | "data">,
  tools: Tools,
): Promise<void> {
  const fields = {
    job: job.name,
    jobId: queued.id,
    tenantId: queued.data.tenantId ?? undefined,
  };
  const from = elapsed();
  try {
    await job.run(tools, queued.data);
    countJob(job.name, "done", from);
    tools.log.debug("job done", fields);
  } catch (error) {
    countJob(job.name, "failed", from);
    tools.log.error("job failed", error, fields);
    throw new JobFailed(error);
  }
}
