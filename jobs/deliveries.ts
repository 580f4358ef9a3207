/**
 * Delivers answers to people: the mail with the link, the mail with the code, and the end of both.
 */
import { now } from "../db/clock.ts";
import * as caseEvents from "../db/case_events.ts";
import type { CaseItem } from "../db/case_items.ts";
import * as caseNotices from "../db/case_notices.ts";
import type { Case } from "../db/cases.ts";
import * as deliveries from "../db/deliveries.ts";
import * as deliveryCodes from "../db/delivery_codes.ts";
import * as ends from "../db/delivery_ends.ts";
import * as incoming from "../db/incoming_transfers.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import type { Means } from "../db/rights.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

/**
 * The letters load ten megabytes of texts that the hourly check for expired answers does not need.
 */
const letters = () => import("../views/mail/deliveries.tsx");

/**
 * Seals an answer and mails where to fetch it; a person without an address gets link and code from
 * the staff.
 */
export async function deliver(
  scope: Scope,
  means: Means,
  found: Case,
  { id: itemId, caseId, right }: CaseItem,
  { bytes, ...file }: {
    fileName: string;
    mediaType: string;
    bytes: AsyncIterable<Uint8Array>;
  },
): Promise<{ id: string; sha256: string }> {
  const { id, token, sha256 } = await deliveries.create(
    scope,
    means,
    { caseId, itemId, ...file },
    bytes,
  );
  if (found.personEmail === "") return { id, sha256 };
  const { deliveryLetter } = await letters();
  const facts = await factsOf(scope, means, caseId, itemId);
  await mails.send(scope.sql, {
    tenantId: mailTenant(scope.tenantId),
    kind: "case_delivery",
    to: found.personEmail,
    ...deliveryLetter(facts, `${means.baseUrl}/deliveries/${token}`, {
      right,
      days: deliveries.days,
      downloads: deliveries.mostDownloads,
    }),
  });
  return { id, sha256 };
}

async function factsOf(
  scope: Scope,
  { baseUrl }: Means,
  caseId: string,
  itemId: string,
) {
  const { found, controller, country, contact } = await caseNotices.facts(scope, caseId, itemId);
  return {
    controller,
    country,
    contact,
    locale: found.language === "de" ? "de" : "en",
    number: found.number,
    receivedOn: found.receivedOn,
    baseUrl,
    now: scope.now,
  } as const;
}

/** Mails the code for an answer as often as the person asks for it. */
export async function sendDeliveryCode(
  scope: Scope,
  config: Means,
  deliveryId: string,
): Promise<void> {
  const found = await deliveries.lookup(scope, deliveryId);
  if (!found || !deliveries.isLive(found, scope.now)) return;
  const { caseId, itemId } = found;
  const { found: request } = await caseNotices.facts(scope, caseId, itemId);
  if (request.personEmail === "") return;
  const { codeLetter } = await letters();
  const code = await deliveryCodes.issue(scope, config.secretKey, deliveryId);
  await mails.send(scope.sql, {
    tenantId: mailTenant(scope.tenantId),
    kind: "case_delivery",
    to: request.personEmail,
    ...codeLetter(await factsOf(scope, config, caseId, itemId), code, deliveryCodes.codeMinutes),
  });
  await caseEvents.append(scope, {
    caseId,
    itemId,
    action: "delivery_code_sent",
    by: { kind: "system", id: null },
  });
}

const batch = 200;

/**
 * Destroys expired answers, remains of interrupted ones, and personal data that nobody collected.
 */
export const expireDeliveries = plainJob("expire_deliveries", async (tools) => {
  const { pool, config, log, signal } = tools;
  let count = 0;
  while (true) {
    const due = await ends.list(pool, now(), batch);
    for (const { tenantId, id } of due) {
      signal.throwIfAborted();
      await withScope(
        pool,
        { tenantId, actor: system },
        (scope) => deliveries.destroy(scope, config, id, "expired"),
      );
    }
    count += due.length;
    if (due.length < batch) break;
  }
  count += await ends.sweep(pool, config);
  count += await incoming.removeExpired(pool, now());
  if (count > 0) log.info("answers destroyed", { count });
});
