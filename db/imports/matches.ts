/**
 * Finds what a batch refers to and already exists: e-mails, identifiers, companies, suppressed
 * addresses.
 */
import { marksOf } from "../contact_points.ts";
import { keysOf } from "../postal_keys.ts";
import { instantOf } from "../running_imports.ts";
import type { Scope } from "../scope.ts";
import * as suppressions from "../suppressions.ts";
import { fold } from "./folds.ts";
import * as persons from "./known_persons.ts";
import type { ImportedRecord } from "./records.ts";

/** An existing company with the requested name. */
export interface KnownCompany {
  id: string;
  /** The name as stored. */
  known: string;
  customerNumber: string;
  postalCode: string;
  street: string;
  vatId: string;
  /** The domains of its website and e-mails, and its telephone numbers. */
  domains: string[];
  phones: string[];
  /** Not visible to the importing user, so neither reported nor changed. */
  hidden: boolean;
}

/** An existing person whom a row is about. */
export interface KnownPerson {
  id: string;
  /** Must be neither shown nor changed: restricted, or not visible to the importing user. */
  restricted: boolean;
  /** Belongs to a company already. */
  employed: boolean;
}

/** The results for one batch, from a few queries for all of its rows. */
export interface Matches {
  /** Contact by e-mail in lower case. */
  emails: Map<string, KnownPerson>;
  /** Contact by identifier in the old system, or by our own. */
  uids: Map<string, KnownPerson>;
  /**
   * Contacts by the number of the row that has their customer number, or name with place or phone.
   */
  rows: Map<number, KnownPerson[]>;
  /** Folded names by name. */
  folded: Map<string, string>;
  /** Companies by folded name. */
  companies: Map<string, KnownCompany[]>;
  /** Whether a row's person was erased or has objected. */
  suppressed: (record: ImportedRecord) => boolean;
}

/** Hashes one tenant's addresses; null if nothing is suppressed. */
export type Hash = ReturnType<typeof suppressions.hasherOfAll> | null;

/**
 * The name by which a link finds its company: without line breaks, no longer than a name may be.
 */
export const nameOf = (name: string): string => name.trim().slice(0, 300);

/**
 * Looks up a batch. What this import itself created does not count. The transaction must see
 * restricted persons and invisible ones, because they must not be entered a second time.
 */
export async function lookup(
  scope: Scope,
  importId: string,
  batch: readonly ImportedRecord[],
  hash: Hash,
): Promise<Matches> {
  // While a tenant is small the planner uses any index that begins with it, and would read all that
  // the import has made for each row. So each lookup asks for a range from key to key in index
  // order.
  const stock = await stocked(scope);
  const contacts = stock.contacts ? batch.flatMap(({ contact }) => contact ?? []) : [];
  const emails = contacts.flatMap(({ emails }) => emails[0]?.address.toLowerCase() ?? []);
  const identified = contacts.filter(({ uid }) => uid !== "");
  const names = new Set(batch.flatMap((r) => r.companies.map(({ name }) => nameOf(name))));
  const keys = [...names].map((name): NameKey => [name, fold(name) || null]);
  // If there are no companies, names are only folded.
  const asked = stock.companies ? keys : keys.filter(([, key]) => key === null);
  const [byEmail, byUid, byNumber, byPlace, byPhone, byCompany, found, hit] = await Promise.all([
    emails.length ? contactsByEmail(scope, importId, emails) : [],
    identified.length ? persons.contactsByUid(scope, importId, identified) : [],
    stock.contacts ? persons.contactsByNumber(scope, importId, batch) : [],
    stock.contacts ? persons.contactsByPlace(scope, importId, batch) : [],
    stock.contacts ? persons.contactsByPhone(scope, importId, batch) : [],
    stock.contacts ? persons.contactsByCompany(scope, importId, batch) : [],
    asked.length ? companiesByName(scope, importId, asked, stock.companies) : [],
    hash ? suppressions.among(scope, hash, batch.flatMap(marks)) : new Set<string>(),
  ]);
  const companies = new Map<string, KnownCompany[]>();
  for (const { key, id, name: _, ...rest } of found) {
    if (id === null) continue;
    const same = companies.get(key) ?? [];
    companies.set(key, same);
    if (!same.some((one) => one.id === id)) same.push({ id, ...rest });
  }
  return {
    emails: new Map(byEmail.map(({ key, ...known }) => [key, known])),
    uids: new Map(byUid.map(({ key, ...known }) => [key, known])),
    rows: byRow([...byNumber, ...byPlace, ...byPhone, ...byCompany]),
    folded: new Map([
      ...keys.filter((each): each is [string, string] => each[1] !== null),
      ...found.map(({ name, key }) => [name, key] as const),
    ]),
    companies,
    suppressed: (record) => hit.size > 0 && marks(record).some((each) => hit.has(each)),
  };
}

/**
 * Whether records existed before, or were added meanwhile. An empty tenant needs no lookups, each
 * of which would read everything that the import itself has created, at the run's own instant. The
 * order leaves the planner only the index of instants, which excludes those records.
 */
