/** Persons who can be added to a deal: found by text, by the deal's company, or by id. */
import { fullName } from "./full_names.ts";
import type { DealContact } from "./deal_contacts.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";

export type Candidate = Omit<DealContact, "role">;

/** Suggests persons to add: those matching a text, or without one those at the deal's company. */
export async function suggest(
  scope: Scope,
  dealId: string,
  text: string,
): Promise<Candidate[]> {
  const { sql, tenantId } = scope;
  return await sql<Candidate[]>`
    select c.id,
      ${fullName("c")} as name,
      ${companyName(scope, "c")} as company, c.summary ->> 'email' as email,
      c.summary ->> 'phone' as phone
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      and c.restricted_at is null
      and not exists (
        select
        from deal_contacts x
        where x.tenant_id = ${tenantId}
          and x.deal_id = ${dealId}
          and x.contact_id = c.id
      )
      ${
    text === ""
      ? sql`
      and c.id in (
        select a.contact_id
        from affiliations a
        join deals d on d.tenant_id = a.tenant_id and d.company_id = a.company_id
        where a.tenant_id = ${tenantId}
          and d.id = ${dealId}
          and a.until_on is null
      )`
      : sql`
      and c.id in (
        select found.id
        from search_contacts(${text}, 30, null) found
      )`
  }
    order by c.sort_name collate "C", c.id
    limit 20
  `;
}

/** The names of visible persons, sorted by name; others are left out. */
export async function named(
  { sql, tenantId }: Scope,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  return await sql<{ id: string; name: string }[]>`
    select c.id,
      ${fullName("c")} as name
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any (${[...ids]}::uuid[])
      and c.deleted_at is null
      and c.restricted_at is null
    order by c.sort_name collate "C", c.id
  `;
}

/** Persons a new deal at a company may be with: those who are there now, by name; the first few. */
export async function atCompany(
  { sql, tenantId }: Scope,
  companyId: string,
): Promise<{ id: string; name: string }[]> {
  return await sql<{ id: string; name: string }[]>`
    select c.id,
      ${fullName("c")} as name
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id in (
        select a.contact_id
        from affiliations a
        where a.tenant_id = ${tenantId}
          and a.company_id = ${companyId}
          and a.until_on is null
      )
      and c.deleted_at is null
      and c.restricted_at is null
    order by c.sort_name collate "C", c.id
    limit 12
  `;
}

/** The name of a visible person, or null; used to describe filters. */
export async function lookupName(scope: Scope, id: string): Promise<string | null> {
  return (await named(scope, [id]))[0]?.name ?? null;
}

/** A person's main workplace; null if the person is not visible. */
export async function workplace(
  { sql, tenantId }: Scope,
  id: string,
): Promise<{ companyId: string | null } | null> {
  const [found] = await sql<{ companyId: string | null }[]>`
    select c.summary ->> 'companyId' as company_id
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = ${id}
      and c.deleted_at is null
      and c.restricted_at is null
  `;
  return found ?? null;
}
