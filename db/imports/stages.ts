/**
 * Inserts new records into the database, several batches at a time: by COPY into temporary tables
 * (row-level security forbids it for the real ones), and from there by set-based inserts.
 */
import { newId } from "../ids.ts";
import type { Scope } from "../scope.ts";
import { copyIn } from "../table_copies.ts";
import type { Assignees } from "./assignees.ts";
import { Lines } from "./copy_lines.ts";
import { searchWords } from "./folds.ts";
import { insert } from "./inserts.ts";
import { digitsOf } from "./phone_digits.ts";
import type { ImportedAddress, ImportedEmail, ImportedPhone } from "./records.ts";
import type { Link, NewCompany, NewContact, Screened } from "./screenings.ts";
import type { Status } from "./standings.ts";
import { cut, link, tagNames } from "./texts.ts";

/** What all records of a run have in common. */
export interface Origin {
  importId: string;
  source: string;
  legalBasis: string;
  purpose: string;
  noticeDueOn: string;
  /** For rows that do not give one. */
  status: Status;
  /** For persons whose row gives no language. */
  language: string;
  /** Tags for every record of the run, in addition to those of its row. */
  tags: readonly string[];
  /** The owner of records whose row names nobody. */
  ownerId: string | null;
  /** Finds the owners of all others. */
  owners: Assignees;
}

const columns = {
  stage_contacts: `id uuid, salutation text, title text, first_name text, name_prefix text,
    last_name text, name_suffix text, language text, position text, birthday text,
    customer_number text, notes text, website text, external_uid text, letter_salutation text,
    address_form text, status text, owner_id uuid, words text, found text,
    numbers text[], summary jsonb, change_id uuid`,
  stage_companies: `id uuid, name text, legal_form text, industry text, customer_number text,
    vat_id text, tax_number text, register_court text, register_number text, website text,
    notes text, status text, owner_id uuid, words text, found text, numbers text[],
    summary jsonb, change_id uuid`,
  stage_emails: "id uuid, contact_id uuid, company_id uuid, kind text, address text, position int",
  stage_phones: "id uuid, contact_id uuid, company_id uuid, kind text, number text, position int",
  stage_addresses: `id uuid, contact_id uuid, company_id uuid, kind text, street text, extra text,
    po_box text, postal_code text, city text, region text, country text, position int`,
  stage_affiliations: `id uuid, contact_id uuid, company_id uuid, role text, department text,
    is_primary boolean`,
  stage_objections: "id uuid, contact_id uuid, channel text",
  stage_tags: "contact_id uuid, company_id uuid, name text",
  stage_values: "id uuid, contact_id uuid, company_id uuid, field_id uuid, item int, value text",
} as const;

type Table = keyof typeof columns;
const tables = Object.keys(columns) as Table[];

/** Records moved together, because each move plans its statements again and waits for each COPY. */
const enough = 2_000;

/** The temporary tables of one run, which end with its transaction. */
export class Stage {
  #held: Lines<Table>[] = [];
  #waiting = 0;

  private constructor(readonly scope: Scope, readonly origin: Origin) {}

  /** Creates the tables. */
  static async open(scope: Scope, origin: Origin): Promise<Stage> {
    const made = tables.map((name) =>
      `create temporary table ${name} (${columns[name]}) on commit drop`
    );
    await scope.sql.unsafe(made.join(";\n")).simple();
    return new Stage(scope, origin);
  }

  /**
   * The records of a batch with everything that belongs to them, prepared while earlier ones move.
   */
  lines({ contacts, companies }: Screened): Lines<Table> {
    const lines = new Lines<Table>(contacts.length + companies.length);
    for (const company of companies) addCompany(lines, company, this.origin);
    for (const contact of contacts) addContact(lines, contact, this.origin);
    return lines;
  }

  /** Takes the lines of a batch; returns whether earlier ones had to move on for that. */
  async write(lines: Lines<Table>): Promise<boolean> {
    const full = this.#waiting >= enough;
    if (full) await this.flush();
    this.#held.push(lines);
    this.#waiting += lines.records;
    return full;
  }

