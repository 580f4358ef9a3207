/** Takes apart cells that hold a whole address as on an envelope: who, where, and the town. */

import { namesCompany } from "./name_kinds.ts";
import type { Target } from "./targets.ts";

const place = /^(?:[A-Z]{1,3}[- ])?\d{4,5} \p{Lu}/u;
const greeting = /^(?:herrn?|frau|familie|eheleute|ehepaar)$/i;
const firm = /^(?:an )?(?:die )?(?:firma|fa\.)$/i;
const attention = /^(?:z\. ?h(?:d)?\. ?(?:v\. ?)?|zu h[äa]nden (?:von )?)/i;
const person = /^(?:herrn?|frau|hr\.|fr\.) /i;
/** More lines than on any envelope. */
const tallest = 9;

/** The parts of the cell, the name first; null for any other text. */
export function parted(text: string): [target: Target | null, text: string][] | null {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const at = lines.findIndex((line) => place.test(line));
  if (lines.length > tallest || at < 2) return null;
  const [who, where] = [lines.slice(0, at - 1), lines.slice(at - 1).join("\n")];
  const [first = "", second = ""] = who;
  const isFirm = firm.test(first) && second !== "";
  const greeted = greeting.test(first) && second !== "";
  const name = greeted ? `${first} ${second}` : isFirm ? second : first;
  const found: [Target | null, string][] = [[isFirm ? "company.name" : null, name]];
  const own = isFirm || namesCompany(name) ? "company.address.work" : "address.work";
  for (const line of who.slice(greeted || isFirm ? 2 : 1)) {
    if (attention.test(line) || person.test(line)) {
      found.push(["fullName", line.replace(attention, "")]);
    } else if (greeted && namesCompany(line)) found.push(["company.name", line]);
    else found.push([`${own}.extra`, line]);
  }
  return [...found, [`${own}.whole`, where]];
}

/** Whether most cells are like that. */
export function areBlocks(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => parted(cell) !== null).length > filled.length / 2;
}
