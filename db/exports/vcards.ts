/**
 * Writes persons and organisations as cards, escaped and folded: vCard 4.0 (RFC 6350), and 3.0 (RFC
 * 2426) for the many programs that support nothing newer.
 */
import type { CustomField } from "../custom_fields.ts";
import { type ExportedValue, ownProperty, textOf } from "./custom_fields.ts";
import type { ExportedAddress, ExportedCompany, ExportedContact } from "./records.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export type Version = "3.0" | "4.0";

/**
 * A contact as a card, with line breaks. A card for passing on leaves out internal information on
 * the relation to the person.
 */
export function contactCard(
  contact: ExportedContact,
  version: Version = "4.0",
  toHandOn = true,
  fields: readonly CustomField[] = [],
): string {
  const family = [contact.namePrefix, contact.lastName].filter(Boolean).join(" ");
  const full = [contact.title, contact.firstName, family, contact.nameSuffix].filter(Boolean)
    .join(" ");
  const old = version === "3.0";
  return card(version, [
    ["KIND", old ? "" : "individual"],
    ["UID", uid(contact.externalUid || contact.id, version)],
    ["FN", text(full)],
    ["N", [family, contact.firstName, "", contact.title, contact.nameSuffix].map(text).join(";")],
    ...salutationLines(contact.salutation, version),
    ...organisationLines(contact),
    ["TITLE", text(contact.position)],
    birthday(contact.birthday, version),
    [old ? "X-LANG" : "LANG", contact.language],
    ...reachLines(contact, version),
    ...(toHandOn ? [] : [...tenantLines(contact), ...ownLines(fields, contact.custom)]),
  ], contact.updatedAt);
}

/** A company as a card of kind `org`; 3.0 has no kinds, so it gets Apple's widely known marker. */
export function companyCard(
  company: ExportedCompany,
  version: Version = "4.0",
  fields: readonly CustomField[] = [],
): string {
  return card(version, [
    version === "4.0" ? ["KIND", "org"] : ["X-ABShowAs", "COMPANY"],
    ["UID", uid(company.id, version)],
    ["FN", text(company.name)],
    ["N", ";;;;"],
    ["ORG", text(company.name)],
    ["X-INDUSTRY", text(company.industry)],
    ["X-VAT-ID", text(company.vatId)],
    ...reachLines(company, version),
    ...ownLines(fields, company.custom),
  ], company.updatedAt);
}

type Line = [name: string, value: string];

/** What no version of the format has, as properties of our own. */
function tenantLines(contact: ExportedContact): Line[] {
  return [
    ["X-STATUS", contact.status],
    ["X-ADDRESS-FORM", contact.addressForm],
    ["X-LETTER-SALUTATION", text(contact.letterSalutation)],
    ["X-OBJECTIONS", contact.objections.join(",")],
  ];
}

/** Custom fields by their names. */
const ownLines = (fields: readonly CustomField[], custom: readonly ExportedValue[]): Line[] =>
  fields.map((field) => [ownProperty(field), text(textOf(field, custom))]);

function card(version: Version, lines: Line[], updatedAt: Date): string {
  const all: Line[] = [
    ["BEGIN", "VCARD"],
    ["VERSION", version],
    ...lines,
    ["REV", updatedAt.toISOString().replace(/[-:]|\.\d+/g, "")],
    ["END", "VCARD"],
  ];
  return all.filter(([, value]) => value !== "").map(([name, value]) => fold(`${name}:${value}`))
    .join("");
}

/** No version has a form of address, but other programs can derive one from the gender. */
function salutationLines(salutation: string, version: Version): Line[] {
  const gender = { mr: "M", ms: "F", divers: "O" }[salutation];
  return gender ? [[version === "4.0" ? "GENDER" : "X-GENDER", gender]] : [];
}

