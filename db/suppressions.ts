/**
 * Addresses that must not come back: after an erasure or objection only a keyed hash remains, of
 * e-mail addresses, numbers, and names at a postal address (`postal_keys.ts`).
 */
import { Buffer } from "node:buffer";
import { readable, spellings } from "./email_addresses.ts";
import * as postalKeys from "./postal_keys.ts";
import { digester } from "./secret_chain.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";

export type Channel = "all" | "email" | "phone" | "post" | "sms";
export type Reason = "objection" | "erasure" | "withdrawal";

/**
 * The hash of an e-mail address or E.164 number under a key of the tenant's own: without the
 * installation's secret nobody can try addresses against it.
 */
export function hasher(secretKey: string, tenantId: string): (address: string) => Buffer {
  const digest = digester(secretKey, { tenantId, info: "suppressions" });
  return (address) => digest(spelled(address));
}

/**
 * All hashes under which an address may be barred, the usual one first: before 0113 a domain with
 * an umlaut could be hashed in its DNS spelling, and a digest cannot be recomputed.
 */
export function hasherOfAll(secretKey: string, tenantId: string): (address: string) => Buffer[] {
  const digest = digester(secretKey, { tenantId, info: "suppressions" });
  return (address) => spellings(spelled(address)).map(digest);
}

const spelled = (address: string): string =>
  readable(address.trim().normalize("NFC")).toLowerCase();

/**
 * Notes that an address must not be used on a channel; safe to repeat. An erasure replaces earlier
 * reasons, so that withdrawing an objection does not undo it.
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
 * Keeps the objections of contacts about to be deleted, in case a list brings them back: by e-mail
 * address, number, and name at a postal address. An address that also reaches others outside the
 * trash is barred for mail only. `since` their creation: without the objections they came with.
 */
export async function keepObjections(
  scope: Scope,
  secretKey: string,
  contactIds: readonly string[],
  since: "ever" | "creation" = "ever",
): Promise<void> {
  const { sql, tenantId } = scope;
  const ids = [...contactIds];
  const rows = await sql<{ key: string; channel: Channel }[]>`
    select distinct k.key, o.channel
    from objections o
    join contacts c on c.tenant_id = o.tenant_id and c.id = o.contact_id
    join lateral (
      select e.address_key as key
      from emails e
      where e.tenant_id = ${tenantId}
        and e.contact_id = o.contact_id
        and (o.channel in ('all', 'email') or not exists (
          select
          from emails x
          left join contacts y on y.tenant_id = x.tenant_id and y.id = x.contact_id
          where x.tenant_id = ${tenantId}
            and x.address_key = e.address_key
            and (x.contact_id is null or y.deleted_at is null and y.id <> all (${ids}::uuid[]))
        ))
      union all
      select n.number
      from phones n
      where n.tenant_id = ${tenantId}
        and n.contact_id = o.contact_id
        and not exists (
          select
          from phones x
          left join contacts y on y.tenant_id = x.tenant_id and y.id = x.contact_id
          where x.tenant_id = ${tenantId}
            and x.number = n.number
            and (x.contact_id is null or y.deleted_at is null and y.id <> all (${ids}::uuid[]))
        )
    ) k on true
    where o.tenant_id = ${tenantId}
      and o.contact_id = any (${ids}::uuid[])
      and (${since === "ever"} or o.by_person or o.objected_at > c.created_at)
  `;
  const hash = hasher(secretKey, tenantId);
  const all = [...rows, ...await keptByPost(scope, ids, since)];
  await keep(scope, all.map(({ key, channel }) => `${hex(hash(key))} ${channel}`).sort());
}

async function keptByPost(scope: Scope, ids: readonly string[], since: "ever" | "creation") {
  const { sql, tenantId } = scope;
  const said = await sql<{ contactId: string; channel: Channel }[]>`
    select o.contact_id, o.channel
    from objections o
    join contacts c on c.tenant_id = o.tenant_id and c.id = o.contact_id
    where o.tenant_id = ${tenantId}
      and o.contact_id = any (${[...ids]}::uuid[])
      and (${since === "ever"} or o.by_person or o.objected_at > c.created_at)
  `;
  if (said.length === 0) return [];
  const keys = await postalKeys.ofContacts(scope, said.map(({ contactId }) => contactId));
  return keys.flatMap(({ contactId, key }) =>
    said.flatMap((each) => each.contactId === contactId ? [{ key, channel: each.channel }] : [])
  );
}

/** Something removed from a person's record: an address, a number, or a key of `postal_keys.ts`. */
export interface Leaving {
  contactId: string;
  address: string;
}

/**
 * Keeps addresses barred that were removed from the records of people who object (Art. 21(3) is
 * about the person, whom they may still reach), even if a list brings them back. Addresses that
 * also reach others are left to those people's own objections.
 */
