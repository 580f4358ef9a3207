/**
 * Finds existing persons by what is no proof in itself: a customer number, a name with its place.
 */
import { isId } from "../ids.ts";
import type { Scope } from "../scope.ts";
import { fold } from "./folds.ts";
import type { KnownPerson } from "./matches.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";

/** A person found for a row of the batch. */
export interface Found extends KnownPerson {
  row: number;
}

/** Whether the contact `c` belongs to a company. */
export const employed = ({ sql, tenantId }: Scope) =>
  sql`coalesce((
      select true
      from affiliations f
      where f.tenant_id = ${tenantId}
        and f.contact_id between c.id and c.id
      order by f.contact_id
      limit 1
    ), false)`;

/** Whether the contact `c` must not be shown: restricted, or not visible to the importing user. */
export const closed = ({ sql }: Scope) =>
  sql`(c.restricted_at is not null or hides_owner('contacts', c.owner_id))`;

/**
 * By identifier in the old system, or by our own. A short one may be another system's number for
 * somebody else, so one of the names must be the same.
 */
export async function contactsByUid(
  scope: Scope,
  importId: string,
  identified: readonly ImportedContact[],
): Promise<(KnownPerson & { key: string })[]> {
  const { sql, tenantId } = scope;
  return await sql<(KnownPerson & { key: string })[]>`
    select wanted.uid as key, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from unnest(
      ${identified.map(({ uid }) => uid)}::text[],
      ${identified.map(({ firstName }) => firstName)}::text[],
      ${identified.map(({ lastName }) => lastName)}::text[]
    ) as wanted (uid, first, last)
    cross join lateral (
      select id, restricted_at, owner_id, first_name, last_name
      from contacts
      where tenant_id = ${tenantId}
        and external_uid between wanted.uid and wanted.uid
        and external_uid <> ''
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by external_uid
      limit 20
    ) c
    where length(wanted.uid) >= 15
      or fold(c.last_name) = fold(wanted.last)
      or (c.first_name <> '' and fold(c.first_name) = fold(wanted.first))
    union all
    select c.id::text as key, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any (${identified.map(({ uid }) => uid).filter(isId)}::uuid[])
      and c.deleted_at is null
      and c.import_id is distinct from ${importId}
  `;
}

/**
 * By customer number. Persons of one company may share it, so the name must be the same, or lack
 * its first name on one side.
 */
export async function contactsByNumber(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
): Promise<Found[]> {
  const { sql, tenantId } = scope;
  const asked = wanted(batch, ({ customerNumber }) => customerNumber);
  if (asked.rows.length === 0) return [];
  return await sql<Found[]>`
    select wanted.row, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from unnest(
      ${asked.rows}::int[], ${asked.keys}::text[], ${asked.firsts}::text[], ${asked.lasts}::text[]
    ) as wanted (row, number, first, last)
    cross join lateral (
      select id, restricted_at, owner_id, first_name, last_name
      from contacts
      where tenant_id = ${tenantId}
        and customer_number between wanted.number and wanted.number
        and customer_number <> ''
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by customer_number
      limit 20
    ) c
    where fold(c.last_name) = fold(wanted.last)
      and (
        fold(c.first_name) = fold(wanted.first)
        or c.first_name = ''
        or wanted.first = ''
      )
    order by c.id
  `;
}

/**
 * By name and postal code, unless e-mails contradict: two persons with different addresses are not
 * the same. `offset 0` keeps the planner from reading all addresses of a postal code for each
 * person of the name.
 */
export async function contactsByPlace(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
): Promise<Found[]> {
  const { sql, tenantId } = scope;
  const asked = wanted(batch, ({ addresses }) => addresses[0]?.postalCode ?? "");
  if (asked.rows.length === 0) return [];
  return await sql<Found[]>`
    with asked as materialized (
      select w.row, w.code, w.mailed, coalesce(w.name, fold(w.whole)) as name
      from unnest(
        ${asked.rows}::int[], ${asked.keys}::text[], ${asked.wholes}::text[],
        ${asked.wholes.map(fold)}::text[], ${asked.mailed}::int[]
      ) as w (row, code, whole, name, mailed)
    )
    select asked.row, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from asked
    cross join lateral (
      select id, restricted_at, owner_id
      from contacts
      where tenant_id = ${tenantId}
        and sort_name collate "C" between (asked.name collate "C") and asked.name collate "C"
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by sort_name collate "C", id
      limit 20
    ) c
    where asked.name <> ''
      and exists (
        select
        from (
          select postal_code
          from addresses
          where tenant_id = ${tenantId}
            and contact_id between c.id and c.id
          order by contact_id, position
          offset 0
        ) d
        where d.postal_code = asked.code
      )
      and (asked.mailed = 0 or (
        select e.id
        from emails e
        where e.tenant_id = ${tenantId}
          and e.contact_id between c.id and c.id
        order by e.contact_id, e.position
        limit 1
      ) is null)
    order by c.id
  `;
}

