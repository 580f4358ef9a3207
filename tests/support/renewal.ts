/** Clears a test file's database for the next one, whose queries its backends already know. */
import type { Sql } from "../../db/pool.ts";

/** What a migrated database contains at first, including tables, functions and rights. */
export interface Beginning {
  /** The tables that have rows before the first test. */
  kept: string[];
  /** A digest of those rows and of the catalogues. */
  digest: string;
}

/** Larger tables are slow to scan even after they are emptied. */
const most = 1_000_000;

/** The state of a fresh clone. */
export async function beginningOf(owner: Sql): Promise<Beginning> {
  const kept: string[] = [];
  for (const name of await tables(owner)) {
    const [found] = await owner.unsafe(`select from only ${name} limit 1`);
    if (found) kept.push(name);
  }
  return { kept, digest: await digestOf(owner, kept) };
}

/**
 * Removes all rows left by a file's tests and resets counters. Returns false if anything else has
 * changed, or somebody is still working there: the next file then gets a new database.
 */
export async function renew(owner: Sql, { kept, digest }: Beginning): Promise<boolean> {
  try {
    if (await isBusy(owner) || await digestOf(owner, kept) !== digest) return false;
    const gone = (await tables(owner)).filter((name) => !kept.includes(name));
    const sizes = await owner<{ name: string; size: number }[]>`
      select name, pg_relation_size(name::regclass)::float8 as size
      from unnest(${gone}::text[]) as name
    `;
    if (sizes.some(({ size }) => size > most)) return false;
    const filled = sizes.filter(({ size }) => size > 0).map(({ name }) => name);
    return await owner.begin(async (sql) => {
      // Neither triggers nor foreign keys keep any row from being deleted.
      await sql`set local session_replication_role = replica`;
      for (const name of filled) await sql.unsafe(`delete from only ${name}`);
      await sql`
        select setval(oid::regclass, 1, false)
        from pg_class
        where relkind = 'S' and oid >= 16384
      `;
      return true;
    });
  } catch {
    return false;
  }
}

/** All tables of the product and of its queue. */
async function tables(owner: Sql): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select oid::regclass::text as name
    from pg_class
    where relkind = 'r' and oid >= 16384 and relpersistence <> 't'
    order by oid
  `;
  return rows.map(({ name }) => name);
}

/**
 * Whether somebody else is in a transaction, or a connection holds a lock, or a table that would
 * hide one of ours.
 */
async function isBusy(owner: Sql): Promise<boolean> {
  const [found] = await owner`
    select
    from pg_stat_activity
    where datname = current_database()
      and pid <> pg_backend_pid()
      and backend_type = 'client backend'
      and xact_start is not null
    union all
    select
    from pg_locks
    where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())
    union all
    select
    from pg_class
    where relpersistence = 't'
    limit 1
  `;
  return found !== undefined;
}

const lasting = "nspname !~ '^pg_(toast_)?temp_'";

/** The catalogues by who last changed each row: even identical rewrites count as changes. */
const catalogues = [
  "pg_class where oid >= 16384 and relpersistence <> 't'",
  `pg_attribute where attrelid in (
    select oid from pg_class where oid >= 16384 and relpersistence <> 't'
  )`,
  `pg_namespace where ${lasting}`,
  `pg_type where typnamespace in (select oid from pg_namespace where ${lasting})`,
  ...["pg_proc", "pg_trigger", "pg_policy", "pg_constraint", "pg_rewrite"],
  ...["pg_default_acl", "pg_extension"],
  `pg_db_role_setting where setdatabase = (
    select oid from pg_database where datname = current_database()
  )`,
];

/** The queue's own records of its work. */
const notes = ["jobs.version", "jobs.instance"];

async function digestOf(owner: Sql, kept: string[]): Promise<string> {
  const parts = [
    ...catalogues.map((each) => `select sum(xmin::text::bigint)::text || count(*) from ${each}`),
    ...kept.filter((name) => !notes.includes(name)).map((name) =>
      `select md5(string_agg(row::text, '' order by row::text)) from ${name} as row`
    ),
  ];
  const rows = await owner.unsafe(`select ${parts.map((part) => `(${part})`).join()}`).values();
  return JSON.stringify(rows);
}
