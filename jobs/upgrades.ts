/**
 * Upgrades to a newer version: a backup first, then the migrations, never one without the other.
 */
import type { Config } from "../db/config.ts";
import { catchUp } from "../db/ledger_gates.ts";
import { logger } from "../db/log.ts";
import { MigrationRefused, pendingOf, readMigrations } from "../db/migrate.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { StorageAway } from "../db/storage.ts";
import { type Prepared, prepareDatabase } from "../db/prepare.ts";
import * as provider from "../db/provider.ts";
import { assertClaimed } from "../db/secret_claims.ts";
import type { WritePaper } from "../db/samples/offers.ts";
import type { ErrandOrders } from "./errands.ts";

const log = logger("app", "upgrade");

/** Options of `prepareDatabase`, and whether to back up existing data before its tables change. */
export interface Upgrade {
  baseUrl?: string;
  demo?: boolean;
  /** Writes the papers of the demo's offers. */
  writePaper?: WritePaper;
  /** False if the operator has a backup of their own. */
  backup?: boolean;
}

/** What the supervisor wants prepared. */
export interface Start extends ErrandOrders {
  baseUrl: string;
}

/** What the start needs from the prepared database. */
export interface Ready extends Omit<Prepared, "migrated"> {
  /** When the newest backup was made, ISO text; null if there is none. */
  newestBackup: string | null;
}

/** Upgrades the database for a start. Throws as `upgrade` does. */
export async function ready(
  { adminUrl, config, baseUrl }: Start,
  settings: Pick<Upgrade, "demo" | "writePaper"> = {},
): Promise<Ready> {
  const { migrated: _, ...prepared } = await upgrade(adminUrl, config, { baseUrl, ...settings });
  const { newestOf } = await import("../db/backups.ts");
  const newest = await newestOf(config).catch(() => null);
  return { ...prepared, newestBackup: newest?.toISOString() ?? null };
}

/**
 * Backs up what is about to change, and brings the database up to date. Throws MigrationRefused,
 * WrongSecret or LedgerForeign.
 */
export async function upgrade(
  adminUrl: string,
  config: Config,
  { backup = true, ...settings }: Upgrade = {},
): Promise<Prepared> {
  if (backup) {
    const owner = openPool(adminUrl, { max: 2, name: "kompaktcrm upgrade", statementTimeout: 0 });
    try {
      await backUpFirst(owner, config, await readMigrations(), adminUrl);
    } finally {
      await owner.end({ timeout: 5 });
    }
  }
  const prepared = await prepareDatabase(adminUrl, { secretKey: config.secretKey, ...settings });
  const owner = openPool(adminUrl, { max: 1, name: "kompaktcrm gate", statementTimeout: 0 });
  try {
    await passGate(owner, config);
  } finally {
    await owner.end({ timeout: 5 });
  }
  return prepared;
}

/**
 * A database restored to an earlier state serves nobody before it knows what was erased since.
 * Throws LedgerForeign.
 */
export async function passGate(owner: Sql, config: Config): Promise<void> {
  const caught = await catchUp(owner, config);
  if (!caught) return;
  const { lines: rows, erased: count } = caught;
  log.warn("the database was set back in time and brought to the ledger's end", { rows, count });
}

/**
 * Backs up an installation in use that lacks some of these migrations. Returns the backup's name,
 * or null if there is nothing to change or no data. Given the database's address, the backup
 * includes the files of a bucket. Throws MigrationRefused if no backup can be made, and WrongSecret.
 */
export async function backUpFirst(
  owner: Sql,
  config: Config,
  migrations: Parameters<typeof pendingOf>[1],
  adminUrl?: string,
): Promise<string | null> {
  const pending = await pendingOf(owner, migrations);
  if (!pending || pending.length === 0 || !await provider.exists(owner)) return null;
  await assertClaimed(owner, config.secretKey);
  log.info("backing up before an upgrade", { count: pending.length });
  try {
    return adminUrl === undefined
      ? await backUpAll(owner, config)
      : await withBucket(owner, config, adminUrl);
  } catch (error) {
    log.error("no backup before an upgrade", error);
    throw new MigrationRefused(
      "The database was not changed: no backup could be made in DATA_DIR/backups (see the log). " +
        "Free up space, or make a copy yourself and run: deno task crm migrate --without-backup",
    );
  }
}

/** Loaded on demand: the supervisor calls this at each start, and keeps what it has loaded. */
async function withBucket(owner: Sql, config: Config, adminUrl: string): Promise<string> {
  const { directEgress } = await import("../db/egress_direct.ts");
  const { processStorage } = await import("../db/file_storages.ts");
  const storage = processStorage(config, adminUrl, directEgress(owner, config));
  try {
    return await backUpAll(owner, { ...config, storage });
  } finally {
    await storage.end();
  }
}

/** Includes the files of a bucket if it is reachable; otherwise they stay there as they are. */
async function backUpAll(owner: Sql, config: Config): Promise<string> {
  const backups = await import("../db/backups.ts");
  try {
    return (await backups.make(owner, config)).name;
  } catch (error) {
    // The migrations have not run yet: the tables of file locations may be an older version's.
    if (!(error instanceof StorageAway) && !isOlderSchema(error)) throw error;
    const { code } = error as { code?: string };
    const bucket = error instanceof StorageAway ? "the bucket" : "a bucket, if there is one";
    log.warn(`the backup before the upgrade holds no files of ${bucket}`, { code });
    return (await backups.make(owner, { ...config, storage: undefined })).name;
  }
}

const isOlderSchema = (error: unknown) =>
  ["42P01", "42703"].includes((error as { code?: string }).code ?? "");
