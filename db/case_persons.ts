/** Whom a request is about: the contacts that are known by the address it was made with. */
import * as packages from "./access_packages.ts";
import type { Person } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** Contacts of one address at most: a shared mailbox is no person. */
const most = 20;

/** The person behind a case as the records know it, trashed and restricted too; null for a stranger. */
export async function lookup(scope: Scope, caseId: string): Promise<Person | null> {
  const { sql, tenantId } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<{ id: string }[]>`
    select distinct e.contact_id as id
    from cases c
    join emails e on e.tenant_id = c.tenant_id and e.address_key = lower(c.person_email)
    where c.tenant_id = ${tenantId}
      and c.id = ${caseId}
      and c.person_email <> ''
      and e.contact_id is not null
    order by id
    limit ${most}
  `;
  const persons: Person[] = [];
  for (const { id } of rows) persons.push(await packages.findPerson(scope, id));
  return persons.length === 0 ? null : merged(persons);
}

/** Duplicates are one person. */
function merged(persons: readonly Person[]): Person {
  const all = (part: keyof Person) => [...new Set(persons.flatMap((each) => each[part]))];
  return {
    contactIds: all("contactIds"),
    emails: all("emails"),
    phones: all("phones"),
    names: all("names"),
    numbers: all("numbers"),
  };
}
