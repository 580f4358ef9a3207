/** Whom a request is about: who was confirmed, else the contacts of the address it was made with. */
import { personOf } from "./candidates.ts";
import type { Person } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** Contacts of one address at most: a shared mailbox is no person. */
const most = 20;

/** The person behind a case as the records know it, trashed and restricted too; null for a stranger. */
export async function lookup(scope: Scope, caseId: string): Promise<Person | null> {
  const { sql, tenantId } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const [confirmed] = await sql<{ ids: string[] }[]>`
    select confirmed_ids as ids
    from case_findings
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and confirmed_at is not null
  `;
  const ids = confirmed?.ids ?? await byAddress(scope, caseId);
  const person = await personOf(scope, ids);
  return person.contactIds.length === 0 ? null : person;
}

async function byAddress({ sql, tenantId }: Scope, caseId: string): Promise<string[]> {
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
  return rows.map(({ id }) => id);
}
