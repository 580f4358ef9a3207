/**
 * Removes what a deletion leaves behind in PostgreSQL: bytes in pages and indexes, values in the
 * planner's samples, the write-ahead log. Each table is rewritten under a short lock, at night if
 * it is large.
 */
import { hold } from "../held_connections.ts";
import type { AnySql, ReservedSql, Sql } from "../pool.ts";
import { tenantTables } from "./rows.ts";

/** A table that is rewritten within a second. */
const smallBytes = 64 * 1024 * 1024;
/** How long a table's lock may be waited for; after that the next round tries again. */
const lockWait = "5s";

/** Tables without a tenant column that contain a tenant's data. */
const others = [
  "public.identities",
  "public.policy_notices",
  "public.rate_limits",
  "public.tenants",
  "public.ledger_entries",
  "jobs.job",
  "jobs.job_dependency",
];

/** Tables whose rows are deleted with a person's log-in: passkeys and the like. */
async function ofPeople(owner: Sql): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select distinct conrelid::regclass::text as name
    from pg_constraint
    where contype = 'f'
      and confrelid = 'public.identities'::regclass
      and confdeltype = 'c'
    order by 1
  `;
  return rows.map(({ name }) => name.includes(".") ? name : `public.${name}`);
}

/** Which tables were rewritten, and which wait for the night or for a lock. */
export interface Scrubbed {
  done: string[];
  waiting: string[];
}

/**
 * Rewrites every table that had a tenant's rows except those in `already`; large ones only if
 * `large` is true. Statistics samples are discarded and collected again.
 */
export async function scrubTables(
  owner: Sql,
  already: readonly string[],
  { large }: { large: boolean },
  each: (table: string, done: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<Scrubbed> {
  const tables = new Set([
    ...(await tenantTables(owner)).map((name) => `public.${name}`),
    ...await ofPeople(owner),
    ...others,
  ]);
  const scrubbed: Scrubbed = { done: [...already], waiting: [] };
  const own = await hold(owner);
  try {
    await own.unsafe(`set lock_timeout = '${lockWait}'`);
    await own`set statement_timeout = 0`;
    for (const table of tables) {
      if (already.includes(table)) continue;
      const size = await sizeOf(own, table);
      if (size === null) continue;
      if (!large && size > smallBytes) scrubbed.waiting.push(table);
      else if (!await rewrite(own, table)) scrubbed.waiting.push(table);
      else {
        scrubbed.done.push(table);
        await each(table, scrubbed.done);
      }
    }
  } finally {
    await own`reset lock_timeout`.catch(() => {});
    await own`reset statement_timeout`.catch(() => {});
    own.release();
  }
  return scrubbed;
}

async function sizeOf(sql: AnySql, table: string): Promise<number | null> {
  const [row] = await sql<{ size: number | null }[]>`
    select pg_total_relation_size(to_regclass(${table}))::float8 as size
  `;
  return row?.size ?? null;
}

/** Returns false if somebody held the table for too long. */
async function rewrite(own: ReservedSql, table: string): Promise<boolean> {
  const name = table.split(".").map((part) => `"${part}"`).join(".");
  try {
    await own.unsafe(`vacuum (full) ${name}`);
    await forgetSamples(own, table);
    await own.unsafe(`analyze ${name}`);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "55P03") return false;
    throw error;
  }
}

/** ANALYZE keeps the old samples of a table that is now empty, so they are discarded first. */
async function forgetSamples(own: ReservedSql, table: string): Promise<void> {
  const [{ version }] = await own<[{ version: number }]>`
    select current_setting('server_version_num')::int as version
  `;
  if (version >= 180_000) {
    await own`
      select pg_clear_attribute_stats(n.nspname, c.relname, a.attname, inherited)
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid
      cross join unnest(array[true, false]) as inherited
      where (
          c.oid = ${table}::regclass
          or c.oid in (select inhrelid from pg_inherits where inhparent = ${table}::regclass)
        )
        and c.relkind in ('r', 'p')
        and a.attnum > 0
        and not a.attisdropped
    `;
    return;
  }
  try {
    await own`set allow_system_table_mods = on`;
    await own`delete from pg_statistic where starelid = ${table}::regclass`;
    await own`reset allow_system_table_mods`;
  } catch (error) {
    // This role may not do it; the samples hold no column with high protection.
    if ((error as { code?: string }).code !== "42501") throw error;
  }
}

/**
 * Rewrites the table of samples and lets the write-ahead log expire. `false` if the role may not,
 * as with a managed database, for which the provider's own retention applies.
 */
export async function scrubServer(owner: Sql): Promise<{ samples: boolean; log: boolean }> {
  const own = await hold(owner);
  try {
    await own`set statement_timeout = 0`;
    // Without the right to it PostgreSQL only warns.
    const [{ may }] = await own<[{ may: boolean }]>`
      select rolsuper as may
      from pg_roles
      where rolname = current_user
    `;
    if (!may) return { samples: false, log: false };
    await own`vacuum (full) pg_catalog.pg_statistic`;
    const [{ segments }] = await own<[{ segments: number }]>`
      select count(*)::int as segments
      from pg_ls_waldir()
    `;
    await own`checkpoint`;
    // Segments recycled in advance contain old bytes until they are used.
    for (let n = 0; n < Math.min(segments, 200); n++) {
      await own`select pg_logical_emit_message(false, '', '')`;
      await own`select pg_switch_wal()`;
    }
    await own`checkpoint`;
    return { samples: true, log: true };
  } finally {
    await own`reset statement_timeout`.catch(() => {});
    own.release();
  }
}
