/**
 * Removes from every row what the importing user's role may not write, as if the file did not
 * contain it.
 */
import type { CustomField } from "../custom_fields.ts";
import { closed, type Limited } from "../field_rights.ts";
import type { ImportedCompany, ImportedContact, ImportedRecord } from "./records.ts";

/** Names of fields that differ between rows and records. */
const called: Readonly<Record<string, string>> = { parentId: "parent", ownerId: "owner" };

/** Clears the fields that the role may not write. Custom fields were already left out when read. */
export function close(who: Limited, batch: readonly ImportedRecord[]): void {
  if (who.limits === null) return;
  const [ofContacts, ofCompanies] = [namesOf(who, "contact"), namesOf(who, "company")];
  for (const { contact, companies } of batch) {
    if (contact) blank(contact, ofContacts);
    for (const company of companies) blank(company, ofCompanies);
  }
}

/** The custom fields that rows may fill in. */
export const writable = (fields: readonly CustomField[]): CustomField[] =>
  fields.filter(({ readOnly }) => !readOnly);

/** The tags of a run, unless its author may not assign any. */
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
