/** The evidence of requests goes when its time is over. */
import { eraseExpired, maskClosed, maskErased } from "../db/case_evidence.ts";
import { houseJob } from "./job.ts";

/** Masks cases closed before today, and erases those whose third year after closing is over. */
export const eraseCases = houseJob("erase_cases", async ({ pool, log }) => {
  log.debug("cases masked", { rows: await maskClosed(pool) });
  log.debug("cases made nameless", { rows: await maskErased(pool) });
  log.debug("cases erased", { rows: await eraseExpired(pool) });
});
