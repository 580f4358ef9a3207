/**
 * The end of contracts, kept by the supervisor: only the owner of the database can take a tenant out
 * of it, and no other process knows the owner.
 */
import { join } from "node:path";
import { aborted, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { logger } from "../db/log.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { isAnythingDue } from "../db/tenant_erasures.ts";

const log = logger("audit", "erasure");
const lookMs = 60_000;

/** Looks every minute whether a contract or an erasure has to go on, until the signal. Never throws. */
export async function endContracts(
  adminUrl: string,
  config: Config,
  stop: AbortSignal,
): Promise<void> {
  const stopped = aborted(stop);
  while (!stop.aborted) {
    await Promise.race([pause(lookMs), stopped]);
    if (stop.aborted) return;
    const owner = openPool(adminUrl, { max: 3, name: "kompaktcrm erasure", statementTimeout: 0 });
    try {
      if (await isAnythingDue(owner)) await endNow(owner, config);
    } catch (error) {
      log.error("contracts could not be led on", error);
    } finally {
      await owner.end({ timeout: 5 });
    }
  }
}

/** One look at all contracts and erasures; false where another process is at it. */
async function endNow(owner: Sql, config: Config): Promise<boolean> {
  // Contracts end seldom: until then the supervisor stays small.
  const { advance } = await import("../db/tenant_erasures/run.ts");
  return await advance({
    owner,
    store: config,
    log,
    clusterFolder: config.databaseUrl ? null : join(config.dataDir, "postgres"),
  });
}
