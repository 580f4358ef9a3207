/** The evidence of requests goes when its time is over. */
import { eraseExpired, maskClosed, maskErased } from "../db/case_evidence.ts";
import { houseJob } from "./job.ts";

/** Masks what was closed yesterday or before, and takes away the cases whose third year after the closing is over. */
export const eraseCases = houseJob("erase_cases", async ({ pool, log }) => {
  log.debug("cases masked", { rows: await maskClosed(pool) });
  log.debug("cases made nameless", { rows: await maskErased(pool) });
  log.debug("cases erased", { rows: await eraseExpired(pool) });
});
