/**
 * How long the installation's log files are kept: as the policy says, or shorter if the operator
 * chooses.
 */
import { type LogPeriods, longest } from "./log_files.ts";
import type { AnySql } from "./pool.ts";

/** The periods in force. */
export async function find(sql: AnySql): Promise<LogPeriods> {
  const [row] = await sql<LogPeriods[]>`
    select addresses, access, app, audit, jobs, mail
    from log_periods
  `;
  return row ?? longest;
}

/** Sets them; the database refuses what the policy forbids. */
export async function update(sql: AnySql, periods: LogPeriods): Promise<void> {
  await sql`
    insert into log_periods ${sql(periods as never)}
    on conflict (only_row) do update
    set addresses = excluded.addresses, access = excluded.access, app = excluded.app,
      audit = excluded.audit, jobs = excluded.jobs, mail = excluded.mail
  `;
}
