/**
 * Makes a night's backup and proves once a month that one can be restored, as the database's owner,
 * because nobody else can see everything.
 */
import * as runs from "../db/backup_runs.ts";
import * as backups from "../db/backups.ts";
import { elapsed, now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { NotFound } from "../db/errors.ts";
import * as ledger from "../db/ledger.ts";
import { logger } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import * as restores from "../db/restores.ts";
import { retentionClasses } from "../db/retention_classes.ts";
import { isDiskFull } from "../db/storage.ts";
import { copyBackups } from "./backup_copies.ts";
import type { ErrandTools } from "./errand_tools.ts";
import type { ErrandOrders } from "./errands.ts";

const log = logger("jobs", "backup");
const day = 86_400_000;
/** Nights are further apart than this, so a younger backup was made by another machine. */
const sameNightMs = 12 * 3_600_000;
const drillDays = 30;
const keptDays = Temporal.Duration.from(retentionClasses.log.period).total("days");

/** What a night needs: whether its backup is due, besides copies that are still missing. */
export interface NightOrders extends ErrandOrders {
  isDue: boolean;
}

/** What came of a night. */
export interface Night {
  /** False if another machine is at it. */
  ours: boolean;
  /** `spared`: not due, or another machine has made it. */
  backup: "made" | "failed" | "spared";
  /** Whether every backup has its copy at the other place. */
  copied: boolean;
}

/** Makes the backup if it is due, copies what has no copy yet, and rehearses a restore monthly. */
export async function spendNight(
  { owner, config, egress }: ErrandTools,
  { adminUrl, isDue, stop }: NightOrders & { stop: AbortSignal },
): Promise<Night> {
  // Machines share one backup folder, so only one of them makes the backup.
  const held = await runs.hold(owner);
  if (!held) return { ours: false, backup: "spared", copied: true };
  try {
    const broken = await restores.removeBrokenOff(owner);
    if (broken > 0) log.warn("rehearsals that were broken off are thrown away", { count: broken });
    const backup = !isDue || await isMade(config)
      ? "spared"
      : await backUp(owner, config, stop)
      ? "made"
      : "failed";
    const copied = await copyBackups(owner, config, egress, stop);
    if (backup === "made" && !stop.aborted) await drillWhenDue(owner, adminUrl, config);
    await runs.removeOld(owner, new Date(now().getTime() - keptDays * day));
    return { ours: true, backup, copied };
  } finally {
    held.release();
  }
}

async function isMade(config: Config): Promise<boolean> {
  const newest = await backups.newestOf(config);
  return newest !== null && now().getTime() - newest.getTime() < sameNightMs;
}

/** Makes one backup, then removes old ones and trims the ledger. Returns whether it succeeded. */
export async function backUp(
  owner: Sql,
  config: Config,
  stop?: AbortSignal,
): Promise<boolean> {
  return await noted(owner, "backup", async () => {
    // First, so that a failing night keeps nothing too long and a full disk gets room again.
    await backups.removeOld(config);
    const made = await backups.make(owner, config, stop);
    await ledger.trim(config.dataDir);
    return made;
  });
}

async function drillWhenDue(owner: Sql, adminUrl: string, config: Config): Promise<void> {
  const last = await runs.lastGood(owner, "drill");
  if (last && last.getTime() > now().getTime() - drillDays * day) return;
  await drill(owner, adminUrl, config);
}

/** Restores the newest backup into a temporary database. Returns whether it succeeded. */
export async function drill(owner: Sql, adminUrl: string, config: Config): Promise<boolean> {
  return await noted(owner, "drill", async () => {
    const [newest] = await backups.list(config);
    if (!newest) throw new NotFound("backup");
    return await restores.rehearse(owner, adminUrl, config, newest.name);
  });
}

async function noted(
  owner: Sql,
  kind: runs.BackupRun["kind"],
  work: () => Promise<backups.Backup>,
): Promise<boolean> {
  const from = elapsed();
  const run = { kind, passed: false, backup: "", rowCount: 0, errorCode: null as string | null };
  try {
    const { name, tables } = await work();
    const rowCount = tables.reduce((sum, { rows }) => sum + rows, 0);
    Object.assign(run, { passed: true, backup: name, rowCount });
  } catch (error) {
    run.errorCode = isDiskFull(error)
      ? "disk_full"
      : error instanceof Error
      ? error.name
      : "unknown";
    log.error(`${kind} failed`, error);
  }
  const tookMs = Math.round(elapsed() - from);
  await runs.record(owner, { ...run, tookMs, at: now() });
  if (run.passed) log.info(`${kind} done`, { rows: run.rowCount, ms: tookMs });
  return run.passed;
}
