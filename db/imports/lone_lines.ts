/** Looks at single lines of a table of text, to find out where a quotation mark was forgotten. */

import type { Dialect } from "./plans.ts";

/**
 * The line of a text with the position `at`, and its end. Its text is empty if the line begins
 * before `start`, or reaches further than `most` characters before or after the position.
 */
export function lineAround(
  text: string,
  start: number,
  at: number,
  most: number,
): { text: string; end: number } {
  const before = text.slice(Math.max(start, at - most), at);
  const rest = /^[^\r\n]*/.exec(text.slice(at, at + most))![0];
  const begins = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  const whole = begins > 0 && rest.length < most;
  return { text: whole ? before.slice(begins) + rest : "", end: at + rest.length };
}

/** The cells of a line; 0 if one of its quotation marks is not closed on it. */
export function countCells(line: string, { quote, separator }: Dialect): number {
  let count = 0;
  for (let at = 0; true; at++) {
    count++;
    if (quote !== "" && line.startsWith(quote, at)) at = closed(line, at + 1, quote, separator);
    if (at < 0) return 0;
    at = line.indexOf(separator, at);
    if (at < 0) return count;
  }
}

/** The position after the quotation mark that closes a cell; -1 if there is none. */
function closed(line: string, from: number, quote: string, separator: string): number {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at)) {
    const next = line[at + 1];
    if (next === undefined || next === separator) return at + 1;
    at += next === quote ? 2 : 1;
  }
  return -1;
}
