/** Guesses from its beginning how a table separates and quotes its cells. */

import { headerScore, usualWidth } from "./header_rows.ts";
import type { Dialect } from "./plans.ts";
import { type Row, TableReader } from "./tables.ts";

/** How many rows a dialect is judged by, and how many characters are read for them at a time. */
const looked = 200;
const piece = 4096;

// Colons and hashes also occur in addresses and times, so they need stronger evidence.
const candidates: readonly [string, number][] = [
  [";", 1],
  [",", 1],
  ["\t", 1],
  ["|", 1],
  ["^", 0.8],
  ["~", 0.8],
  ["§", 0.8],
  ["¦", 0.8],
  ["\u001f", 1],
  ["\u0001", 1],
  ["#", 0.6],
  [":", 0.5],
  ["*", 0.5],
  ["!", 0.5],
];

/** The dialect that makes the most regular table of the text; `separator` may be given. */
export function guess(start: string, separator?: string): Dialect {
  const said = /^\ufeff?sep=(.)\s*[\r\n]/i.exec(start)?.[1];
  const fixed = separator ?? said;
  const rated = candidates
    .filter(([character]) => fixed === undefined || character === fixed)
    .map(([character, weight]) => rate(start, character, weight));
  if (rated.length === 0 && fixed !== undefined) return rate(start, fixed, 1).dialect;
  return rated.reduce((best, next) => next.score > best.score ? next : best).dialect;
}

function rate(start: string, separator: string, weight: number) {
  const quote = quoteOf(start, separator);
  const escaped = quote === "'" ? /[^\\']\\'[\p{L}\p{N} ]/u : /[^\\"]\\"[\p{L}\p{N} ]/u;
  const dialect: Dialect = { separator, quote, backslash: escaped.test(start) };
  const rows = beginning(start, dialect).filter((row) => row.cells.some((cell) => cell.trim()));
  // The text may end in the middle of its last row.
  if (rows.length > 3 && rows.length < looked) rows.pop();
  const [width, times] = usualWidth(rows.map((row) => row.cells));
  if (width < 2) return { dialect, score: 0 };
  const regular = times / rows.length;
  const known = Math.max(0, ...rows.slice(0, 15).map((row) => headerScore(row.cells)));
  // A list of one column: "Name" above "Müller, Eva".
  if (known < 2 && rows[0]!.cells.length === 1 && headerScore(rows[0]!.cells) === 1) {
    return { dialect, score: 0 };
  }
  const likely = weight * (padsOther(rows, separator) ? 0.5 : 1);
  return { dialect, score: likely * (regular * Math.min(Math.log2(width + 1), 3) + known / 4) };
}

/**
 * Whether cells end in another separator: in ",\t" the comma separates, and tabs only align
 * columns.
 */
function padsOther(rows: Row[], separator: string): boolean {
  const others = [";", ",", "|"].filter((other) => other !== separator);
  const padded = rows.filter(({ cells: [first = ""] }) => others.some((o) => first.endsWith(o)));
  return padded.length > rows.length / 2;
}

/** The first rows of the text, reading no more of it than they need. */
function beginning(start: string, dialect: Dialect): Row[] {
  const reader = new TableReader(dialect);
  const found: Row[] = [];
  for (let at = 0; at < start.length && found.length < looked; at += piece) {
    found.push(...reader.write(start.slice(at, at + piece)));
  }
  if (found.length < looked) found.push(...reader.end());
  return found.slice(0, looked);
}

function quoteOf(start: string, separator: string): Dialect["quote"] {
  const count = (quote: string) => {
    const edge = separator.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const cell = new RegExp(
      `(?:^|${edge}|\\n|\\r)${quote}[^${quote}\\r\\n]*${quote}(?=${edge}|\\r|\\n|$)`,
      "g",
    );
    return start.match(cell)?.length ?? 0;
  };
  return count("'") > 2 && count("'") > 2 * count('"') ? "'" : '"';
}
