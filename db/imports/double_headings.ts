/**
 * Handles headings in two rows, as people write them: "Ansprechpartner" above "Vorname" and
 * "Nachname".
 */

import { clean, cut } from "./cells.ts";
import { contentOf } from "./contents.ts";
import { headerScore } from "./header_rows.ts";
import { read } from "./headings.ts";
import type { Row } from "./tables.ts";

const wordy: ReadonlySet<string> = new Set([
  ...["word", "words", "other", "title", "salutation", "reversedName", "street", "country"],
]);

export interface Header {
  /** The number of the lower row; 0 if there is none. */
  number: number;
  cells: string[];
  /** The cells of the lower row alone. */
  own: string[];
}

/**
 * The headings of the row with this number, combined with the words above them. If nobody chose the
 * row, the one below it may be the one that names the columns.
 */
export function settle(rows: readonly Row[], number: number, chosen: boolean): Header {
  const at = rows.findIndex((row) => row.number === number);
  if (at < 0) return { number: 0, cells: [], own: [] };
  const [above, found, below] = [rows[at - 1], rows[at]!, rows[at + 1]];
  if (!chosen && below?.number === number + 1 && isLower(below.cells, found.cells)) {
    return headed(rows, below.number, joined(found.cells, below.cells), below.cells);
  }
  // A row that was chosen before must give the same result again.
  const upper = above?.number === number - 1 &&
    (isUpper(above.cells, found.cells) || isLower(found.cells, above.cells));
  return headed(rows, number, upper ? joined(above.cells, found.cells) : found.cells, found.cells);
}

/** Columns without a heading at the end count if a row goes on there. */
function headed(
  rows: readonly Row[],
  number: number,
  cells: readonly string[],
  own: readonly string[],
): Header {
  const headings = widthOf(cells);
  const going = rows.filter((row) =>
    row.number > number && widthOf(row.cells.slice(0, headings)) > 0
  );
  const width = Math.max(0, ...going.map((row) => widthOf(row.cells)));
  return { number, cells: tidied(cells, width), own: tidied(own, width) };
}

/** How many cells there are up to the last one that is not blank. */
const widthOf = (cells: readonly string[]): number =>
  cells.findLastIndex((cell) => cell.trim() !== "") + 1;

function tidied(cells: readonly string[], least = 0): string[] {
  const tidy = cells.map((cell) => cut(clean(cell), 200));
  while (tidy.length > least && tidy.at(-1) === "") tidy.pop();
  return tidy;
}

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== "");

const isWordy = (cells: readonly string[]) =>
  cells.every((cell) => cell.length < 60 && wordy.has(contentOf(cell.trim())));

/** Whether the row continues the headings above it: most are known, some have none above. */
function isLower(cells: readonly string[], above: readonly string[]): boolean {
  const own = filled(cells);
  const score = headerScore(own);
  // A lone cell in front is a title.
  const titled = filled(above).length === 1 && above[0]!.trim() !== "";
  return own.length > 1 && score > 1 && score >= own.length * 0.6 && isWordy(own) && !titled &&
    isWordy(filled(above)) &&
    cells.some((cell, at) => cell.trim() !== "" && (above[at] ?? "").trim() === "");
}

/** Whether the row has one word for several headings, and is no title or remark. */
function isUpper(cells: readonly string[], below: readonly string[]): boolean {
  const own = filled(cells);
  // After an empty column comes another table with a title of its own.
  const parted = tidied(below).some((cell, at) => cell === "" && (cells[at] ?? "").trim() === "");
  return own.length > 1 && !parted && isWordy(own) &&
    cells.some((cell, at) =>
      at > 0 && cell.trim() === "" && cells[at - 1]!.trim() !== "" &&
      (below[at] ?? "").trim() !== "" && below[at - 1]!.trim() !== ""
    );
}

/** Each heading with the word above it, or above to the left, if the combination has a meaning. */
function joined(upper: readonly string[], lower: readonly string[]): string[] {
  let group = "";
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
    const [above, own] = [clean(upper[at] ?? ""), clean(lower[at] ?? "")];
    if (above !== "" || own === "") group = above;
    if (own === "" || group === "" || group.toLowerCase() === own.toLowerCase()) {
      return own || above;
    }
    const [alone, both] = [read(own), read(`${group} ${own}`)];
    // "Name" above "Vorname" adds nothing; "Privat" above "Ort" does.
    const agrees = both && (!alone || partOf(alone.target) === partOf(both.target));
    return agrees ? `${group} ${own}` : own;
  });
}

/** The kind of value a target holds, regardless of whose it is. */
function partOf(target: string): string {
  const own = target.replace(/^(?:company|person[23])\./, "");
  return /^(?:email|phone|fax)/.exec(own)?.[0] ?? own.replace(/^address\.\w+/, "address");
}