async function stocked(
  { sql, tenantId, now }: Scope,
): Promise<{ contacts: boolean; companies: boolean }> {
  const made = instantOf(sql, now);
  const beside = (table: "contacts" | "companies") =>
    sql`coalesce((
      select true
      from ${sql(table)}
      where tenant_id = ${tenantId}
        and deleted_at is null
        and created_at < ${made}
      order by created_at desc, id desc
      limit 1
    ), (
      select true
      from ${sql(table)}
      where tenant_id = ${tenantId}
        and deleted_at is null
        and created_at > ${made}
      order by created_at desc, id desc
      limit 1
    ), false)`;
  const [found] = await sql<{ contacts: boolean; companies: boolean }[]>`
    select ${beside("contacts")} as contacts, ${beside("companies")} as companies
  `;
  return found!;
}

/**
 * Everything that identifies a row's person, including the addresses of the companies beside them.
 */
function marks({ contact, companies }: ImportedRecord): string[] {
  if (!contact) return [];
  const places = companies.flatMap(({ addresses }) => addresses);
  return [...marksOf(contact), ...keysOf(contact, places)];
}

/** The persons of each row, each once. */
function byRow(found: readonly persons.Found[]): Map<number, KnownPerson[]> {
  const rows = new Map<number, KnownPerson[]>();
  for (const { row, ...known } of found) {
    const all = rows.get(row) ?? [];
    rows.set(row, all);
    if (!all.some(({ id }) => id === known.id)) all.push(known);
  }
  return rows;
}

interface KnownContact extends KnownPerson {
  key: string;
}

/** `offset 0` preserves the order of the lookups. */
async function contactsByEmail(
  scope: Scope,
  importId: string,
  emails: string[],
): Promise<KnownContact[]> {
  const { sql, tenantId } = scope;
  return await sql<KnownContact[]>`
    select wanted.key, c.id, ${persons.closed(scope)} as restricted,
      ${persons.employed(scope)} as employed
    from unnest(${emails}::text[]) as wanted (key)
    cross join lateral (
      select contact_id
      from emails
      where tenant_id = ${tenantId}
        and address_key between wanted.key and wanted.key
      order by address_key
      offset 0
    ) e
    cross join lateral (
      select id, restricted_at, owner_id
      from contacts
      where tenant_id = ${tenantId}
        and id between e.contact_id and e.contact_id
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by id
      offset 0
    ) c
  `;
}

/** A name and its comparison key; null if the schema has to fold it. */
type NameKey = [name: string, key: string | null];

interface FoundCompany {
  name: string;
  key: string;
  id: string | null;
  known: string;
  customerNumber: string;
  postalCode: string;
  street: string;
  vatId: string;
  domains: string[];
  phones: string[];
  hidden: boolean;
}

/**
 * Names whose key is not known yet are folded once each; inside the join it would be once per
 * company. If there are no companies, names are only folded.
 */
async function companiesByName(
  { sql, tenantId }: Scope,
  importId: string,
  names: NameKey[],
  any: boolean,
): Promise<FoundCompany[]> {
  return await sql<FoundCompany[]>`
    with wanted as materialized (
      select name, coalesce(key, nullif(fold(name), ''), lower(name)) as key
      from unnest(
        ${names.map(([name]) => name)}::text[], ${names.map(([, key]) => key)}::text[]
      ) as given (name, key)
    )
    select wanted.name, wanted.key, c.id, c.name as known, coalesce(c.customer_number, '') as customer_number,
      coalesce(a.postal_code, '') as postal_code, coalesce(a.street, '') as street,
      coalesce(c.vat_id, '') as vat_id, coalesce(s.domains, '{}') as domains,
      coalesce(s.phones, '{}') as phones,
      hides_owner('companies', c.owner_id) as hidden
    from wanted
    left join lateral (
      select id, name, customer_number, vat_id, domain, owner_id
      from companies
      where ${any}::boolean
        and tenant_id = ${tenantId}
        and sort_name collate "C" between (wanted.key collate "C") and wanted.key collate "C"
        and deleted_at is null
        and import_id is distinct from ${importId}
      order by sort_name collate "C", id
      offset 0
    ) c on true
    left join lateral (
      select d.postal_code, d.street
      from addresses d
      where d.tenant_id = ${tenantId}
        and d.company_id between c.id and c.id
      order by d.company_id, d.position
      limit 1
    ) a on true
    left join lateral (
      select
        array_remove(array_append(array(
          select lower(split_part(e.address, '@', 2))
          from emails e
          where e.tenant_id = ${tenantId}
            and e.company_id between c.id and c.id
          order by e.company_id, e.position
          limit 20
        ), c.domain), null) as domains,
        array(
          select p.number
          from phones p
          where p.tenant_id = ${tenantId}
            and p.company_id between c.id and c.id
          order by p.company_id, p.position
          limit 20
        ) as phones
    ) s on c.id is not null
    order by c.id
  `;
}
