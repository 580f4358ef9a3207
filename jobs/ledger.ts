/** The ledger of erasures, kept outside of the database. */
import * as ledger from "../db/ledger.ts";
import { houseJob } from "./job.ts";

/** Moves what the database has noted into the ledger. */
export const keepLedger = houseJob("keep_ledger", async ({ pool, config, log }) => {
  const count = await ledger.keep(pool, config.dataDir);
  if (count > 0) log.info("ledger kept", { rows: count });
});

/** Drops identifiers that no backup needs any more. */
export const trimLedger = houseJob("trim_ledger", async ({ config, log }) => {
  const count = await ledger.trim(config.dataDir);
  if (count > 0) log.info("ledger trimmed", { rows: count });
});
