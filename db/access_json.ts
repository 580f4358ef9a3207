/** The machine-readable answer to a right of access: the same facts as the accompanying letter. */
import type { AccessPackage } from "./access_packages.ts";
import { rowsIn } from "./access_purposes.ts";

/** The package, keyed by the names in the personal-data map. */
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
      ...found.further.map(({ purpose, legalBasis }) => ({
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
    importFiles: found.imported,
  };
}

/** Characters that are written at once. */
const chunk = 65_536;

/** The package as text, in pieces: whole, a large one would take several times its memory. */
export function* textOf(found: AccessPackage, at: Date): Generator<string> {
  let text = "";
  for (const piece of pieces(toJson(found, at), 3)) {
    text += piece;
    if (text.length < chunk) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** What JSON.stringify would write with two spaces, a value at a time down to this depth. */
function* pieces(value: unknown, depth: number, indent = ""): Generator<string> {
  const isList = Array.isArray(value);
  const isDeep = typeof value === "object" && value !== null && !(value instanceof Date);
  const entries = isDeep ? Object.entries(value).filter(([, each]) => each !== undefined) : [];
  if (depth === 0 || entries.length === 0) {
    yield JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
    return;
  }
  let before = isList ? "[" : "{";
  for (const [name, each] of entries) {
    yield `${before}\n${indent}  ${isList ? "" : `${JSON.stringify(name)}: `}`;
    yield* pieces(each, depth - 1, `${indent}  `);
    before = ",";
  }
  yield `\n${indent}${isList ? "]" : "}"}`;
}
