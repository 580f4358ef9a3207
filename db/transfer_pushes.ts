/** Sending a person's data to another controller: outside transactions, retried if need be. */
import * as caseEvents from "./case_events.ts";
import type { Egress } from "./egress.ts";
import { EgressError } from "./egress.ts";
import { NotFound } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { KeyStore } from "./key_store.ts";
import type { Scope } from "./scope.ts";
import * as tenantSeals from "./tenant_seals.ts";
import * as transfers from "./transfers.ts";

const system = { kind: "system", id: null } as const;
const limits = { timeoutMs: 30_000, maxBytes: 64 * 1024 };

/** A pending push: what is sent, whose data, and where to. */
interface Outbound extends transfers.Signed {
  processorId: string;
  url: string;
}

/** What is waiting to be sent; null if nothing is any more. */
export async function prepare(
  scope: Scope,
  keys: KeyStore & { baseUrl: string },
  id: string,
): Promise<Outbound | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<{ caseId: string; processorId: string; urlSealed: Uint8Array }[]>`
    select case_id, processor_id, url_sealed
    from transfers
    where tenant_id = ${tenantId}
      and id = ${id}
      and way = 'push'
      and status = 'open'
  `;
  if (!row) return null;
  const url = await tenantSeals.open(keys, transfers.useOf(tenantId, id), row.urlSealed);
  try {
    return { ...await transfers.make(scope, keys, row.caseId), processorId: row.processorId, url };
  } catch (error) {
    // Erased while waiting for the next attempt: there is no data left to send.
    if (!(error instanceof NotFound)) throw error;
    await settle(scope, id, "gone");
    return null;
  }
}

/** Sends it outside any transaction: the other side may take its time. Faults are codes. */
export async function send(
  egress: Egress,
  { processorId, url, body, signature }: Outbound,
): Promise<string | null> {
  try {
    const answer = await egress.request(processorId, "legal", {
      method: "PUT",
      url,
      headers: { "content-type": "application/json", "x-signature": signature },
      body: new TextEncoder().encode(body),
    }, limits);
    await answer.body?.cancel();
    return answer.ok ? null : `http_${answer.status}`;
  } catch (error) {
    if (error instanceof EgressError) return error.code;
    throw error;
  }
}

/** Minutes until each further attempt of a push; after the last one it has failed. */
const pauses = [5, 30, 120, 480, 1_440];

/** Faults that a later attempt may avoid; what the other side has refused stays refused. */
const passing = (fault: string): boolean =>
  /^(http_(408|425|429|5\d\d)|connection|tls|timeout|cut)$/.test(fault);

/**
 * Notes how sending ended; the first result counts. After a temporary fault it is tried again, with
 * growing delays; after the last attempt staff may order it again.
 */
export async function settle(scope: Scope, id: string, fault: string | null): Promise<void> {
  const { sql, tenantId, now } = scope;
  const [waiting] = await sql<{ attempts: number }[]>`
    select attempts
    from transfers
    where tenant_id = ${tenantId}
      and id = ${id}
      and way = 'push'
      and status = 'open'
    for update
  `;
  if (!waiting) return;
  const pause = fault && passing(fault) ? pauses[waiting.attempts] : undefined;
  const retryAt = pause === undefined ? null : new Date(now.getTime() + pause * 60_000);
  const [row] = await sql<{ caseId: string; itemId: string; recipient: string }[]>`
    update transfers
    set status = ${retryAt ? "open" : fault ? "failed" : "done"}, error_code = ${fault},
      done_at = ${retryAt ? null : now}, attempts = attempts + 1, retry_at = ${retryAt}
    where tenant_id = ${tenantId}
      and id = ${id}
    returning case_id, item_id, recipient
  `;
  const { caseId, itemId, recipient } = row!;
  if (!fault) await transfers.record(scope, caseId, recipient);
  if (retryAt) {
    await enqueue(sql, "push_transfer", tenantId, { transferId: id }, { startAfter: retryAt });
  }
  if (!fault) return await transfers.noteDone(scope, { caseId, itemId });
  const action = retryAt ? "transfer_postponed" : "transfer_failed";
  await caseEvents.append(scope, { caseId, itemId, action, reason: fault, by: system });
}
