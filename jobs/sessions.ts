/** What has ended is removed: sessions, links, counters, mails. */
import * as mails from "../db/mails.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as sessions from "../db/sessions.ts";
import * as tokens from "../db/tokens.ts";
import { houseJob } from "./job.ts";

/** Clears away what is over, and shortens the addresses of old sessions. */
export const removeStale = houseJob("remove_stale", async ({ pool, log }) => {
  const counts = [
    await sessions.removeExpired(pool),
    await sessions.shortenAddresses(pool),
    await tokens.removeExpired(pool),
    await rateLimits.removeExpired(pool),
    await mails.removeFinished(pool),
  ];
  log.debug("stale rows removed", { rows: counts.reduce((sum, count) => sum + count, 0) });
});
