/** Rows of a table that are no records: totals, remarks of the old program, headings once more. */

import { clean } from "./cells.ts";
import type { Plan, PlanColumn } from "./plans.ts";
import type { ProblemCode } from "./problems.ts";

const total =
  /^(?:gesamt(?:summe|anzahl|betrag)?|(?:zwischen|end)?summe|(?:grand |sub)?total|count|anzahl(?: \p{L}+)?)(?:\s?[:=])?(?:\s[\d.,]+)?$/iu;
const remark =
  /^(?:copyright )?(?:\(c\)|©)|^(?:generated|exported|printed) (?:by|on|at)\b|^(?:erstellt|exportiert|gedruckt) (?:von|am|durch)\b|^(?:contacts?|accounts?|leads?) report$|^copyright \d{4}|^(?:streng )?vertraulich(?:$|[ ,.–-])|^confidential(?:$| information)|^(?:\d+ )?(?:rows?|records?|datens[äa]tze|eintr[äa]ge)(?: (?:selected|total|exported|gesamt))?$/i;

/** Why the row is passed over, or null for one that may be a record. */
export function asideOf(cells: string[], { header, columns }: Plan): ProblemCode | null {
  const at = cells.findIndex((cell) => cell.trim() !== "");
  const first = clean(cells[at] ?? "");
  if (header === 0 || first === "" || first.length > 100) return null;
  const sameAsHeading = (cell: string, at: number) => clean(cell) === (columns[at]?.name ?? "");
  if (columns.length > 1 && sameAsHeading(first, at) && cells.every(sameAsHeading)) {
    return "header_repeated";
  }
  const isSum = total.test(first);
  const isComment = /^#\s*\p{L}/u.test(first) && columns.length > 1;
  if (!isSum && !isComment && !remark.test(first) || columns.length < 2) return null;
  const counts = cells.every((cell, place) =>
    place === at || cell.trim() === "" || isSum && isAmount(cell, columns[place])
  );
  return counts ? "total_row" : null;
}

/** A sum under a column where no number of a record could stand. */
function isAmount(cell: string, column: PlanColumn | undefined): boolean {
  return /^-?[\d.,'’]+(?:\s?(?:[€$%]|EUR|CHF|USD))?$/.test(clean(cell)) &&
    !/phone|fax|postalCode|number|uid|birth/i.test(column?.target ?? "");
}