/** For rows without an e-mail: by name and telephone number, as within one file. */
export async function contactsByPhone(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
): Promise<Found[]> {
  const { sql, tenantId } = scope;
  const asked = batch.flatMap(({ row, key = row, contact }) =>
    contact && contact.emails.length === 0
      ? contact.phones.map(({ number }) => ({ row: key, number, contact }))
      : []
  );
  if (asked.length === 0) return [];
  return await sql<Found[]>`
    select wanted.row, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from unnest(
      ${asked.map(({ row }) => row)}::int[], ${asked.map(({ number }) => number)}::text[],
      ${asked.map(({ contact }) => contact.firstName)}::text[],
      ${asked.map(({ contact }) => contact.lastName)}::text[]
    ) as wanted (row, number, first, last)
    cross join lateral (
      select contact_id
      from phones
      where tenant_id = ${tenantId}
        and number between wanted.number and wanted.number
        and contact_id is not null
      order by number
      offset 0
    ) n
    cross join lateral (
      select id, restricted_at, owner_id, first_name, last_name
      from contacts
      where tenant_id = ${tenantId}
        and id between n.contact_id and n.contact_id
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by id
      offset 0
    ) c
    where fold(c.last_name) = fold(wanted.last)
      and fold(c.first_name) = fold(wanted.first)
    order by c.id
  `;
}

/**
 * For rows with nothing else about the person: by name and company. The name comes first, because a
 * company may have thousands of persons, and as many rows of the file may name it.
 */
export async function contactsByCompany(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
): Promise<Found[]> {
  const { sql, tenantId } = scope;
  const asked = batch.flatMap(({ row, key = row, contact, companies: [company] }) =>
    contact && company && contact.emails.length + contact.phones.length === 0 &&
      contact.addresses.length === 0
      ? [{ row: key, company: company.name, contact }]
      : []
  );
  if (asked.length === 0) return [];
  return await sql<Found[]>`
    with asked as materialized (
      select w.row, fold(w.company) as company, fold(w.last) as last,
        fold(case when w.last = '' then w.first else w.last || ' ' || w.first end) as name
      from unnest(
        ${asked.map(({ row }) => row)}::int[], ${asked.map(({ company }) => company)}::text[],
        ${asked.map(({ contact }) => contact.lastName)}::text[],
        ${asked.map(({ contact }) => contact.firstName)}::text[]
      ) as w (row, company, last, first)
    )
    select asked.row, c.id, ${closed(scope)} as restricted,
      ${employed(scope)} as employed
    from asked
    cross join lateral (
      select c.id, c.restricted_at, c.owner_id
      from contacts c
      where c.tenant_id = ${tenantId}
        and c.sort_name collate "C" between (asked.name collate "C") and asked.name collate "C"
        and c.deleted_at is null
        and c.import_id is distinct from ${importId}
        and fold(c.last_name) = asked.last
        and asked.company = any (array(
          select (
            select o.sort_name
            from companies o
            where o.tenant_id = ${tenantId}
              and o.id between f.company_id and f.company_id
              and o.deleted_at is null
              and o.import_id is distinct from ${importId}
            order by o.id
            limit 1
          )
          from affiliations f
          where f.tenant_id = ${tenantId}
            and f.contact_id between c.id and c.id
          order by f.contact_id
        ))
      order by c.sort_name collate "C", c.id
      limit 20
    ) c
    where asked.company <> ''
    order by c.id
  `;
}

/** The rows whose person has such a key, as columns. */
function wanted(batch: readonly ImportedRecord[], key: (contact: ImportedContact) => string) {
  const found = batch.flatMap(({ row, key: own, contact }) =>
    contact && key(contact) !== "" ? [{ row: own ?? row, contact }] : []
  );
  return {
    rows: found.map(({ row }) => row),
    keys: found.map(({ contact }) => key(contact)),
    firsts: found.map(({ contact }) => contact.firstName),
    lasts: found.map(({ contact }) => contact.lastName),
    wholes: found.map(({ contact: { firstName, lastName } }) =>
      lastName === "" ? firstName : `${lastName} ${firstName}`
    ),
    mailed: found.map(({ contact }) => contact.emails.length),
  };
}
