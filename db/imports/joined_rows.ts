/**
 * Joins rows below each other about one person, as databases write a row for each e-mail address or
 * telephone number.
 */

import { fullName } from "./likenesses.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";

/** Most rows joined into one: no person has more addresses. */
const most = 100;

/** The records, each person once; the rows joined to the one above them are skipped as such. */
export async function* joined(
  records: AsyncIterable<ImportedRecord>,
): AsyncGenerator<ImportedRecord> {
  let first: ImportedRecord | null = null;
  let further: ImportedRecord[] = [];
  for await (const record of records) {
    if (first && further.length < most && adds(first, record)) {
      join(first, record);
      further.push({ ...blank, row: record.row });
      continue;
    }
    if (first) yield first;
    if (further.length > 0) yield* further;
    further = [];
    first = record;
  }
  if (first) yield first;
  yield* further;
}

const blank: Omit<ImportedRecord, "row"> = {
  contact: null,
  companies: [],
  warnings: [],
  rejected: null,
  skipped: "row_joined",
};

/** Whether the next row is about the same person, and says how else to reach them. */
function adds({ contact, others, deal, companies }: ImportedRecord, next: ImportedRecord): boolean {
  if (!contact || !next.contact || deal || next.deal || others || next.others) return false;
  const numbers = [companies, next.companies].map(([company]) => company?.customerNumber ?? "");
  if (!isSame(contact, next.contact, numbers)) return false;
  const [own, theirs] = [companies[0]?.name ?? "", next.companies[0]?.name ?? ""];
  if (theirs !== "" && theirs !== own || next.companies.length > 1) return false;
  return lacking(contact.emails, next.contact.emails, mailbox).length > 0 ||
    lacking(contact.phones, next.contact.phones, dialled).length > 0 ||
    lacking(contact.addresses, next.contact.addresses, placed).length > 0;
}

/** The same name under the same number, which may be that of the company. */
function isSame(
  one: ImportedContact,
  two: ImportedContact,
  [company = "", other = ""]: readonly string[],
): boolean {
  const [uid, number] = [one.uid, one.customerNumber];
  if (uid === "" && number === "" && company === "") return false;
  if (uid !== two.uid || number !== two.customerNumber || company !== other) return false;
  const name = fullName(one);
  return name !== "" && !name.includes("@") && name === fullName(two) &&
    (two.birthday === "" || two.birthday === one.birthday);
}

/** What the row above has already, it keeps; what only the next one says is added. */
function join({ contact, warnings }: ImportedRecord, next: ImportedRecord): void {
  const [own, more] = [contact!, next.contact!];
  const lacked = Object.entries(more).filter(([name]) => own[name as keyof ImportedContact] === "");
  Object.assign(own, Object.fromEntries(lacked));
  own.custom = { ...more.custom, ...own.custom };
  own.customWords = [...new Set([...own.customWords, ...more.customWords])];
  own.emails.push(...lacking(own.emails, more.emails, mailbox));
  own.phones.push(...lacking(own.phones, more.phones, dialled));
  own.addresses.push(...lacking(own.addresses, more.addresses, placed));
  own.tags = [...new Set([...own.tags, ...more.tags])];
  own.objections = [...new Set([...own.objections, ...more.objections])];
  if (more.notes !== "" && !own.notes.includes(more.notes)) {
    own.notes = [own.notes, more.notes].filter(Boolean).join("\n\n");
  }
  warnings.push(...next.warnings);
}

const mailbox = ({ address }: ImportedContact["emails"][number]): string => address.toLowerCase();
const dialled = ({ number }: ImportedContact["phones"][number]): string => number;
const placed = (
  { street, poBox, postalCode, city }: ImportedContact["addresses"][number],
): string => [street, poBox, postalCode, city].join("|").toLowerCase();

function lacking<One>(own: readonly One[], more: readonly One[], key: (one: One) => string): One[] {
  const known = new Set(own.map(key));
  return more.filter((one) => !known.has(key(one)));
}
