/**
 * Handles names in the wrong column: a company's among last names, or a person's among companies.
 */

import { isGivenName } from "../given_names.ts";
import * as legalForms from "../legal_forms.ts";
import { greetsHousehold, salutation } from "../person_names.ts";
import { type Cell, type Cells, first } from "./cells.ts";
import { saysPerson } from "./headings.ts";
import * as nameKinds from "./name_kinds.ts";
import type { Target } from "./targets.ts";

/** Whether SAP's NAME1 holds a person's name, the last name first. */
const isTurned = ({ text, column }: Cell): boolean =>
  /^name ?1$/i.test(column.name) && /^\p{L}[\p{L}'’ -]{0,40}, \p{L}/u.test(text) &&
  nameKinds.kindOf(text) === "person";

const customer = /^(?:kund|auftraggeber|customer|client|klant|klient)/i;

/** A private customer is the person of the row; who speaks for them is noted. */
function keepPrivate(cells: Cells): void {
  const [own] = cells.get("name") ?? [];
  const [other] = cells.get("fullName") ?? [];
  if (!own || !other || !customer.test(own.column.name) || !saysPerson(other.column.name)) return;
  if (nameKinds.kindOf(own.text) !== "person") return;
  cells.set("fullName", [own]);
  cells.delete("name");
  const note = { ...other, text: `${other.column.name}: ${other.text}` };
  cells.set("notes", [...cells.get("notes") ?? [], note]);
}

/** Moves them to the right column; `said` is what the row itself says that it is about. */
export function settle(cells: Cells, said: "person" | "company" | null): void {
  const has = (...targets: Target[]) => targets.some((target) => cells.has(target));
  if (said !== "company") keepPrivate(cells);
  if (has("firstName", "fullName", "name")) return;
  const last = cells.get("lastName");
  if (!last) {
    // bexio puts the last and first names of private persons into the columns for company names.
    const [own] = cells.get("company.name") ?? [];
    if (own && said !== "company" && isTurned(own) && !has("company.vatId")) {
      cells.set("fullName", [own]);
      cells.delete("company.name");
      return;
    }
    const given = first(cells, "company.nameExtra");
    const whole = own && !has("company.vatId") ? dividedName(cells, own.text, given) : "";
    if (whole) {
      cells.set("fullName", [{ ...own!, text: whole }]);
      cells.delete("company.name");
      cells.delete("company.nameExtra");
      return;
    }
    // A ledger's "Herrn", "Müller" and "Hans" are in the columns for two lines of a name.
    const greeted = said === null && salutation(first(cells, "salutation")) !== "" &&
      isGivenName(given.split(/[ -]/, 1)[0]!) && !has("company.vatId") &&
      !nameKinds.namesCompany(own?.text ?? "");
    if (said !== "person" && !greeted || !own || legalForms.split(own.text).form !== "") return;
    const text = given && (greeted || !own.text.includes(" ")) ? `${own.text}, ${given}` : own.text;
    cells.set("fullName", [{ ...own, text }]);
    cells.delete("company.name");
    if (greeted) cells.delete("company.nameExtra");
    return;
  }
  // A ledger has one column for names, and another for first names.
  const isCompany = said !== "person" && !has("company.name") &&
    legalForms.split(last[0]!.text).form !== "" && salutation(first(cells, "salutation")) === "";
  if (!isCompany) return;
  cells.set("company.name", last);
  cells.delete("lastName");
}

const joint = /^(?:u\.|und|&|\+)$/i;

/** Whether a text is nothing but first names, perhaps behind a title: "Dr. Peter", "Eva u. Tom". */
function areGiven(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => !joint.test(word));
  const names = words.filter((word) => !word.endsWith("."));
  return names.length > 0 && names.every(isGivenName);
}

/**
 * The name of somebody who is greeted and whose name is divided over the two lines for a company:
 * "Dr. Peter" above "Wagner", or a couple's "Kurz" above "Anna und Max"; otherwise empty.
 */
function dividedName(cells: Cells, name: string, extra: string): string {
  const greeting = first(cells, "salutation");
  const household = greetsHousehold(greeting);
  if (!household && salutation(greeting) === "") return "";
  const isName = (text: string) =>
    /^(?:\p{Ll}{2,4} ){0,2}\p{Lu}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+){0,2}$/u.test(text) &&
    nameKinds.kindOf(text) !== "company";
  if (areGiven(name) && isName(extra)) return `${name} ${extra}`;
  return household && isName(name) && !name.includes(" ") && areGiven(extra)
    ? `${name}, ${extra}`
    : "";
}

/** Whether the row has a salutation for a person whose name is in a company's place. */
export function greetsPerson(cells: Cells, name: string): boolean {
  const greeting = first(cells, "salutation");
  if (greetsHousehold(greeting) && name !== "") return !nameKinds.namesCompany(name);
  return name !== "" && salutation(greeting) !== "" &&
    (nameKinds.kindOf(name) ?? (nameKinds.looksPersonal(name) ? "person" : null)) === "person";
}

/** The name with that of a partner in the second line of an address: "und Inga Petersen". */
export function withPartner(cells: Cells, name: string): string {
  const extra = first(cells, "company.nameExtra");
  return /^(?:und|u\.|&|\+) ?\p{L}/iu.test(extra) ? `${name} ${extra}` : name;
}
