/** Limits every field to what a form accepts: longer values are cut, with a warning. */

import { lengths as ofContacts } from "../record_lengths.ts";
import { cut } from "./cells.ts";
import { problem } from "./problems.ts";
import type {
  ImportedAddress,
  ImportedCompany,
  ImportedContact,
  ImportedDeal,
  ImportedRecord,
} from "./records.ts";

const usual = 200;
/** Fields with other limits in the form; a record that exceeds them could not be saved again. */
const lengths: Record<string, number> = {
  ...ofContacts,
  suffix: ofContacts.nameSuffix,
  ...{ legalForm: 60, industry: 100, vatId: 30, taxNumber: 30 },
  ...{ registerCourt: 100, registerNumber: 40 },
};

const shortest = Math.min(usual, ...Object.values(lengths));

/** Cuts overlong fields of the record in place and adds a warning for each. */
export function fit(record: ImportedRecord): ImportedRecord {
  const subjects: (ImportedContact | ImportedCompany | ImportedAddress | ImportedDeal)[] = [
    ...record.companies,
    ...record.others ?? [],
  ];
  if (record.contact) subjects.push(record.contact);
  if (record.deal) subjects.push(record.deal);
  for (const subject of [...subjects]) {
    if ("addresses" in subject) subjects.push(...subject.addresses);
  }
  for (const subject of subjects) fitFields(subject, record);
  return record;
}

function fitFields(subject: object, record: ImportedRecord): void {
  const fields = subject as Record<string, unknown>;
  // Skips lists of entries: this runs for every field of the file, and few are too long.
  for (const field in fields) {
    const value = fields[field];
    if (typeof value !== "string" || value.length <= shortest) continue;
    const limit = lengths[field] ?? usual;
    if (value.length <= limit) continue;
    fields[field] = cut(value, limit);
    record.warnings.push(problem(record.row, field, value, "value_shortened", { limit }));
  }
}
