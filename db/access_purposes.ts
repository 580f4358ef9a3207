/** Purposes of a person's data beyond the record itself, for access (Art. 15(1)(a) GDPR). */
import type { TableRows } from "./person_tables.ts";

/** A purpose of a person's data and its legal basis. */
export interface Processed {
  purpose: unknown;
  legalBasis: unknown;
}

/**
 * Further purposes of the data: consents in force and custom fields, each purpose and basis once.
 */
export function furtherPurposes(tables: readonly TableRows[]): Processed[] {
  const key = ({ purpose, legalBasis }: Processed) => `${purpose} ${legalBasis}`;
  const seen = new Set(rowsIn(tables, "contacts").map(processed).map(key));
  const consents = rowsIn(tables, "consents").filter((row) => !row.withdrawn_at)
    .map(({ purpose }) => ({ purpose, legalBasis: "consent" }));
  const all = [...consents, ...rowsIn(tables, "custom_values").map(processed)];
  return all.filter((each) => !seen.has(key(each)) && seen.add(key(each)));
}

/** The rows of a table among those that were found of a person. */
export const rowsIn = (tables: readonly TableRows[], name: TableRows["table"]) =>
  tables.find(({ table }) => table === name)?.rows ?? [];

const processed = ({ purpose, legal_basis }: Record<string, unknown>): Processed => ({
  purpose,
  legalBasis: legal_basis,
});
