/** Reads tables whose columns are aligned with blanks, as printouts and old databases write them. */

import { headerScore } from "./header_rows.ts";

/** Lines by which such a table is recognised. */
const looked = 60;
/** Lines above the headings: a title, a date, blank lines. */
const titles = 6;
/** If no line ends within so many characters, it is no such table; the next reader reports it. */
const longest = 1024 * 1024;
/** A line that underlines the headings. */
const isRule = (line: string): boolean => /---|===/.test(line) && /^[\s=+-]*$/.test(line);

/** Where the columns after the first begin; null if the text is no such table. */
export function columnsOf(start: string): number[] | null {
  const lines = start.replace(/^\ufeff/, "").split(/\r\n|\n|\r/, looked + 1);
  // The text may end in the middle of its last line.
  if (lines.length > looked || lines.at(-1) === "") lines.pop();
  const filled = lines.filter((line) => line.trim() !== "" && !isRule(line));
  for (const [at, header] of filled.slice(0, titles).entries()) {
    if (/[\t;|"]/.test(header) || header.length > 2_000) return null;
    const parts = [...header.matchAll(/\S+(?: \S+)*/g)];
    const names = parts.map(([text]) => text);
    if (parts.length < 2 || names.some((name) => /^,|,$/.test(name))) continue;
    if (headerScore(names) < Math.max(2, parts.length / 2)) continue;
    const below = filled.slice(at + 1);
    if (below.length < 2 || below.some((line) => /[\t;|]/.test(line))) return null;
    const all = [header, ...below];
    const ends = parts.map(({ index, 0: { length } }) => index + length);
    const found = parts.slice(1).map(({ index }, before) => gapIn(all, ends[before]!, index));
    return found.includes(-1) || !areParted(below, found) ? null : found;
  }
  return null;
}

/** Whether most lines have text in more than one column. */
function areParted(lines: readonly string[], columns: readonly number[]): boolean {
  const parted = lines.filter((line) => /\S\t+\S/.test(cellsOf(line, columns)));
  return parted.length > lines.length * 0.6;
}

/**
 * The last position from the end of a heading to the start of the next at which no line has text
 * just before; -1 for none. Numbers may begin left of their heading.
 */
function gapIn(lines: readonly string[], end: number, next: number): number {
  for (let at = next; at > end; at--) {
    if (lines.every((line) => line.length < at || line[at - 1] === " ")) return at;
  }
  return -1;
}

/**
 * The lines with tabs between their cells. A line whose text runs into the next column, such as the
 * title of a further page, has one cell more: cut in two, nobody would miss its end.
 */
export async function* parted(
  pieces: AsyncIterable<string>,
  columns: readonly number[],
): AsyncGenerator<string> {
  let rest = "";
  let start = true;
  for await (const piece of pieces) {
    const lines = (rest + (start ? piece.replace(/^\ufeff/, "") : piece)).split(/\r\n|\n|\r(?!$)/);
    start = false;
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map((line) => rowOf(line, columns)).join("\n") + "\n";
    if (rest.length > longest) {
      yield rest;
      rest = "";
    }
  }
  if (rest !== "") yield rowOf(rest.replace(/\r$/, ""), columns);
}

function rowOf(line: string, columns: readonly number[]): string {
  const overflows = !isRule(line) &&
    columns.some((at) =>
      at < line.length && line[at - 1] !== " " && /^(?! {2})\s?\S/.test(line.slice(at, at + 2))
    );
  return overflows ? `${cellsOf(line, columns)}\t${line.trim()}` : cellsOf(line, columns);
}

/** The beginning of such a table in the form in which it is read. */
export const partedStart = (start: string, columns: readonly number[]): string =>
  start.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).map((line) => cellsOf(line, columns)).join("\n");

function cellsOf(line: string, columns: readonly number[]): string {
  return [0, ...columns].map((from, at) => line.slice(from, columns[at]).trim()).join("\t");
}
