/** Decides which columns belong to the company in a list that names a person in each row. */

import { nested } from "./continuations.ts";
import { lastNumber, saysParcel, saysPerson, saysWork } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const moved: Partial<Record<Target, Target>> = {
  phone: "company.phone",
  "phone.fax": "company.fax",
  website: "company.website",
  customerNumber: "company.customerNumber",
  email: "company.email",
  "email.work": "company.email",
};
const central = /zentrale|switchboard|main|haupt/i;
const mailbox =
  /^(?:info|kontakt|contact|office|mail|e-?mail|post|b(?:ü|ue)ro|zentrale|hallo|hello|service|support|sales|vertrieb|verkauf|einkauf|bestellung(?:en)?|orders?|rechnung(?:en)?|buchhaltung|verwaltung|sekretariat|empfang|praxis|kanzlei|team|marketing|anfragen?|shop)@/i;
const direct = /durchwahl|direkt|direct|\bdw\b/i;

/**
 * If the company comes before its person, address and phone are the company's, unless their
 * headings say otherwise or rows of one company differ in them.
 */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  const company = plan.findIndex(({ target }) => target === "company.name" || target === "name");
  const person = plan.findIndex(({ target }) => /^(?:firstName|lastName|fullName)$/.test(target));
  if (company < 0 || person < company) return;
  if (saysParcel(plan[person]!.name)) return;
  const cells = columns[company]!.cells;
  const persons = columns[person]!.cells;
  const employed = persons.filter((cell, row) => cell !== "" && cells[row] !== "").length;
  const isNested = nested.test(plan[person]!.name);
  if (!isNested && employed < persons.filter(Boolean).length * 0.6) return;
  // "Telefon 1" beside "Ansprechpartner 1" belongs to that person.
  const numbered = lastNumber(plan[person]!.name) === 1;
  const plain = plan.map((column, at) => ({ ...column, at })).filter(({ name }) =>
    !saysPerson(name) && !saysWork(name) && !direct.test(name) &&
    !(numbered && lastNumber(name) === 1)
  );
  const share = (pattern: RegExp) => plain.filter(({ target }) => pattern.test(target));
  const give = (columns: { at: number; target: Target }[]) => {
    for (const { at, target } of columns) {
      plan[at]!.target = moved[target] ?? `company.${target}` as Target;
    }
  };
  // If the company has a column of its own, the plain one beside it is the person's.
  const has = (pattern: RegExp) => plan.some(({ target }) => pattern.test(target));
  // Odoo's "Contacts/Email" is the person's, and everything else the company's.
  if (isNested) {
    give(plain.filter(({ target }) => moved[target] ?? target.startsWith("address.")));
    return;
  }
  const same = (list: { at: number }[]) => agree(cells, list.map(({ at }) => columns[at]!.cells));
  // Of two of a kind around the person, the one before is the company's and the one after is not.
  const around = <T extends { at: number }>(list: T[]): T[] => {
    const before = list.filter(({ at }) => at < person);
    return before.length > 0 ? before : list;
  };
  const addresses = share(/^address\.(?:work|billing|shipping|visit)\./);
  const places = addresses.filter(({ target }) => !/country|region/.test(target));
  if (!has(/^company\.address/) && same(places)) give(addresses);
  give(share(/^phone$/).filter(({ name }) => central.test(name)));
  const phones = share(/^phone(?:\.fax)?$/)
    .filter(({ at }) => plan[at]!.target.startsWith("phone"))
    // If the second person has a number, so has the first.
    .filter(({ at }) => at < person || !has(/^person2\.phone/));
  if (!has(/^company\.phone$/) && same(around(phones))) give(around(phones));
  give(
    share(/^(?:website|customerNumber)$/)
      .filter(({ target }) => !has(new RegExp(`^${moved[target]}$`))),
  );
  if (saysPerson(plan[person]!.name)) give(share(/^notes$/));
  if (has(/^company\.email$/)) return;
  const theirs = plan.some(({ target, name }) => /^email/.test(target) && saysPerson(name));
  const mails = share(/^email(?:\.work)?$/);
  const ahead = theirs || around(mails).length < mails.length;
  give(around(mails).filter(({ at }) => ahead || isShared(columns[at]!.cells)));
}

/** Whether rows of one company rarely differ in these columns. */
function agree(names: string[], columns: string[][]): boolean {
  const seen = new Map<string, string>();
  let [repeated, different] = [0, 0];
  names.forEach((name, row) => {
    const said = columns.map((cells) => cells[row] ?? "").join("\n");
    if (name === "" || said.trim() === "") return;
    const before = seen.get(name);
    if (before === undefined) seen.set(name, said);
    else {
      repeated++;
      if (before !== said) different++;
    }
  });
  return different <= repeated * 0.2;
}

/** Whether most of the addresses are a company's instead of a person's. */
function isShared(cells: string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => mailbox.test(cell)).length > filled.length / 2;
}
