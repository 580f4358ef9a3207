/** Links by which a marketing mail's reader objects to more (Art. 21(4) GDPR, RFC 8058). */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync } from "node:crypto";
import * as objections from "./objections.ts";
import type { Sql } from "./pool.ts";
import { type Scope, system, withScope } from "./scope.ts";
import { tokenDigest } from "./sessions.ts";
import * as suppressions from "./suppressions.ts";
import * as tenants from "./tenants.ts";

export interface Unsubscription {
  tenantId: string;
  tenantName: string;
  /** Used in the addresses of the tenant's public pages. */
  slug: string;
  /** The language of the mail. */
  language: "de" | "en";
  usedAt: Date | null;
  /** Whether the person objects on all channels; null if the link's contact is gone. */
  everywhere: boolean | null;
}

/**
 * Creates the link for a mail to an address and returns its token. It is the same at every attempt
 * to send the mail, and only its digest is stored: being derived from the installation's secret, it
 * need not be kept.
 */
export async function offer(
  { sql, tenantId, now }: Scope,
  secretKey: string,
  { messageId, address, contactId, language }: {
    messageId: string;
    address: string;
    contactId: string | null;
    language: "de" | "en";
  },
): Promise<string> {
  const secret = Buffer.from(secretKey, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, tenantId, "unsubscriptions", 32));
  const token = createHmac("sha256", key).update(messageId).digest("base64url");
  await sql`
    insert into unsubscribe_links (
      tenant_id, token_digest, address_hash, contact_id, language, created_at
    ) values (
      ${tenantId}, ${tokenDigest(token)}, ${suppressions.hasher(secretKey, tenantId)(address)},
      ${contactId}, ${language}, ${now}
    )
    on conflict do nothing
  `;
  return token;
}

/** The unsubscription a link belongs to, or null. Changes nothing. */
export async function lookup(pool: Sql, token: string): Promise<Unsubscription | null> {
  const [row] = await pool<Found[]>`
    select tenant_id, tenant_name, language, used_at
    from unsubscribe_link_by_digest(${tokenDigest(token)})
  `;
  if (!row) return null;
  const who = { tenantId: row.tenantId, actor: system, still: true };
  return await withScope(pool, who, async (scope) => ({
    ...row,
    slug: (await tenants.find(scope)).slug,
    everywhere: await reach(scope, token),
  }));
}

type Found = Omit<Unsubscription, "slug" | "everywhere">;

async function reach({ sql, tenantId }: Scope, token: string): Promise<boolean | null> {
  const [row] = await sql<{ everywhere: boolean }[]>`
    select exists (
      select
      from objections o
      where o.tenant_id = l.tenant_id
        and o.contact_id = l.contact_id
        and o.channel = 'all'
    ) as everywhere
    from unsubscribe_links l
    where l.tenant_id = ${tenantId}
      and l.token_digest = ${tokenDigest(token)}
      and l.contact_id is not null
  `;
  return row?.everywhere ?? null;
}

/**
 * Records the objection behind a link: on the contact, if it still exists, for e-mail or all
 * channels, and against the address itself, which outlasts the contact. Safe to repeat. Returns
 * what applies then; null for an unknown link.
 */
export async function act(
  pool: Sql,
  token: string,
  channel: "email" | "all",
): Promise<Unsubscription | null> {
  const found = await lookup(pool, token);
  if (!found) return null;
  return await withScope(pool, { tenantId: found.tenantId, actor: system }, async (scope) => {
    const { sql, tenantId, now } = scope;
    const [link] = await sql<{ addressHash: Uint8Array; contactId: string | null }[]>`
      update unsubscribe_links
      set used_at = coalesce(used_at, ${now})
      where tenant_id = ${tenantId}
        and token_digest = ${tokenDigest(token)}
      returning address_hash, contact_id
    `;
    if (!link) return found;
    await suppressions.add(scope, link.addressHash, "email", "objection");
    if (!link.contactId) return { ...found, everywhere: null };
    await objections.add(scope, link.contactId, channel, "objected_by_link");
    return { ...found, everywhere: channel === "all" || found.everywhere };
  });
}
