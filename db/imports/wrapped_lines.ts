/** Tables each of whose lines stands in quotes as a whole: what a spreadsheet makes of a text. */

import type { Dialect } from "./plans.ts";

/** Lines by which such a table is told. */
const looked = 50;
/** A line without an end for so long is none: whoever reads on says so. */
const longest = 1024 * 1024;

/** Whether all lines of a beginning are such, with three cells at least in the first. */
export function areWrapped(start: string): boolean {
  const lines = start.split(/\r\n|\n|\r/, looked + 1);
  // The text may break off in the middle of its last line.
  if (lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== "");
  const [first = "", ...rest] = filled.map((line) => isWrapped(line) ? inner(line) : null);
  if (first === null || rest.length === 0 || rest.includes(null)) return false;
  const separators = [";", ",", "\t"].map((each) => first.split(each).length);
  return Math.max(...separators) > 2;
}

const isWrapped = (line: string): boolean =>
  line.length > 1 && line.startsWith('"') && line.endsWith('"') &&
  !line.slice(1, -1).replaceAll('""', "").includes('"');

const inner = (line: string): string => line.slice(1, -1).replaceAll('""', '"');

/** The lines without their quotes, where they have such; a line that has none stays as it is. */
export async function* unwrapped(
  pieces: AsyncIterable<string>,
  { wrapped }: Pick<Dialect, "wrapped">,
): AsyncGenerator<string> {
  if (!wrapped) return yield* pieces;
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map(bare).join("\n") + "\n";
    if (rest.length > longest) {
      yield rest;
      rest = "";
    }
  }
  if (rest !== "") yield bare(rest.replace(/\r$/, ""));
}

/** The beginning of such a table as it is to be read. */
export const unwrappedStart = (start: string): string =>
  start.split(/\r\n|\n|\r/).map(bare).join("\n");

const bare = (line: string): string => isWrapped(line) ? inner(line) : line;
