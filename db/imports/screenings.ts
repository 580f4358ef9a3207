/** Row by row: is it new, there already, or not wanted? Pure, on what `matches.lookup` found. */
import { newId } from "../ids.ts";
import { type KnownCompany, type Matches, nameOf } from "./matches.ts";
import { type Problem, problem, type ProblemCode } from "./problems.ts";
import type { ImportedCompany, ImportedContact, ImportedRecord } from "./records.ts";

export type Outcome = "rejected" | "skipped" | "duplicate" | "warning";

/** What the report says about a row. */
export interface Finding {
  row: number;
  outcome: Outcome;
  problems: Problem[];
  /** The contact of the stock that is there already. */
  contactId: string | null;
}

export interface Link extends Linked {
  role: string;
  department: string;
}

export interface NewContact {
  id: string;
  contact: ImportedContact;
  links: Link[];
}

interface Linked {
  companyId: string;
  /** As the company itself is called, for the search text. */
  name: string;
}

export interface NewCompany {
  id: string;
  company: ImportedCompany;
}

/** What is to be made of a batch. */
export interface Screened {
  contacts: NewContact[];
  companies: NewCompany[];
  findings: Finding[];
}

/** Remembers, over all batches of a file, what was there before. */
export class Screening {
  #emails = new Map<string, number>();
  #uids = new Map<string, number>();
  #people = new Map<string, number>();
  #companies = new Map<string, number>();
  #linked = new Map<string, Linked>();

  /** Screens the next batch. Companies come first, so that persons find those of their own file. */
  take(batch: readonly ImportedRecord[], matches: Matches): Screened {
    const made: Screened = { contacts: [], companies: [], findings: [] };
    for (const record of batch) this.#report(record, made);
    for (const record of batch) {
      if (!record.contact && isTaken(record)) this.#company(record, matches, made);
    }
    for (const record of batch) {
      if (record.contact && isTaken(record)) this.#contact(record, record.contact, matches, made);
    }
    return made;
  }

