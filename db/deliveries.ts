/**
 * Answers ready for download: one mail brings the link, another the code. Each is sealed with its
 * own key; after 14 days or the last download the key is destroyed, and with it every copy.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import * as caseEvents from "./case_events.ts";
import { newId } from "./ids.ts";
import * as keys from "./key_store.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";
import * as vault from "./vault.ts";

/** How long an answer is available, and how often it can be downloaded. */
export const days = 14;
export const mostDownloads = 5;
/** The maximum size of an answer, in bytes. */
const largest = 4 * 1024 ** 3;

export interface Delivery {
  id: string;
  caseId: string;
  itemId: string;
  fileName: string;
  mediaType: string;
  size: number;
  /** In hexadecimal: proves what was delivered without keeping it. */
  sha256: string;
  createdAt: Date;
  expiresAt: Date;
  downloads: number;
  downloadsLeft: number;
  destroyedAt: Date | null;
  endReason: "expired" | "count" | "replaced" | null;
}

export type EndReason = NonNullable<Delivery["endReason"]>;

const system = { kind: "system", id: null } as const;
/** The object name of an answer in the storage. */
export const objectOf = (tenantId: string, id: string) => `deliveries/${tenantId}/${id}`;

/** The sealed content of an answer, before anybody can download it. */
export interface Content extends Pick<Delivery, "id" | "size" | "sha256"> {
  keyId: string;
  /** Kept only when the answer is offered: what is never offered, nobody can open. */
  keyBytes: Uint8Array;
}

/** Stored content and its key. */
export type Stored = Pick<Content, "id" | "keyId">;

/**
 * Seals and stores the content of an answer, outside of any transaction: that may take minutes.
 * Without a delivery it is removed within hours.
 */
export async function seal(
  store: vault.Vault,
  tenantId: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Content> {
  // The key is named like the content, so that a key without an answer is found and destroyed.
  const [id, keyBytes] = [newId(), keys.generate()];
  const keyId = id;
  const hash = createHash("sha256");
  async function* hashed() {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const key = { id: keyId, bytes: keyBytes };
  const size = await vault.storeWith(store, objectOf(tenantId, id), key, hashed(), largest);
  return { id, keyId, keyBytes, size, sha256: hash.digest("hex") };
}

/** Destroys the content of an answer that is not, or no longer, delivered. */
export async function discard(
  store: vault.Vault,
  tenantId: string,
  { id, keyId }: Stored,
): Promise<void> {
  await keys.destroy(store, keyId);
  await vault.remove(store, objectOf(tenantId, id));
}

/**
 * Offers an answer for download; returns its token, of which only a digest is stored, and earlier
 * answers to the same right, which end: their content is to be discarded after the commit.
 */
export async function create(
  scope: Scope,
  store: vault.Vault,
  { caseId, itemId, fileName, mediaType }: Pick<
    Delivery,
    "caseId" | "itemId" | "fileName" | "mediaType"
  >,
  { id, keyId, keyBytes, size, sha256 }: Content,
): Promise<{ token: string; replaced: Stored[] }> {
  const { sql, tenantId, now } = scope;
  const replaced: Stored[] = [];
  for (const earlier of await list(scope, caseId)) {
    const ended = earlier.itemId === itemId ? await end(scope, earlier.id, "replaced") : null;
    if (ended) replaced.push(ended);
  }
  await keys.keep(store, keyId, keyBytes);
  const token = newToken();
  await sql`
    insert into deliveries ${
    sql({
      tenantId,
      id,
      caseId,
      itemId,
      tokenDigest: tokenDigest(token),
      keyId,
      fileName,
      mediaType,
      size,
      sha256: Buffer.from(sha256, "hex"),
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * 86_400_000),
      downloadsLeft: mostDownloads,
    })
  }`;
  await caseEvents.append(scope, {
    caseId,
    itemId,
    action: "delivery_made",
    reason: `SHA-256 ${sha256}`,
    by: system,
  });
  return { token, replaced };
}

const columns = (sql: Scope["sql"]) =>
  sql`
    d.id, d.case_id, d.item_id, d.file_name, d.media_type, d.size::float8 as size,
      encode(d.sha256, 'hex') as sha256, d.created_at, d.expires_at, d.downloads,
      d.downloads_left, d.destroyed_at, d.end_reason`;

/** The answers of a case, newest first. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<Delivery[]> {
  return await sql<Delivery[]>`
    select ${columns(sql)}
    from deliveries d
    where d.tenant_id = ${tenantId}
      and d.case_id = ${caseId}
    order by d.created_at desc, d.id desc
    limit 50
  `;
}

/** The controller and id of the answer that a token belongs to, or null. Changes nothing. */
export async function route(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from delivery_by_digest(${tokenDigest(token)})
  `;
  return row ?? null;
}

/** Returns the answer with an id, or null. */
export async function lookup(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Delivery | null> {
  const [row] = await sql<Delivery[]>`
    select ${columns(sql)}
    from deliveries d
    where d.tenant_id = ${tenantId}
      and d.id = ${id}
  `;
  return row ?? null;
}

/** Whether an answer can still be downloaded. */
export const isLive = ({ destroyedAt, expiresAt, downloadsLeft }: Delivery, at: Date): boolean =>
  destroyedAt === null && expiresAt > at && downloadsLeft > 0;

/** Creates a new token, for a person who has lost the mail or gets letters by post. */
export async function renewToken({ sql, tenantId }: Scope, id: string): Promise<string> {
  const token = newToken();
  await sql`
    update deliveries
    set token_digest = ${tokenDigest(token)}
    where tenant_id = ${tenantId}
      and id = ${id}
      and destroyed_at is null
  `;
  return token;
}

/** Destroys the key and content of an answer after its time or downloads; safe to repeat. */
export async function destroy(
  scope: Scope,
  store: vault.Vault,
  id: string,
  reason: Exclude<EndReason, "replaced">,
): Promise<void> {
  const ended = await end(scope, id, reason);
  if (ended) await discard(store, scope.tenantId, ended);
}

/** Ends an answer; returns what is left to be discarded, or null if it has ended before. */
async function end(scope: Scope, id: string, reason: EndReason): Promise<Stored | null> {
  const { sql, tenantId, now } = scope;
  const [row] = await sql<{ keyId: string; caseId: string; itemId: string }[]>`
    update deliveries
    set destroyed_at = ${now},
      end_reason = case
        when ${reason} = 'expired' and downloads_left = 0 then 'count'
        else ${reason}
      end,
      code_digest = null, code_expires_at = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and destroyed_at is null
    returning key_id, case_id, item_id
  `;
  if (!row) return null;
  const { keyId, caseId, itemId } = row;
  await caseEvents.append(scope, { caseId, itemId, action: "delivery_destroyed", by: system });
  return { id, keyId };
}
