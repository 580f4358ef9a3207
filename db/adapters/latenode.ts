/**
 * Latenode by webhook. All that can be sent is an event's name, an identifier that means nothing
 * elsewhere, and a time: the schema allows nothing else, so personal data are never sent.
 */
import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Egress } from "../egress.ts";
import { events } from "../latenode_deliveries.ts";
import { assertOk } from "./answers.ts";

/** Everything that Latenode is sent. */
export const Payload = z.strictObject({
  event: z.enum(events),
  id: z.uuid(),
  at: z.iso.datetime(),
});

export type Payload = z.infer<typeof Payload>;

export interface LatenodeConnection {
  webhookUrl: string;
  signingSecret: string;
}

const limits = { timeoutMs: 20_000, maxBytes: 64 * 1024 };

/**
 * Calls the webhook once and returns the status. Success is not that status, but the scenario's own
 * call of `callbackUrl`. Throws AdapterError or EgressError.
 */
export async function deliver(
  egress: Egress,
  processorId: string,
  connection: LatenodeConnection,
  payload: Payload,
  callbackUrl: string,
): Promise<number> {
  const body = new TextEncoder().encode(JSON.stringify(Payload.parse(payload)));
  const nonce = randomUUID();
  const answer = await egress.request(processorId, "provision", {
    method: "POST",
    url: connection.webhookUrl,
    headers: {
      "content-type": "application/json",
      "x-timestamp": payload.at,
      "x-nonce": nonce,
      "x-signature": `sha256=${signatureOf(connection.signingSecret, payload.at, nonce, body)}`,
      "x-callback-url": callbackUrl,
    },
    body,
  }, limits);
  await assertOk(answer);
  await answer.body?.cancel();
  return answer.status;
}

/** Lets a receiver check that a call is ours: HMAC-SHA256 over time, nonce and body. */
export function signatureOf(secret: string, at: string, nonce: string, body: Uint8Array): string {
  return createHmac("sha256", secret).update(`${at}.${nonce}.`).update(body).digest("hex");
}

/** The address by which a scenario reports that it has run; only we can create it. */
export const callbackUrl = (baseUrl: string, secretKey: string, id: string): string =>
  `${baseUrl}/latenode/callbacks/${id}/${callbackSignature(secretKey, id)}`;

/** Whether the address of a callback is one of ours. */
export function isCallback(secretKey: string, id: string, signature: string): boolean {
  const [own, other] = [callbackSignature(secretKey, id), signature].map((text) =>
    Buffer.from(text)
  );
  return own!.length === other!.length && timingSafeEqual(own!, other!);
}

function callbackSignature(secretKey: string, id: string): string {
  const key = hkdfSync("sha256", Buffer.from(secretKey, "base64"), "", "latenode callback", 32);
  return createHmac("sha256", Buffer.from(key)).update(id).digest("base64url");
}
