/** The contacts that a request is about: confirmed ones, or at once those of the address it came from. */
import { providerId } from "./controllers.ts";
import * as loginPersons from "./login_persons.ts";
import { personOf } from "./candidates.ts";
import * as findings from "./findings.ts";
import type { Person } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** Contacts of one address at most: a shared mailbox is no person. */
const most = 20;

/** Those who have the very address of a case, trashed and restricted ones too; null for a stranger. */
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

/** Whom a right may be carried out for. */
export type Settled =
  | { state: "known"; person: Person }
  | { state: "nobody" }
  /** Somebody has to say who it is, or reads of them in other people's rows alone. */
  | { state: "unclear" };

/** Whom an approved right is carried out for. */
export async function settle(scope: Scope, caseId: string): Promise<Settled> {
  const whom = await findings.whom(scope, caseId);
  if (whom.state !== "known") return whom;
  if (whom.ids.length === 0) return { state: "unclear" };
  return { state: "known", person: await personOf(scope, whom.ids) };
}

/** The same where staff look on: until somebody has confirmed, those of the address. */
export async function resolve(scope: Scope, caseId: string): Promise<Person | null> {
  const settled = await settle(scope, caseId);
  return settled.state === "known" ? settled.person : await lookup(scope, caseId);
}
