/** Turns a vCard into a record: a person with the companies it names, or a company. */

import * as legalForms from "../legal_forms.ts";
import * as personNames from "../person_names.ts";
import { type Card, parts, type Property, split, unescape } from "./cards.ts";
import { leftOut } from "./card_leftovers.ts";
import { clean } from "./cells.ts";
import { addEmails, addPhones, type Findings, trunkZero } from "./contact_points.ts";
import { address, lendCountries } from "./places.ts";
import { birthday } from "./dates.ts";
import { addressKind, emailKind, phoneKind } from "./kind_words.ts";
import { language } from "./people.ts";
import * as oneFieldNames from "./one_field_names.ts";
import { beginsAsCompany, isNumber } from "./name_kinds.ts";
import type { Plan } from "./plans.ts";
import { problem } from "./problems.ts";
import type { Kind } from "../record_kinds.ts";
import { ownProperty } from "../exports/custom_fields.ts";
import * as importedFields from "./custom_fields.ts";
import { tagsOf, websiteOf } from "./reach.ts";
import { refusedIn } from "./refusals.ts";
import {
  blankCompany,
  blankContact,
  type ImportedCompany,
  type ImportedContact,
  type ImportedRecord,
} from "./records.ts";
import { addressFormOf, channelsOf, statusOf } from "./standings.ts";

/** The record for a card, the `number`th of its file. */
export function record(card: Card, number: number, plan: Plan): ImportedRecord {
  const findings: Findings = { row: number, warnings: [] };
  const made: ImportedRecord = {
    row: number,
    contact: null,
    companies: organisations(card),
    warnings: findings.warnings,
    rejected: null,
    skipped: null,
  };
  if (!card.finished) findings.warnings.push(problem(number, "", "", "card_unfinished"));
  const kind = text(card, "KIND", "X-ADDRESSBOOKSERVER-KIND").toLowerCase();
  if (kind === "group") return { ...made, companies: [], skipped: "group_card" };
  if (/^(?:location|device|application|thing)$/.test(kind)) {
    return { ...made, companies: [], skipped: "thing_card" };
  }
  identify(made, card, kind, findings);
  const subject = made.contact ?? made.companies[0];
  if (!subject) {
    made.rejected = problem(number, "FN", "", "no_name");
    return made;
  }
  fill(subject, card, plan, findings);
  fillOwn(subject, card, made.contact ? "contact" : "company", plan, findings);
  if (made.contact) fillPerson(made.contact, card, findings);
  const picture = all(card, "PHOTO", "LOGO", "SOUND", "X-MS-CARDPICTURE")[0];
  if (picture) findings.warnings.push(problem(number, picture.name, "", "photo_skipped"));
  const names = leftOut(card).join(", ");
  if (names !== "") {
    findings.warnings.push(problem(number, "", "", "properties_left_out", { names }));
  }
  return made;
}

/** Properties with these names, preferred ones first. */
function all(card: Card, ...names: string[]): Property[] {
  const found = card.properties.filter((property) => names.includes(property.name));
  return found.sort((one, two) => preference(one) - preference(two));
}

function preference(property: Property): number {
  const rank = Number(property.params.get("PREF")?.[0] ?? NaN);
  if (rank > 0) return rank;
  return types(property).includes("PREF") ? 0 : 1000;
}

function types(property: Property): string[] {
  return (property.params.get("TYPE") ?? []).map((type) => type.toUpperCase());
}

function text(card: Card, ...names: string[]): string {
  for (const name of names) {
    for (const property of all(card, name)) {
      const value = clean(unescape(property.value));
      if (value !== "") return value;
    }
  }
  return "";
}

/** TYPE words and the label that Apple stores separately (`item1.X-ABLabel:_$!<Work>!$_`). */
function label(card: Card, property: Property): string {
  const beside = property.group === ""
    ? undefined
    : card.properties.find((other) => other.group === property.group && other.name === "X-ABLABEL");
  return [...types(property), (beside?.value ?? "").replace(/^_\$!<|>!\$_$/g, "")].join(" ");
}

function organisations(card: Card): ImportedCompany[] {
  const titles = card.properties.filter((property) => property.name === "TITLE");
  const orgs = card.properties.filter((property) => property.name === "ORG")
    .map((property) => parts(property.value).map(clean)).filter((names) => names[0]);
  const several = orgs.length > 1 && titles.length === orgs.length;
  const made = orgs.map(([name = "", ...departments], at): ImportedCompany => ({
    ...blankCompany(),
    name: name.replace(/(?<!\s)\s*\n\s*/g, " "),
    legalForm: legalForms.split(name).form,
    department: departments.filter(Boolean).join(", "),
    role: clean(unescape(titles[several ? at : 0]?.value ?? "")),
  }));
  return made.filter((company, at) =>
    made.findIndex((other) => same(other.name, company.name)) === at
  );
}

