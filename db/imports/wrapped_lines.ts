/** Reads tables of which each line as a whole is in quotes, as a spreadsheet may save a text. */

import type { Dialect } from "./plans.ts";

/** Lines by which such a table is recognised. */
const looked = 50;
/** If no line ends within so many characters, there is none; the next reader reports it. */
const longest = 1024 * 1024;

/**
 * Whether the lines of a beginning are like that, or were split at semicolons that do not belong to
 * it.
 */
export function areWrapped(start: string): boolean {
  const lines = start.split(/\r\n|\n|\r/, looked + 1);
  // The text may end in the middle of its last line.
  if (lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== "");
  return filled.length > 1 && (areQuoted(filled) || areParted(filled));
}

/** Each line is in quotes as a whole, with at least three cells in the first. */
function areQuoted(lines: readonly string[]): boolean {
  const [first = "", ...rest] = lines.map((line) => isWrapped(line) ? inner(line) : null);
  if (first === null || rest.includes(null)) return false;
  const separators = [";", ",", "\t"].map((each) => first.split(each).length);
  return Math.max(...separators) > 2;
}

/**
 * Whether a spreadsheet that splits at semicolons opened and saved a table with commas: it puts
 * quoted cells into quotes again, and pads rows with semicolons up to the longest.
 */
function areParted([header = "", ...rows]: readonly string[]): boolean {
  const [first = "", ...others] = halves(header) ?? [];
  const width = commas(first);
  if (width < 3 || others.some((cell) => cell !== "")) return false;
  const bared = rows.map((row) => bare(row, ","));
  const fitting = bared.filter((row) => commas(row) === width).length;
  const mended = bared.some((row, at) => row !== rows[at] && commas(row) === width);
  return mended && fitting >= rows.length * 0.6;
}

/** How many commas separate cells, ignoring quoted cells. */
const commas = (line: string): number => line.replace(/"[^"]*"/g, "").split(",").length;

/**
 * The parts between semicolons, each entirely in quotes or without any; null for any other line.
 */
function halves(line: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    const quoted = line[at] === '"';
    let end = quoted ? closing(line, at) : line.indexOf(";", at);
    if (end < 0 && quoted) return null;
    if (end < 0) end = line.length;
    const cell = line.slice(at, end);
    if (!quoted && cell.includes('"') || end < line.length && line[end] !== ";") return null;
    cells.push(quoted ? inner(cell) : cell);
    at = end + 1;
  }
  return cells;
}

/** Where a cell that begins with the quote here ends: after its last quote; -1 if there is none. */
function closing(line: string, from: number): number {
  for (let at = line.indexOf('"', from + 1); at >= 0; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return at + 1;
  }
  return -1;
}

const isWrapped = (line: string): boolean =>
  line.length > 1 && line.startsWith('"') && line.endsWith('"') &&
  !line.slice(1, -1).replaceAll('""', "").includes('"');

const inner = (line: string): string => line.slice(1, -1).replaceAll('""', '"');

/** The lines without their outer quotes; a line without such quotes stays as it is. */
export async function* unwrapped(
  pieces: AsyncIterable<string>,
  { wrapped, separator }: Pick<Dialect, "wrapped" | "separator">,
): AsyncGenerator<string> {
  if (!wrapped) return yield* pieces;
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map((line) => bare(line, separator)).join("\n") + "\n";
    if (rest.length > longest) {
      yield rest;
      rest = "";
    }
  }
  if (rest !== "") yield bare(rest.replace(/\r$/, ""), separator);
}

/** The beginning of such a table in the form in which it is read. */
export function unwrappedStart(start: string): string {
  const lines = start.split(/\r\n|\n|\r/);
  const [first = ""] = lines;
  const separator = commas(first) > first.split(";").length ? "," : ";";
  return lines.map((line) => bare(line, separator)).join("\n");
}

function bare(line: string, separator: string): string {
  if (isWrapped(line)) return inner(line);
  if (separator !== ",") return line;
  return halves(line)?.join(";").replace(/(?<!;);+$/, "") ?? line;
}
