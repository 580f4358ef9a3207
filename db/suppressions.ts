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

/**
 * Notes that an address must not be used by a channel; safe to repeat. An erasure outranks what
 * stood there before: it is not taken back with an objection.
 */
export async function add(
  { sql, tenantId, now }: Scope,
  hash: Uint8Array,
  channel: Channel,
  reason: Reason,
): Promise<void> {
  if (reason === "erasure") {
    await sql`
      delete from suppressions
      where tenant_id = ${tenantId}
        and address_hash = ${hash}
        and channel = ${channel}
        and reason <> 'erasure'
    `;
  }
  await sql`
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    values (${tenantId}, ${hash}, ${channel}, ${reason}, ${now})
    on conflict do nothing
  `;
}

/**
 * Keeps what contacts that are about to be deleted objected to: their e-mail addresses stay barred
 * from advertising, also where a list brings them back.
 */
export async function keepObjections(
  scope: Scope,
  secretKey: string,
  contactIds: readonly string[],
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const rows = await sql<{ address: string }[]>`
    select distinct e.address
    from objections o
    join emails e on e.tenant_id = o.tenant_id and e.contact_id = o.contact_id
    where o.tenant_id = ${tenantId}
      and o.contact_id = any (${[...contactIds]}::uuid[])
      and o.channel in ('all', 'email')
  `;
  const hash = hasher(secretKey, tenantId);
  await sql`
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    select ${tenantId}, decode(kept.hash, 'hex'), 'email', 'objection', ${now}
    from unnest(${rows.map(({ address }) => hex(hash(address))).sort()}::text[]) as kept (hash)
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
        from unnest(${hashes.map(hex)}::text[]) as wanted (hash)
      )
      ${channel ? sql`and channel in ('all', ${channel})` : sql``}
  `;
  return new Set(rows.map(({ hash }) => hash));
}

/**
 * Opens addresses again whose person has taken an objection back, a withdrawn consent's too: the
 * request that raised it had barred them for all channels. What was erased stays barred.
 */
export async function lift(
  { sql, tenantId }: Scope,
  hashes: readonly Uint8Array[],
  channels: readonly Channel[],
): Promise<void> {
  await sql`
    delete from suppressions
    where tenant_id = ${tenantId}
      and address_hash = any (
        select decode(given.hash, 'hex')
        from unnest(${hashes.map(hex)}::text[]) as given (hash)
      )
      and channel = any (${[...channels]}::text[])
      and reason <> 'erasure'
  `;
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");
