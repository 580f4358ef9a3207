/** Who a mail comes from: the author's own account, or the tenant's address in their name. */
import type { AccountFields } from "./mail_accounts.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { Scope } from "./scope.ts";

export interface Sender {
  from: MailAddress;
  /** Where replies go, if not to that address. */
  replyTo: MailAddress[];
}

/** The sender of an author's mails. `tenantAddress` is what the tenant's server sends from. */
export async function find(
  { sql, tenantId }: Scope,
  userId: string | null,
  account: AccountFields | null,
  tenantAddress: string,
): Promise<Sender> {
  if (account) {
    return { from: { name: account.senderName, address: account.address }, replyTo: [] };
  }
  const [author] = await sql<MailAddress[]>`
    select i.name, i.email as address
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.id = ${userId}
  `;
  return {
    from: { name: author?.name ?? "", address: tenantAddress },
    replyTo: author ? [author] : [],
  };
}

/** The contact on whose page a mail appears and who has the address; null if there is none. */
export async function contactOf(
  { sql, tenantId }: Scope,
  messageId: string,
  address: string,
): Promise<string | null> {
  const [row] = await sql<{ contactId: string }[]>`
    select l.contact_id
    from message_links l
    join emails e on e.tenant_id = l.tenant_id and e.contact_id = l.contact_id
    where l.tenant_id = ${tenantId}
      and l.message_id = ${messageId}
      and e.address_key = ${address.toLowerCase()}
    order by l.id
    limit 1
  `;
  return row?.contactId ?? null;
}
