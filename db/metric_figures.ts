/**
 * Figures of the whole installation for the metrics, from the database: counts and ages, never
 * whose.
 */
import { now } from "./clock.ts";
import type { Sql } from "./pool.ts";

export interface InstallationFigures {
  /** Jobs of the queue by state. */
  jobs: Record<string, number>;
  /** Mails of the installation by state. */
  mails: Record<string, number>;
  /** Proofs by lamp: `green`, `red`. */
  proofs: Record<string, number>;
  /** Seconds since the last successful backup; null if there is none. */
  backupAge: number | null;
  connections: number;
  databaseBytes: number;
  tenants: number;
  contacts: number;
}

/** The current figures; read as the owner of the database. */
export async function read(owner: Sql): Promise<InstallationFigures> {
  const [row] = await owner<
    (Omit<InstallationFigures, "backupAge"> & { backupAt: Date | null })[]
  >`
    select
      (
        select coalesce(jsonb_object_agg(state, count), '{}')
        from (select state::text, count(*)::int from jobs.job group by state) as s (state, count)
      ) as jobs,
      (
        select coalesce(jsonb_object_agg(status, count), '{}')
        from (select status, count(*)::int from mails group by status) as s (status, count)
      ) as mails,
      (
        select coalesce(jsonb_object_agg(lamp, count), '{}')
        from (
          select case when passed then 'green' else 'red' end, count(*)::int
          from (
            select distinct on (proof) passed
            from proof_results
            order by proof, at desc
          ) as latest
          group by 1
        ) as s (lamp, count)
      ) as proofs,
      (select max(at) from backup_runs where kind = 'backup' and passed) as backup_at,
      (
        select count(*)::int from pg_stat_activity where datname = current_database()
      ) as connections,
      pg_database_size(current_database())::float8 as database_bytes,
      (select count(*)::int from tenants) as tenants,
      (
        select greatest(reltuples, 0)::float8 from pg_class where oid = 'contacts'::regclass
      ) as contacts
  `;
  const { backupAt, ...figures } = row!;
  return {
    ...figures,
    backupAge: backupAt ? Math.round((now().getTime() - backupAt.getTime()) / 1000) : null,
  };
}
