/** The locks of a merge, in the order in which everybody else takes them. */
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";
import * as subsidiaries from "./subsidiaries.ts";

/**
 * Locks records that are to be merged or separated and, after them, those that a merge rewrites
 * because they belong to them. References can still be added: whoever is saving one of the latter
 * finishes first, before a merge keeps everybody from referring to its records.
 */
export async function take(scope: Scope, kind: Kind, ids: readonly string[]): Promise<void> {
  if (kind === "company") await subsidiaries.lock(scope);
  await widely(scope, async () => {
    await takeOwn(scope, kind, ids);
    if (kind === "company") await takeContacts(scope, ids);
    if (kind !== "deal") await takeDeals(scope, kind, ids);
  });
}

/** The records, and the companies that belong to them. */
async function takeOwn(
  { sql, tenantId }: Scope,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  await sql`
    select r.id
    from ${sql(tables[kind])} r
    where r.tenant_id = ${tenantId}
      and (
        r.id = any (${[...ids]}::uuid[])
        ${kind === "company" ? sql`or r.parent_id = any (${[...ids]}::uuid[])` : sql``}
      )
    order by r.id
    for no key update
  `;
}

async function takeContacts({ sql, tenantId }: Scope, companyIds: readonly string[]) {
  await sql`
    select c.id
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id in (
        select a.contact_id
        from affiliations a
        where a.tenant_id = ${tenantId}
          and a.company_id = any (${[...companyIds]}::uuid[])
      )
    order by c.id
    for no key update
  `;
}

async function takeDeals(
  { sql, tenantId }: Scope,
  kind: "contact" | "company",
  ids: readonly string[],
): Promise<void> {
  const theirs = kind === "company" ? sql`d.company_id = any (${[...ids]}::uuid[])` : sql`d.id in (
        select x.deal_id
        from deal_contacts x
        where x.tenant_id = ${tenantId}
          and x.contact_id = any (${[...ids]}::uuid[])
      )`;
  await sql`
    select d.id
    from deals d
    where d.tenant_id = ${tenantId}
      and ${theirs}
    order by d.id
    for no key update
  `;
}
