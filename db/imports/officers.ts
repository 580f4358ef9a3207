/** Handles names as the German register of companies writes them: "Groß, Eva, Ulm, *01.02.1970". */

import { type Cells, first } from "./cells.ts";

const officer =
  /^(?:\p{L}{4,25}(?:\/-?in|\*in|:in)?: )?([^,;:*\d]{2,60}), ([^,;:*\d]{2,60})(?:, [^,;*\d]{2,60})?, ?(?:\*|geb(?:oren|\.)? (?:am )?) ?(\d{1,2}\.\d{1,2}\.\d{4})(?:, [^,;*\d]{2,60})?$/u;

/** Leaves the names of such people in their cell, and the birthday of one alone in its own. */
export function settle(cells: Cells): void {
  const [cell, ...others] = cells.get("fullName") ?? [];
  if (!cell || others.length > 0 || !/\*|geb/.test(cell.text)) return;
  const found = cell.text.split(/[;\n]/, 20).map((text) => officer.exec(text.trim()));
  if (found.some((each) => each === null)) return;
  const names = found.map((each) => [each![1]!.trim(), each![2]!.trim()] as const);
  const text = names.length === 1
    ? names[0]!.join(", ")
    : names.map(([last, given]) => `${given} ${last}`).join("; ");
  cells.set("fullName", [{ ...cell, text }]);
  if (names.length > 1 || first(cells, "birthday") !== "") return;
  const column = { ...cell.column, target: "birthday" as const, dates: "dmy" as const };
  cells.set("birthday", [{ text: found[0]![3]!, column }]);
}
