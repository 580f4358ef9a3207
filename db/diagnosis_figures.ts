/** Queries for diagnosing an installation, run as the database owner. */
import * as citus from "./citus.ts";
import { deadLetters } from "./jobs.ts";
import type { Sql } from "./pool.ts";

/** The database's clock. */
export async function clock(owner: Sql): Promise<Date> {
  const [row] = await owner<[{ at: Date }]>`select clock_timestamp() as at`;
  return row.at;
}

/** Server settings that determine whether data are safe there. */
export async function server(owner: Sql) {
  const [row] = await owner<
    [
      & Record<"version" | "fsync" | "pages" | "checksums" | "most" | "encoding", string>
      & { bound: boolean },
    ]
  >`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
      current_setting('max_connections') as most, current_setting('server_encoding') as encoding,
      lower('ÄИ') = 'äи' as bound
  `;
  return row;
}

/** Whether this connection is encrypted. */
export async function isEncrypted(owner: Sql): Promise<boolean> {
  const [row] = await owner<{ ssl: boolean }[]>`
    select ssl
    from pg_stat_ssl
    where pid = pg_backend_pid()
  `;
  return row?.ssl ?? false;
}

/** The settings missing for Citus; null if it is not installed. */
export async function shards(owner: Sql): Promise<string[] | null> {
  return await citus.isThere(owner) ? await citus.missing(owner) : null;
}

/** Whether this is a replica, and whether it is replicating. */
export async function standby(pool: Sql): Promise<{ copy: boolean; follows: boolean }> {
  const [row] = await pool<[{ copy: boolean; follows: boolean }]>`
    select pg_is_in_recovery() as copy,
      exists (select from pg_stat_wal_receiver where pid is not null) as follows
  `;
  return row;
}

/** The data keys that something may be sealed with; at most 100,000. */
export async function keys(owner: Sql): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`
    select id
    from data_keys
    where destroyed_at is null
    order by tenant_id, id
    limit 100000
  `;
  return rows.map(({ id }) => id);
}

/** The latest result of each self-check. */
export async function looks(owner: Sql): Promise<{ name: string; passed: boolean }[]> {
  return await owner<{ name: string; passed: boolean }[]>`
    select distinct on (name) name, passed
    from measure_looks
    order by name, at desc
  `;
}

/** Jobs waiting for more than 15 minutes, jobs that used up their attempts, and failed mails. */
export async function waiting(
  owner: Sql,
): Promise<{ late: number; dead: number; mails: number }> {
  const [row] = await owner<[{ late: number; dead: number; mails: number }]>`
    select
      (
        select count(*)::int
        from jobs.job
        where state = 'created'
          and name <> ${deadLetters}
          and start_after < now() - interval '15 minutes'
      ) as late,
      (
        select count(*)::int
        from jobs.job
        where state < 'active'
          and name = ${deadLetters}
          and source_name is not null
      ) as dead,
      (select count(*)::int from mails where status = 'failed') as mails
  `;
  return row;
}
