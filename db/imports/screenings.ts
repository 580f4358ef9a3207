/** Decides row by row if it is new, exists or is unwanted, from what `matches.lookup` found. */
import { newId } from "../ids.ts";
import type { Channel } from "../objections.ts";
import type { Choice } from "./choices.ts";
import { byRow, type Finding, finding, type Outcome } from "./findings.ts";
import { among, fullName, likenesses, placeOf, signsOf } from "./likenesses.ts";
import { type Matches, nameOf } from "./matches.ts";
import type { Existing } from "./merges.ts";
import { type Linked, NamedCompanies } from "./named_companies.ts";
import { type Objector, withObjection, withUnplaced } from "./objectors.ts";
import { type Problem, problem } from "./problems.ts";
import type { ImportedCompany, ImportedContact, ImportedRecord } from "./records.ts";
import { SeenKeys } from "./seen_keys.ts";

export interface Link extends Linked {
  role: string;
  department: string;
}

export interface NewContact {
  id: string;
  row: number;
  contact: ImportedContact;
  links: Link[];
}

export interface NewCompany {
  id: string;
  company: ImportedCompany;
}

/** An existing record that a row is to change. */
export interface Update {
  row: number;
  id: string;
  mode: "fill" | "overwrite";
  subject: { kind: "contact"; contact: ImportedContact; links: Link[] } | {
    kind: "company";
    company: ImportedCompany;
  };
  /** The row's finding as a duplicate, in case it brings nothing new. */
  finding: Finding;
  /** A company changed along with its person's row: without a change, nothing is reported. */
  beside?: boolean;
}

/** What to do with rows whose record exists: in general, and for particular rows. */
export interface Wishes {
  existing: Existing;
  choices: ReadonlyMap<number, Choice>;
}

/** What is to be created from a batch. */
export interface Screened {
  contacts: NewContact[];
  companies: NewCompany[];
  updates: Update[];
  objectors: Objector[];
  findings: Finding[];
}

/** Remembers what has occurred before, across all batches of a file. */
export class Screening {
  // Rows by what identifies them.
  #emails = new SeenKeys();
  #uids = new SeenKeys();
  #people = new SeenKeys();
  #companies = new SeenKeys();
  #named = new NamedCompanies();
  /** Existing records by the row that changes them. */
  #updated = new SeenKeys();
  /** Objections of existing persons, by contact and channel. */
  #objected = new SeenKeys();

  constructor(readonly wishes: Wishes) {}

  /** Examines the next batch. Companies first, so that persons find those of their own file. */
  take(batch: readonly ImportedRecord[], matches: Matches): Screened {
    const made: Screened = {
      contacts: [],
      companies: [],
      updates: [],
      objectors: [],
      findings: [],
    };
    for (const record of batch) this.#report(record, made);
    for (const record of batch) {
      if (!record.contact && isTaken(record)) this.#company(record, matches, made);
    }
    for (const record of batch) {
      if (record.contact && isTaken(record)) this.#contact(record, record.contact, matches, made);
    }
    if (batch.some(({ key }) => key !== undefined)) made.findings = byRow(made.findings);
    return made;
  }

