/** Removes what has expired: sessions, links, counters, mails. */
import * as apiTokens from "../db/api_tokens.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import * as directoryTokens from "../db/directory_tokens.ts";
import * as endedProofs from "../db/ended_proofs.ts";
import * as incidentDeliveries from "../db/incident_deliveries.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as figures from "../db/measure_figures.ts";
import * as mails from "../db/mails.ts";
import * as processorChecks from "../db/processor_checks.ts";
import * as processorEvidence from "../db/processor_evidence.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as registerVersions from "../db/register_versions.ts";
import * as sessionAddresses from "../db/session_addresses.ts";
import * as sessions from "../db/sessions.ts";
import * as tokens from "../db/tokens.ts";
import * as webFormEntries from "../db/web_form_entries.ts";
import * as webhookDeliveries from "../db/webhook_deliveries.ts";
import { plainJob } from "./job.ts";

/** Removes what has expired, and shortens the addresses of old sessions. */
export const removeStale = plainJob("remove_stale", async ({ pool, log }) => {
  await incidentDeliveries.settle(pool);
  const counts = [
    await sessions.removeExpired(pool),
    await sessionAddresses.shorten(pool),
    await tokens.removeExpired(pool),
    await apiTokens.removeExpired(pool),
    await directoryTokens.removeExpired(pool),
    await rateLimits.removeExpired(pool),
    await mails.removeFinished(pool),
    await contactedHosts.removeOld(pool),
    await deliveries.removeOld(pool),
    await processorChecks.removeOld(pool),
    await processorEvidence.removeOld(pool),
    await endedProofs.removeOld(pool),
    await registerVersions.removeOld(pool, endedProofs.firstKept()),
    await figures.removeOld(pool),
    await webhookDeliveries.removeOld(pool),
    await webFormEntries.removeOld(pool),
  ];
  log.debug("stale rows removed", { rows: counts.reduce((sum, count) => sum + count, 0) });
});
