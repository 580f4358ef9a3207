/** Requests that a program may send again: the same key makes the same record once, for a day. */
import { Invalid } from "./errors.ts";
import type { Scope } from "./scope.ts";
import { digester } from "./secret_chain.ts";

/** What came, to be known again: nothing of it is kept but digests that need the house's secret. */
export interface Sent {
  key: string;
  /** Where it was sent to. */
  path: string;
  body: string;
}

/**
 * Notes under its key what is about to be made, in the transaction that makes it. Null when it is
 * new, else the record that was made then. Throws Invalid `api.key_reused` when something else
 * comes under the key. Of two at once the second waits for the first.
 */
export async function claim(
  { sql, tenantId, actor, now }: Scope,
  secretKey: string,
  { key, path, body }: Sent,
  recordId: string,
): Promise<string | null> {
  const digest = digester(secretKey, { tenantId, info: "api requests" });
  const keyDigest = digest(`key ${key}`);
  const requestDigest = digest(`${path}\n${body}`);
  const [made] = await sql`
    insert into api_requests (
      tenant_id, user_id, key_digest, request_digest, record_id, created_at
    ) values (
      ${tenantId}, ${actor.userId}, ${keyDigest}, ${requestDigest}, ${recordId}, ${now}
    )
    on conflict do nothing
    returning record_id
  `;
  if (made) return null;
  const [before] = await sql<{ recordId: string; same: boolean }[]>`
    select record_id, request_digest = ${requestDigest} as same
    from api_requests
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and key_digest = ${keyDigest}
  `;
  if (!before?.same) throw new Invalid("api.key_reused", "Idempotency-Key");
  return before.recordId;
}
