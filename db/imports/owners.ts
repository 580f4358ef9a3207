/** A list of companies that names a person in each row: which columns are the company's. */

import { saysParcel, saysPerson, saysWork } from "./headings.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const moved: Partial<Record<Target, Target>> = {
  phone: "company.phone",
  "phone.fax": "company.fax",
  website: "company.website",
  customerNumber: "company.customerNumber",
};
const mailbox =
  /^(?:info|kontakt|contact|office|mail|e-?mail|post|b(?:ü|ue)ro|zentrale|hallo|hello|service|support|sales|vertrieb|verkauf|einkauf|bestellung(?:en)?|orders?|rechnung(?:en)?|buchhaltung|verwaltung|sekretariat|empfang|praxis|kanzlei|team|marketing|anfragen?|shop)@/i;
const direct = /durchwahl|direkt|direct|\bdw\b/i;

/**
 * Where the company comes before its person, address and phone are the company's, unless their
 * headings say otherwise or rows of one company differ in them.
 */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  const company = plan.findIndex(({ target }) => target === "company.name");
  const person = plan.findIndex(({ target }) => /^(?:firstName|lastName|fullName)$/.test(target));
  if (company < 0 || person < company) return;
  if (saysParcel(plan[person]!.name)) return;
  const cells = columns[company]!.cells;
  const persons = columns[person]!.cells;
  const employed = persons.filter((cell, row) => cell !== "" && cells[row] !== "").length;
  if (employed < persons.filter(Boolean).length * 0.6) return;
  const plain = plan.map((column, at) => ({ ...column, at })).filter(({ name }) =>
    !saysPerson(name) && !saysWork(name) && !direct.test(name)
  );
  const share = (pattern: RegExp) => plain.filter(({ target }) => pattern.test(target));
  const addresses = share(/^address\.(?:work|billing|shipping|visit)\./);
  const places = addresses.filter(({ target }) => !/country|region/.test(target));
  if (agree(cells, places.map(({ at }) => columns[at]!.cells))) {
    for (const { at, target } of addresses) plan[at]!.target = `company.${target}` as Target;
  }
  const phones = share(/^phone(?:\.fax)?$/);
  const reach = agree(cells, phones.map(({ at }) => columns[at]!.cells)) ? phones : [];
  for (const { at, target } of [...reach, ...share(/^(?:website|customerNumber)$/)]) {
    plan[at]!.target = moved[target]!;
  }
  if (saysPerson(plan[person]!.name)) {
    for (const { at } of share(/^notes$/)) plan[at]!.target = "company.notes";
  }
  const theirs = plan.some(({ target, name }) => /^email/.test(target) && saysPerson(name));
  for (const { at } of share(/^email(?:\.work)?$/)) {
    if (theirs || isShared(columns[at]!.cells)) plan[at]!.target = "company.email";
  }
}

/** Whether rows of one company hardly ever differ in these columns. */
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

/** Whether most of the addresses are a house's, not a person's. */
function isShared(cells: string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => mailbox.test(cell)).length > filled.length / 2;
}
