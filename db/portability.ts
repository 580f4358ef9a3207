/** What a person has provided, to take along (Art. 20 GDPR): JSON, CSV and vCard. */
import * as casePersons from "./case_persons.ts";
import * as controllers from "./controllers.ts";
import * as customAccess from "./custom_access.ts";
import { row } from "./exports/csv.ts";
import { contactCard } from "./exports/vcards.ts";
import * as loginPersons from "./login_persons.ts";
import { columnsOf, type Person } from "./person_tables.ts";
import {
  format,
  type PortableDocument,
  type PortablePerson,
  schemaUrl,
} from "./portability_documents.ts";
import type { Scope } from "./scope.ts";

/** The right covers what is based on consent or on a contract (Art. 20(1)(a)). */
const bases = ["consent", "contract", "pre_contract"] as const;

interface Row extends Omit<PortablePerson, "custom"> {
  id: string;
}

/** A person's document; null if nothing about them is based on consent or a contract. */
export async function read(
  scope: Scope,
  baseUrl: string,
  person: Person,
): Promise<PortableDocument | null> {
  const all = scope.tenantId === controllers.providerId
    ? await loginPersons.portable(scope, person)
    : await rows(scope, person);
  const own = await customAccess.provided(scope, person.contactIds);
  const persons = all.map(({ id, ...each }) => ({
    ...each,
    custom: (own.get(id) ?? []).map(({ name, label, value }) => ({ name, label, value })),
  }));
  if (persons.length === 0) return null;
  const { name, email, country } = await controllers.find(scope);
  return {
    $schema: schemaUrl(baseUrl),
    format,
    issuedAt: scope.now.toISOString(),
    controller: { name, email, country },
    persons,
  };
}

/**
 * Whether the person a request is about is known but none of their data is covered: there is
 * nothing to send.
 */
export async function isUncovered(scope: Scope, caseId: string): Promise<boolean> {
  const person = await casePersons.resolve(scope, caseId);
  return person !== null && await read(scope, "", person) === null;
}

async function rows({ sql, tenantId }: Scope, { contactIds }: Person): Promise<Row[]> {
  await sql`set local app.sees_restricted = 'on'`;
  const found = await sql<Row[]>`
    select c.id, c.salutation, c.title, c.first_name, c.name_prefix as "name_prefix", c.last_name,
      c.name_suffix, c.address_form, c.language, c.birthday, c.position, c.customer_number,
      c.website,
      (
        select coalesce(json_agg(json_build_object(
          'kind', e.kind, 'address', e.address
        ) order by e.position, e.id), '[]')
        from emails e
        where e.tenant_id = ${tenantId}
          and e.contact_id = c.id
      ) as emails,
      (
        select coalesce(json_agg(json_build_object(
          'kind', p.kind, 'number', p.number
        ) order by p.position, p.id), '[]')
        from phones p
        where p.tenant_id = ${tenantId}
          and p.contact_id = c.id
      ) as phones,
      (
        select coalesce(json_agg(json_build_object(
          'kind', a.kind, 'street', a.street, 'extra', a.extra, 'po_box', a.po_box,
          'postal_code', a.postal_code, 'city', a.city, 'region', a.region, 'country', a.country
        ) order by a.position, a.id), '[]')
        from addresses a
        where a.tenant_id = ${tenantId}
          and a.contact_id = c.id
      ) as addresses,
      (
        select coalesce(json_agg(json_build_object(
          'name', o.name, 'role', f.role, 'department', f.department, 'since_on', f.since_on,
          'until_on', f.until_on
        ) order by f.is_primary desc, f.id), '[]')
        from affiliations f
        join companies o on o.tenant_id = f.tenant_id and o.id = f.company_id
        where f.tenant_id = ${tenantId}
          and f.contact_id = c.id
      ) as companies
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any(${[...contactIds]}::uuid[])
      and c.legal_basis = any(${[...bases]}::text[])
    order by c.id
    limit 20
  `;
  return found.map((each) => inMapsWords(each as unknown as Record<string, unknown>));
}

