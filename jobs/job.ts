/** What a job is: a name of the queue, and what is done with what it carries. */
import type { Config } from "../db/config.ts";
import type { Egress } from "../db/egress.ts";
import type { JobName, Payloads, Stored } from "../db/jobs.ts";
import type { AppLog } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import { type Scope, system, withScope } from "../db/scope.ts";

/** What every job is given. */
export interface Tools {
  pool: Sql;
  config: Config;
  log: AppLog;
  /** The way out to processors. */
  egress: Egress;
  /** Aborted when the job's time is up or the process has to end. */
  signal: AbortSignal;
}

/** A job as the worker runs it. It may run twice: every job has to bear that. */
export interface Job {
  readonly name: JobName;
  /** How many may run at once in a process; one where nothing is said. */
  readonly concurrency?: number;
  run(tools: Tools, stored: Stored<JobName>): Promise<void>;
}

/** A job of one tenant: `run` gets a Scope of the system, one transaction that commits at its end. */
export function tenantJob<N extends JobName>(
  name: N,
  run: (tools: Tools & { scope: Scope }, payload: Payloads[N]) => Promise<void>,
): Job {
  return {
    name,
    async run(tools, { tenantId, ...payload }) {
      if (tenantId === null) throw new TypeError(`${name} needs a tenant`);
      await withScope(
        tools.pool,
        { tenantId, actor: system },
        (scope) => run({ ...tools, scope }, payload as Payloads[N]),
      );
    },
  };
}

/** A job of the house, or one of a tenant that opens its own Scopes because it takes long. */
export function houseJob<N extends JobName>(
  name: N,
  run: (tools: Tools & { tenantId: string | null }, payload: Payloads[N]) => Promise<void>,
): Job {
  return {
    name,
    run: ({ ...tools }, { tenantId, ...payload }) =>
      run({ ...tools, tenantId }, payload as Payloads[N]),
  };
}
