/** Proves that erased data do not survive in copies: backups, old versions, interrupted uploads. */
import * as places from "../backup_places.ts";
import { windowDays } from "../backups/window.ts";
import { now } from "../clock.ts";
import type { Sql } from "../pool.ts";
import * as checks from "../processor_checks.ts";
import * as processors from "../processors.ts";
import type { Outcome } from "../proofs.ts";

const day = 86_400_000;
/** Checks are daily; an older one says nothing about today. */
const freshFor = 2 * day;
/** The nightly run removes what expired the day before. */
const longest = (windowDays + 1) * day;
/** What IONOS is asked about the lifetime of copies. */
const copyChecks = [
  "bucket_versions",
  "bucket_uploads",
  "bucket_lock",
  "database_backups",
] as const;

/**
 * 4.1, 5.2: no backup anywhere is older than allowed, and the bucket holds exactly what it should,
 * without old versions. If object storage or a database at IONOS is connected, its own recent
 * answers show that old versions, interrupted uploads and the database's backups end within the
 * limit.
 */
export async function copiesEnd(sql: Sql): Promise<Outcome> {
  const at = now().getTime();
  const found = await places.list(sql);
  const [{ young }] = await sql<[{ young: boolean }]>`
    select coalesce((select max(created_at) from provider) > ${new Date(at - freshFor)}, true)
      as young
  `;
  const ionos = await processors.lookupByAdapter(sql, "ionos");
  const connected = Boolean(ionos?.connected && processors.isOpen(ionos));
  const wanted: places.PlaceName[] = ["folder", ...(connected ? ["bucket" as const] : [])];
  const unseen = young
    ? []
    : wanted.filter((name) =>
      !found.some(({ place, at: seen }) => place === name && at - seen.getTime() <= freshFor)
    );
  const tooOld = found.filter(({ oldestAt }) => oldestAt && at - oldestAt.getTime() > longest);
  const sum = (name: "copies" | "missing" | "surplus") =>
    found.reduce((total, each) => total + each[name], 0);
  const failed = found.filter(({ errorCode }) => errorCode !== null);
  const refuted = connected ? await refutedChecks(sql, ionos!.id) : [];
  const versions = await oldVersions(sql);
  return {
    passed: unseen.length + tooOld.length + failed.length + refuted.length + sum("missing") +
        sum("surplus") + versions.surplus + versions.unseen === 0,
    figures: {
      places: found.length,
      copies: sum("copies"),
      tooOld: tooOld.length,
      missing: sum("missing"),
      surplus: sum("surplus") + versions.surplus,
      unseen: unseen.length + failed.length + versions.unseen,
      asked: connected ? copyChecks.length : 0,
      refuted: refuted.length,
      ...Object.fromEntries(refuted.map((kind) => [kind, 0])),
    },
  };
}

/**
 * Old versions of stored files in the bucket; unseen if the last check failed or is too long ago.
 */
async function oldVersions(sql: Sql): Promise<{ surplus: number; unseen: number }> {
  const [row] = await sql<{ seenSince: Date; surplus: number; errorCode: string | null }[]>`
    select coalesce(looked_at, changed_at) as seen_since, surplus, error_code
    from file_places
    where place = 'bucket'
      or settled_at is null
  `;
  if (!row) return { surplus: 0, unseen: 0 };
  const unseen = row.errorCode !== null || now().getTime() - row.seenSince.getTime() > freshFor;
  return { surplus: row.surplus, unseen: Number(unseen) };
}

/** The checks that IONOS failed, or did not answer recently. */
async function refutedChecks(sql: Sql, processorId: string): Promise<string[]> {
  const latest = await checks.latest(sql, processorId);
  return copyChecks.filter((kind) => {
    const found = latest.find((each) => each.kind === kind);
    return !found?.passed || now().getTime() - found.at.getTime() > freshFor;
  });
}
