/** Restores a backup into an empty installation: all of it, checked row by row, or nothing. */
import { join } from "node:path";
import * as backups from "./backups.ts";
import { countFiles } from "./backups/files.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import * as imports from "./imports.ts";
import type { KeyStore } from "./key_store.ts";
import * as ledger from "./ledger.ts";
import { knows } from "./ledger_gates.ts";
import { assertErased, importsOfErased, replay } from "./ledger_replays.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { type AnySql, openPool, type Sql } from "./pool.ts";
import * as provider from "./provider.ts";
import * as restoredFiles from "./restored_files.ts";
import { exists } from "./secret_claims.ts";
import { read as readEarlier } from "./secret_files.ts";
import { sealFiles } from "./secret_replacements.ts";
import { reseal } from "./secret_seals.ts";
import { removeFile } from "./storage.ts";
import { copyIn } from "./table_copies.ts";

/** What was restored, and what could not be. */
export interface Restored extends backups.Backup {
  erasedAgain: number;
  /** Stored files that existed when the backup was made and are missing from it now. */
  missingFiles: number;
  /** Stored files that exist but whose seal is broken or that no key opens. */
  brokenFiles: number;
  /**
   * False if the ledger found is not the one noted, or missing. The installation is not served in
   * this state.
   */
  ledgerKnown: boolean;
}

/**
 * Restores a backup no newer than this program into an empty installation, in the tables of the
 * backup's version; what the ledger names is erased, restricted and objected to again in the same
 * transaction. A rehearsal skips the files. Throws Invalid with the reason, NotFound, FileBroken or
 * LedgerBroken.
 */
export async function restore(
  owner: Sql,
  store: KeyStore,
  name: string,
  { files = true }: { files?: boolean } = {},
): Promise<Restored> {
  let erasedAgain = 0;
  let ledgerKnown = true;
  const earlier = readEarlier(store.dataDir, store.secretKey) ?? [];
  const secrets = [...earlier.map(({ secret }) => secret), store.secretKey];
  const backup = await backups.find(store, name);
  await assertEmpty(owner);
  const known = await readMigrations();
  const theirs = backup.migrations.map(({ number, checksum }) => {
    const own = known.find((each) => each.number === number && each.checksum === checksum);
    if (!own) throw new Invalid("restores.newer", "name");
    return own;
  });
  await migrate(owner, theirs);
  await owner.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`set local idle_in_transaction_session_timeout = 0`;
    const links = await backups.foreignKeys(sql);
    for (const { table, name } of links) {
      await sql`alter table ${sql(table)} drop constraint ${sql(name)}`;
    }
    for (const table of backup.tables) await fill(sql, store, backup, table);
    // Recreating a constraint checks it again: a dangling row stops the whole restore.
    for (const { table, name, definition } of links) {
      await sql.unsafe(
        `alter table "${table}" add constraint "${name}" ${definition}`,
      );
    }
    await settle(sql);
    await reseal(sql, secrets);
    erasedAgain = await replay(sql, store);
    await assertErased(sql, store.dataDir);
    // A backup of an older version has no ledger head: the first start notes one.
    if (await exists(sql, "ledger_heads")) {
      // Otherwise the head stays as it was, and the start asks for the right ledger.
      ledgerKnown = await knows(store.dataDir, await ledger.headOf(sql));
      if (ledgerKnown) await ledger.setHead(sql, await ledger.head(store.dataDir));
    }
  });
  await owner`analyze`;
  const from = join(backups.pathOf(store, name), "files");
  if (files) {
    await copyFiles(from, join(store.dataDir, "files"));
    for (const id of await importsOfErased(store.dataDir)) {
      await removeFile(join(store.dataDir, "files", imports.objectOf(id)));
    }
    await sealFiles(store, secrets);
  }
  const looked = await restoredFiles.look(owner, store, secrets, backups.pathOf(store, name));
  const fewer = Math.max(0, backup.files - await countFiles(from));
  // An earlier version counted some files that vanished while it copied: then trust the rows.
  const missingFiles = backup.exact ? fewer : Math.min(fewer, looked.missing);
  return { ...backup, erasedAgain, missingFiles, brokenFiles: looked.broken, ledgerKnown };
}

