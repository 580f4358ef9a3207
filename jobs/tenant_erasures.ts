/** Advances contracts that end and the erasures of their tenants, as the database's owner. */
import { join } from "node:path";
import { logger } from "../db/log.ts";
import { advance } from "../db/tenant_erasures/run.ts";
import type { ErrandTools } from "./errand_tools.ts";

/** Checks all contracts and erasures once. Returns false if another process is doing so. */
export const endNow = ({ owner, config }: ErrandTools): Promise<boolean> =>
  advance({
    owner,
    store: config,
    log: logger("audit", "erasure"),
    clusterFolder: config.databaseUrl ? null : join(config.dataDir, "postgres"),
  });
