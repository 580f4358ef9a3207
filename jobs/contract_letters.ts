/** What is written of a contract's end, once there is one: to owners, officer and provider. */
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

/** Writes the owners what is due today; each letter is noted, so that a second run sends none twice. */
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

/** How long Documentero keeps what it was sent. */
const documenteroMs = 24 * 3_600_000;

/** One erasure under way: what processors confirmed, who hears of it, and its end. */
export async function follow(tools: Tools, erasure: erasures.Erasure): Promise<void> {
  await confirm(tools, erasure);
  await report(tools, erasure);
  await close(tools, erasure);
}

/** Takes over what is known of processors' copies without asking the operator. */
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

/** Why nothing of the tenant is left at a processor; null where it has to say so itself. */
async function methodOf(
  sql: AnySql,
  processor: processors.Processor,
  live: Date,
): Promise<"nothing_held" | "expired" | "same_store" | null> {
  // An event's name and an opaque identifier are all that fits into what is sent there.
  if (processor.adapter === "latenode") return "nothing_held";
  if (processor.adapter === "documentero") {
    return now().getTime() - live.getTime() > documenteroMs ? "expired" : null;
  }
  // Switched off, it is looked at no more: what was checked before says nothing of today.
  if (processor.adapter !== "ionos" || !processor.enabled) return null;
  // Our own servers stand there: what was erased here is erased there, once versions are bounded.
  const checks = await processorChecks.latest(sql, processor.id);
  const bounds = checks.filter(({ kind }) =>
    ["bucket_versions", "database_backups"].includes(kind)
  );
  return bounds.length === 2 && bounds.every(({ passed }) => passed) ? "same_store" : null;
}

/** Officer and provider hear of the beginning, of each step, and every day of what is late. */
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
      await tellHouse(
        sql,
        erasureStanding({
          house: erasure.house,
          steps,
          occasion,
          baseUrl,
          now: now(),
        }),
      );
    });
  }
}

async function tellHouse(
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

/** The certificate, the last letters, and with them the last names. */
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
    const { name: tenant, locale, recipients, house } = erasure;
    const letter = erasureDone({ locale, tenant, baseUrl });
    const mail = { tenantId: null, kind: "contract_erasure" } as const;
    for (const to of recipients) {
      await mails.send(sql, { ...mail, to, ...letter, attachment: attachmentFor(locale) });
    }
    const standing = erasureStanding({ house, steps, occasion: "done", baseUrl, now: scope.now });
    await tellHouse(sql, standing, attachmentFor("de"));
    log.info("erasure closed", { recordId: id });
  });
}
