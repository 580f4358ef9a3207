/**
 * Ends contracts. The supervisor does it, because only the database owner can remove a tenant, and
 * no other process connects as the owner.
 */
import { join } from "node:path";
import { aborted, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { logger } from "../db/log.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { isAnythingDue } from "../db/tenant_erasures.ts";

const log = logger("audit", "erasure");
const lookMs = 60_000;

/**
 * Checks every minute whether a contract or erasure has to proceed, until the signal aborts. Never
 * throws.
 */
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

/** Checks all contracts and erasures once. Returns false if another process is doing so. */
async function endNow(owner: Sql, config: Config): Promise<boolean> {
  // Loaded on demand: contracts rarely end, and the supervisor should stay small until then.
  const { advance } = await import("../db/tenant_erasures/run.ts");
  return await advance({
    owner,
    store: config,
    log,
    clusterFolder: config.databaseUrl ? null : join(config.dataDir, "postgres"),
  });
}
