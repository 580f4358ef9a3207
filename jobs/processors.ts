/** Sends events to Latenode with retries, and checks processors and their evidence daily. */
import { today } from "../db/clock.ts";
import { codeOf } from "../db/adapters/answers.ts";
import { check } from "../db/adapters/ionos.ts";
import { callbackUrl, deliver } from "../db/adapters/latenode.ts";
import { AdapterError } from "../db/adapters/answers.ts";
import { enqueue } from "../db/jobs.ts";
import { now } from "../db/clock.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as mails from "../db/mails.ts";
import * as checks from "../db/processor_checks.ts";
import * as connections from "../db/processor_connections.ts";
import { asIonos, asLatenode } from "../db/processor_forms.ts";
import { coveredUntil, reminderDue } from "../db/processor_gates.ts";
import * as processors from "../db/processors.ts";
import * as providers from "../db/provider.ts";
import { plainJob, type Tools } from "./job.ts";

const minute = 60_000;
/** How long a scenario has to call back before the event is sent again. */
const callbackWithin = 10 * minute;

/**
 * Sends an event, and repeats it until the scenario has called back: a success response says only
 * that the webhook was reached.
 */
export const deliverEvent = plainJob("deliver_event", async (tools, { deliveryId }) => {
  const { pool, config, egress } = tools;
  const delivery = await deliveries.take(pool, deliveryId);
  if (!delivery) return;
  if (delivery.attempts > deliveries.mostAttempts) {
    return await deliveries.fail(pool, delivery.id, delivery.errorCode ?? "unconfirmed");
  }
  const processor = await processors.lookupByAdapter(pool, "latenode");
  const connection = processor && await connections.open(pool, config.secretKey, processor.id);
  if (!processor || !connection || !processors.isOpen(processor)) {
    return await deliveries.fail(pool, delivery.id, "closed");
  }
  let wait = callbackWithin;
  try {
    const { id, event, createdAt } = delivery;
    const payload = { id, event, at: createdAt.toISOString() };
    const url = callbackUrl(config.baseUrl, config.secretKey, id);
    const answerCode = await deliver(egress, processor.id, asLatenode(connection), payload, url);
    await deliveries.noteAttempt(pool, id, { answerCode });
  } catch (error) {
    const errorCode = codeOf(error);
    await deliveries.noteAttempt(pool, delivery.id, { errorCode });
    tools.log.warn("event not delivered", { recordId: delivery.id, code: errorCode });
    wait = minute * 2 ** (delivery.attempts - 1);
    if (error instanceof AdapterError && error.retryAfter) wait = error.retryAfter * 1000;
  }
  const startAfter = new Date(now().getTime() + wait);
  await enqueue(pool, "deliver_event", null, { deliveryId }, { startAfter });
});

/** Checks what can be checked live, and requests new evidence before the old one expires. */
export const checkProcessors = plainJob("check_processors", async (tools) => {
  for (const processor of await processors.list(tools.pool)) {
    await remind(tools, processor);
    if (processor.adapter === "ionos" && processors.isOpen(processor)) {
      await checkIonos(tools, processor.id);
    }
  }
});

async function checkIonos({ pool, config, egress, log }: Tools, id: string): Promise<void> {
  const connection = await connections.open(pool, config.secretKey, id);
  if (!connection) return;
  const results = await check(egress, id, asIonos(connection));
  await checks.record(pool, id, results);
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) {
    log.warn("a check of a processor failed", {
      recordId: id,
      code: failed.map(({ kind }) => kind).join(" "),
    });
  }
}

async function remind({ pool, config }: Tools, processor: processors.Processor): Promise<void> {
  const end = processor.enabled ? coveredUntil(processor) : null;
  const due = end && reminderDue(end, today());
  if (!due) return;
  await pool.begin(async (sql) => {
    const provider = await providers.lookup(sql);
    // A second run finds it noted; a day on which none ran is made up for.
    if (!provider || !await processors.noteReminder(sql, processor.id, due)) return;
    const { dpoEmail, dpoName } = provider;
    const { baseUrl } = config;
    // Loaded when there is something to write, because it brings the texts of all pages with it.
    const { evidenceDue } = await import("../views/mail/processors.tsx");
    await mails.send(sql, {
      tenantId: null,
      kind: "processor_evidence",
      to: dpoEmail,
      ...evidenceDue({ baseUrl, name: dpoName, processor: processor.name, end }),
    });
  });
}