/**
 * Restores a backup into a separate database beside the owner's and then drops it. Throws as
 * `restore` does, and Invalid if files are missing or cannot be opened.
 */
export async function rehearse(
  owner: Sql,
  ownerUrl: string,
  store: KeyStore,
  name: string,
): Promise<backups.Backup> {
  const database = `${await drillPrefix(owner)}${newId().replaceAll("-", "")}`;
  await owner`create database ${owner(database)}`;
  const url = new URL(ownerUrl);
  url.pathname = `/${database}`;
  const scratch = openPool(url.href, { max: 2, statementTimeout: 0 });
  try {
    const restored = await restore(scratch, store, name, { files: false });
    if (restored.missingFiles > 0) throw new Invalid("restores.files_missing", "name");
    if (restored.brokenFiles > 0) throw new Invalid("restores.files_broken", "name");
    return restored;
  } finally {
    await scratch.end({ timeout: 5 });
    await owner`drop database ${owner(database)}`;
  }
}

/** Drops what killed rehearsals left behind, a copy of all data; returns how many there were. */
export async function removeBrokenOff(owner: Sql): Promise<number> {
  const left = await owner<{ name: string }[]>`
    select datname as name
    from pg_database
    where starts_with(datname, ${await drillPrefix(owner)})
  `;
  for (const { name } of left) await owner`drop database if exists ${owner(name)} with (force)`;
  return left.length;
}

/**
 * Rehearsals are named after the number of their database: other installations may share the
 * server.
 */
async function drillPrefix(owner: Sql): Promise<string> {
  const [row] = await owner<[{ number: string }]>`
    select oid::text as number
    from pg_database
    where datname = current_database()
  `;
  return `kompaktcrm_drill_${row.number}_`;
}

async function assertEmpty(owner: Sql): Promise<void> {
  const [{ there } = { there: false }] = await owner<{ there: boolean }[]>`
    select to_regclass('public.provider') is not null as there
  `;
  if (there && await provider.exists(owner)) throw new Invalid("restores.not_empty", "name");
}

async function fill(
  sql: AnySql,
  store: KeyStore,
  backup: backups.Backup,
  { name, columns, rows }: backups.Backup["tables"][number],
): Promise<void> {
  if (name === "schema_migrations") return;
  await sql`alter table ${sql(name)} disable trigger user`;
  await sql`truncate ${sql(name)}`;
  const rowsIn = sql`copy ${sql(name)} (${sql(columns)}) from stdin`;
  await copyIn(rowsIn, backups.rowsOf(store, backup, name));
  await sql`alter table ${sql(name)} enable trigger user`;
  const [found] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(name)}`;
  if (found?.count !== rows) throw new Invalid("restores.incomplete", "name");
}

/**
 * What was pending at the time of the backup may have been done since: nothing is sent or done
 * twice, and everybody must sign in again.
 */
async function settle(sql: AnySql): Promise<void> {
  await sql`update mails set status = 'failed', error_code = 'restored' where status = 'queued'`;
  await sql`update messages set state = 'failed' where state = 'queued'`;
  await sql`update latenode_deliveries set status = 'failed' where status = 'queued'`;
  for (const archives of ["tenant_exports", "access_archives"]) {
    if (!await exists(sql, archives)) continue;
    await sql`update ${sql(archives)} set status = 'failed' where status = 'waiting'`;
  }
  await sql`update exports set status = 'failed' where status = 'running'`;
  await sql`update bulk_changes set status = 'done' where status in ('running', 'undoing')`;
  await sql`
    update imports
    set status = case when status = 'undoing' then status else 'failed' end,
      error_code = 'interrupted'
    where status in ('checking', 'queued', 'running', 'undoing')
  `;
  // A backup restores its files to the folder; the bucket may hold them too, or ones now gone.
  await sql`update file_places set place = 'folder', settled_at = null where place = 'bucket'`;
  await sql`delete from sessions`;
  await sql`delete from tokens`;
}

async function copyFiles(from: string, to: string): Promise<void> {
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(from)) entries.push(entry);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await Deno.mkdir(to, { recursive: true, mode: 0o700 });
  for (const { name, isDirectory } of entries) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) await copyFiles(source, target);
    else if (!await Deno.stat(target).then(() => true, () => false)) {
      await Deno.copyFile(source, target);
    }
  }
}