function organisationLines({ companies }: ExportedContact): Line[] {
  return companies.flatMap(({ name, department, role }, index): Line[] => {
    const group = companies.length > 1 ? `item${index + 1}.` : "";
    const units = department === "" ? [name] : [name, department];
    return [[`${group}ORG`, units.map(text).join(";")], [`${group}ROLE`, text(role)]];
  });
}

type Reach = ExportedContact | ExportedCompany;

function reachLines(record: Reach, version: Version): Line[] {
  return [
    ...record.emails.map(({ address, kind }, i): Line => [
      `EMAIL${typed(version, [...version === "4.0" ? [] : ["internet"], ...types(kind)], i === 0)}`,
      text(address),
    ]),
    ...record.phones.map(({ number, kind }, i) => phone(number, kind, i === 0, version)),
    ...record.addresses.map((address): Line => [
      `ADR${typed(version, types(address.kind), false)}`,
      addressParts(address).map(text).join(";"),
    ]),
    ["URL", record.website.replace(/[\r\n]/g, "")],
    ["X-CUSTOMER-NUMBER", text(record.customerNumber)],
    ["CATEGORIES", record.tags.map(text).join(",")],
    ["NOTE", text(record.notes)],
  ];
}

function phone(number: string, kind: string, first: boolean, version: Version): Line {
  const types = { mobile: "cell", fax: "fax,work", home: "home,voice", work: "work,voice" }[kind] ??
    "voice";
  const name = `TEL${typed(version, types.split(","), first)}`;
  return version === "4.0" && /^\+\d+(?:;ext=\d+)?$/.test(number)
    ? [`${name};VALUE=uri`, `tel:${number}`]
    : [name, text(number)];
}

/** Both versions know work and home; other kinds become x- types that programs may ignore. */
function types(kind: string): string[] {
  if (kind === "work" || kind === "home") return [kind];
  return kind === "other" ? [] : [`x-${kind}`];
}

/** Types and preference as parameters; in 3.0 the preference is one of the types. */
function typed(version: Version, types: string[], preferred: boolean): string {
  if (version === "3.0") {
    const all = [...types, ...preferred ? ["pref"] : []].map((type) => type.toUpperCase());
    return all.length === 0 ? "" : `;TYPE=${all.join(",")}`;
  }
  const list = types.join(",");
  return `${preferred ? ";PREF=1" : ""}${
    list === "" ? "" : `;TYPE=${list.includes(",") ? `"${list}"` : list}`
  }`;
}

function addressParts(address: ExportedAddress): string[] {
  return [
    address.po_box,
    address.extra,
    address.street,
    address.city,
    address.region,
    address.postal_code,
    address.country,
  ];
}

function uid(id: string, version: Version): string {
  return version === "4.0" && /^[0-9a-f-]{36}$/i.test(id) ? `urn:uuid:${id}` : text(id);
}

/**
 * `19800506`, or `--0506` without a year; 3.0 requires a year, for which 1604 is Apple's
 * convention.
 */
function birthday(day: string | null, version: Version): Line {
  if (!day) return ["BDAY", ""];
  const known = !day.startsWith("--");
  if (version === "3.0") {
    return known ? ["BDAY", day] : ["BDAY;X-APPLE-OMIT-YEAR=1604", `1604-${day.slice(2)}`];
  }
  return ["BDAY", known ? day.replaceAll("-", "") : `--${day.slice(2).replace("-", "")}`];
}

/** A value's text with backslash, comma, semicolon and line breaks escaped. */
function text(value: string): string {
  return value.replace(/[\\,;]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** A content line split into pieces of at most 75 octets, never within a character. */
export function fold(line: string): string {
  if (line.length <= 25) return `${line}\r\n`;
  const bytes = encoder.encode(line);
  if (bytes.length <= 75) return `${line}\r\n`;
  let folded = "";
  for (let at = 0; at < bytes.length;) {
    let end = Math.min(bytes.length, at + (at === 0 ? 75 : 74));
    while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--;
    folded += `${at === 0 ? "" : " "}${decoder.decode(bytes.subarray(at, end))}\r\n`;
    at = end;
  }
  return folded;
}
