/** The addresses that a person typed into a field of a mail, and which records have them. */
import { plainName } from "./full_names.ts";
import parse from "nodemailer/lib/addressparser";
import { clean, isValid, readable } from "./email_addresses.ts";
import { line, type MailAddress } from "./received_mails/headers.ts";
import type { Scope } from "./scope.ts";

/**
 * The maximum for one mail, all fields together: more is a mailing, which is sent in another way.
 */
export const most = 30;

export interface Typed {
  addresses: MailAddress[];
  /** What is not an address, as typed. */
  wrong: string[];
}

/** Parses `Anna Muster <anna@muster.de>, b@muster.de; …`: each address once, in the order typed. */
export function read(text: string): Typed {
  const found = new Map<string, MailAddress>();
  const wrong: string[] = [];
  for (const { name, address } of parse(line(text.replaceAll(";", ","), 4000), { flatten: true })) {
    const usable = readable(clean(line(address, 400)));
    if (!isValid(usable)) wrong.push(line(address || name, 100));
    else if (!found.has(usable.toLowerCase())) {
      found.set(usable.toLowerCase(), { name: line(name, 200), address: usable });
    }
  }
  return { addresses: [...found.values()], wrong };
}

/**
 * The text before the last address, and the part of the last address typed so far; null inside a
 * quoted name, which may contain a comma.
 */
export function lastOf(typed: string): { before: string; begun: string } | null {
  const at = Math.max(typed.lastIndexOf(","), typed.lastIndexOf(";")) + 1;
  const before = typed.slice(0, at);
  if (before.split('"').length % 2 === 0) return null;
  return { before: at === 0 ? "" : `${before} `, begun: typed.slice(at).trim() };
}

/** The addresses as a person would type them. */
export const written = (addresses: readonly MailAddress[]): string =>
  addresses.map(({ name, address }) => name ? `${quoted(name)} <${address}>` : address).join(", ");

/** A name that contains separators of addresses is put in quotation marks. */
const quoted = (name: string) =>
  /[",;<>()[\]:\\@]/.test(name) ? `"${name.replace(/["\\]/g, "")}"` : name;

/** What a draft was started from. */
export interface About {
  contactId: string | null;
  companyId: string | null;
  dealId: string | null;
}

const mostOffered = 40;

/** Addresses suggested for a mail about a record, the likeliest first; no persons in the trash. */
export async function suggest(
  { sql, tenantId }: Scope,
  { contactId, companyId, dealId }: About,
): Promise<(MailAddress & { contactId: string | null })[]> {
  return await sql<(MailAddress & { contactId: string | null })[]>`
    with persons as (
      select ${contactId}::uuid as id, 0 as place
      union all
      select x.contact_id, 1
      from deal_contacts x
      where x.tenant_id = ${tenantId}
        and x.deal_id = ${dealId}
      union all
      select a.contact_id, 2
      from affiliations a
      where a.tenant_id = ${tenantId}
        and a.company_id = ${companyId}
        and a.until_on is null
    ), found as (
      select ${plainName("c")} as name,
        e.address, c.id as contact_id, p.place, e.position
      from persons p
      join contacts c on c.tenant_id = ${tenantId} and c.id = p.id
      join emails e on e.tenant_id = c.tenant_id and e.contact_id = c.id
      where c.deleted_at is null
      union all
      select o.name, e.address, null, 3, e.position
      from companies o
      join emails e on e.tenant_id = o.tenant_id and e.company_id = o.id
      where o.tenant_id = ${tenantId}
        and o.id = ${companyId}
        and o.deleted_at is null
    )
    select name, address, contact_id
    from found
    group by name, address, contact_id
    order by min(place), min(position), name
    limit ${mostOffered}
  `;
}
