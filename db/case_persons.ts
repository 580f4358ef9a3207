/**
 * The contacts a request is about: those confirmed, or until then those with the sender's address.
 */
import { providerId } from "./controllers.ts";
import * as loginPersons from "./login_persons.ts";
import { personOf } from "./candidates.ts";
import * as findings from "./findings.ts";
import type { Person } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** The maximum number of contacts with one address: a shared mailbox is not a person. */
const most = 20;

/**
 * The contacts with exactly the case's address, including trashed and restricted ones; null if
 * none.
 */
export async function lookup(scope: Scope, caseId: string): Promise<Person | null> {
  const { sql, tenantId } = scope;
  if (tenantId === providerId) return await loginPersons.lookup(scope, caseId);
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<{ id: string }[]>`
    select distinct e.contact_id as id
    from cases c
    join emails e on e.tenant_id = c.tenant_id and e.address_key = c.person_email_key
    where c.tenant_id = ${tenantId}
      and c.id = ${caseId}
      and c.person_email <> ''
      and e.contact_id is not null
    order by id
    limit ${most}
  `;
  return rows.length === 0 ? null : await personOf(scope, rows.map(({ id }) => id));
}

/** The person for whom a right may be carried out. */
export type Settled =
  | { state: "known"; person: Person }
  | { state: "nobody" }
  /** Somebody has to identify the person, or the person is only mentioned in others' rows. */
  | { state: "unclear" };

/** The person for whom an approved right is carried out. */
export async function settle(scope: Scope, caseId: string): Promise<Settled> {
  const subject = await findings.subjectOf(scope, caseId);
  if (subject.state !== "known") return subject;
  if (subject.ids.length === 0) return { state: "unclear" };
  return { state: "known", person: await personOf(scope, subject.ids) };
}

/** Whether a right would still be carried out for the same person. */
export async function isStill(scope: Scope, caseId: string, before: Settled): Promise<boolean> {
  const idsOf = (settled: Settled) => settled.state === "known" ? settled.person.contactIds : [];
  const after = await settle(scope, caseId);
  return after.state === before.state && idsOf(after).join() === idsOf(before).join();
}

/** The same for display to staff: until somebody has confirmed, the contacts with the address. */
export async function resolve(scope: Scope, caseId: string): Promise<Person | null> {
  const settled = await settle(scope, caseId);
  return settled.state === "known" ? settled.person : await lookup(scope, caseId);
}
