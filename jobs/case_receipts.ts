/**
 * Letters to people who make a request: that it has arrived, and how to prove the address is
 * theirs.
 */
import { wrote } from "../db/authorities.ts";
import * as confirmations from "../db/case_confirmations.ts";
import * as items from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as controllers from "../db/controllers.ts";
import { NotFound } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import * as personLetters from "../db/person_letters.ts";
import * as rateLimits from "../db/rate_limits.ts";
import type { Scope } from "../db/scope.ts";
import { caseCode, caseReceipt } from "../views/mail/cases.tsx";
import { sendDeliveryCode } from "./deliveries.ts";
import { tenantJob, type Tools } from "./job.ts";

/**
 * Acknowledges a request once: its number, the deadline and a contact. Requests made by form also
 * get the link and the code. Beyond the limit for its address a mail gets no receipt, which its case
 * says.
 */
export const acknowledgeCase = tenantJob("acknowledge_case", async (tools, { caseId }) => {
  const { scope, config } = tools;
  const found = await cases.find(scope, caseId);
  if (found.acknowledgedAt) return;
  const byPost = found.personEmail === "";
  if (byPost && (await personLetters.list(scope, caseId)).length > 0) return;
  if (found.channel === "email" && await hasEnough(tools, found.personEmail)) {
    return await cases.leaveReceiptOut(scope, caseId);
  }
  const parts = await partsOf(tools, found);
  const confirmation = byPost || found.confirmedAt || found.channel !== "form"
    ? null
    : await confirmations.issue(scope, config.secretKey, caseId);
  const rights = (await items.list(scope, caseId)).map(({ right }) => right);
  const letter = caseReceipt({ ...parts, rights, confirmation, authority: wrote(found) });
  if (await personLetters.send(scope, found, "receipt", letter) === "mail") {
    await cases.acknowledge(scope, caseId);
  }
});

/** Whether an address has had as many receipts as one person needs; asking counts one more. */
async function hasEnough(
  { scope: { sql, tenantId }, config: { secretKey } }: Tools & { scope: Scope },
  email: string,
): Promise<boolean> {
  const [address, { receipts, receiptsFromAll }] = [email.toLowerCase(), rateLimits.limits];
  const counters = { sql, secretKey };
  return await rateLimits.isExceeded(counters, receipts, `${tenantId} ${address}`) ||
    await rateLimits.isExceeded(counters, receiptsFromAll, address);
}

/** Sends a new link and code on request, or the code for an answer that is waiting. */
export const sendCaseCode = tenantJob("send_case_code", async (tools, { caseId, deliveryId }) => {
  const { scope, config } = tools;
  if (deliveryId) return await sendDeliveryCode(scope, config, deliveryId);
  const found = await cases.find(scope, caseId).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!found || found.personEmail === "") return;
  const confirmation = await confirmations.issue(scope, config.secretKey, caseId);
  const parts = await partsOf(tools, found);
  const letter = { ...caseCode({ ...parts, confirmation }), replyTo: parts.contact };
  const tenantId = mailTenant(scope.tenantId);
  await mails.send(scope.sql, { tenantId, kind: "case_code", to: found.personEmail, ...letter });
});

async function partsOf({ scope, config }: Tools & { scope: Scope }, found: cases.Case) {
  const controller = await controllers.find(scope);
  return {
    locale: found.language === "de" ? "de" : "en",
    controller: controller.name,
    contact: await personLetters.contactOf(scope),
    request: found,
    slug: controller.slug,
    baseUrl: config.baseUrl,
    now: scope.now,
  } as const;
}
