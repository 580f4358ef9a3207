/**
 * Custom fields in the personal-data map: each counts as a column with its own category, purpose,
 * legal basis and retention period. Used by access, portability, history and processing records.
 */
import type { CustomField } from "./custom_fields.ts";
import type { LegalBasis, Purpose } from "./origins.ts";
import { categories, type Column } from "./personal_data/columns.ts";

/** A column that a tenant has defined: purpose and basis are the tenant's, one of each. */
export interface CustomColumn extends Column {
  name: string;
  tenantPurpose: Purpose;
  tenantBasis: LegalBasis;
}

/** The entry of a custom field in the map. */
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
    inHistory: isInHistory(field),
    erasure: "cascade",
    tenantPurpose: field.purpose,
    tenantBasis: field.legalBasis,
  };
}

/** Kinds that can contain anything about anybody, whatever their category. */
const free = ["text", "long_text", "link", "person"];

/** Whether history may store the values of a field, not only its name. */
export const isInHistory = ({ kind, category }: Pick<CustomField, "kind" | "category">) =>
  categories[category].protection === "normal" && categories[category].inHistory &&
  !free.includes(kind);
