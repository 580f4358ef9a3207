/** Interprets a salutation cell: a word, or a code that its heading or a standard explains. */

import * as personNames from "../person_names.ts";
import { type Cells, every } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import { problem } from "./problems.ts";
import type { Salutation } from "./records.ts";

/** "1=Herr" and "H: Herr" of a heading; "Herr=1" and "m = 1". */
const ahead = /(?<![\p{L}\d])(\d{1,4}|\p{L})[ ]?[=:.–-]?[ ]?(\p{L}{1,12})(?!\p{L})/gu;
const behind = /(?<![\p{L}\d])(\p{L}{1,12})[ ]?[=:][ ]?(\d{1,4})(?!\d)/gu;

/** Headings under which ISO 5218 applies: 1 male, 2 female, 0 and 9 not given. */
const gender = /geschlecht|gender|^sex[eo]?$|^sesso$/i;
const norm = new Map<string, Salutation>([["1", "mr"], ["2", "ms"]]);

/** Salutations only in a field of their own: elsewhere they are names, or anything. */
const neighbours = new Map<string, Salutation>(Object.entries(
  {
    ...{ h: "mr", bay: "mr", bey: "mr", erkek: "mr", pan: "mr", pán: "mr" },
    ...{ bayan: "ms", hanım: "ms", hanim: "ms", kadın: "ms", kadin: "ms", pani: "ms", paní: "ms" },
  } as const,
));

/** Whether the cells hold salutations. */
export const areGreetings = (cells: readonly string[]): boolean =>
  cells.some(Boolean) && cells.every((cell) => cell === "" || salutationOf(cell, "") !== "");

/** The salutation of a cell below this heading; empty if it gives none. */
export function salutationOf(text: string, heading: string): Salutation {
  const said = text.length > 4 ? "" : explained(heading).get(plain(text));
  return said || personNames.salutation(text) || neighbours.get(plain(text).replace(/\.$/, "")) ||
    (gender.test(heading) && norm.get(text) || "");
}

/** Codes explained by the heading. */
function explained(heading: string): Map<string, Salutation> {
  const found = new Map<string, Salutation>();
  if (!/[=:(]/.test(heading) || heading.length > 100) return found;
  for (const [, word, code] of heading.matchAll(behind)) keep(found, code!, word!);
  if (found.size > 0) return found;
  for (const [, code, word] of heading.matchAll(ahead)) keep(found, code!, word!);
  return found;
}

function keep(found: Map<string, Salutation>, code: string, word: string): void {
  const said = personNames.salutation(word);
  if (said) found.set(plain(code), said);
}

const plain = (code: string): string => code.toLowerCase().replace(/^0+(?=\d)/, "");

/** Warns if a code stands for a salutation that cannot be determined. */
export function doubt(cells: Cells, said: Salutation, findings: Findings): void {
  for (const { text, column } of said ? [] : every(cells, "salutation")) {
    if (!/^[1-8]$/.test(plain(text)) && !(text === "0" && !gender.test(column.name))) continue;
    findings.warnings.push(problem(findings.row, column.name, text, "salutation_unknown"));
  }
}
