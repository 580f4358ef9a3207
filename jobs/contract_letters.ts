/** Letters about the end of a contract to owners, data protection officer and provider. */
import * as caseQueues from "../db/case_queues.ts";
import * as certificates from "../db/certificates.ts";
import { now, today } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import * as controllers from "../db/controllers.ts";
import { providerId } from "../db/controllers.ts";
import * as customerInvoices from "../db/customer_invoices.ts";
import * as ledger from "../db/ledger.ts";
import * as mails from "../db/mails.ts";
import type { AnySql } from "../db/pool.ts";
import * as processors from "../db/processors.ts";
import * as processorChecks from "../db/processor_checks.ts";
import * as providers from "../db/provider.ts";
import { system, withScope } from "../db/scope.ts";
import * as erasures from "../db/tenant_erasures.ts";
import { statementOf } from "../db/tenant_erasures/statements.ts";
import { pdf } from "../db/typst.ts";
import { certificateDocument } from "../views/documents.ts";
import { certificateData } from "../views/mail/certificates.ts";
import { contractReminder, erasureDone, erasureStanding } from "../views/mail/contracts.tsx";
import type { Tools } from "./job.ts";

/**
 * Sends the owners the letters due today; each is recorded, so that a second run sends none twice.
 */
export async function remind(
  { pool, config: { baseUrl } }: Tools,
  ending: contracts.Ending,
): Promise<void> {
  const reminder = contracts.reminderOn(ending, today());
  if (!reminder) return;
  const { turn, on, days } = reminder;
  await withScope(pool, { tenantId: ending.id, actor: system }, async (scope) => {
    if (!await contracts.noteLetter(scope.sql, ending.id, `${turn} ${on} ${days}`)) return;
    const requests = await caseQueues.countOpen(scope);
    for (const owner of await contracts.owners(scope)) {
      const letter = contractReminder({
        ...owner,
        requests,
        turn,
        on,
        tenant: ending.name,
        baseUrl,
        now: scope.now,
      });
      await mails.send(scope.sql, {
        tenantId: ending.id,
        kind: "contract_reminder",
        to: owner.email,
        ...letter,
      });
    }
  });
}

/** How long Documentero keeps what it is sent. */
const documenteroMs = 24 * 3_600_000;

/**
 * Follows one running erasure: processors' confirmations, reports to those concerned, and its end.
 */
export async function follow(tools: Tools, erasure: erasures.Erasure): Promise<void> {
  await confirm(tools, erasure);
  await report(tools, erasure);
  await close(tools, erasure);
}

/** Records what is known about processors' copies without asking the operator. */
async function confirm({ pool }: Tools, erasure: erasures.Erasure): Promise<void> {
  const steps = await erasures.listSteps(pool, erasure);
  const live = steps.find(({ step }) => step === "live")!.finishedAt;
  if (!live) return;
  const register = await processors.list(pool);
  for (const { processorId, confirmedAt } of await erasures.listConfirmations(pool, erasure.id)) {
    const processor = register.find(({ id }) => id === processorId);
    if (confirmedAt || !processor) continue;
    const method = await methodOf(pool, processor, live);
    if (method) await erasures.confirm(pool, erasure.id, processorId, method);
  }
}

/**
 * Why nothing of the tenant is left at a processor; null if the processor itself must confirm it.
 */
async function methodOf(
  sql: AnySql,
  processor: processors.Processor,
  live: Date,
): Promise<"nothing_held" | "expired" | "same_store" | null> {
  // What is sent there consists only of an event's name and an opaque identifier.
  if (processor.adapter === "latenode") return "nothing_held";
  if (processor.adapter === "documentero") {
    return now().getTime() - live.getTime() > documenteroMs ? "expired" : null;
  }
  // A disabled processor is no longer checked, and earlier checks prove nothing about today.
  if (processor.adapter !== "ionos" || !processor.enabled) return null;
  // Our own servers run there: data erased here is gone there once versions are limited.
  const checks = await processorChecks.latest(sql, processor.id);
  const bounds = checks.filter(({ kind }) =>
    ["bucket_versions", "database_backups"].includes(kind)
  );
  return bounds.length === 2 && bounds.every(({ passed }) => passed) ? "same_store" : null;
}

/** Reports the start, each step and, daily, anything overdue to the officer and the provider. */
async function report(
  { pool, config: { baseUrl } }: Tools,
  erasure: erasures.Erasure,
): Promise<void> {
  const steps = await erasures.listSteps(pool, erasure);
  const done = steps.filter(({ state }) => state === "done");
  const late = steps.some(({ state, dueOn }) =>
    state === "failed" || (state !== "done" && dueOn < today())
  );
  const occasions = [
    ["begun", `begun ${erasure.id}`],
    ...(done.length > 1 ? [["step", `step ${erasure.id} ${done.length}`]] : []),
    ...(late ? [["late", `late ${erasure.id} ${today()}`]] : []),
  ] as [Parameters<typeof erasureStanding>[0]["occasion"], string][];
  for (const [occasion, kind] of occasions) {
    await pool.begin(async (sql) => {
      if (!await contracts.noteLetter(sql, erasure.house, kind)) return;
      await notifyProvider(
        sql,
        erasureStanding({
          tenantId: erasure.house,
          steps,
          occasion,
          baseUrl,
          now: now(),
        }),
      );
    });
  }
}

async function notifyProvider(
  sql: AnySql,
  letter: ReturnType<typeof erasureStanding>,
  attachment?: mails.MailInput["attachment"],
): Promise<void> {
  const provider = await providers.lookup(sql);
  if (!provider) return;
  for (const to of new Set([provider.dpoEmail, provider.email])) {
    await mails.send(sql, { tenantId: null, kind: "contract_erasure", to, ...letter, attachment });
  }
}

/** Issues the certificate and the last letters, and removes the last names. */
async function close({ pool, config, log }: Tools, { id }: erasures.Erasure): Promise<void> {
  const { baseUrl, secretKey } = config;
  await withScope(pool, { tenantId: providerId, actor: system }, async (scope) => {
    const { sql } = scope;
    const erasure = await erasures.find(sql, id);
    const steps = await erasures.listSteps(sql, erasure);
    if (erasure.status !== "running" || steps.some(({ state }) => state !== "done")) return;
    const end = await ledger.head(config.dataDir);
    const statement = statementOf(erasure, steps, {
      controller: (await controllers.find(scope)).name,
      invoices: await customerInvoices.keptOf(sql, erasure.house),
      ledger: end && { seq: end.seq, hash: end.hash },
    });
    const { id: certificateId } = await certificates.issue(scope, secretKey, statement);
    if (!await erasures.close(sql, id, certificateId)) throw new Error("an erasure was not closed");
    const issued = await certificates.find(scope, secretKey, certificateId);
    const attachmentFor = (locale: "de" | "en") => ({
      name: `${certificateId}.pdf`,
      bytes: pdf(certificateDocument, certificateData(locale, issued, baseUrl), { at: scope.now }),
    });
    const { name: tenant, locale, recipients, house: tenantId } = erasure;
    const letter = erasureDone({ locale, tenant, baseUrl });
    const mail = { tenantId: null, kind: "contract_erasure" } as const;
    for (const to of recipients) {
      await mails.send(sql, { ...mail, to, ...letter, attachment: attachmentFor(locale) });
    }
    const standing = erasureStanding({
      tenantId,
      steps,
      occasion: "done",
      baseUrl,
      now: scope.now,
    });
    await notifyProvider(sql, standing, attachmentFor("de"));
    log.info("erasure closed", { recordId: id });
  });
}
