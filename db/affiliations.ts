/** Who works where, as what and since when: many persons to many companies. */
import { fullName } from "./full_names.ts";
import * as changes from "./changes.ts";
import * as companyNames from "./company_names.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import { widely } from "./sights.ts";

/**
 * A person's position at a company, as entered in the form; the first of several is the main one.
 */
export interface AffiliationInput {
  /** The company that was chosen; null means find it by name or create it. */
  companyId: string | null;
  companyName: string;
  role: string;
  department: string;
  sinceOn: string | null;
  untilOn: string | null;
}

/** A person's position at a company, as stored. */
export interface Affiliation extends AffiliationInput {
  companyId: string;
}

/** A person who works at a company. */
export interface Member {
  contactId: string;
  name: string;
  role: string;
  department: string;
  sinceOn: string | null;
  untilOn: string | null;
  email: string | null;
  phone: string | null;
}

/** The person's positions as a JSON column of the contact's row `p`, the main one first. */
export function columns({ sql }: Scope) {
  return sql`
    array_to_json(
      array(
        select json_build_object(
          'companyId', o.id, 'companyName', o.name, 'role', a.role, 'department', a.department,
          'sinceOn', a.since_on, 'untilOn', a.until_on
        )
        from affiliations a
        join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
        where a.tenant_id = p.tenant_id
          and a.contact_id = p.id
          and o.deleted_at is null
        order by a.is_primary desc, a.id
      )
    ) as companies`;
}

/** Replaces the person's positions; creates companies that do not exist yet. */
export async function assign(
  scope: Scope,
  contactId: string,
  wanted: readonly AffiliationInput[],
): Promise<void> {
  const { sql, tenantId } = scope;
  const places = await resolve(scope, wanted);
  await sql`
    delete from affiliations a
    using companies o
    where a.tenant_id = ${tenantId}
      and a.contact_id = ${contactId}
      and o.tenant_id = a.tenant_id
      and o.id = a.company_id
      and o.deleted_at is null
  `;
  if (wanted.length === 0) return;
  await demote(scope, contactId);
  await sql`insert into affiliations ${
    sql(places.map((place, position) => ({
      tenant_id: tenantId,
      id: newId(),
      contact_id: contactId,
      company_id: place.companyId,
      role: place.role,
      department: place.department,
      is_primary: position === 0,
      since_on: place.sinceOn,
      until_on: place.untilOn,
    })))
  }`;
}

/**
 * Makes room for a new main position: clears the mark on all the person's positions, even unseen
 * ones.
 */
async function demote(scope: Scope, contactId: string): Promise<void> {
  const { sql, tenantId } = scope;
  await widely(scope, () =>
    sql`
    update affiliations
    set is_primary = false
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and is_primary
  `);
}

/** The positions with their companies; creates companies that do not exist yet. */
export async function resolve(
  scope: Scope,
  wanted: readonly AffiliationInput[],
): Promise<Affiliation[]> {
  const places: Affiliation[] = [];
  for (const place of wanted) {
    const companyId = await companyNames.ensure(scope, place.companyName, place.companyId);
    places.push({ ...place, companyId });
  }
  return places;
}

/** A person's move from one company to another; both positions stay on record. */
export interface Move {
  /** The company that the person leaves. */
  from: string;
  companyName: string;
  role: string;
  department: string;
  /** The first day at the new company; the old position ends with it. */
  on: string;
}

/**
 * Ends the person's current position at a company and starts one at another, which is created if
 * none has that name. Returns false if there is no such position or it began later. Throws
 * NotFound.
 */
export async function move(scope: Scope, contactId: string, wanted: Move): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  await companyNames.takeTurns(scope, [{ companyId: null, companyName: wanted.companyName }]);
  const [found] = await sql`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = ${contactId}
      and deleted_at is null
    for no key update
  `;
  if (!found) throw new NotFound("contact");
  const { count } = await sql`
    update affiliations
    set until_on = ${wanted.on}
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and company_id = ${wanted.from}
      and until_on is null
      and (since_on is null or since_on <= ${wanted.on})
  `;
  if (count === 0) return false;
  const place = { ...wanted, companyId: null, sinceOn: wanted.on, untilOn: null };
  const [at] = await resolve(scope, [place]);
  await demote(scope, contactId);
  await sql`
    insert into affiliations (
      tenant_id, id, contact_id, company_id, role, department, is_primary, since_on
    )
    values (
      ${tenantId}, ${newId()}, ${contactId}, ${at!.companyId}, ${wanted.role}, ${wanted.department},
      true, ${wanted.on}
    )
  `;
  await sql`
    update contacts
    set version = version + 1, last_touch_at = ${now}, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${contactId}
  `;
  await searchTexts.refresh(scope, "contact", [contactId]);
  const fields = [{ name: "companies" }];
  await changes.record(scope, { kind: "contact", id: contactId, action: "moved", fields });
  return true;
}

/** The number of persons shown on a company's page. */
const pageSize = 50;

/** A company's persons outside the trash, current ones first; at most `pageSize`. */
export async function list({ sql, tenantId }: Scope, companyId: string): Promise<Member[]> {
  return await sql<Member[]>`
    select c.id as contact_id,
      ${fullName("c")} as name,
      a.role, a.department, a.since_on, a.until_on,
      (
        select e.address
        from emails e
        where e.tenant_id = c.tenant_id
          and e.contact_id = c.id
        order by e.position
        limit 1
      ) as email,
      (
        select n.number
        from phones n
        where n.tenant_id = c.tenant_id
          and n.contact_id = c.id
        order by n.position
        limit 1
      ) as phone
    from affiliations a
    join contacts c on c.tenant_id = a.tenant_id and c.id = a.contact_id
    where a.tenant_id = ${tenantId}
      and a.company_id = ${companyId}
      and c.deleted_at is null
    order by a.until_on nulls first, c.sort_name collate "C", c.id
    limit ${pageSize}
  `;
}
