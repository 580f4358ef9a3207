/** The answer to a right of access for machines: the same facts as the letter beside it. */
import type { AccessPackage } from "./access_packages.ts";
import type { Told } from "./person_tables.ts";

/** What data of a person are for, and on which basis. */
export interface Processed {
  purpose: unknown;
  legalBasis: unknown;
}

/** What else the data are for: consents that stand, and own fields, each purpose and basis once. */
export function furtherPurposes({ tables }: Pick<AccessPackage, "tables">): Processed[] {
  const key = ({ purpose, legalBasis }: Processed) => `${purpose} ${legalBasis}`;
  const told = new Set(rowsIn(tables, "contacts").map(processed).map(key));
  const consents = rowsIn(tables, "consents").filter((row) => !row.withdrawn_at)
    .map(({ purpose }) => ({ purpose, legalBasis: "consent" }));
  const all = [...consents, ...rowsIn(tables, "custom_values").map(processed)];
  return all.filter((each) => !told.has(key(each)) && told.add(key(each)));
}

const rowsIn = (tables: readonly Told[], name: Told["table"]) =>
  tables.find(({ table }) => table === name)?.rows ?? [];

const processed = ({ purpose, legal_basis }: Record<string, unknown>): Processed => ({
  purpose,
  legalBasis: legal_basis,
});

/** The package, by the names of the personal-data map. */
export function toJson(found: AccessPackage, at: Date): Record<string, unknown> {
  const { controller, operator, tables, barred, recipients, authority } = found;
  const { name, email, street, postalCode, city, country } = controller;
  return {
    format: "kompaktcrm-access-1",
    issuedAt: at.toISOString(),
    controller: { name, email, street, postalCode, city, country },
    processing: [
      ...rowsIn(tables, "contacts").map((
        { purpose, legal_basis, source, retain_until, retain_reason },
      ) => ({ purpose, legal_basis, source, retain_until, retain_reason })),
      ...furtherPurposes(found).map(({ purpose, legalBasis }) => ({
        purpose,
        legal_basis: legalBasis,
      })),
    ],
    automatedDecisions: false,
    operator,
    recipients,
    withinEea: found.inside,
    periods: found.periods,
    erasable: found.clocks.map(({ erasableOn, cause }) => ({
      from: erasableOn,
      class: cause.class,
    })),
    rights: ["Art. 16", "Art. 17", "Art. 18", "Art. 20", "Art. 21", "Art. 7(3)", "Art. 77"],
    authority: authority
      ? { name: authority.name, email: authority.email, web: authority.web }
      : { competentAt: [postalCode, city].filter(Boolean).join(" "), country },
    data: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])),
    suppressions: barred,
    files: [...found.files, ...found.letters].map(({ name, size }) => ({ name, size })),
    filesLeftOut: found.leftOut,
  };
}
