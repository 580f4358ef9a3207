/**
 * Lets programs repeat a request safely: for a day, the same key creates the same record only once.
 */
import { Invalid } from "./errors.ts";
import type { Scope } from "./scope.ts";
import { digester } from "./secret_chain.ts";

/** Identifies a repeated request; only digests keyed by the installation's secret are stored. */
export interface Sent {
  key: string;
  /** The path it was sent to. */
  path: string;
  body: string;
}

/**
 * Claims a key for the record about to be created, in the same transaction. Returns null if the key
 * is new, otherwise the record created before. Throws Invalid `api.key_reused` if the key was used
 * for something else. Of two concurrent requests the second waits for the first.
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