function same(one: string, two: string): boolean {
  const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return fold(one) === fold(two);
}

function identify(made: ImportedRecord, card: Card, kind: string, findings: Findings): void {
  const structured = oneFieldNames.inOrder(nameParts(card));
  const [family = "", given = "", additional = ""] = structured;
  const formatted = text(card, "FN");
  const company = made.companies[0];
  const own = [given, additional, family].filter(Boolean).join(" ");
  const shown = own || formatted;
  const repeats = company &&
    (shown === "" || same(shown, company.name) || same(formatted, company.name) && given === "");
  const corporate = kind === "org" || /company/i.test(text(card, "X-ABSHOWAS"));
  if (repeats || (corporate && (own === "" || !company))) {
    if (!company && shown !== "") made.companies = [companyNamed(formatted || shown)];
    for (const own of made.companies) own.role = "";
    return;
  }
  if (
    !company && (beginsAsCompany(shown) || (given === "" || family === "") && shown !== "" &&
        legalForms.split(shown).form !== "")
  ) {
    made.companies = [companyNamed(shown)];
    return;
  }
  const named = own !== "" || formatted !== text(card, "EMAIL");
  made.contact = (named ? person(structured, formatted) : null) ?? standIn(card, findings);
}

/** The parts of N; from 3.0 on a comma separates several first names, which we keep as one text. */
function nameParts(card: Card): string[] {
  if (text(card, "N") === "") return [];
  const value = all(card, "N")[0]?.value ?? "";
  if (card.version === "2.1") return parts(value).map(clean);
  return split(value, ";").map((part, at) =>
    clean(at === 0 ? unescape(part) : parts(part, ",").filter(Boolean).join(" "))
  );
}

function companyNamed(name: string): ImportedCompany {
  return { ...blankCompany(), name, legalForm: legalForms.split(name).form };
}

function person(structured: string[], formatted: string): ImportedContact | null {
  const [family = "", given = "", additional = "", prefixes = "", suffixes = ""] = structured;
  const contact = blankContact();
  const ahead = personNames.split(`${prefixes.replaceAll(",", " ")} X`);
  contact.salutation = prefixes.length > 1 ? personNames.salutation(prefixes) : "";
  if (family === "" && given === "" && additional === "") {
    if (formatted === "" || isNumber(formatted)) return null;
    const { salutation, ...names } = personNames.split(formatted);
    Object.assign(contact, names);
    contact.salutation ||= salutation;
    return contact;
  }
  const own = oneFieldNames.joined(family, [given, additional].filter(Boolean).join(" "));
  const salutation = contact.salutation || own.salutation;
  // The display name "Dr. Eva Groß" beside name parts without the title.
  const shown = personNames.split(formatted);
  const title = ahead.title || (contact.salutation === "" ? prefixes : "") || own.title ||
    (shown.lastName === own.lastName ? shown.title : "");
  const suffix = suffixes || own.suffix;
  return { ...contact, ...own, salutation, suffix, ...oneFieldNames.ennobled(title, own) };
}

/** Cards of people known only by a nickname, a mailbox or a number. */
function standIn(card: Card, findings: Findings): ImportedContact | null {
  const [, android] = /^vnd\.android\.cursor\.item\/nickname;([^;]+)/
    .exec(text(card, "X-ANDROID-CUSTOM")) ?? [];
  const nickname = text(card, "NICKNAME") || android;
  const email = text(card, "EMAIL");
  const number = text(card, "TEL").replace(/^tel:/i, "").replace(/;ext=/i, " ext. ");
  const name = nickname || email || number;
  if (name === "") return null;
  if (!nickname) {
    const code = email === "" ? "name_from_number" : "name_from_email";
    findings.warnings.push(problem(findings.row, "FN", name, code));
  }
  return { ...blankContact(), lastName: name };
}

