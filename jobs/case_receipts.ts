/** Letters to who claims rights: that the request has arrived, and how to show that the address is theirs. */
import * as confirmations from "../db/case_confirmations.ts";
import * as items from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as controllers from "../db/controllers.ts";
import * as mails from "../db/mails.ts";
import * as providers from "../db/provider.ts";
import type { Scope } from "../db/scope.ts";
import { caseCode, caseReceipt } from "../views/mail/cases.tsx";
import { tenantJob, type Tools } from "./job.ts";

/** Acknowledges a request once: number, days, whom to ask; by its form also the link and the code. */
export const acknowledgeCase = tenantJob("acknowledge_case", async (tools, { caseId }) => {
  const { scope, config } = tools;
  const found = await cases.find(scope, caseId);
  if (found.acknowledgedAt || found.personEmail === "") return;
  const parts = await partsOf(tools, found);
  const confirmation = found.confirmedAt || found.channel !== "form"
    ? null
    : await confirmations.issue(scope, config.secretKey, caseId);
  const rights = (await items.list(scope, caseId)).map(({ right }) => right);
  await send(scope, "case_receipt", found, caseReceipt({ ...parts, rights, confirmation }));
  await cases.acknowledge(scope, caseId);
});

/** Sends a new link and code, when they were asked for. */
export const sendCaseCode = tenantJob("send_case_code", async (tools, { caseId }) => {
  const { scope, config } = tools;
  const found = await cases.find(scope, caseId);
  if (found.personEmail === "") return;
  const confirmation = await confirmations.issue(scope, config.secretKey, caseId);
  await send(scope, "case_code", found, caseCode({ ...await partsOf(tools, found), confirmation }));
});

async function partsOf({ scope, config }: Tools & { scope: Scope }, found: cases.Case) {
  const controller = await controllers.find(scope);
  const provider = controller.slug === null ? await providers.lookup(scope.sql) : null;
  return {
    locale: found.language === "de" ? "de" : "en",
    controller: controller.name,
    contact: provider?.dpoEmail || controller.email,
    request: found,
    slug: controller.slug,
    baseUrl: config.baseUrl,
    now: scope.now,
  } as const;
}

async function send(
  scope: Scope,
  kind: "case_receipt" | "case_code",
  { personEmail }: cases.Case,
  letter: { subject: string; text: string; html: string },
): Promise<void> {
  const tenantId = scope.tenantId === controllers.providerId ? null : scope.tenantId;
  await mails.send(scope.sql, { tenantId, kind, to: personEmail, ...letter });
}
