/** Who a request may be about: contacts of a tenant, or log-ins, each with the reason. */
import { plainName } from "./full_names.ts";
import * as loginPersons from "./login_persons.ts";
import * as packages from "./access_packages.ts";
import * as controllers from "./controllers.ts";
import * as personNames from "./person_names.ts";
import type { Person } from "./person_tables.ts";
import * as phones from "./phones.ts";
import type { Scope } from "./scope.ts";

/** What a person is searched by. */
export interface Terms {
  emails: string[];
  phones: string[];
  names: string[];
  numbers: string[];
}

export type Reason =
  | "email"
  | "phone"
  | "name"
  | "number"
  /** Named by the data protection officer. */
  | "named";

/** A contact, or for the provider a log-in, that may be the person. */
export interface Candidate {
  id: string;
  by: Reason[];
}

/** The maximum number of candidates listed. */
const most = 50;

/**
 * Everybody known by one of these terms, the likeliest first, including restricted and trashed
 * ones.
 */
export async function list(scope: Scope, terms: Terms): Promise<Candidate[]> {
  await scope.sql`set local app.sees_restricted = 'on'`;
  return scope.tenantId === controllers.providerId
    ? await logins(scope, terms)
    : await contacts(scope, await withCountry(scope, terms));
}

async function withCountry(scope: Scope, terms: Terms): Promise<Terms> {
  if (terms.phones.length === 0) return terms;
  const { country } = await controllers.find(scope);
  return { ...terms, phones: terms.phones.map((each) => phones.toE164(each, country) ?? each) };
}

async function contacts({ sql, tenantId }: Scope, terms: Terms): Promise<Candidate[]> {
  const names = terms.names.map(personNames.split).filter(({ lastName }) => lastName !== "")
    .flatMap(({ firstName, lastName }) => [
      `${lastName} ${firstName}`.trim(),
      `${firstName} ${lastName}`.trim(),
    ]);
  return await sql<Candidate[]>`
    select m.id, array_agg(distinct f.by order by f.by) as by
    from (
      select contact_id as id, 'email' as by
      from emails
      where tenant_id = ${tenantId}
        and contact_id is not null
        and address_key = any (${terms.emails.map((each) => each.toLowerCase())}::text[])
      union all
      select contact_id, 'phone'
      from phones
      where tenant_id = ${tenantId}
        and contact_id is not null
        and number = any (${terms.phones}::text[])
      union all
      select id, 'number'
      from contacts
      where tenant_id = ${tenantId}
        and customer_number <> ''
        and customer_number = any (${terms.numbers}::text[])
      union all
      select id, 'name'
      from contacts
      where tenant_id = ${tenantId}
        and sort_name = any (array(
          select fold(wanted.name)
          from unnest(${names}::text[]) as wanted (name)
        ))
    ) f
    -- A record that was merged into another counts as that one.
    left join former_ids old on old.tenant_id = ${tenantId} and old.id = f.id
    cross join lateral (select coalesce(old.contact_id, f.id) as id) m
    group by m.id
    order by bool_or(f.by = 'email') desc, count(distinct f.by) desc, m.id
    limit ${most}
  `;
}

/** For the provider: those who log in. */
async function logins({ sql }: Scope, terms: Terms): Promise<Candidate[]> {
  return await sql<Candidate[]>`
    select f.id, array_agg(distinct f.by order by f.by) as by
    from (
      select id, 'email' as by
      from identities
      where email_key = any (${terms.emails.map((each) => each.toLowerCase())}::text[])
      union all
      select id, 'name'
      from identities
      where lower(name) = any (${terms.names.map((each) => each.toLowerCase())}::text[])
    ) f
    group by f.id
    order by bool_or(f.by = 'email') desc, f.id
    limit ${most}
  `;
}

/** Those of the records that are still stored, each as what it has been merged into since. */
export async function remaining(scope: Scope, ids: readonly string[]): Promise<string[]> {
  const { sql, tenantId } = scope;
  const today = await present(scope, ids);
  if (tenantId === controllers.providerId) {
    return [...(await loginPersons.personOf(scope, today)).contactIds];
  }
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<{ id: string }[]>`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = any (${today}::uuid[])
    order by id
  `;
  return rows.map(({ id }) => id);
}

/** The same records today: one that has since been merged into another counts as that one. */
async function present({ sql, tenantId }: Scope, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct coalesce(f.contact_id, given.id) as id
    from unnest(${[...ids]}::uuid[]) as given (id)
    left join former_ids f on f.tenant_id = ${tenantId} and f.id = given.id
    order by 1
  `;
  return rows.map(({ id }) => id);
}

/** The contacts as one person, since duplicates are. Leaves out those that are gone by now. */
export async function personOf(scope: Scope, ids: readonly string[]): Promise<Person> {
  const { sql, tenantId } = scope;
  if (tenantId === controllers.providerId) return await loginPersons.personOf(scope, ids);
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<{ id: string }[]>`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = any (${await present(scope, ids)}::uuid[])
    order by id
    limit ${most}
  `;
  const all: Person[] = [];
  for (const { id } of rows) all.push(await packages.findPerson(scope, id));
  const each = (part: keyof Person) => [...new Set(all.flatMap((one) => one[part]))];
  return {
    contactIds: each("contactIds"),
    emails: each("emails"),
    phones: each("phones"),
    names: each("names"),
    numbers: each("numbers"),
  };
}

/** A candidate as the page shows it. */
export interface NamedCandidate extends Candidate {
  name: string;
  /** Where the person works, or the log-in's address. */
  detail: string;
  restricted: boolean;
  trashed: boolean;
}

/** The candidates with their names; leaves out those that are gone. */
export async function named(
  { sql, tenantId }: Scope,
  candidates: readonly Candidate[],
): Promise<NamedCandidate[]> {
  if (candidates.length === 0) return [];
  const ids = candidates.map(({ id }) => id);
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await (tenantId === controllers.providerId
    ? sql<Omit<NamedCandidate, "by">[]>`
      select id, name, email as detail, false as restricted, false as trashed
      from identities
      where id = any (${ids}::uuid[])
    `
    : sql<Omit<NamedCandidate, "by">[]>`
      select c.id, ${plainName("c")} as name, c.restricted_at is not null as restricted,
        c.deleted_at is not null as trashed,
        concat_ws(', ', nullif(c.position, ''), nullif(c.customer_number, '')) as detail
      from contacts c
      where c.tenant_id = ${tenantId}
        and c.id = any (${ids}::uuid[])
    `);
  const known = new Map(rows.map((row) => [row.id, row]));
  return candidates.flatMap((each) =>
    known.has(each.id) ? [{ ...known.get(each.id)!, ...each }] : []
  );
}
