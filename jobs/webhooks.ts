/** Calls webhooks: signed, one call after the other for each receiver, retried after a pause. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { now } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import { EgressError } from "../db/egress.ts";
import { enqueue } from "../db/jobs.ts";
import { system, withScope } from "../db/scope.ts";
import * as transmissions from "../db/transmissions.ts";
import * as deliveries from "../db/webhook_deliveries.ts";
import * as webhooks from "../db/webhooks.ts";
import { plainJob, type Tools } from "./job.ts";

/** Calls per run; the rest gets a run of its own, so that no receiver blocks a worker. */
const most = 100;
const limits = { timeoutMs: 10_000, maxBytes: 64 * 1024 };
/** Receivers that are handled in a minute. */
const mostDue = 500;

/** Phases of a contract in which nobody is called any more: pending calls end with the tenant. */
const over: ReadonlySet<contracts.Phase> = new Set(["closed", "erasing"]);

/** Sends the pending calls of one webhook in order, until one fails. */
export const sendWebhook = plainJob("send_webhook", async (tools, { webhookId }) => {
  const { tenantId, pool, signal, config } = tools;
  if (tenantId === null) throw new TypeError("send_webhook needs a tenant");
  const who = { tenantId, actor: system } as const;
  for (let n = 0; n < most; n++) {
    if (signal.aborted) return;
    const next = await withScope(pool, who, async (scope) => {
      if (over.has((await contracts.find(scope)).phase)) return null;
      const target = await webhooks.lookupTarget(scope, config, webhookId);
      const call = target && await deliveries.take(scope, webhookId);
      return call ? { target, call } : null;
    });
    if (!next) return;
    const { target, call } = next;
    const outcome = await send(tools, target, call);
    await withScope(pool, who, async (scope) => {
      if ("errorCode" in outcome) return await deliveries.fail(scope, webhookId, call, outcome);
      await deliveries.settle(scope, webhookId, call.id, outcome.answerCode);
      if (!call.event.startsWith("contact.")) return;
      const { name: recipient, reach } = target;
      await transmissions.recordOnce(scope, { recipient, reach }, call.recordIds);
    });
    if ("errorCode" in outcome) {
      tools.log.warn("webhook not called", {
        tenantId,
        recordId: call.id,
        code: outcome.errorCode,
      });
      return;
    }
  }
  await enqueue(pool, "send_webhook", tenantId, { webhookId });
});

/** Queues the receivers whose pause is over. */
export const sendWebhooks = plainJob("send_webhooks", async ({ pool }) => {
  for (const { tenantId, webhookId } of await deliveries.listDue(pool, mostDue)) {
    await enqueue(pool, "send_webhook", tenantId, { webhookId });
  }
});

type Target = webhooks.Webhook & { secret: string };
type Outcome = { answerCode: number } | { answerCode: number | null; errorCode: string };

/**
 * Sends the event's name and ids to a receiver, in a body that is signed together with its time.
 */
async function send(
  { egress, config: { baseUrl } }: Tools,
  { id: webhookId, url, secret }: Target,
  { id, event, recordIds, createdAt }: deliveries.Delivery,
): Promise<Outcome> {
  const noun = nouns[event.split(".")[0]!];
  const body = new TextEncoder().encode(JSON.stringify({
    id,
    event,
    at: createdAt.toISOString(),
    records: recordIds.map((each) => ({ id: each, href: `${baseUrl}/api/v1/${noun}/${each}` })),
  }));
  const at = String(Math.floor(now().getTime() / 1000));
  try {
    const answer = await egress.request(webhookId, "provision", {
      method: "POST",
      url,
      headers: {
        "content-type": "application/json",
        "user-agent": "kompaktCRM",
        "webhook-id": id,
        "webhook-timestamp": at,
        "webhook-signature": signatureOf(secret, id, at, body),
      },
      body,
    }, limits);
    await answer.body?.cancel();
    const answerCode = answer.status;
    return answerCode >= 200 && answerCode < 300
      ? { answerCode }
      : { answerCode, errorCode: "refused" };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { answerCode: null, errorCode: error.code };
  }
}

const nouns: Record<string, string> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
  activity: "activities",
};

/** The signature of the Standard Webhooks specification: HMAC-SHA256 over id, time and body. */
function signatureOf(secret: string, id: string, at: string, body: Uint8Array): string {
  const signed = Buffer.concat([Buffer.from(`${id}.${at}.`), body]);
  return `v1,${createHmac("sha256", webhooks.keyOf(secret)).update(signed).digest("base64")}`;
}
