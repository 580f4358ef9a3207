/** Reads texts of labels, one address below the other, as a table with one address per cell. */

import { areBlocks } from "./address_blocks.ts";

/** How much of a text is judged, in characters. */
const looked = 60_000;
/** Longer than any address; whatever goes on is the next record. */
const longest = 4096;

const blank = /^[ \u00a0\f]{0,100}$/;
const quoted = (lines: readonly string[]): string =>
  `"${lines.join("\n").replaceAll('"', '""')}"\n`;

/** Collects the lines of one address after the other. */
class Labels {
  #lines: string[] = [];
  #length = 0;

  /** The address that this line ends, as a cell; otherwise nothing. */
  take(line: string): string {
    if (!blank.test(line)) {
      this.#lines.push(line.trim());
      this.#length += line.length;
      return this.#length > longest ? this.end() : "";
    }
    return this.end();
  }

  end(): string {
    const cell = this.#lines.length > 0 ? quoted(this.#lines) : "";
    this.#lines = [];
    this.#length = 0;
    return cell;
  }
}

/** Whether a beginning consists of addresses as on envelopes, with blank lines between them. */
export function areLabels(start: string): boolean {
  const text = start.slice(0, looked).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (/[\t;|"]/.test(text)) return false;
  const lines = text.split("\n");
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (blank.test(line)) blocks.push([]);
    else blocks.at(-1)!.push(line.trim());
  }
  // The text may end in the middle of its last address.
  const whole = start.length > looked ? blocks.slice(0, -1) : blocks;
  const filled = whole.filter((block) => block.length > 0);
  // "Name: Eva Groß" is a field of a record.
  const fields = filled.flat().filter((line) => /^\p{L}[^:]{1,40}:\s/u.test(line)).length;
  return filled.length > 1 && fields < filled.length &&
    filled.every((block) => block.length > 1) && areBlocks(filled.map((block) => block.join("\n")));
}

/** The beginning of such a text as a table. */
export function listedStart(text: string): string {
  const labels = new Labels();
  return text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).map((line) => labels.take(line)).join("") +
    labels.end();
}

/** Such a text as a table, piece by piece. */
export async function* listed(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const labels = new Labels();
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    // A line without an end is passed on in parts.
    if (rest.length > longest) {
      lines.push(rest);
      rest = "";
    }
    yield lines.map((line) => labels.take(line)).join("");
  }
  yield labels.take(rest) + labels.end();
}
