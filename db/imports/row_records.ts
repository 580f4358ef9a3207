/** Turns a row of a table into a record: who it is about, and what belongs to the company. */

import * as countries from "../countries.ts";
import * as emailAddresses from "../email_addresses.ts";
import { aligned } from "./alignments.ts";
import { asideOf, beyondOf } from "./asides.ts";
import { type Cells, every, first, gather, isDirty } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import * as dealRows from "./deal_rows.ts";
import * as employers from "./employers.ts";
import * as furtherPersons from "./further_persons.ts";
import * as greetings from "./greetings.ts";
import * as importedFields from "./custom_fields.ts";
import { fullName } from "./likenesses.ts";
import * as labelLines from "./label_lines.ts";
import * as ledgers from "./ledgers.ts";
import { isParent } from "./mappings.ts";
import * as nameKinds from "./name_kinds.ts";
import * as officers from "./officers.ts";
import { birthdayOf, language, person } from "./people.ts";
import * as ownerColumns from "./owner_columns.ts";
import { joined } from "./phone_columns.ts";
import type { Plan } from "./plans.ts";
import { limits, type Problem, problem } from "./problems.ts";
import { typeOf } from "./record_types.ts";
import { addReach, keepOwnMail, tagsOf, websiteOf } from "./reach.ts";
import { blankContact, type ImportedRecord } from "./records.ts";
import {
  companiesFrom,
  companyFrom,
  nameExtra,
  placeCareOf,
  placeExtra,
  warnAboutCompany,
} from "./row_companies.ts";
import { leftOut } from "./seconds.ts";
import { addressFormOf, objectionsOf, statusOf } from "./standings.ts";
import { numbered } from "./registers.ts";
import * as swappedNames from "./swapped_names.ts";
import type { Row } from "./tables.ts";
import { unmarked } from "./texts.ts";

type Subject = "person" | "company" | null;

/** The record of a row under this plan. Never throws: unusable rows are rejected with a reason. */
export function record(row: Row, plan: Plan): ImportedRecord {
  const findings: Findings = { row: row.number, warnings: [] };
  const made: ImportedRecord = {
    row: row.number,
    contact: null,
    companies: [],
    warnings: findings.warnings,
    rejected: unreadable(row, plan),
    skipped: null,
  };
  if (row.beyond) {
    return { ...made, rejected: null, skipped: beyondOf(row.cells, plan, row.beyond) };
  }
  if (made.rejected) return made;
  if (plan.kind === "other") return { ...made, skipped: "not_a_contact" };
  warnAboutShape(row, plan, findings.warnings);
  const aside = asideOf(row.cells, plan);
  if (aside) return { ...made, skipped: aside };
  const lines = labelLines.merged(row.cells, plan);
  const whole = numbered(joined(aligned(lines, plan), plan), plan);
  const cells = gather(whole, plan, row.currencies);
  if (ownerColumns.onlyOwners(cells)) return { ...made, skipped: "blank" };
  if (plan.kind === "deals") dealRows.fill(made, cells, plan, findings);
  else identify(made, cells, plan, findings);
  if (made.rejected || made.skipped) return made;
  if (!made.deal) fill(made, cells, plan, findings);
  if (/^(?:1|true|yes|ja|wahr|x|\d{4}-.*)$/i.test(first(cells, "deleted"))) {
    findings.warnings.push(problem(row.number, columnOf(cells, "deleted"), "", "marked_deleted"));
  }
  return made;
}

function unreadable(row: Row, plan: Plan): Problem | null {
  const surplus = row.cells.slice(plan.columns.length).filter((cell) => cell.trim() !== "");
  if (surplus.length > 0) {
    const code = plan.dialect.aligned ? "cell_overflows" : "too_many_cells";
    return problem(row.number, "", surplus[0] ?? "", code, {
      cells: row.cells.length,
      columns: plan.columns.length,
    });
  }
  const long = row.cells.findIndex((cell) => cell.length > limits.cell);
  if (long < 0) return null;
  const name = plan.columns[long]?.name ?? "";
  return problem(row.number, name, "", "cell_too_long", { limit: limits.cell });
}

function warnAboutShape(row: Row, plan: Plan, warnings: Problem[]): void {
  if (row.unclosed) warnings.push(problem(row.number, "", "", "unclosed_quote"));
  if (row.cells.length < plan.columns.length && plan.header > 0) {
    const params = { cells: row.cells.length, columns: plan.columns.length };
    warnings.push(problem(row.number, "", "", "too_few_cells", params));
  }
  for (const { column, code, error } of row.faults ?? []) {
    const name = plan.columns[column]?.name ?? "";
    if (plan.columns[column]?.target === "ignore" || plan.columns[column]?.secret) continue;
    warnings.push(problem(row.number, name, "", code, { error }));
  }
  const dirty = row.cells.findIndex((cell, at) => isDirty(cell) && !plan.columns[at]?.secret);
  if (dirty < 0) return;
  warnings.push(problem(row.number, plan.columns[dirty]?.name ?? "", "", "control_characters"));
}

