/**
 * Makes nightly backups and proves once a month that one can be restored. The supervisor does it,
 * because only the database owner can see everything, and no other process connects as the owner.
 */
import * as runs from "../db/backup_runs.ts";
import * as backups from "../db/backups.ts";
import { aborted, elapsed, now, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import type { Egress } from "../db/egress.ts";
import { NotFound } from "../db/errors.ts";
import * as ledger from "../db/ledger.ts";
import { logger } from "../db/log.ts";
import { openPool, type ReservedSql, type Sql } from "../db/pool.ts";
import { retentionClasses } from "../db/retention_classes.ts";
import { isDiskFull } from "../db/storage.ts";

const log = logger("jobs", "backup");
const lookMs = 60_000;
const day = 86_400_000;
/** How long after its start an installation that was off overnight makes the missed backup. */
const catchUpMs = 3_600_000;
/** Nights are further apart than this, so a younger backup was made by another machine. */
const sameNightMs = 12 * 3_600_000;
const retryMs = 3_600_000;
const drillDays = 30;
const keptDays = Temporal.Duration.from(retentionClasses.log.period).total("days");

/** Makes a backup every night at half past one in Berlin until the signal aborts. Never throws. */
export async function backUpNightly(
  adminUrl: string,
  config: Config,
  egress: Egress,
  stop: AbortSignal,
): Promise<void> {
  let due = await firstDue(config);
  let copyDue: Date | null = null;
  const stopped = aborted(stop);
  while (!stop.aborted) {
    await Promise.race([pause(lookMs), stopped]);
    // The clock may have been set back meanwhile: a backup is never due later than next night.
    if (due > nightAfter(now())) due = nightAfter(now());
    const copies = copyDue !== null && now() >= copyDue;
    if (stop.aborted || (now() < due && !copies)) continue;
    const owner = openPool(adminUrl, { max: 3, name: "kompaktcrm backup", statementTimeout: 0 });
    let held: ReservedSql | null = null;
    try {
      // Machines share one backup folder, so only one of them makes the backup.
      held = await runs.hold(owner);
      if (!held) {
        [due, copyDue] = [nightAfter(now()), null];
        continue;
      }
      // Loaded only when first needed, so that the supervisor stays small until then.
      const restores = await import("../db/restores.ts");
      const { copyBackups } = await import("./backup_copies.ts");
      const broken = await restores.removeBrokenOff(owner);
      if (broken > 0) {
        log.warn("rehearsals that were broken off are thrown away", { count: broken });
      }
      let done = false;
      if (now() >= due && await isMade(config)) due = nightAfter(now());
      else if (now() >= due) {
        done = await backUp(owner, config, stop);
        due = done ? nightAfter(now()) : new Date(now().getTime() + retryMs);
      }
      const copied = await copyBackups(owner, config, egress, stop);
      copyDue = copied ? null : new Date(now().getTime() + retryMs);
      if (done && !stop.aborted) await drillWhenDue(owner, adminUrl, config);
      await runs.removeOld(owner, new Date(now().getTime() - keptDays * day));
    } catch (error) {
      log.error("backup failed", error);
      due = new Date(now().getTime() + retryMs);
    } finally {
      held?.release();
      await owner.end({ timeout: 5 });
    }
  }
}

async function isMade(config: Config): Promise<boolean> {
  const newest = await newestOf(config);
  return newest !== null && now().getTime() - newest.getTime() < sameNightMs;
}

/** When the newest backup was made. Ones dated in the future by a wrong clock are ignored. */
async function newestOf(config: Config): Promise<Date | null> {
  const found = (await backups.list(config)).find(({ at }) => at <= now());
  return found?.at ?? null;
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
    const restores = await import("../db/restores.ts");
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

async function firstDue(config: Config): Promise<Date> {
  return dueAtStart(await newestOf(config).catch(() => null), now());
}

/**
 * When the next backup is due after a start: at night, or soon if the last night brought none, as
 * on a machine that is switched off every night. The first backup of all is due soon as well.
 */
export function dueAtStart(newest: Date | null, at: Date): Date {
  const night = nightAfter(at);
  const lastNight = nightAfter(new Date(night.getTime() - 26 * 3_600_000));
  if (newest && newest >= lastNight) return night;
  return new Date(Math.min(night.getTime(), at.getTime() + catchUpMs));
}

/** The first half past one in Berlin after an instant. */
export function nightAfter(instant: Date): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO("Europe/Berlin");
  const night = from.withPlainTime("01:30");
  const next = Temporal.ZonedDateTime.compare(night, from) > 0 ? night : night.add({ days: 1 });
  return new Date(next.epochMilliseconds);
}
