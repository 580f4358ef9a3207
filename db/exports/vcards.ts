/** vCard 4.0 (RFC 6350): persons and organisations as cards, escaped and folded. */
import type { ExportedAddress, ExportedCompany, ExportedContact } from "./records.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A contact as a card, with its line ends. */
export function contactCard(contact: ExportedContact): string {
  const family = [contact.namePrefix, contact.lastName].filter(Boolean).join(" ");
  const full = [contact.title, contact.firstName, family, contact.nameSuffix].filter(Boolean)
    .join(" ");
  return card([
    ["KIND", "individual"],
    ["UID", uid(contact.externalUid || contact.id)],
    ["FN", text(full)],
    ["N", [family, contact.firstName, "", contact.title, contact.nameSuffix].map(text).join(";")],
    ...salutationLines(contact.salutation),
    ...organisationLines(contact),
    ["TITLE", text(contact.position)],
    ["BDAY", birthday(contact.birthday)],
    ["LANG", contact.language],
    ...reachLines(contact),
  ], contact.updatedAt);
}

/** A company as a card of kind `org`. */
export function companyCard(company: ExportedCompany): string {
  return card([
    ["KIND", "org"],
    ["UID", uid(company.id)],
    ["FN", text(company.name)],
    ["N", ";;;;"],
    ["ORG", text(company.name)],
    ["X-INDUSTRY", text(company.industry)],
    ["X-VAT-ID", text(company.vatId)],
    ...reachLines(company),
  ], company.updatedAt);
}

type Line = [name: string, value: string];

function card(lines: Line[], updatedAt: Date): string {
  const all: Line[] = [
    ["BEGIN", "VCARD"],
    ["VERSION", "4.0"],
    ...lines,
    ["REV", updatedAt.toISOString().replace(/[-:]|\.\d+/g, "")],
    ["END", "VCARD"],
  ];
  return all.filter(([, value]) => value !== "").map(([name, value]) => fold(`${name}:${value}`))
    .join("");
}

/** RFC 6350 has no form of address; other programs read it out of GENDER at least. */
function salutationLines(salutation: string): Line[] {
  const gender = { mr: "M", ms: "F", divers: "O" }[salutation];
  return gender ? [["GENDER", gender]] : [];
}

function organisationLines({ companies }: ExportedContact): Line[] {
  return companies.flatMap(({ name, department, role }, index): Line[] => {
    const group = companies.length > 1 ? `item${index + 1}.` : "";
    const units = department === "" ? [name] : [name, department];
    return [[`${group}ORG`, units.map(text).join(";")], [`${group}ROLE`, text(role)]];
  });
}

type Reach = ExportedContact | ExportedCompany;

function reachLines(record: Reach): Line[] {
  return [
    ...record.emails.map(({ address, kind }, i): Line => [
      `EMAIL${type(kind)}${i === 0 ? ";PREF=1" : ""}`,
      text(address),
    ]),
    ...record.phones.map(({ number, kind }, i) => phone(number, kind, i === 0)),
    ...record.addresses.map((address): Line => [
      `ADR${type(address.kind)}`,
      addressParts(address).map(text).join(";"),
    ]),
    ["URL", record.website.replace(/[\r\n]/g, "")],
    ["X-CUSTOMER-NUMBER", text(record.customerNumber)],
    ["CATEGORIES", record.tags.map(text).join(",")],
    ["NOTE", text(record.notes)],
  ];
}

function phone(number: string, kind: string, first: boolean): Line {
  const types = { mobile: "cell", fax: "fax,work", home: "home,voice", work: "work,voice" }[kind] ??
    "voice";
  const name = `TEL${first ? ";PREF=1" : ""};TYPE=${types.includes(",") ? `"${types}"` : types}`;
  return number.startsWith("+") ? [`${name};VALUE=uri`, `tel:${number}`] : [name, text(number)];
}

/** RFC knows work and home; the other kinds come as X- types that others may skip. */
function type(kind: string): string {
  if (kind === "work" || kind === "home") return `;TYPE=${kind}`;
  return kind === "other" ? "" : `;TYPE=x-${kind}`;
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

const uid = (id: string) => /^[0-9a-f-]{36}$/i.test(id) ? `urn:uuid:${id}` : text(id);

/** `1980-05-06` becomes `19800506`, a day without a year `--0506`. */
function birthday(day: string | null): string {
  if (!day) return "";
  return day.startsWith("--") ? `--${day.slice(2).replace("-", "")}` : day.replaceAll("-", "");
}

/** A value's text: backslash, comma, semicolon and line ends escaped. */
function text(value: string): string {
  return value.replace(/[\\,;]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** A content line in pieces of at most 75 octets, never within a character. */
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
