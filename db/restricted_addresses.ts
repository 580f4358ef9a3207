/** Addresses that lead to restricted persons only: a second record would bypass the restriction. */
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** Which of these addresses belong only to people whose data are restricted (Art. 18 GDPR). */
export async function among(scope: Scope, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const { sql, tenantId } = scope;
  const keys = addresses.map((address) => address.toLowerCase());
  // Usually there are none, which takes one query to find out.
  const restricted = await sql<{ key: string }[]>`
    select b.address as key
    from address_bars(${keys}::text[]) b
    where b.restricted
  `;
  if (restricted.length === 0) return new Set();
  const rows = await widely(scope, async () => {
    const [before] = await sql<[{ seen: string | null }]>`
      select current_setting('app.sees_restricted', true) as seen
    `;
    await sql`set local app.sees_restricted = 'on'`;
    const found = await sql<{ key: string }[]>`
      select e.address_key as key
      from emails e
      join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
      where e.tenant_id = ${tenantId}
        and e.address_key = any(${restricted.map(({ key }) => key)}::text[])
        and c.deleted_at is null
      group by e.address_key
      having bool_and(c.restricted_at is not null)
    `;
    if (before.seen !== "on") await sql`set local app.sees_restricted = 'off'`;
    return found;
  });
  const found = new Set(rows.map(({ key }) => key));
  return new Set(addresses.filter((address) => found.has(address.toLowerCase())));
}
