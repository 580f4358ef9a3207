/** Removes the evidence of privacy requests once its retention period is over. */
import { eraseExpired, maskClosed, maskErased } from "../db/case_evidence.ts";
import { plainJob } from "./job.ts";

/** Masks cases closed before today, and erases those closed more than three years ago. */
export const eraseCases = plainJob("erase_cases", async ({ pool, log }) => {
  log.debug("cases masked", { rows: await maskClosed(pool) });
  log.debug("cases made nameless", { rows: await maskErased(pool) });
  log.debug("cases erased", { rows: await eraseExpired(pool) });
});
