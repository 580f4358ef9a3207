/** Realigns rows that lack cells in the middle, judging by their links, numbers and places. */

import * as countries from "../countries.ts";
import type { Plan, PlanColumn } from "./plans.ts";

/** A row that lacks more cells is left as it is. */
const most = 3;
/** How many more cells must fit than if the missing ones were at the end. */
const least = 3;

const patterns: readonly [RegExp, RegExp][] = [
  [/^website$|^company\.website$/, /^(?:https?:\/\/|www\.)\S+$/i],
  [/(?:^|\.)email\b/, /^[^\s@]+@[^\s@]+$/],
  [/(?:^|\.)(?:phone|fax)\b/, /^\+?[(\d][\d\s()./-]{5,20}$/],
  [/\.postalCode$/, /^(?:[A-Z]{1,3}-)?\d{4,6}(?:-\d{3,4})?$|^[A-Z]\d[A-Z\d]? ?\d[A-Z\d]{2}$/i],
];

/** Whether the cell is what its column should hold; null if that cannot be told. */
function fits(text: string, { target, name }: PlanColumn): boolean | null {
  if (text === "") return null;
  if (target.endsWith(".country")) return countries.lookup(text) !== null;
  // A link may belong to any such column; only something other than a link shows a mismatch.
  if (target === "ignore") {
    return /url|link/i.test(name) && !/^https?:\/\//.test(text) ? false : null;
  }
  const [, pattern] = patterns.find(([targets]) => targets.test(target)) ?? [];
  return pattern ? pattern.test(text) : null;
}

/** The row with empty cells inserted for missing ones, if only this makes the others fit. */
export function aligned(cells: string[], { columns, header, format }: Plan): string[] {
  const lacks = columns.length - cells.length;
  if (format !== "csv" || header === 0 || lacks < 1 || lacks > most) return cells;
  // Most short rows lack their end, and everything in them is in the right place.
  if (cells.every((cell, at) => fits(cell.trim(), columns[at]!) !== false)) return cells;
  const empty = Array.from({ length: lacks }, () => "");
  const score = (row: string[]) =>
    columns.reduce((sum, column, at) => {
      const fitting = fits((row[at] ?? "").trim(), column);
      return sum + (fitting === null ? 0 : fitting ? 1 : -1);
    }, 0);
  let [best, top] = [cells, score(cells) + least - 1];
  for (let at = 1; at < cells.length; at++) {
    const row = [...cells.slice(0, at), ...empty, ...cells.slice(at)];
    const reached = score(row);
    // Among equally good gaps, the last one moves the fewest cells.
    if (reached > top || (best !== cells && reached === top)) [best, top] = [row, reached];
  }
  return best;
}