  #report({ row, rejected, skipped, warnings }: ImportedRecord, { findings }: Screened): void {
    const add = (outcome: Outcome, problems: Problem[]) =>
      findings.push({ row, outcome, problems, contactId: null });
    if (rejected) add("rejected", [rejected]);
    else if (skipped) add("skipped", [problem(row, "", "", skipped)]);
    else if (warnings.length > 0) add("warning", warnings.slice(0, 20));
  }

  #contact(
    record: ImportedRecord,
    contact: ImportedContact,
    matches: Matches,
    made: Screened,
  ): void {
    const refuse = (outcome: Outcome, code: ProblemCode, value: string, at = 0, id?: string) =>
      made.findings.push({
        row: record.row,
        outcome,
        problems: [problem(record.row, "", value, code, at > 0 ? { row: at } : {})],
        contactId: id ?? null,
      });
    const addresses = [
      ...contact.emails.map((e) => e.address),
      ...contact.phones.map((p) => p.number),
    ];
    if (addresses.some(matches.suppressed)) return void refuse("rejected", "suppressed", "");

    const email = contact.emails[0]?.address ?? "";
    const key = email.toLowerCase();
    const weak = email === "" ? likenesses(contact) : [];
    const earlier = this.#emails.get(key) ?? this.#uids.get(contact.uid) ??
      weak.map((each) => this.#people.get(each)).find((row) => row !== undefined);
    const shown = email || fullName(contact);
    if (earlier !== undefined) return void refuse("duplicate", "duplicate_in_file", shown, earlier);
    const known = matches.emails.get(key) ?? matches.uids.get(contact.uid);
    if (matches.emails.has(key) || matches.uids.has(contact.uid)) {
      return void refuse("duplicate", "duplicate_in_stock", shown, 0, known ?? undefined);
    }

    for (const { address } of contact.emails) {
      this.#emails.set(own(address.toLowerCase()), record.row);
    }
    if (contact.uid) this.#uids.set(own(contact.uid), record.row);
    for (const likeness of weak) this.#people.set(own(likeness), record.row);
    made.contacts.push({ id: newId(), contact, links: this.#links(record, matches, made) });
  }

  /** One link per company, to that of the file, else to that of the stock, else to a new one. */
  #links({ row, companies }: ImportedRecord, matches: Matches, made: Screened): Link[] {
    const links = new Map<string, Link>();
    for (const company of companies) {
      const key = matches.folded.get(nameOf(company.name)) ?? company.name;
      const stocked = matches.companies.get(key)?.[0];
      const linked = this.#linked.get(key) ??
        (stocked ? { companyId: stocked.id, name: stocked.known } : null) ??
        { companyId: this.#create(row, key, company, made), name: company.name };
      this.#linked.set(own(key), linked);
      const { role, department } = company;
      if (!links.has(linked.companyId)) {
        links.set(linked.companyId, { ...linked, role, department });
      }
    }
    return [...links.values()];
  }

  #company(record: ImportedRecord, matches: Matches, made: Screened): void {
    const company = record.companies[0]!;
    const key = matches.folded.get(nameOf(company.name)) ?? company.name;
    const signs = signsOf(company, key);
    const earlier = this.#companies.get(signs[0]!);
    const known = matches.companies.get(key)?.find((one) => isSame(one, company));
    if (earlier !== undefined || known) {
      made.findings.push({
        row: record.row,
        outcome: "duplicate",
        problems: [problem(
          record.row,
          "",
          company.name,
          earlier === undefined ? "duplicate_company_in_stock" : "duplicate_in_file",
          earlier === undefined ? {} : { row: earlier },
        )],
        contactId: null,
      });
      return;
    }
    for (const sign of signs) this.#companies.set(own(sign), record.row);
    const id = this.#create(record.row, key, company, made);
    if (!this.#linked.has(key)) this.#linked.set(own(key), { companyId: id, name: company.name });
  }

  #create(row: number, key: string, company: ImportedCompany, made: Screened): string {
    const id = newId();
    made.companies.push({ id, company });
    const sign = signsOf(company, key).at(-1)!;
    if (!this.#companies.has(sign)) this.#companies.set(own(sign), row);
    return id;
  }
}

/** A copy: text cut out of the file would keep the whole piece of the file in memory. */
const own = (text: string): string => text.split("").join("");

const isTaken = (record: ImportedRecord): boolean =>
  record.rejected === null && record.skipped === null &&
  (record.contact !== null || record.companies.length > 0);

/** Without an e-mail a person is the same by name and number, or by name and street with postcode. */
function likenesses(contact: ImportedContact): string[] {
  const name = plain(fullName(contact));
  return [
    ...contact.phones.map(({ number }) => `${name}|${number}`),
    ...contact.addresses.filter(({ street, postalCode }) => street !== "" && postalCode !== "")
      .map(({ street, postalCode }) => `${name}|${postalCode}|${plain(street)}`),
  ];
}

/** The strongest sign first: an identifier or number tells two companies of one name apart. */
function signsOf(company: ImportedCompany, key: string): string[] {
  const place = company.addresses[0];
  return [
    ...(company.uid ? [`uid|${company.uid}`] : []),
    ...(company.customerNumber ? [`number|${company.customerNumber}`] : []),
    `name|${key}|${place?.postalCode ?? ""}|${plain(place?.street ?? "")}`,
  ];
}

/** Of one name: the same by number where both have one, else unless both addresses differ. */
function isSame(known: KnownCompany, company: ImportedCompany): boolean {
  if (known.customerNumber !== "" && company.customerNumber !== "") {
    return known.customerNumber === company.customerNumber;
  }
  const place = company.addresses[0];
  if (!place || (known.postalCode === "" && known.street === "")) return true;
  return known.postalCode === place.postalCode && plain(known.street) === plain(place.street);
}

const fullName = (contact: ImportedContact): string =>
  [contact.firstName, contact.namePrefix, contact.lastName].filter(Boolean).join(" ");

const plain = (text: string): string =>
  text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
