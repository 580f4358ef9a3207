/** What the role of whoever imports may not write is left out of every row, as if the file said nothing. */
import type { CustomField } from "../custom_fields.ts";
import { closed, type Limited } from "../field_rights.ts";
import type { ImportedCompany, ImportedContact, ImportedRecord } from "./records.ts";

/** What rows call fields otherwise than records do. */
const called: Readonly<Record<string, string>> = { parentId: "parent", ownerId: "owner" };

/** The rows without what is closed to the role. Their own fields are left out when they are read. */
export function close(who: Limited, batch: readonly ImportedRecord[]): void {
  if (who.limits === null) return;
  const [ofContacts, ofCompanies] = [namesOf(who, "contact"), namesOf(who, "company")];
  for (const { contact, companies } of batch) {
    if (contact) blank(contact, ofContacts);
    for (const company of companies) blank(company, ofCompanies);
  }
}

/** The own fields that rows may fill in. */
export const writable = (fields: readonly CustomField[]): CustomField[] =>
  fields.filter(({ readOnly }) => !readOnly);

/** The tags of a run, unless its author may not give any. */
export const tagsOf = (who: Limited, tags: string[]): string[] =>
  [...namesOf(who, "contact"), ...namesOf(who, "company")].includes("tags") ? [] : tags;

const namesOf = (who: Limited, kind: "contact" | "company"): string[] =>
  closed(who, kind).flatMap(({ name, writes }) => called[name] ?? writes);

function blank(row: ImportedContact | ImportedCompany, names: readonly string[]): void {
  for (const name of names) {
    if (name === "tags") row.tags = [];
    else if (name in row) Object.assign(row, { [name]: "" });
  }
}
