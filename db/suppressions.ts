/** Addresses that must not come back: after erasure or objection only a keyed hash remains. */
import { Buffer } from "node:buffer";
import { digester } from "./secret_chain.ts";
import type { Scope } from "./scope.ts";

export type Channel = "all" | "email" | "phone" | "post" | "sms";
export type Reason = "objection" | "erasure" | "withdrawal";

/**
 * The hash of an e-mail address or E.164 number, by a key of the tenant's own: without the
 * installation's secret nobody can try out addresses against it.
 */
export function hasher(secretKey: string, tenantId: string): (address: string) => Buffer {
  const digest = digester(secretKey, { tenantId, info: "suppressions" });
  return (address) => digest(address.trim().normalize("NFC").toLowerCase());
}

/** Notes that an address must not be used by a channel; safe to repeat. */
export async function add(
  { sql, tenantId, now }: Scope,
  hash: Uint8Array,
  channel: Channel,
  reason: Reason,
): Promise<void> {
  await sql`
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    values (${tenantId}, ${hash}, ${channel}, ${reason}, ${now})
    on conflict do nothing
  `;
}

/** Whether the tenant has any; most have none, and then no address need be hashed. */
export async function exist({ sql, tenantId }: Scope): Promise<boolean> {
  const rows = await sql`
    select
    from suppressions
    where tenant_id = ${tenantId}
    limit 1
  `;
  return rows.length > 0;
}

/** Which of these hashes are suppressed by a channel, or by any, as hexadecimal text. */
export async function among(
  { sql, tenantId }: Scope,
  hashes: readonly Uint8Array[],
  channel?: Exclude<Channel, "all">,
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await sql<{ hash: string }[]>`
    select distinct encode(address_hash, 'hex') as hash
    from suppressions
    where tenant_id = ${tenantId}
      and address_hash = any (
        select decode(wanted.hash, 'hex')
        from unnest(${
    hashes.map((hash) => Buffer.from(hash).toString("hex"))
  }::text[]) as wanted (hash)
      )
      ${channel ? sql`and channel in ('all', ${channel})` : sql``}
  `;
  return new Set(rows.map(({ hash }) => hash));
}

/** Takes objections against a channel back that a person has withdrawn; what was erased stays barred. */
export async function lift(
  { sql, tenantId }: Scope,
  hashes: readonly Uint8Array[],
  channel: Channel,
): Promise<void> {
  for (const hash of hashes) {
    await sql`
      delete from suppressions
      where tenant_id = ${tenantId}
        and address_hash = ${hash}
        and channel = ${channel}
        and reason = 'objection'
    `;
  }
}
