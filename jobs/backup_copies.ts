/** Copies backups to the bucket, if one is connected, and records where they are for the proof. */
import { codeOf } from "../db/adapters/answers.ts";
import * as places from "../db/backup_places.ts";
import * as backups from "../db/backups.ts";
import { mirror } from "../db/backups/mirrors.ts";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import type { Egress } from "../db/egress.ts";
import { bucketOf } from "../db/file_storages.ts";
import { logger } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";

const log = logger("jobs", "backup");

/**
 * Records what the folder holds and brings the bucket in line. Returns whether everything is in
 * order.
 */
export async function copyBackups(
  owner: Sql,
  config: Config,
  egress: Egress,
  stop?: AbortSignal,
): Promise<boolean> {
  const kept = await backups.list(config);
  await places.record(owner, {
    place: "folder",
    copies: kept.length,
    oldestAt: kept.at(-1)?.at ?? null,
    missing: 0,
    surplus: 0,
    errorCode: null,
  });
  const bucket = await bucketOf(owner, config.secretKey, egress, "backups");
  if (!bucket) {
    await places.remove(owner, "bucket");
    return true;
  }
  try {
    const { put, removed, ...found } = await mirror(config, bucket, now(), stop);
    await places.record(owner, { place: "bucket", ...found, errorCode: null });
    log.info("backups copied to the bucket", { count: put, rows: removed });
    return found.missing + found.surplus === 0;
  } catch (error) {
    // The installation is shutting down; the next start resumes the copying.
    if (stop?.aborted) return false;
    const before = (await places.list(owner)).find(({ place }) => place === "bucket");
    await places.record(owner, {
      place: "bucket",
      copies: before?.copies ?? 0,
      oldestAt: before?.oldestAt ?? null,
      missing: before?.missing ?? 0,
      surplus: before?.surplus ?? 0,
      errorCode: codeOf(error),
    });
    log.error("backups not copied to the bucket", error);
    return false;
  }
}
