/**
 * People with a log-in as the provider's data subjects: found, informed and corrected like a
 * tenant's contacts.
 */
import type { Person } from "./person_tables.ts";
import * as personNames from "./person_names.ts";
import type { PortablePerson } from "./portability_documents.ts";
import type { Scope } from "./scope.ts";
import * as tenants from "./tenants.ts";

/** Maximum log-ins of one person. */
const most = 20;

/**
 * The log-ins as one person, with their ids as `contactIds`; those that no longer exist are left
 * out.
 */
export async function personOf({ sql }: Scope, ids: readonly string[]): Promise<Person> {
  const rows = await sql<{ id: string; name: string; email: string }[]>`
    select id, name, email
    from identities
    where id = any (${[...ids]}::uuid[])
    order by id
    limit ${most}
  `;
  return {
    contactIds: rows.map(({ id }) => id),
    emails: rows.map(({ email }) => email),
    phones: [],
    names: [...new Set(rows.map(({ name }) => name))],
    numbers: [],
  };
}

/** The log-in with exactly the address of a case; null for a stranger. */
export async function lookup(scope: Scope, caseId: string): Promise<Person | null> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string }[]>`
    select i.id
    from cases c
    join identities i on i.email_key = c.person_email_key
    where c.tenant_id = ${tenantId}
      and c.id = ${caseId}
      and c.person_email <> ''
    limit 1
  `;
  return rows.length === 0 ? null : await personOf(scope, rows.map(({ id }) => id));
}

/** The current values of log-ins that may be corrected. */
export async function standing({ sql }: Scope, { contactIds }: Person) {
  return await sql<
    { contactId: string; field: "identities.name" | "identities.email"; value: string }[]
  >`
    select i.id as contact_id, v.field, v.value
    from identities i
    cross join lateral (values
      ('identities.name', i.name), ('identities.email', i.email)
    ) as v (field, value)
    where i.id = any (${[...contactIds]}::uuid[])
    order by i.id, v.field desc
    limit 100
  `;
}

/**
 * What they provided (Art. 20): the contract is the legal basis; the tenants they work for are
 * named.
 */
export async function portable(
  { sql }: Scope,
  { contactIds }: Person,
): Promise<(Omit<PortablePerson, "custom"> & { id: string })[]> {
  const rows = await sql<{ id: string; name: string; email: string; locale: string }[]>`
    select id, name, email, locale
    from identities
    where id = any (${[...contactIds]}::uuid[])
    order by id
    limit ${most}
  `;
  const persons: (Omit<PortablePerson, "custom"> & { id: string })[] = [];
  for (const { id, name, email, locale } of rows) {
    const { firstName, namePrefix, lastName } = personNames.split(name);
    const memberships = await tenants.memberships(sql, id);
    persons.push({
      id,
      ...nothing,
      first_name: firstName,
      name_prefix: namePrefix,
      last_name: lastName || name,
      language: locale,
      emails: [{ kind: "work", address: email }],
      companies: memberships.slice(0, 50).map(({ tenantName, role }) => ({
        name: tenantName,
        role,
        department: "",
        since_on: null,
        until_on: null,
      })),
    });
  }
  return persons;
}

const nothing = {
  salutation: "",
  title: "",
  name_suffix: "",
  address_form: "formal",
  birthday: null,
  position: "",
  customer_number: "",
  website: "",
  phones: [],
  addresses: [],
} as const satisfies Partial<PortablePerson>;
