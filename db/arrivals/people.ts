/** Finds out whose addresses a mail contains: the tenant's own, and those of its records. */
import { mailProviders } from "../mail_providers.ts";
import * as lastTouches from "../last_touches.ts";
import type { Scope } from "../scope.ts";
import { widely } from "../sights.ts";

/** Most records found by an address, as several may share one. */
const most = 50;

/** A record that has one of the addresses. */
export interface Match {
  address: string;
  contactId: string | null;
  companyId: string | null;
  /** The user responsible for it. */
  ownerId: string | null;
  /** Restricted (Art. 18): the mail is stored with it, but nobody is notified. */
  restricted: boolean;
}

const keysOf = (addresses: readonly string[]) => [
  ...new Set(addresses.map((address) => address.toLowerCase())),
];

/**
 * Which of these lower-case addresses are the tenant's own: log-ins of its users, mailboxes,
 * senders.
 */
export async function own(
  { sql, tenantId }: Scope,
  addresses: readonly string[],
): Promise<Set<string>> {
  const keys = keysOf(addresses);
  if (keys.length === 0) return new Set();
  const rows = await sql<{ key: string }[]>`
    select i.email_key as key
    from identities i
    join users u on u.identity_id = i.id
    where i.email_key = any(${keys}::text[])
      and u.tenant_id = ${tenantId}
    union
    select b.address_key
    from mailboxes b
    where b.tenant_id = ${tenantId}
      and b.address_key = any(${keys}::text[])
    union
    select lower(a.address)
    from mail_accounts a
    where a.tenant_id = ${tenantId}
      and lower(a.address) = any(${keys}::text[])
  `;
  return new Set(rows.map(({ key }) => key));
}

/**
 * Whether the sender of a mail that a user passed to their own address is another address of
 * theirs: unlike their log-in but in their company's domain, on no record, and not written to
 * themselves.
 */
export async function isAlias(
  { sql, tenantId }: Scope,
  userId: string,
  address: string,
  recipients: readonly string[],
): Promise<boolean> {
  const key = address.toLowerCase();
  const domain = key.slice(key.lastIndexOf("@") + 1);
  if (mailProviders.has(domain)) return false;
  const [row] = await sql`
    select
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.id = ${userId}
      and split_part(i.email_key, '@', 2) = ${domain}
      and i.email_key <> all(${keysOf(recipients)}::text[])
      and not exists (
        select
        from emails e
        where e.tenant_id = ${tenantId}
          and e.address_key = ${key}
      )
  `;
  return row !== undefined;
}

/** The living records that have one of the addresses, including restricted persons. */
export async function matches(
  { sql, tenantId }: Scope,
  addresses: readonly string[],
): Promise<Match[]> {
  const keys = keysOf(addresses);
  if (keys.length === 0) return [];
  // Their mail is stored with them although nobody can see it.
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<Match[]>`
    select e.address_key as address, c.id as contact_id, o.id as company_id,
      coalesce(c.owner_id, o.owner_id) as owner_id, c.restricted_at is not null as restricted
    from emails e
    left join contacts c
      on c.tenant_id = e.tenant_id and c.id = e.contact_id and c.deleted_at is null
    left join companies o
      on o.tenant_id = e.tenant_id and o.id = e.company_id and o.deleted_at is null
    where e.tenant_id = ${tenantId}
      and e.address_key = any(${keys}::text[])
      and (c.id is not null or o.id is not null)
    order by array_position(${keys}::text[], e.address_key), e.id
    limit ${most}
  `;
  await sql`set local app.sees_restricted = 'off'`;
  return rows;
}

/** The records found, by kind. */
export const namesIn = (matched: readonly Match[]) => ({
  contactIds: matched.flatMap(({ contactId }) => contactId ?? []),
  companyIds: matched.flatMap(({ companyId }) => companyId ?? []),
});

/** Records that somebody wrote or was written to, which counts as a contact with them. */
export async function touch(
  scope: Scope,
  contactIds: readonly string[],
  at: Date,
): Promise<void> {
  if (contactIds.length === 0) return;
  const named = scope.sql`r.id = any(${[...contactIds]}::uuid[])`;
  await widely(scope, () => lastTouches.touch(scope, "contacts", named, at));
}