/** The driver returns `firstName`; the document and the map use `first_name`. */
function inMapsWords(found: Record<string, unknown>): Row {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  ) as unknown as Row;
}

/** The columns of contacts that, according to the map, a person has provided. */
export const provided = (): string[] =>
  columnsOf("contacts").filter(([, { inPortabilityExport }]) => inPortabilityExport)
    .map(([name]) => name);

const own = [
  "salutation",
  "title",
  "first_name",
  "name_prefix",
  "last_name",
  "name_suffix",
  "address_form",
  "language",
  "birthday",
  "position",
  "customer_number",
  "website",
] as const satisfies readonly (keyof PortablePerson)[];

/** The same as a table, one line per person; contact details go into numbered columns. */
export function toCsv({ persons }: PortableDocument): string {
  const widest = (list: "emails" | "phones" | "addresses" | "companies") =>
    Math.max(1, ...persons.map((each) => each[list].length));
  const places = ["street", "extra", "po_box", "postal_code", "city", "region", "country"] as const;
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${name} ${at + 1}`);
  const fill = (cells: string[], count: number) => [
    ...cells,
    ...Array<string>(Math.max(0, count - cells.length)).fill(""),
  ];
  const [emails, phones, addresses, companies] = [
    widest("emails"),
    widest("phones"),
    widest("addresses"),
    widest("companies"),
  ];
  const labels = [...new Set(persons.flatMap(({ custom }) => custom.map(({ label }) => label)))];
  const head = [
    ...own,
    ...numbered("email", emails),
    ...numbered("phone", phones),
    ...numbered("address", addresses).flatMap((each) => places.map((part) => `${each} ${part}`)),
    ...numbered("company", companies),
    ...labels,
  ];
  const lines = persons.map((person) =>
    row([
      ...own.map((name) => person[name] ?? ""),
      ...fill(person.emails.map(({ address }) => address), emails),
      ...fill(person.phones.map(({ number }) => number), phones),
      ...fill(
        person.addresses.flatMap((each) => places.map((part) => each[part])),
        addresses * places.length,
      ),
      ...fill(person.companies.map(({ name }) => name), companies),
      ...labels.map((label) =>
        person.custom.filter((each) => each.label === label).map(({ value }) => value).join("; ")
      ),
    ])
  );
  return row(head) + lines.join("");
}

/** The same as vCards, version 4.0. */
export const toCards = ({ persons, issuedAt }: PortableDocument): string =>
  persons.map((person, at) =>
    contactCard({
      id: `${at + 1}`,
      externalUid: "",
      salutation: person.salutation,
      title: person.title,
      firstName: person.first_name,
      namePrefix: person.name_prefix,
      lastName: person.last_name,
      nameSuffix: person.name_suffix,
      letterSalutation: "",
      addressForm: person.address_form,
      language: person.language,
      position: person.position,
      birthday: person.birthday,
      customerNumber: person.customer_number,
      website: person.website,
      emails: person.emails,
      phones: person.phones,
      addresses: person.addresses,
      companies: person.companies.map(({ name, role, department }, index) => ({
        name,
        role,
        department,
        primary: index === 0,
      })),
      updatedAt: new Date(issuedAt),
      // What the tenant has added about a person is not theirs to take along.
      ...nothingOfTheTenant,
    })
  ).join("");

const nothingOfTheTenant = {
  status: "",
  notes: "",
  owner: null,
  source: "",
  tags: [],
  custom: [],
  lastTouchAt: new Date(0),
  createdAt: new Date(0),
  sourceChannel: "",
  legalBasis: "",
  purpose: "",
  noticeDueOn: null,
  noticeSentAt: null,
  noticeException: null,
  objections: [],
  retainUntil: null,
  retainReason: null,
};
