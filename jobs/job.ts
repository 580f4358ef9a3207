/** Defines what a job is: a name in the queue, and what is done with its payload. */
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
  /** The only way to make requests to processors. */
  egress: Egress;
  /** Aborted when the job's time is up or the process has to stop. */
  signal: AbortSignal;
}

/** A job as the worker runs it. It may run twice, and every job must cope with that. */
export interface Job {
  readonly name: JobName;
  /** How many may run at once in a process; one by default. */
  readonly concurrency?: number;
  run(tools: Tools, stored: Stored<JobName>): Promise<void>;
}

/** A job of one tenant: `run` gets a system Scope in one transaction, which commits at its end. */
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

/** A job of the installation, or a long one of a tenant that opens its own Scopes. */
export function plainJob<N extends JobName>(
  name: N,
  run: (tools: Tools & { tenantId: string | null }, payload: Payloads[N]) => Promise<void>,
): Job {
  return {
    name,
    run: ({ ...tools }, { tenantId, ...payload }) =>
      run({ ...tools, tenantId }, payload as Payloads[N]),
  };
}
