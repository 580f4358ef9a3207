/** No field longer than a form would take: what is longer is cut, and said so. */

import { cut } from "./cells.ts";
import { problem } from "./problems.ts";
import type {
  ImportedAddress,
  ImportedCompany,
  ImportedContact,
  ImportedRecord,
} from "./records.ts";

const usual = 200;
const longer: Record<string, number> = { notes: 65_536, website: 500, extra: 500 };

/** Cuts overlong fields of the record in place and adds a warning for each. */
export function fit(record: ImportedRecord): ImportedRecord {
  const subjects: (ImportedContact | ImportedCompany | ImportedAddress)[] = [...record.companies];
  if (record.contact) subjects.push(record.contact);
  for (const subject of [...subjects]) {
    if ("addresses" in subject) subjects.push(...subject.addresses);
  }
  for (const subject of subjects) fitFields(subject, record);
  return record;
}

function fitFields(subject: object, record: ImportedRecord): void {
  const fields = subject as Record<string, unknown>;
  for (const [field, value] of Object.entries(fields)) {
    const limit = longer[field] ?? usual;
    if (typeof value !== "string" || value.length <= limit) continue;
    fields[field] = cut(value, limit);
    record.warnings.push(problem(record.row, field, value, "value_shortened", { limit }));
  }
}
