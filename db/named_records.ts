/**
 * The tenant's record that an officer names in a mail: by an address that only it has, or by its
 * link.
 */
import { providerId } from "./controllers.ts";
import { isValid } from "./email_addresses.ts";
import { isId } from "./ids.ts";
import type { Scope } from "./scope.ts";

/** The id of the record, or why there is none: nobody has that address, or several do. */
export type Named = { id: string } | "unknown" | "several";

/**
 * Finds a record by an address or by the link of its page, including trashed and restricted ones.
 */
export async function find(scope: Scope, said: string, baseUrl: string): Promise<Named> {
  await scope.sql`set local app.sees_restricted = 'on'`;
  const ids = isValid(said)
    ? await ofAddress(scope, said.toLowerCase())
    : await ofLink(scope, said, baseUrl);
  const [id, ...others] = ids;
  return id === undefined ? "unknown" : others.length > 0 ? "several" : { id };
}

async function ofAddress({ sql, tenantId }: Scope, address: string): Promise<string[]> {
  const rows = await (tenantId === providerId
    ? sql<{ id: string }[]>`
      select id
      from identities
      where email_key = ${address}
      limit 2
    `
    : sql<{ id: string }[]>`
      select distinct contact_id as id
      from emails
      where tenant_id = ${tenantId}
        and contact_id is not null
        and address_key = ${address}
      limit 2
    `);
  return rows.map(({ id }) => id);
}

/**
 * Only for contacts: log-ins have no page. A merged contact counts as the record it was merged
 * into.
 */
async function ofLink(
  { sql, tenantId }: Scope,
  link: string,
  baseUrl: string,
): Promise<string[]> {
  const begin = `${baseUrl}/contacts/`;
  const id = link.slice(begin.length).split(/[/?#]/)[0]!.toLowerCase();
  if (tenantId === providerId || !link.startsWith(begin) || !isId(id)) return [];
  const rows = await sql<{ id: string }[]>`
    select c.id
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = coalesce(
        (select contact_id from former_ids where tenant_id = ${tenantId} and id = ${id}),
        ${id}
      )
  `;
  return rows.map((row) => row.id);
}
