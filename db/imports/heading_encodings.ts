/**
 * Finds the encoding under which the first lines contain known headings, if letters alone are too
 * few.
 */

import { headerScore } from "./header_rows.ts";
import type { Encoding } from "./plans.ts";

const others: readonly Encoding[] = [
  "windows-1252",
  "windows-1250",
  "ibm850",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "iso-8859-2",
  "macintosh",
];
const looked = { bytes: 4096, lines: 10 };

/** The guess, or another single-byte encoding under which more headings are known. */
export function better(
  head: Uint8Array,
  guess: Encoding,
  decode: (head: Uint8Array, encoding: Encoding) => string,
): Encoding {
  const start = head.subarray(0, looked.bytes);
  const known = (encoding: Encoding) =>
    Math.max(
      ...decode(start, encoding).split(/[\r\n]+/, looked.lines).map((line) =>
        // deno-lint-ignore no-control-regex
        /[^\x00-\x7f]/.test(line)
          ? headerScore(line.split(/[;,|\t]/).map((cell) => cell.replaceAll('"', "")))
          : 0
      ),
    );
  let [best, most] = [guess, known(guess)];
  for (const encoding of others) {
    const score = encoding === guess ? 0 : known(encoding);
    if (score > most) [best, most] = [encoding, score];
  }
  return best;
}
