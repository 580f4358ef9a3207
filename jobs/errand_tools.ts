/** What errands work with: the owner's pool, the way out, and the storage of the files. */
import type { Config } from "../db/config.ts";
import { type Egress, noEgress } from "../db/egress.ts";
import { relayedEgress } from "../db/egress_relay.ts";
import { processStorage } from "../db/file_storages.ts";
import { openPool, type Sql } from "../db/pool.ts";
import type { Storage } from "../db/storage.ts";
import type { ErrandOrders } from "./errands.ts";

/** The tools of one errand; without a bound for statements. */
export interface ErrandTools {
  owner: Sql;
  config: Config & { storage: Storage };
  egress: Egress;
}

/** Runs the work of an errand, and releases its tools. `name` is that of its connections. */
export async function withTools<Result>(
  { adminUrl, config, egressSocket }: ErrandOrders,
  name: string,
  work: (tools: ErrandTools) => Promise<Result>,
): Promise<Result> {
  const egress = egressSocket ? relayedEgress(egressSocket) : noEgress;
  const storage = processStorage(config, adminUrl, egress);
  const owner = openPool(adminUrl, { max: 3, name, statementTimeout: 0 });
  try {
    return await work({ owner, config: { ...config, storage }, egress });
  } finally {
    await owner.end({ timeout: 5 });
    await storage.end();
  }
}
