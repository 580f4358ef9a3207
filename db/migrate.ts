/** Forward-only migrations: numbered files, one transaction each, checksummed, one runner at a time. */
import { now } from "./clock.ts";
import { hold, isLost } from "./held_connections.ts";
import type { AnySql, Sql } from "./pool.ts";

export interface Migration {
  number: number;
  name: string;
  text: string;
  checksum: string;
}

/** The database and the files disagree: nothing was changed, and an operator has to decide. */
export class MigrationRefused extends Error {
  override name = "MigrationRefused";
}

/**
 * A migration met a temporary fault (full disk, lost connection, others' lock) and can be repeated.
 */
export class MigrationBrokenOff extends Error {
  override name = "MigrationBrokenOff";
}

const passes = (error: unknown) =>
  isLost(error) ||
  /^(08|40|53|55P03|57)/.test(String((error as { code?: unknown })?.code ?? ""));

const folder = new URL("./migrations/", import.meta.url);
const lockKey = 7_316_540_223;

/** The migrations of this version in order. */
export async function readMigrations(from: URL = folder): Promise<Migration[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(from)) {
    if (/^\d{4}_[a-z0-9_]+\.sql$/.test(entry.name)) names.push(entry.name);
  }
  return await Promise.all(
    names.sort().map(async (name) => {
      const text = await Deno.readTextFile(new URL(name, from));
      return { number: Number(name.slice(0, 4)), name, text, checksum: await sha256(text) };
    }),
  );
}

/**
 * Brings the database up to date and returns the names of the migrations applied. Throws
 * MigrationRefused when an applied file was changed, is missing, or is newer than this program, and
 * MigrationBrokenOff when it can be tried again.
 */
export async function migrate(pool: Sql, migrations: Migration[]): Promise<string[]> {
  const connection = await hold(pool);
  try {
    await connection`select pg_advisory_lock(${lockKey})`;
    await connection`
      create table if not exists schema_migrations (
        number int primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null
      )
    `;
    const applied = await connection<{ number: number; name: string; checksum: string }[]>`
      select number, name, checksum
      from schema_migrations
      order by number
    `;
    const pending = compare(applied, migrations);
    for (const migration of pending) await apply(connection, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await connection`select pg_advisory_unlock(${lockKey})`.catch(() => {});
    connection.release();
  }
}

/**
 * The names of the migrations that a database lacks; null if it has none yet. Throws
 * MigrationRefused.
 */
export async function pendingOf(sql: AnySql, migrations: Migration[]): Promise<string[] | null> {
  const [{ there } = { there: false }] = await sql<{ there: boolean }[]>`
    select to_regclass('public.schema_migrations') is not null as there
  `;
  if (!there) return null;
  const applied = await sql<{ number: number; name: string; checksum: string }[]>`
    select number, name, checksum
    from schema_migrations
    order by number
  `;
  return compare(applied, migrations).map(({ name }) => name);
}

function compare(
  applied: { number: number; name: string; checksum: string }[],
  migrations: Migration[],
): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const row of applied) {
    const file = files.get(row.number);
    if (!file) {
      throw new MigrationRefused(
        `The database has migration ${row.name}, which this version does not know. Start the newer version.`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationRefused(
        `Migration ${row.name} was changed after it had been applied. Restore the old file and write a new migration.`,
      );
    }
    files.delete(row.number);
  }
  const last = applied.at(-1)?.number ?? 0;
  const pending = [...files.values()];
  const late = pending.find((migration) => migration.number < last);
  if (late) {
    throw new MigrationRefused(
      `Migration ${late.name} comes before ${last}, which has already been applied.`,
    );
  }
  return pending;
}

async function apply(connection: AnySql, migration: Migration): Promise<void> {
  await connection`begin`;
  try {
    await connection.unsafe(migration.text).simple();
    await connection`
      insert into schema_migrations (number, name, checksum, applied_at)
      values (${migration.number}, ${migration.name}, ${migration.checksum}, ${now()})
    `;
    await connection`commit`;
  } catch (error) {
    await connection`rollback`.catch(() => {});
    const Kind = passes(error) ? MigrationBrokenOff : MigrationRefused;
    throw new Kind(
      `Migration ${migration.name} failed and was rolled back: ${(error as Error).message}`,
    );
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