function columnOf(cells: Cells, target: Parameters<typeof first>[1]): string {
  return cells.get(target)?.[0]?.column.name ?? "";
}

/** Decides whether the row is a person (with or without a company), a company, or nobody. */
function identify(made: ImportedRecord, cells: Cells, plan: Plan, findings: Findings): void {
  const said = subjectOf(cells);
  swappedNames.settle(cells, said);
  officers.settle(cells);
  placeCareOf(cells);
  const generic = first(cells, "name");
  const genericIs: Subject = generic === ""
    ? null
    : said ?? (first(cells, "fullName") !== "" ? "company" : null) ??
      (plan.kind === "contacts" ? "person" : kindOf(generic, cells, plan));
  const parts = first(cells, "lastName") || first(cells, "firstName");
  let full = furtherPersons.namesOf(cells, genericIs === "person" ? "name" : "fullName")[0] ?? "";
  let company = genericIs === "company" ? generic : first(cells, "company.name");
  // "Herr" and "Bernd Schulz" in the column used for all names.
  if (parts === "" && full === "" && swappedNames.greetsPerson(cells, company)) {
    [full, company] = [swappedNames.withPartner(cells, company), ""];
  }
  if (said === "company" && company === "") {
    const parts = [first(cells, "firstName"), first(cells, "lastName")];
    // "Name 2 / Vorname" continues the name of a company.
    if (/name ?2|zusatz/i.test(columnOf(cells, "firstName"))) parts.reverse();
    company = parts.filter(Boolean).join(" ") || full;
    for (const target of ["firstName", "lastName"] as const) cells.delete(target);
    full = "";
  } else if (parts === "" && attention.test(full || company) && said !== "person") {
    const [, employer = "", person = ""] = attention.exec(full || company) ?? [];
    if (company === "" || full === "") [company, full] = [employer, person];
  } else if (parts === "" && company === "" && employers.before(full) !== "") {
    // How Odoo displays a person of a company.
    company = employers.before(full);
    full = full.slice(company.length + 1).trim();
  } else if (parts === "" && company === "" && said !== "person" && nameKinds.namesCompany(full)) {
    [company, full] = [full, ""];
  }
  // The company repeated before its person, or before its branch.
  if (parts === "" && company !== "" && full.startsWith(`${company}, `)) {
    full = full.slice(company.length + 2);
  }
  if (parts === "" && same(full, company)) {
    if (said === "person") company = "";
    else full = "";
  }
  if (plan.lastFirst) full = nameKinds.turned(full);
  made.contact = person(cells, full || nameExtra(cells).attention);
  // Invoicing programs repeat a private customer's name where a company's would be.
  const repeats = made.contact !== null && same(company, fullName(made.contact)) &&
    (said === "person" || made.contact.firstName !== "" && !nameKinds.namesCompany(company) &&
        !cells.has("company.vatId"));
  if (repeats) company = "";
  if (made.contact) company = employers.nameOf(cells, company);
  if (company !== "") made.companies = companiesFrom(cells, company, made.contact, findings);
  const above = cells.get("company.name")?.find(({ column }) => isParent(column.name))?.text ?? "";
  if (genericIs === "company" && !same(above, company)) made.companies[0]!.parent ||= above;
  if (made.contact && company === "") placeExtra(cells, fullName(made.contact));
  if (made.contact || made.companies.length > 0) return;
  nameless(made, cells, plan, findings);
}

/** Whose an ambiguous name is: according to itself, its mailbox, or most of the file. */
function kindOf(name: string, cells: Cells, plan: Plan): Subject {
  return nameKinds.kindOf(name) ?? (cells.has("company.vatId") ? "company" : null) ??
    nameKinds.kindByMail(name, first(cells, "email")) ??
    plan.names ?? (nameKinds.looksPersonal(name) ? "person" : "company");
}

/** "Müller GmbH z.Hd. Frau Groß": the person for whose attention a letter is. */
const attention =
  /^(\S.{0,150}?)[, ]{1,2}(?:z\. ?hd\. ?(?:v\. ?)?|zu h[äa]nden (?:von )?|attn[.:]{0,2} )(\S.{1,100})$/i;

/** DATEV's 1 and 2, Odoo's Company Type, Zoho's sub type, or the salutation "Firma". */
function subjectOf(cells: Cells): Subject {
  const said = first(cells, "recordType").toLowerCase();
  // 1 and 0 under "Is a company" mean yes and no.
  const asks = /^is(?:t?[ _]|company|tfirma)/i;
  if (/^[01]$/.test(said) && asks.test(cells.get("recordType")![0]!.column.name)) {
    return said === "1" ? "company" : "person";
  }
  const type = typeOf(said);
  if (type) return type;
  return /^(?:an )?(?:die )?(?:firma|fa\.?|company|unternehmen)$/i.test(first(cells, "salutation"))
    ? "company"
    : null;
}

function same(one: string, two: string): boolean {
  const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return one !== "" && fold(one) === fold(two);
}

