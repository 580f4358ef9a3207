/** Backups in the bucket, where one is connected; what lies where is noted for the proof. */
import { codeOf } from "../db/adapters/answers.ts";
import { Bucket } from "../db/adapters/s3.ts";
import { s3Storage } from "../db/adapters/s3_storage.ts";
import * as places from "../db/backup_places.ts";
import * as backups from "../db/backups.ts";
import { mirror } from "../db/backups/mirrors.ts";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import type { Egress } from "../db/egress.ts";
import { logger } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import * as connections from "../db/processor_connections.ts";
import { asIonos } from "../db/processor_forms.ts";
import * as processors from "../db/processors.ts";

const log = logger("jobs", "backup");

/** Notes what lies in the folder, and makes the bucket hold the same; whether all is as it should be. */
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
  const bucket = await open(owner, config, egress);
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
    // The house is ending: the next start goes on.
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

/** The bucket of the register, where it may hold backups; null where there is none. */
async function open(owner: Sql, config: Config, egress: Egress) {
  const processor = await processors.lookupByAdapter(owner, "ionos");
  if (!processor?.connected || !processors.isOpen(processor)) return null;
  if (!processor.dataCategories.includes("backups")) return null;
  const connection = await connections.open(owner, config.secretKey, processor.id);
  if (!connection) return null;
  const { s3Endpoint, ...rest } = asIonos(connection);
  return s3Storage(new Bucket(egress, processor.id, { ...rest, endpoint: s3Endpoint }));
}
