/** Translates headings of public company registers into words that other lists use. */

import * as frenchRegisters from "./french_registers.ts";
import type { Column } from "./mappings.ts";
import type { Plan } from "./plans.ts";
import * as prefixes from "./prefixes.ts";

/** Meanings by heading; a map, as a heading may be called "constructor". */
type Said = ReadonlyMap<string, string>;

const gleif: Said = new Map(Object.entries({
  "LEI": "UID",
  "Entity.LegalName": "Company name",
  "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "Registration number",
  ...address("Entity.LegalAddress.", ""),
  ...address("Entity.HeadquartersAddress.", "Visiting "),
}));
const companiesHouse: Said = new Map(Object.entries({
  "CompanyNumber": "Registration number",
  "RegAddress.CareOf": "Address line 2",
  "RegAddress.POBox": "PO box",
  "RegAddress.AddressLine1": "Street",
  "RegAddress.AddressLine2": "Address line 2",
  "RegAddress.PostTown": "City",
  "RegAddress.County": "State",
  "RegAddress.Country": "Country",
  "RegAddress.PostCode": "Postal code",
}));
const openRegister: Said = new Map(Object.entries({
  "company_number": "UID",
  "native_company_number": "Registration number",
  "registered_address": "Address",
  "all_attributes.native_company_number": "Registration number",
  "all_attributes.registrar": "Registergericht",
}));
const openCorporates: Said = new Map(Object.entries({
  "company_number": "Registration number",
  "company_type": "Rechtsform",
  "branch": "Unread",
  "registered_address.street_address": "Street",
  "registered_address.locality": "City",
  "registered_address.region": "State",
  "registered_address.postal_code": "Postal code",
  "registered_address.country": "Country",
}));
/**
 * Belgium's register has a file for each kind of fact; a number may have several names there, and
 * only the first of them is the company's.
 */
const belgium: Said = new Map(Object.entries({
  "EntityNumber": "UID",
  "EnterpriseNumber": "UID",
  "Status": "Unread",
  "Language": "Unread",
  "EntityContact": "Unread",
  "ContactType": "Unread",
  "Value": "Unread",
}));
const places = /^(?:headquarters(?:_?location)?|hq|seat|sitz)$/i;
const entity = /^https?:\/\/www\.wikidata\.org\/entity\/Q\d+$/;

/** The meaning of each heading of the table, without a word that precedes all of them. */
export function plainly(columns: readonly Column[]): (heading: string) => string {
  const headings = columns.map(({ heading }) => heading);
  const prefix = prefixes.sharedBy(headings);
  const has = (...names: string[]) => names.every((name) => headings.includes(name));
  const said = has("Entity.LegalName")
    ? gleif
    : has("RegAddress.AddressLine1", "CompanyNumber")
    ? companiesHouse
    : has("registered_address", "company_number")
    ? openRegister
    : has("company_number", "registered_address.street_address")
    ? openCorporates
    : has("EntityNumber") || has("EnterpriseNumber", "JuridicalForm")
    ? belgium
    : queried(columns);
  const names = shortNames(headings);
  const french = frenchRegisters.wordsOf(headings);
  return (heading) =>
    said.get(heading) ?? french.get(heading) ?? names.get(heading.trim().toLowerCase()) ??
      prefixes.without(heading, prefix);
}

/**
 * "VN" and "NN", or "FN" and "LN", beside each other are first and last name; alone they may be
 * anything.
 */
function shortNames(headings: readonly string[]): Said {
  const lower = new Set(headings.map((heading) => heading.trim().toLowerCase()));
  const pair = ([["vn", "nn"], ["fn", "ln"]] as const)
    .find(([first, last]) => lower.has(first) && lower.has(last));
  return new Map(pair ? [[pair[0], "Vorname"], [pair[1], "Nachname"]] : []);
}

/** Headings of Wikidata queries: each item by its address, with its label in another column. */
function queried(columns: readonly Column[]): Said {
  const item = columns.find(({ cells }) => entity.test(cells.find(Boolean) ?? ""))?.heading;
  if (!item) return new Map();
  const labels = columns.flatMap(({ heading }): [string, string][] => {
    const [, name] = /^(.+)Label$/.exec(heading) ?? [];
    if (!name || name === item) return name ? [[heading, "Name"]] : [];
    return [[heading, places.test(name) ? "City" : name]];
  });
  return new Map([...labels, [item, "UID"]]);
}

function address(path: string, kind: string): Record<string, string> {
  return {
    [`${path}FirstAddressLine`]: `${kind}Street`,
    [`${path}AdditionalAddressLine.1`]: `${kind}Address line 2`,
    [`${path}City`]: `${kind}City`,
    [`${path}Region`]: `${kind}State`,
    [`${path}Country`]: `${kind}Country`,
    [`${path}PostalCode`]: `${kind}Postal code`,
  };
}

const found = new WeakMap<Plan, readonly [kind: number, number: number] | null>();

/** The row with the register number as it is cited, if its kind has a column: "HRB 5". */
export function numbered(row: string[], plan: Plan): string[] {
  const cells = frenchRegisters.wholeRow(row, plan);
  let columns = found.get(plan);
  if (columns === undefined) {
    const kind = plan.columns.findIndex(({ name }) =>
      /^(?:handels)?register[ _-]?(?:art|type?)$/i.test(name)
    );
    const number = plan.columns.findIndex(({ target }) => target === "company.registerNumber");
    columns = kind < 0 || number < 0 ? null : [kind, number];
    found.set(plan, columns);
  }
  if (!columns) return cells;
  const [kind, number] = columns.map((at) => cells[at]?.trim() ?? "") as [string, string];
  if (!/^(?:HR ?[AB]|G[ns]R|PR|VR)$/i.test(kind) || !/^\d+(?: ?\p{L}{1,3})?$/u.test(number)) {
    return cells;
  }
  return cells.with(columns[1], `${kind} ${number}`);
}
