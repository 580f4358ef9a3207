/**
 * Delivers answers to people: the mail with the link, the mail with the code, and the end of both.
 */
import { archive, type Part } from "../db/archives.ts";
import { now } from "../db/clock.ts";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import type { CaseItem, Outcome } from "../db/case_items.ts";
import * as caseNotices from "../db/case_notices.ts";
import * as cases from "../db/cases.ts";
import * as deliveries from "../db/deliveries.ts";
import * as deliveryCodes from "../db/delivery_codes.ts";
import * as ends from "../db/delivery_ends.ts";
import * as incoming from "../db/incoming_transfers.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import type { Sql } from "../db/pool.ts";
import type { Means } from "../db/rights.ts";
import { type Scope, system, type Who, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

/**
 * The letters load ten megabytes of texts that the hourly check for expired answers does not need.
 */
const letters = () => import("../views/mail/deliveries.tsx");

/** An answer to be packed and delivered. */
export interface Answer {
  parts: readonly Part[];
  outcome: Outcome;
  /**
   * Whether it is still the answer once it is packed: it may no longer be wanted, or be about
   * somebody else. Records what its delivery entails.
   */
  settle(scope: Scope): Promise<boolean>;
}

/**
 * Packs an answer and completes its item. Returns whether it did: otherwise the answer has changed
 * meanwhile, or is no longer wanted, and nothing is left of it.
 */
export async function handOver(
  pool: Sql,
  who: Who,
  means: Means,
  itemId: string,
  { parts, outcome, settle }: Answer,
): Promise<boolean> {
  const content = await deliveries.seal(means, who.tenantId, archive(parts, now()));
  const left = await withScope(pool, who, async (scope) => {
    const item = await caseItems.claim(scope, itemId);
    if (!item || !await settle(scope)) return null;
    const replaced = await deliver(scope, means, item, content);
    await caseItems.finish(scope, itemId, { ...outcome, proof: `SHA-256 ${content.sha256}` });
    return replaced;
  }).catch(async (error) => {
    // A commit may succeed although its answer is lost; its lock is waited for.
    const offered = await withScope(pool, who, async (scope) => {
      await caseItems.claim(scope, itemId);
      return await deliveries.lookup(scope, content.id);
    }).catch(() => "unknown");
    if (!offered) await deliveries.discard(means, who.tenantId, content).catch(() => {});
    throw error;
  });
  // Only now: until the commit, an earlier answer can still be fetched.
  for (const each of left ?? [content]) await deliveries.discard(means, who.tenantId, each);
  return left !== null;
}

/**
 * Offers an answer and mails where to fetch it; a person without an address gets link and code from
 * the staff. Returns earlier answers that it replaces.
 */
async function deliver(
  scope: Scope,
  means: Means,
  { id: itemId, caseId, right }: CaseItem,
  content: deliveries.Content,
): Promise<deliveries.Stored[]> {
  const { personEmail, number } = await cases.find(scope, caseId);
  const file = { fileName: `${number}.zip`, mediaType: "application/zip" };
  const offer = { caseId, itemId, ...file };
  const { token, replaced } = await deliveries.create(scope, means, offer, content);
  if (personEmail === "") return replaced;
  const { deliveryLetter } = await letters();
  const facts = await factsOf(scope, means, caseId, itemId);
  await mails.send(scope.sql, {
    tenantId: mailTenant(scope.tenantId),
    kind: "case_delivery",
    to: personEmail,
    replyTo: facts.contact,
    ...deliveryLetter(facts, `${means.baseUrl}/deliveries/${token}`, {
      right,
      days: deliveries.days,
      downloads: deliveries.mostDownloads,
    }),
  });
  return replaced;
}

async function factsOf(
  scope: Scope,
  { baseUrl }: Means,
  caseId: string,
  itemId: string,
) {
  const { found, controller, slug, country, contact } = await caseNotices.facts(
    scope,
    caseId,
    itemId,
  );
  return {
    controller,
    slug,
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
  const facts = await factsOf(scope, config, caseId, itemId);
  await mails.send(scope.sql, {
    tenantId: mailTenant(scope.tenantId),
    kind: "case_delivery",
    to: request.personEmail,
    replyTo: facts.contact,
    ...codeLetter(facts, code, deliveryCodes.codeMinutes),
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
