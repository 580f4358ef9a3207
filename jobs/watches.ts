/**
 * What the supervisor waits for, because no other process connects as the database's owner: the
 * night of the backup, contracts that end, the next look at the installation. Errands do the work.
 */
import { elapsed, now, pause } from "../db/clock.ts";
import { logger } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import { isAnythingDue } from "../db/tenant_erasures.ts";
import type { Night } from "./backups.ts";

const everyMinute = 60_000;
/** How long after its start an installation that was off overnight makes the missed backup. */
const catchUpMs = 3_600_000;
const retryMs = 3_600_000;
/** During the weeks of a notice period there mostly is nothing to do. */
const contractsRestMs = 5 * 60_000;
const firstLookMs = 5_000;
const looksEveryMs = 6 * 3_600_000;
/** How long after one look the next may follow, as what it cannot mend would bring one a minute. */
const looksRestMs = 5 * 60_000;

/**
 * Has a backup made every night at half past one in Berlin until the signal aborts. `newest` is the
 * time of the newest one there is. Never throws.
 */
export async function backUpNightly(
  spend: (isDue: boolean) => Promise<Night>,
  newest: Date | null,
  stop: AbortSignal,
): Promise<void> {
  let due = dueAtStart(newest, now());
  let copyDue: Date | null = null;
  const later = () => new Date(now().getTime() + retryMs);
  while (!stop.aborted) {
    await pause(everyMinute, stop);
    // The clock may have been set back meanwhile: a backup is never due later than next night.
    if (due > nightAfter(now())) due = nightAfter(now());
    const isDue = now() >= due;
    if (stop.aborted || !isDue && (copyDue === null || now() < copyDue)) continue;
    try {
      const { ours, backup, copied } = await spend(isDue);
      if (!ours || isDue) due = backup === "failed" ? later() : nightAfter(now());
      copyDue = copied ? null : later();
    } catch (error) {
      logger("jobs", "backup").error("backup failed", error);
      due = later();
    }
  }
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

/**
 * Checks every minute whether a contract or erasure has to proceed, and has it done by an errand,
 * until the signal aborts. Never throws.
 */
export async function watchContracts(
  owner: Sql,
  proceed: () => Promise<unknown>,
  stop: AbortSignal,
  lookMs = everyMinute,
): Promise<void> {
  for (let last = -contractsRestMs; !stop.aborted;) {
    await pause(lookMs, stop);
    if (stop.aborted || elapsed() - last < contractsRestMs) continue;
    try {
      // Asking takes a moment, in which a stop may have begun: it would wait for the errand.
      if (!await isAnythingDue(owner) || stop.aborted) continue;
      last = elapsed();
      await proceed();
    } catch (error) {
      logger("audit", "erasure").error("contracts could not be led on", error);
    }
  }
}

/**
 * Has the installation inspected soon after the start and every six hours, and within minutes once
 * `isUrgent`, which is asked every minute: a failover may have lost erasures. Never throws.
 */
export async function keepLooking(
  look: () => Promise<unknown>,
  isUrgent: () => Promise<boolean>,
  stop: AbortSignal,
  { firstMs = firstLookMs, askMs = everyMinute, restMs = looksRestMs } = {},
): Promise<void> {
  await pause(firstMs, stop);
  while (!stop.aborted) {
    await look().catch((error) => {
      if (!stop.aborted) logger("app", "inspection").error("a look failed", error);
    });
    const from = elapsed();
    while (!stop.aborted && elapsed() - from < looksEveryMs) {
      await pause(askMs, stop);
      // A database that does not answer now is asked again.
      if (elapsed() - from >= restMs && await isUrgent().catch(() => false)) break;
    }
  }
}
