/**
 * Downloads of answers: counted and recorded, given back where our storage interrupts one; the last
 * one ends the answer.
 */
import * as caseEvents from "./case_events.ts";
import { type Delivery, destroy, isLive, lookup, objectOf } from "./deliveries.ts";
import { matches } from "./delivery_codes.ts";
import type { Scope } from "./scope.ts";
import * as vault from "./vault.ts";

const system = { kind: "system", id: null } as const;
const person = { kind: "person", id: null } as const;

/** A download that has begun. */
export interface Taken {
  delivery: Delivery;
  stream: ReadableStream<Uint8Array>;
  /** Closes the file where the transaction fails: nothing was taken then, and nothing ends. */
  drop(): Promise<void>;
}

/** Milliseconds after which a download is over, or its process is. */
const longestDownload = 86_400_000;

/**
 * The content of an answer for a person who types its code, counted and recorded; null for a wrong
 * code. A download that our storage interrupts does not count; after the last one the answer is
 * destroyed. Both happen in a transaction of their own, which `later` provides.
 */
export async function take(
  scope: Scope,
  store: vault.Vault,
  id: string,
  typed: string,
  later: (work: (scope: Scope) => Promise<void>) => Promise<void>,
): Promise<Taken | null> {
  if (!await matches(scope, store.secretKey, id, typed)) return null;
  const delivery = await lookup(scope, id);
  if (!delivery || !isLive(delivery, scope.now)) return null;
  const stream = await vault.begin(store, objectOf(scope.tenantId, id));
  const pieces = stream[Symbol.asyncIterator]();
  const drop = async () => void await pieces.return!().catch(() => {});
  const isLast = await countOne(scope, delivery).catch(async (error) => {
    await drop();
    throw error;
  });
  const end = async () => isLast && await later((after) => destroy(after, store, id, "count"));
  // No generator: if it is never started, its `finally` does not run.
  const given: AsyncIterator<Uint8Array> = {
    async next() {
      const piece = await pieces.next().catch(async (error) => {
        await later((after) => giveBack(after, delivery));
        throw error;
      });
      if (piece.done) await end();
      return piece;
    },
    return: async () => await pieces.return!().finally(end),
  };
  return { delivery, stream: ReadableStream.from({ [Symbol.asyncIterator]: () => given }), drop };
}

/** Counts and records one more download; returns whether it was the last. */
async function countOne(scope: Scope, { id, caseId, itemId }: Delivery): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const [row] = await sql<{ downloadsLeft: number }[]>`
    update deliveries
    set downloads = downloads + 1, downloads_left = downloads_left - 1,
      -- If this process ends in the middle of the last download, the answer still goes soon.
      expires_at = case
        when downloads_left > 1 then expires_at
        else least(expires_at, ${new Date(now.getTime() + longestDownload)})
      end
    where tenant_id = ${tenantId}
      and id = ${id}
    returning downloads_left
  `;
  await caseEvents.append(scope, { caseId, itemId, action: "delivered", by: person });
  return row!.downloadsLeft === 0;
}

/** Returns a download to the person after our storage interrupted it. */
async function giveBack(
  scope: Scope,
  { id, caseId, itemId, expiresAt }: Delivery,
): Promise<void> {
  const { sql, tenantId } = scope;
  await sql`
    update deliveries
    set downloads = downloads - 1, downloads_left = downloads_left + 1, expires_at = ${expiresAt}
    where tenant_id = ${tenantId}
      and id = ${id}
      and destroyed_at is null
      and downloads > 0
  `;
  await caseEvents.append(scope, { caseId, itemId, action: "delivery_broken", by: system });
}
