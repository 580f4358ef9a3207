/** Takes apart cells that hold a whole address as on an envelope: who, where, and the town. */

import { namesCompany } from "./name_kinds.ts";
import type { Target } from "./targets.ts";

const place = /^(?:[A-Z]{1,3}[- ])?\d{4,5} \p{Lu}/u;
const british = /(?:^|[ ,])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;
const american = /^\p{L}[\p{L} .'-]{1,40},? [A-Z]{2} \d{5}(?:-\d{4})?$/u;
const street =
  /\d|\b(?:street|st|road|rd|avenue|ave|lane|drive|way|house|park|square|close|court|place|terrace|row|building|box)\b/i;
const greeting = /^(?:herrn?|frau|familie|eheleute|ehepaar|mr|mrs|ms)$/i;
const firm = /^(?:an )?(?:die )?(?:firma|fa\.)$/i;
const attention = /^(?:z\. ?h(?:d)?\. ?(?:v\. ?)?|zu h[äa]nden (?:von )?)/i;
const person = /^(?:herrn?|frau|hr\.|fr\.|mrs?\.?|ms\.?) /i;
/** More lines than on any envelope. */
const tallest = 9;

/** The parts of the cell, the name first; null for any other text. */
export function parted(text: string): [target: Target | null, text: string][] | null {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const from = lines.length > tallest ? -1 : beginOf(lines);
  if (from < 1) return null;
  const [who, behind] = [lines.slice(0, from), lines.slice(from)];
  const [first = "", second = ""] = who;
  const isFirm = firm.test(first) && second !== "";
  const greeted = greeting.test(first) && second !== "";
  const name = greeted ? `${first} ${second}` : isFirm ? second : first;
  const isCompany = isFirm || namesCompany(name);
  const found: [Target | null, string][] = [[isFirm ? "company.name" : null, name]];
  const rest = who.slice(greeted || isFirm ? 2 : 1);
  // A letter to somebody at a company goes to the company's address.
  const atCompany = isCompany || rest.some((line) => namesCompany(line));
  const own = atCompany ? "company.address.work" : "address.work";
  for (const [at, line] of rest.entries()) {
    const employer = !isCompany && namesCompany(line);
    if (attention.test(line) || person.test(line)) {
      found.push(["fullName", line.replace(attention, "")]);
    } else if (employer) found.push(["company.name", line]);
    // "Mr John Smith", "Sales Director", "Acme Ltd".
    else if (!isCompany && namesCompany(rest[at + 1] ?? "") && !/\d/.test(line)) {
      found.push(["position", line]);
    } else found.push([`${own}.extra`, line]);
  }
  const reach = behind.map((line) => [reachOf(line), line] as const);
  const where = reach.flatMap(([target, line]) => target ? [] : [line]).join("\n");
  return [
    ...found,
    [`${own}.whole`, where],
    ...reach.flatMap(([target, line]): [Target, string][] => target ? [[target, line]] : []),
  ];
}

/** The line where the address begins below the name; negative if there is none. */
function beginOf(lines: readonly string[]): number {
  const at = lines.findIndex((line) => place.test(line));
  if (at >= 0) return at - 1;
  const last = lines.findIndex((line, row) =>
    row > 0 && (british.test(line) || american.test(line))
  );
  const road = lines.findIndex((line, row) => row > 0 && row < last && street.test(line));
  return road;
}

/** What a line below the address says: how to reach them. */
function reachOf(line: string): Target | null {
  if (/^(?:e-?mail:? ?)?[^\s@]{1,64}@[^\s@]{3,200}$/i.test(line)) return "email";
  const word = /^(tel|fon|phone|mobile?|handy|cell|(?:tele)?fax)[a-z]{0,8}[.:]{0,2} ?[+\d(]/i.exec(
    line,
  )?.[1];
  if (word === undefined) return null;
  if (/fax$/i.test(word)) return "phone.fax";
  return /^[mhc]/i.test(word) ? "phone.mobile" : "phone";
}

/** Whether most cells are like that. */
export function areBlocks(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => parted(cell) !== null).length > filled.length / 2;
}
