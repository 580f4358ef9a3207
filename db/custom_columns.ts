/**
 * Own fields in the personal-data map: each counts as a column, with category, purpose, basis and
 * period of its own. Access, portability, history and the records of processing ask here.
 */
import type { CustomField } from "./custom_fields.ts";
import type { LegalBasis, Purpose } from "./origins.ts";
import { categories, type Column } from "./personal_data/columns.ts";

/** A column that a house has defined: its purpose and basis are the house's, named one by one. */
export interface CustomColumn extends Column {
  name: string;
  tenantPurpose: Purpose;
  tenantBasis: LegalBasis;
}

/** What the map says of an own field. */
export function columnOf(field: CustomField): CustomColumn {
  return {
    ...categories[field.category],
    name: field.name,
    category: field.category,
    subject: field.recordKind === "contact" ? "contact" : "company_contact",
    purpose: "tenant",
    basis: "tenant",
    role: "processor",
    retention: "record",
    inAccessExport: "value",
    inPortabilityExport: field.recordKind === "contact" && field.provided,
    inHistory: tellsInHistory(field),
    erasure: "cascade",
    tenantPurpose: field.purpose,
    tenantBasis: field.legalBasis,
  };
}

/** Kinds that may say anything about anyone, whatever their category. */
const free = ["text", "long_text", "link", "person"];

/** Whether history may hold the values of a field, not only its name. */
export const tellsInHistory = ({ kind, category }: Pick<CustomField, "kind" | "category">) =>
  categories[category].protection === "normal" && categories[category].inHistory &&
  !free.includes(kind);
