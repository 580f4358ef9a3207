/** What the data of a person are for beside what the record itself says, for access (Art. 15(1)(a) GDPR). */
import type { Told } from "./person_tables.ts";

/** What data of a person are for, and on which basis. */
export interface Processed {
  purpose: unknown;
  legalBasis: unknown;
}

/** What else the data are for: consents that stand, and own fields, each purpose and basis once. */
export function furtherPurposes(tables: readonly Told[]): Processed[] {
  const key = ({ purpose, legalBasis }: Processed) => `${purpose} ${legalBasis}`;
  const told = new Set(rowsIn(tables, "contacts").map(processed).map(key));
  const consents = rowsIn(tables, "consents").filter((row) => !row.withdrawn_at)
    .map(({ purpose }) => ({ purpose, legalBasis: "consent" }));
  const all = [...consents, ...rowsIn(tables, "custom_values").map(processed)];
  return all.filter((each) => !told.has(key(each)) && told.add(key(each)));
}

/** The rows of a table among those that were found of a person. */
export const rowsIn = (tables: readonly Told[], name: Told["table"]) =>
  tables.find(({ table }) => table === name)?.rows ?? [];

const processed = ({ purpose, legal_basis }: Record<string, unknown>): Processed => ({
  purpose,
  legalBasis: legal_basis,
});
