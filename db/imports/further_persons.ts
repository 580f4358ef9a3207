/** Handles the second and third person in a company's row: their columns and contacts. */

import { type Cells, first } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import { further, lastNumber, saysPerson } from "./headings.ts";
import { personsIn } from "./name_kinds.ts";
import { person } from "./people.ts";
import type { Plan, PlanColumn } from "./plans.ts";
import { addReach } from "./reach.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";
import { furtherPersons, type Target } from "./targets.ts";

const isName = (target: string) => /(?:^|\.)(?:firstName|lastName|fullName)$/.test(target);

/**
 * Assigns the columns after "Ansprechpartner 2" to that person: "E-Mail 2", or a repeated "E-Mail".
 * "Vorname 2" beside "Vorname", or a second "Vorname", starts such a person by itself.
 */
export function settle(plan: PlanColumn[]): void {
  const taken = new Set<Target>();
  const times = new Map<string, number>();
  let current = 1;
  for (const [at, column] of plan.entries()) {
    const { target, name } = column;
    const number = lastNumber(name);
    // "Anrede 2" before "Vorname 2" is that person's.
    if (/^(?:salutation|title)$/.test(target) && number > current && taken.has(target)) {
      const next = plan.slice(at + 1).find((other) => !/^(?:salutation|title)$/.test(other.target));
      if (next && isName(next.target) && lastNumber(next.name) === number) current = number;
    }
    const named = /^person([23])\./.exec(target)?.[1];
    if (named) {
      if (isName(target)) current = Number(named);
      continue;
    }
    // A company's head is a person of their own beside the contact person.
    if (target === "fullName" && leads.test(name) && hasOther(plan, column)) {
      Object.assign(column, further({ target, group: "", confidence: 0.9 }, 2));
      continue;
    }
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    const which = number > 1 ? number : name === "" ? 1 : time;
    const begins = isName(target) && which > 1 && taken.has(target);
    const follows = current > 1 && (number === current || number === 0 && taken.has(target));
    if (begins) current = which;
    if (begins || follows) move(column, current);
    else taken.add(target);
  }
  for (const number of [2, 3]) dropHalf(plan, `person${number}.`);
}

/** A repeated last name without its first name is no person. */
function dropHalf(plan: PlanColumn[], person: string): void {
  const own = plan.filter(({ target }) => target.startsWith(person));
  const [name, ...more] = own.filter(({ target }) => isName(target));
  const whole = plan.some(({ target }) => target === "firstName");
  if (!whole || more.length > 0 || !name?.target.endsWith("lastName")) return;
  for (const column of own) Object.assign(column, { target: "ignore", group: "", confidence: 0 });
}

const leads = /^(?:inhaber|gesch[äa]e?ftsf[üu]e?hr)/i;

/** Whether the row names another person, but no second contact person. */
const hasOther = (plan: PlanColumn[], column: PlanColumn): boolean =>
  !plan.some(({ target }) => target.startsWith("person2.")) &&
  plan.some((other) => other !== column && !leads.test(other.name) && isName(other.target));

function move(column: PlanColumn, person: number): void {
  const found = further(column, person);
  if (found) Object.assign(column, found);
}

/** The further persons named by the row, each once; those without a name are left out. */
export function contacts(cells: Cells, plan: Plan, findings: Findings): ImportedContact[] {
  const column = cells.has("fullName") ? "fullName" : "name";
  const beside = namesOf(cells, column).slice(1).flatMap((name) => person(new Map(), name) ?? []);
  if (!hasFurther(cells)) return beside;
  return beside.concat(furtherPersons.flatMap((who): ImportedContact[] => {
    const own = cellsOf(cells, who);
    const contact = own.size === 0 ? null : person(own, first(own, "fullName"));
    if (!contact) return [];
    addReach(contact, own, "all", plan, findings);
    contact.position = first(own, "position");
    contact.department = first(own, "department");
    return [contact];
  }));
}

/** Each person in a column like "Jörg Groß, Eva Groß"; otherwise the text as it is. */
export function namesOf(cells: Cells, target: "fullName" | "name" = "fullName"): string[] {
  const cell = cells.get(target)?.[0];
  const text = first(cells, target);
  if (!cell || cell.text !== text) return [text];
  return personsIn(text, target === "fullName" && saysPerson(cell.column.name)) ?? [text];
}

function hasFurther(cells: Cells): boolean {
  for (const target of cells.keys()) if (target.startsWith("person")) return true;
  return false;
}

/** The person's cells, as if they were the only one in the row. */
function cellsOf(cells: Cells, who: string): Cells {
  const own: Cells = new Map();
  for (const [target, list] of cells) {
    if (!target.startsWith(`${who}.`)) continue;
    const part = target.slice(who.length + 1) as Target;
    own.set(part, list.map(({ text, column }) => ({ text, column: { ...column, target: part } })));
  }
  return own;
}

/** More than a file can have rows. */
const apartBy = 10_000_000;

/** The address of a row without a company is that of the couple it names. */
function housed(contact: ImportedContact, { contact: first, companies }: ImportedRecord) {
  const alone = companies.length === 0 && contact.addresses.length === 0;
  return alone && first ? { ...contact, addresses: first.addresses } : contact;
}

/** The records, with each further person as a record of their own at the same company. */
export function apart(records: ImportedRecord[]): ImportedRecord[] {
  if (!records.some(({ others }) => others)) return records;
  return records.flatMap(({ others = [], ...record }) => [
    record,
    ...others.map((contact, at): ImportedRecord => ({
      ...record,
      key: record.row + (at + 1) * apartBy,
      contact: housed(contact, record),
      companies: record.companies.map((company) => ({
        ...company,
        role: contact.position,
        department: contact.department,
      })),
      warnings: [],
    })),
  ]);
}
