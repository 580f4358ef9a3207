/** Maintains the ledger of erasures, which is kept outside the database. */
import * as ledger from "../db/ledger.ts";
import { plainJob } from "./job.ts";

/** Moves what the database has recorded into the ledger. */
export const keepLedger = plainJob("keep_ledger", async ({ pool, config, log }) => {
  const count = await ledger.keep(pool, config.dataDir);
  if (count > 0) log.info("ledger kept", { rows: count });
});