function fill(
  subject: ImportedContact | ImportedCompany,
  card: Card,
  plan: Plan,
  findings: Findings,
): void {
  subject.uid = text(card, "UID").replace(/^urn:uuid:/i, "");
  subject.notes = all(card, "NOTE").map((note) => clean(unescape(note.value))).filter(Boolean).join(
    "\n\n",
  );
  subject.website = websiteOf(text(card, "URL"));
  subject.customerNumber = text(card, "X-CUSTOMER-NUMBER");
  subject.status = statusOf(text(card, "X-STATUS"));
  if ("vatId" in subject) {
    subject.vatId = text(card, "X-VAT-ID");
    subject.industry = text(card, "X-INDUSTRY");
  }
  subject.tags = tagsOf(
    all(card, "CATEGORIES").map((tags) => parts(tags.value, ",").map(clean).join(",")),
  );
  const places = all(card, "ADR").map((property) => {
    const [poBox, extra, street, city, region, postalCode, country] = parts(property.value).map(
      clean,
    );
    const kind = addressKind(label(card, property)) ?? "work";
    // RFC 8605 puts the country code into a parameter.
    const land = country || property.params.get("CC")?.[0];
    return { kind, texts: { poBox, extra, street, city, region, postalCode, country: land } };
  });
  lendCountries(places.map(({ texts }) => texts));
  for (const { kind, texts } of places) {
    const made = address(texts, kind, plan, () => "ADR", findings);
    if (made) subject.addresses.push(made);
  }
  // A label repeats the address of its kind, or is the only form of it on the card.
  for (const property of all(card, "LABEL")) {
    const { addresses } = subject;
    const kind = addressKind(label(card, property));
    if (addresses.length > 0 && (!kind || addresses.some((one) => one.kind === kind))) continue;
    const whole = clean(unescape(property.value));
    const made = address({ whole }, kind ?? "work", plan, () => "LABEL", findings);
    if (made) addresses.push(made);
  }
  for (const property of all(card, "EMAIL")) {
    const kind = emailKind(label(card, property)) ?? "other";
    addEmails(subject.emails, clean(unescape(property.value)), kind, "EMAIL", findings);
  }
  const country = subject.addresses[0]?.country || plan.country;
  for (const property of all(card, "TEL")) {
    const kind = phoneKind(label(card, property));
    const number = oneNumber(property);
    // Cards do not lose leading zeros as spreadsheets do: without one the number is foreign.
    const home = /^[1-9]/.test(number) && trunkZero.has(country) ? "" : country;
    addPhones(subject.phones, number, kind, home, "TEL", findings);
  }
}

/** Custom fields as in our own cards: `X-OWN-` and the field's name. */
function fillOwn(
  subject: ImportedContact | ImportedCompany,
  card: Card,
  kind: Kind,
  { fields = [] }: Plan,
  findings: Findings,
): void {
  const texts = new Map(
    fields.filter(({ recordKind }) => recordKind === kind).flatMap((field) => {
      const column = ownProperty(field);
      const value = text(card, column);
      return value === "" ? [] : [[field, { text: value, column }] as const];
    }),
  );
  Object.assign(subject, importedFields.settle(texts, true, findings));
}

/**
 * `tel:+1-418-656-9254;ext=102` keeps its semicolon, which would otherwise separate two numbers.
 */
function oneNumber(property: Property): string {
  return clean(unescape(property.value)).replace(/^tel:/i, "").replace(/;ext=/i, " ext. ")
    .replace(/;.*$/, "");
}

function fillPerson(contact: ImportedContact, card: Card, findings: Findings): void {
  contact.position = text(card, "TITLE");
  contact.letterSalutation = text(card, "X-LETTER-SALUTATION");
  contact.addressForm = addressFormOf(text(card, "X-ADDRESS-FORM"));
  const refused = [contact.notes, ...contact.tags].flatMap(refusedIn);
  contact.objections = [...new Set([...channelsOf(text(card, "X-OBJECTIONS")), ...refused])].sort();
  contact.role = text(card, "ROLE");
  contact.language = language(text(card, "LANG", "X-LANG").slice(0, 5));
  contact.department = clean(
    parts(text(card, "ORG") && (all(card, "ORG")[0]?.value ?? "")).slice(1).join(", "),
  ) || text(card, "X-KADDRESSBOOK-X-DEPARTMENT", "X-DEPARTMENT");
  const gender = text(card, "GENDER", "X-GENDER").split(";")[0] ?? "";
  contact.salutation ||= /^o$/i.test(gender) ? "divers" : personNames.salutation(gender);
  const born = text(card, "BDAY");
  const found = birthday(born, null);
  if (found === null) findings.warnings.push(problem(findings.row, "BDAY", born, "date_invalid"));
  contact.birthday = found ?? "";
}
