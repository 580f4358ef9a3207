/** Removes the indentation of address books copied from pages and letters. */

/** A line with more characters is passed on in parts. */
const longest = 1024 * 1024;
const begins = /^(?:BEGIN[ \t]*:[ \t]*VCARD|dn:|version[ \t]*:)/i;

/** The blanks before the first card or entry; none if it begins its line. */
export function indentOf(start: string): string {
  const first = start.split(/[\r\n]/, 100).find((line) => line.trim() !== "") ?? "";
  const text = first.trimStart();
  return begins.test(text) ? /^[ \t]*/.exec(first)![0] : "";
}

/** The text without these blanks at the beginning of its lines; those of a folded line stay. */
export async function* undented(
  pieces: AsyncIterable<string>,
  indent: string,
): AsyncGenerator<string> {
  if (indent === "") return yield* pieces;
  let rest = "";
  let fresh = true;
  for await (const piece of pieces) {
    const text = rest + piece;
    const whole = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    const end = whole > 0 || text.length < longest ? whole : text.length;
    if (end > 0) yield stripped(text.slice(0, end), indent, fresh);
    if (end > 0) fresh = end === whole;
    rest = text.slice(end);
  }
  yield stripped(rest, indent, fresh);
}

function stripped(text: string, indent: string, fresh: boolean): string {
  const lines = text.replaceAll(`\n${indent}`, "\n").replaceAll(`\r${indent}`, "\r");
  return fresh && lines.startsWith(indent) ? lines.slice(indent.length) : lines;
}