/** "Eva Groß" from `Eva Groß <eva@x.example>`, as mail programs write it; otherwise empty. */
function displayName(text: string): string {
  const name = /^"?([^"<>@=[\]]{2,200})"? ?<[^<>@\s]+@[^<>\s]+>/.exec(text)?.[1]?.trim() ?? "";
  return /\p{L}/u.test(name) ? name : "";
}

/** Columns found only in lists of mailings. */
const mailing = /^last[ _]?(?:mailing|read)$/i;

/** A row without a name: a company by its number, a contact by nickname or address, or nobody. */
function nameless(made: ImportedRecord, cells: Cells, plan: Plan, findings: Findings): void {
  const boxes = every(cells, "email", "email.work", "email.home", "email.other");
  const shown = boxes.map(({ text }) => displayName(text)).find(Boolean);
  made.contact = shown ? person(cells, shown) : null;
  if (made.contact) return;
  // Recipients of mailings are no contacts by that alone, even if others in the list have names.
  if (plan.kind === "newsletter" || plan.columns.some(({ name }) => mailing.test(name))) {
    made.skipped = "newsletter_without_name";
    return;
  }
  const nickname = first(cells, "nickname");
  const email = boxes.flatMap((cell) => emailAddresses.split(cell.text)).find(
    emailAddresses.isValid,
  );
  const corporate = plan.kind === "companies" || cells.has("company.vatId");
  const number = first(cells, "shortName", "customerNumber", "company.customerNumber", "uid");
  if (corporate && number !== "") {
    made.companies = [companyFrom(cells, number, findings)];
    findings.warnings.push(problem(made.row, "", number, "name_from_number"));
    return;
  }
  const phone = every(cells, "phone", "phone.mobile", "phone.work", "phone.home")[0]?.text ?? "";
  const standIn = nickname || email || phone;
  if (corporate || standIn === "") {
    made.rejected = problem(made.row, "", standIn, "no_name");
    return;
  }
  made.contact = { ...blankContact(), lastName: standIn };
  if (nickname) return;
  const code = email ? "name_from_email" : "name_from_number";
  findings.warnings.push(problem(made.row, "", standIn, code));
}

/** Gives the contact or company its own fields and contact details. */
function fill(made: ImportedRecord, cells: Cells, plan: Plan, findings: Findings): void {
  const { contact } = made;
  const company = made.companies[0];
  // In a mixed customer list an "Ansprechpartner" is only named: the row is the company's.
  const named = company !== undefined && ledgers.attends(cells, plan);
  const subject = named ? company : contact ?? company;
  if (!subject) return;
  subject.uid = first(cells, "uid");
  subject.status = statusOf(first(cells, "status"));
  // In a list of companies, a customer without one keeps what else would be the company's.
  const theirs = company ? [] : ["company.notes" as const];
  subject.customerNumber = first(cells, "customerNumber") || subject.customerNumber ||
    (company ? "" : first(cells, "company.customerNumber"));
  subject.website = websiteOf(first(cells, "website")) || subject.website ||
    (company ? "" : websiteOf(first(cells, "company.website")));
  const notes = every(cells, "notes", ...theirs).map(({ text }) => unmarked(text));
  subject.notes = [...notes, subject.notes].filter(Boolean).join("\n\n");
  subject.tags = tagsOf(every(cells, "tags").map((cell) => cell.text));
  if (contact) Object.assign(contact, importedFields.valuesOf(cells, "contact", plan, findings));
  if (company) Object.assign(company, importedFields.valuesOf(cells, "company", plan, findings));
  if (contact && company && !named) {
    keepOwnMail(cells, contact.lastName);
    // If only one of the two addresses names a country, the numbers of both are dialled from there.
    const lent = countries.lookup(first(cells, "address.work.country")) ?? plan.country;
    addReach(company, cells, "company", { ...plan, country: lent }, findings);
    const country = company.addresses[0]?.country || plan.country;
    addReach(contact, cells, "own", { ...plan, country }, findings);
  } else if (contact && company) {
    const { theirs, others } = ledgers.parted(cells);
    addReach(company, others, "all", plan, findings);
    addReach(contact, theirs, "all", plan, findings);
  } else addReach(subject, cells, "all", plan, findings);
  if (contact) {
    contact.position = first(cells, "position");
    contact.department = first(cells, "department");
    contact.role = first(cells, "role");
    contact.language = language(first(cells, "language"));
    contact.letterSalutation = first(cells, "letterSalutation");
    contact.addressForm = addressFormOf(first(cells, "addressForm"));
    contact.objections = objectionsOf(cells);
    contact.birthday = birthdayOf(cells, findings);
    greetings.doubt(cells, contact.salutation, findings);
  }
  if (contact && company) {
    company.role = contact.role || contact.position;
    company.department = contact.department ||= nameExtra(cells).department;
  }
  const others = furtherPersons.contacts(cells, plan, findings)
    .filter((other) => !contact || !same(fullName(other), fullName(contact)));
  if (others.length > 0) made.others = others;
  ownerColumns.fill(made, cells);
  if (!company) warnAboutCompany(cells, findings);
  findings.warnings.push(...leftOut(cells, findings.row));
}