  #report({ row, rejected, skipped, warnings }: ImportedRecord, { findings }: Screened): void {
    const add = (outcome: Outcome, problems: Problem[]) =>
      findings.push({ row, outcome, problems, contactId: null, companyId: null });
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
    const { row } = record;
    if (matches.suppressed(record)) {
      return void made.findings.push(finding(record, "rejected", "suppressed"));
    }
    const email = contact.emails[0]?.address ?? "";
    const key = email.toLowerCase();
    const weak = email === "" ? likenesses(contact, record.companies[0]) : [];
    const shown = email || fullName(contact);
    const choice = this.wishes.choices.get(row);
    const named = this.#emails.get(key) ?? this.#uids.get(contact.uid);
    const earlier = named ??
      weak.map((each) => this.#people.get(each)).find((row) => row !== undefined);
    if (earlier !== undefined && choice !== "create") {
      const repeat = finding(record, "duplicate", "duplicate_in_file", shown, { row: earlier });
      return this.#repeat(repeat, earlier, named !== undefined, contact, made);
    }
    const sure = matches.emails.get(key) ?? matches.uids.get(contact.uid);
    const known = sure ? [sure] : matches.rows.get(record.key ?? row) ?? [];
    const [person] = known;
    if (person && (person.restricted || choice !== "create")) {
      const duplicate = finding(record, "duplicate", "duplicate_in_stock", shown);
      if (!person.restricted) duplicate.contactId = person.id;
      // A number or a name does not show which of several is meant.
      if (known.length > 1) {
        const objects = contact.objections.length > 0;
        return void made.findings.push(objects ? withUnplaced(duplicate) : duplicate);
      }
      const mode = person.restricted ? "skip" : this.#mode(row);
      this.#update(duplicate, person.id, mode, made, () => ({
        kind: "contact",
        contact,
        links: mode === "fill" && person.employed ? [] : this.#links(record, matches, made),
      }), contact.objections);
      return;
    }
    for (const { address } of contact.emails) this.#emails.set(address.toLowerCase(), row);
    if (contact.uid) this.#uids.set(contact.uid, row);
    for (const likeness of weak) this.#people.set(likeness, row);
    made.contacts.push({ id: newId(), row, contact, links: this.#links(record, matches, made) });
  }

  /**
   * A row about somebody whom an earlier row created: its objections count for them. If the earlier
   * row was in another batch, they are found by address or identifier only (`named`).
   */
  #repeat(
    repeat: Finding,
    earlier: number,
    named: boolean,
    contact: ImportedContact,
    made: Screened,
  ): void {
    const { objections: channels, emails, uid } = contact;
    if (channels.length === 0) return void made.findings.push(repeat);
    const own = made.contacts.find(({ row }) => row === earlier)?.contact;
    made.findings.push(own || named ? withObjection(repeat) : withUnplaced(repeat));
    if (own) own.objections = [...new Set([...own.objections, ...channels])];
    else if (named) {
      const email = emails[0]?.address ?? "";
      made.objectors.push({ id: null, email, uid, channels, finding: null });
    }
  }

  #mode(row: number): Existing {
    const choice = this.wishes.choices.get(row);
    return choice === undefined || choice === "create" ? this.wishes.existing : choice;
  }

  /**
   * Leaves the record as it is except for objections, or lets the row change it if it is the first
   * of several about that record.
   */
  #update(
    duplicate: Finding,
    id: string,
    mode: Existing,
    made: Screened,
    subject: () => Update["subject"],
    objections: readonly Channel[] = [],
  ): void {
    const earlier = this.#updated.get(id);
    const channels = objections.filter((each) => !this.#objected.has(`${id} ${each}`));
    for (const channel of channels) this.#objected.set(`${id} ${channel}`, duplicate.row);
    if (mode === "skip" || earlier !== undefined) {
      if (channels.length === 0) return void made.findings.push(duplicate);
      made.objectors.push({ id, email: "", uid: "", channels, finding: duplicate });
      return;
    }
    this.#updated.set(id, duplicate.row);
    made.updates.push({ row: duplicate.row, id, mode, subject: subject(), finding: duplicate });
  }

  /**
   * One link per company: to that of the file, else to a visible existing one, else to a new one.
   */
  #links(record: ImportedRecord, matches: Matches, made: Screened): Link[] {
    const links = new Map<string, Link>();
    for (const company of record.companies) {
      const { companyId, name } = this.#linkedTo(record, company, matches, made);
      const { role, department } = company;
      if (!links.has(companyId)) links.set(companyId, { companyId, name, role, department });
    }
    return [...links.values()];
  }

  #linkedTo(
    { row, contact }: ImportedRecord,
    company: ImportedCompany,
    matches: Matches,
    made: Screened,
  ): Linked {
    const key = matches.folded.get(nameOf(company.name)) ?? company.name;
    const place = placeOf(company);
    const known = this.#named.find(key, place);
    if (known) return known;
    const visible = matches.companies.get(key)?.filter(({ hidden }) => !hidden);
    const stocked = among(visible, company, contact);
    if (stocked) this.#enrich(row, stocked.id, company, made);
    const companyId = stocked?.id ?? this.#create(row, key, company, made);
    const linked = { companyId, name: stocked?.known ?? company.name };
    this.#named.add(key, linked, place);
    return linked;
  }

  /** A person's row changes an existing company as far as the row may change records. */
  #enrich(row: number, id: string, company: ImportedCompany, made: Screened): void {
    const mode = this.#mode(row);
    const { emails, phones, addresses } = company;
    if (mode === "skip" || emails.length + phones.length + addresses.length === 0) return;
    if (this.#updated.has(id)) return;
    this.#updated.set(id, row);
    const problems = [problem(row, "", company.name, "duplicate_company_in_stock")];
    made.updates.push({
      row,
      id,
      mode,
      // The owner of the person says nothing about a company that already existed.
      subject: { kind: "company", company: { ...company, owner: "" } },
      finding: { row, outcome: "duplicate", problems, contactId: null, companyId: id },
      beside: true,
    });
  }

  #company(record: ImportedRecord, matches: Matches, made: Screened): void {
    const company = record.companies[0]!;
    const key = matches.folded.get(nameOf(company.name)) ?? company.name;
    const signs = signsOf(company, key);
    const anyway = this.wishes.choices.get(record.row) === "create";
    const earlier = this.#companies.get(signs[0]!);
    if (earlier !== undefined && !anyway) {
      return void made.findings.push(
        finding(record, "duplicate", "duplicate_in_file", company.name, { row: earlier }),
      );
    }
    const known = among(matches.companies.get(key), company);
    if (known && (known.hidden || !anyway)) {
      const duplicate = finding(record, "duplicate", "duplicate_company_in_stock", company.name);
      if (!known.hidden) duplicate.companyId = known.id;
      this.#update(
        duplicate,
        known.id,
        known.hidden ? "skip" : this.#mode(record.row),
        made,
        () => ({
          kind: "company",
          company,
        }),
      );
      return;
    }
    for (const sign of signs) this.#companies.set(sign, record.row);
    const companyId = this.#create(record.row, key, company, made);
    this.#named.add(key, { companyId, name: company.name }, placeOf(company));
  }

  #create(row: number, key: string, company: ImportedCompany, made: Screened): string {
    const id = newId();
    made.companies.push({ id, company });
    const sign = signsOf(company, key).at(-1)!;
    if (!this.#companies.has(sign)) this.#companies.set(sign, row);
    return id;
  }
}

const isTaken = (record: ImportedRecord): boolean =>
  record.rejected === null && record.skipped === null &&
  (record.contact !== null || record.companies.length > 0);