export async function keepLeaving(
  scope: Scope,
  secretKey: string,
  leaving: readonly Leaving[],
): Promise<void> {
  if (leaving.length === 0) return;
  const { sql, tenantId } = scope;
  const another = (table: "emails" | "phones", key: "address_key" | "number") =>
    sql`exists (
      select
      from ${sql(table)} x
      where x.tenant_id = ${tenantId}
        and x.${sql(key)} = gone.address
        and not exists (
          select
          from contacts y
          where y.tenant_id = ${tenantId}
            and y.id = x.contact_id
            and y.deleted_at is not null
        )
    )`;
  const rows = await sights.widely(scope, () =>
    sql<{ address: string; channel: Channel }[]>`
      select distinct gone.address, o.channel
      from unnest(
        ${leaving.map(({ contactId }) => contactId)}::uuid[],
        ${leaving.map(({ address }) => address.toLowerCase())}::text[]
      ) as gone (contact_id, address)
      join objections o on o.tenant_id = ${tenantId} and o.contact_id = gone.contact_id
      where not ${another("emails", "address_key")}
        and not ${another("phones", "number")}
    `);
  const hash = hasher(secretKey, tenantId);
  await keep(scope, rows.map((row) => `${hex(hash(row.address))} ${row.channel}`).sort());
}

/** The same for the keys people had `before` at postal addresses, their companies' included. */
export async function keepMoved(
  scope: Scope,
  secretKey: string,
  before: readonly { contactId: string; key: string }[],
): Promise<void> {
  if (before.length === 0) return;
  const ids = [...new Set(before.map(({ contactId }) => contactId))];
  const staying = new Set((await postalKeys.ofContacts(scope, ids)).map(({ key }) => key));
  const gone = before.filter(({ key }) => !staying.has(key));
  await keepLeaving(
    scope,
    secretKey,
    gone.map(({ contactId, key }) => ({ contactId, address: key })),
  );
}

/** Stores hashes with one channel each, as `hash channel`, with objection as the reason. */
async function keep({ sql, tenantId, now }: Scope, kept: readonly string[]): Promise<void> {
  await sql`
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    select ${tenantId}, decode(split_part(kept.each, ' ', 1), 'hex'), split_part(kept.each, ' ', 2),
      'objection', ${now}
    from unnest(${[...kept]}::text[]) as kept (each)
    on conflict do nothing
  `;
}

/** Whether the tenant has any suppressions; most have none, and then no address need be hashed. */
export async function exist({ sql, tenantId }: Scope): Promise<boolean> {
  const rows = await sql`
    select
    from suppressions
    where tenant_id = ${tenantId}
    limit 1
  `;
  return rows.length > 0;
}

/** Which of these addresses and numbers are barred: on a channel or any, for a reason or any. */
export async function among(
  { sql, tenantId }: Scope,
  hashes: ReturnType<typeof hasherOfAll>,
  addresses: readonly string[],
  channel?: Exclude<Channel, "all">,
  reason?: Reason,
): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const wanted = addresses.map((address) => ({ address, keys: hashes(address).map(hex) }));
  const rows = await sql<{ hash: string }[]>`
    select distinct encode(address_hash, 'hex') as hash
    from suppressions
    where tenant_id = ${tenantId}
      and address_hash = any (
        select decode(wanted.hash, 'hex')
        from unnest(${wanted.flatMap(({ keys }) => keys)}::text[]) as wanted (hash)
      )
      ${channel ? sql`and channel in ('all', ${channel})` : sql``}
      ${reason ? sql`and reason = ${reason}` : sql``}
  `;
  const found = new Set(rows.map(({ hash }) => hash));
  return new Set(
    wanted.flatMap(({ address, keys }) => keys.some((key) => found.has(key)) ? [address] : []),
  );
}

/**
 * Opens addresses again after the person has withdrawn an objection, including one raised by
 * withdrawing consent: that request barred them on all channels. What was erased stays barred.
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

/**
 * Opens one channel of an address whose reader has agreed to it again, even if it was erased: this
 * is their own more recent will. What was barred on all channels stays barred on the others.
 */
export async function reopen(
  { sql, tenantId }: Scope,
  hashes: readonly Uint8Array[],
  channel: Exclude<Channel, "all">,
): Promise<void> {
  const others = (["email", "phone", "post", "sms"] as const).filter((each) => each !== channel);
  await sql`
    with gone as (
      delete from suppressions
      where tenant_id = ${tenantId}
        and address_hash = any (
          select decode(given.hash, 'hex')
          from unnest(${hashes.map(hex)}::text[]) as given (hash)
        )
        and channel in ('all', ${channel})
      returning address_hash, channel, reason, created_at
    )
    insert into suppressions (tenant_id, address_hash, channel, reason, created_at)
    select ${tenantId}, g.address_hash, other.channel, g.reason, g.created_at
    from gone g
    cross join unnest(${others}::text[]) as other (channel)
    where g.channel = 'all'
    on conflict do nothing
  `;
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");