  /** Moves the held lines into the tables, with their history. */
  async flush(): Promise<void> {
    if (this.#waiting === 0) return;
    const held = this.#held;
    this.#held = [];
    this.#waiting = 0;
    for (const table of tables) {
      await copy(this.scope, table, held.map((lines) => lines.of(table)).join(""));
    }
    await insert(this.scope, this.origin);
    await this.scope.sql.unsafe(`truncate ${tables.join(", ")}`);
  }
}

/** Digits and a plus need no quotes inside an array; anything else is quoted. */
const array = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;

/** The search text of a record if it can be computed here, otherwise its words and numbers. */
function found(
  words: string,
  phones: readonly ImportedPhone[],
): [words: string | null, found: string, numbers: string] {
  const made = searchWords(words);
  const numbers = phones.map((phone) => cut(phone.number, 80));
  const digits = digitsOf(numbers);
  return [
    made === null ? words : null,
    (made ?? "") + (digits ?? ""),
    digits === null ? array(numbers) : "{}",
  ];
}

function addContact(
  lines: Lines<Table>,
  { id, contact, links }: NewContact,
  origin: Origin,
) {
  const { firstName, namePrefix, lastName, customerNumber } = contact;
  const names = [firstName, namePrefix, lastName].map((name) => cut(name));
  const number = cut(customerNumber, 100);
  const tags = tagNames(contact.tags, origin.tags);
  lines.add(
    "stage_contacts",
    id,
    contact.salutation,
    cut(contact.title),
    ...names,
    cut(contact.suffix),
    contact.language || origin.language,
    cut(contact.position),
    contact.birthday || null,
    number,
    contact.notes,
    link(contact.website),
    cut(contact.uid),
    cut(contact.letterSalutation),
    contact.addressForm || "formal",
    contact.status || origin.status,
    origin.owners.ownerOf(contact.owner),
    ...found(
      words(
        [...names, number, bare(number), ...links.map(({ name }) => name), ...contact.customWords],
        contact,
        tags,
      ),
      contact.phones,
    ),
    summary(contact, links[0]),
    newId(),
  );
  addReach(lines, id, null, contact, tags);
  addValues(lines, id, null, contact.custom);
  for (const channel of contact.objections) lines.add("stage_objections", newId(), id, channel);
  links.forEach(({ companyId, role, department }, index) =>
    lines.add(
      "stage_affiliations",
      newId(),
      id,
      companyId,
      // A position given only once is stored with the person and not in the role as well.
      cut(role !== contact.position ? role : index === 0 ? contact.role : ""),
      cut(department),
      index === 0,
    )
  );
}

function addCompany(lines: Lines<Table>, { id, company }: NewCompany, origin: Origin) {
  const number = cut(company.customerNumber, 100);
  const name = cut(company.name, 300);
  const tags = tagNames(company.tags, origin.tags);
  const own = [
    name,
    company.industry,
    number,
    bare(number),
    company.vatId,
    company.website,
    ...company.customWords,
  ];
  lines.add(
    "stage_companies",
    id,
    name,
    cut(company.legalForm),
    cut(company.industry),
    number,
    cut(company.vatId, 40),
    cut(company.taxNumber),
    cut(company.registerCourt),
    cut(company.registerNumber),
    link(company.website),
    company.notes,
    company.status || origin.status,
    origin.owners.ownerOf(company.owner),
    ...found(words(own, company, tags), company.phones),
    summary(company),
    newId(),
  );
  addReach(lines, null, id, company, tags);
  addValues(lines, null, id, company.custom);
}

interface Reach {
  emails: ImportedEmail[];
  phones: ImportedPhone[];
  addresses: ImportedAddress[];
}

function addReach(
  lines: Lines<Table>,
  contactId: string | null,
  companyId: string | null,
  { emails, phones, addresses }: Reach,
  tags: string[],
): void {
  const owner = [contactId, companyId] as const;
  emails.forEach(({ kind, address }, at) =>
    lines.add("stage_emails", newId(), ...owner, kind, cut(address, 254), at)
  );
  phones.forEach(({ kind, number }, at) =>
    lines.add("stage_phones", newId(), ...owner, kind, cut(number, 80), at)
  );
  addresses.forEach((a, at) =>
    lines.add(
      "stage_addresses",
      newId(),
      ...owner,
      a.kind,
      cut(a.street),
      cut(a.extra, 500),
      cut(a.poBox),
      cut(a.postalCode, 20),
      cut(a.city),
      cut(a.region),
      a.country,
      at,
    )
  );
  for (const tag of tags) lines.add("stage_tags", ...owner, tag);
}

function addValues(
  lines: Lines<Table>,
  contactId: string | null,
  companyId: string | null,
  custom: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [fieldId, values] of Object.entries(custom)) {
    values.forEach((value, item) =>
      lines.add("stage_values", newId(), contactId, companyId, fieldId, item, value)
    );
  }
}

const bare = (number: string): string => number.replace(/[^\p{L}\p{N}]/gu, "");

/** The search words of a record, composed as by `refresh_contact_search` of the schema. */
function words(own: string[], { emails, addresses }: Reach, tags: string[]): string {
  const places = new Set(addresses.map(({ postalCode, city }) => `${postalCode} ${city}`.trim()));
  return [...own, ...emails.map(({ address }) => address), ...places, ...tags].filter(Boolean)
    .join(" ");
}

/** What lists show of a record, composed as by `refresh_contact_search`; tags come later. */
function summary({ emails, phones, addresses }: Reach, link?: Link): string {
  return JSON.stringify({
    companyId: link?.companyId,
    company: link?.name.replaceAll("\0", ""),
    email: emails[0] && cut(emails[0].address, 254).replaceAll("\0", ""),
    phone: phones[0] && cut(phones[0].number, 80).replaceAll("\0", ""),
    city: addresses[0] && (cut(addresses[0].city).replaceAll("\0", "") || undefined),
  });
}

async function copy({ sql }: Scope, table: Table, lines: string): Promise<void> {
  if (lines !== "") await copyIn(sql`copy ${sql(table)} from stdin`, [lines]);
}
