/** Finds the row that names the columns: the first, one after a preamble, or none. */

import { contentOf } from "./contents.ts";
import { read } from "./headings.ts";
import { isSecret } from "./secret_headings.ts";
import type { Row } from "./tables.ts";

/** How many cells of the row look like headings we know. */
export function headerScore(cells: string[]): number {
  let known = 0;
  for (const cell of cells.slice(0, 120)) {
    const text = cell.trim();
    if (text === "" || text.length > 60 || text.includes("@") || text.includes("\n")) continue;
    if (read(text) || isSecret(text)) known++;
  }
  return known;
}

/** The number of the header row among the first rows of a file, 0 if the data start at once. */
export function find(rows: Row[]): number {
  const filled = rows.filter((row) =>
    row.cells.some((cell) => cell.trim()) && !isMark(row) && !isComment(row)
  );
  const [width] = usualWidth(filled.map((row) => row.cells));
  let best: Row | null = null;
  let most = 0;
  for (const [at, row] of filled.slice(0, 25).entries()) {
    const score = headerScore(row.cells);
    const used = row.cells.filter((cell) => cell.trim()).length;
    if (score > most && score >= Math.min(2, width) && score >= used * 0.2 && !isData(row)) {
      [best, most] = [row, score];
      // Data directly below it end the search: further headings are those of another table.
      const below = filled[at + 1];
      if (score > 1 && score >= used * 0.6 && below && isData(below)) break;
    }
  }
  if (best) return best.number;
  const wide = filled.filter((row) => row.cells.length >= Math.min(width, 2));
  // Titles are alone in their rows, whatever empty cells a spreadsheet adds after them.
  const isTitle = ({ cells }: Row) => cells.filter((cell) => cell.trim()).length === 1;
  const parted = wide.some((row, at) => at > 0 && !isTitle(row));
  const first = wide.find((row) => !parted || !isTitle(row));
  return first && !isData(first) ? first.number : 0;
}

/** Excel's `sep=;` line, or DATEV's line about the file. */
function isMark(row: Row): boolean {
  return /^\ufeff?sep=/i.test(row.cells[0] ?? "") || /^(?:EXTF|DTVF)$/.test(row.cells[0] ?? "");
}

/** "# exported from the shop", and "#" alone; "#Name" beside other headings is a heading itself. */
function isComment({ cells: [first = "", ...others] }: Row): boolean {
  const said = /^\s*#(.*)/s.exec(first)?.[1];
  if (said === undefined) return false;
  const blank = others.filter((cell) => !cell.trim()).length;
  return others.length === 0 || blank > 0 || /^\s+\S|\S\s+\S+\s+\S/.test(said);
}

/** Headings are not addresses, dates, numbers or postal codes, and rarely repeat. */
function isData(row: Row): boolean {
  const cells = row.cells.map((cell) => cell.trim()).filter(Boolean);
  const telling = cells.filter((cell) =>
    [
      "email",
      "phone",
      "postalCode",
      "date",
      "url",
      "number",
      "vatId",
      "address",
      "password",
      "secret",
      "company",
    ]
      .includes(contentOf(cell))
  );
  return telling.length > cells.length * 0.1 && telling.length > 0 &&
    headerScore(cells) < cells.length / 2;
}

/** The most common number of cells among rows with several, and how many rows have it. */
export function usualWidth(rows: string[][]): [width: number, times: number] {
  const widths = new Map<number, number>();
  for (const { length } of rows) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
  return [...widths].reduce((best, next) => next[1] > best[1] ? next : best, [1, 0]);
}
