/** Which one-byte encoding a text is in, told by the letters inside its words. */

import type { Encoding } from "./plans.ts";

// Bytes of ä ö ü ß, and of é è ç à Ä Ö Ü, in each of the three.
const plainLetters: [Encoding, number[], number[]][] = [
  ["windows-1252", [0xe4, 0xf6, 0xfc, 0xdf], [0xe9, 0xe8, 0xe7, 0xe0, 0xc4, 0xd6, 0xdc]],
  ["macintosh", [0x8a, 0x9a, 0x9f, 0xa7], [0x8e, 0x8f, 0x8d, 0x88, 0x80, 0x85, 0x86]],
  ["ibm850", [0x84, 0x94, 0x81, 0xe1], [0x82, 0x8a, 0x87, 0x85, 0x8e, 0x99, 0x9a]],
];

// Ä Ö Ü in each of the three.
const capitals: Record<string, number[]> = {
  "windows-1252": [0xc4, 0xd6, 0xdc],
  macintosh: [0x80, 0x85, 0x86],
  ibm850: [0x8e, 0x99, 0x9a],
};

const sharp = new Set([0xdf, 0xa7, 0xe1]);

// Windows-1250: ł ą ż, which are no letters elsewhere; ě č ř ů š ž ý of Czech; ő ű of Hungarian.
const polish = [0xb3, 0xb9, 0xbf];
const czech = [0xec, 0xe8, 0xf8, 0xf9, 0x9a, 0x9e, 0xfd];
const hungarian = [0xf5, 0xfb];
// The most frequent letters: о а и т of Cyrillic, α ο ι and those with accents of Greek.
const cyrillic = [0xee, 0xe0, 0xe8, 0xf2];
const greek = [0xe1, 0xef, 0xe9, 0xdc, 0xdd, 0xde, 0xdf];

/**
 * Scores the one-byte encodings by letters inside words, where umlauts stand; ß may end one. Capital
 * umlauts may begin one that goes on in lower case: two different ones, as "…so" does that too.
 */
export class LetterCount {
  #before = 0;
  #open = 0;
  #inside = false;
  #counts = new Uint32Array(256);
  #starts = new Uint32Array(256);
  /** How many bytes are no ASCII, and how many of them follow another. */
  #high = 0;
  #pairs = 0;

  take(byte: number): void {
    if (this.#open !== 0) {
      if (this.#inside) {
        if (isLetter(byte) || sharp.has(this.#open)) this.#counts[this.#open]! += 1;
      } else if (isSmall(byte)) this.#starts[this.#open]! += 1;
      this.#open = 0;
    }
    if (byte >= 0x80) {
      this.#high++;
      if (this.#before >= 0xc0 && byte >= 0xc0) this.#pairs++;
      this.#inside = isLetter(this.#before);
      this.#open = byte;
    }
    this.#before = byte;
  }

  best(): Encoding {
    const sum = (bytes: number[]) => bytes.reduce((all, byte) => all + this.#counts[byte]!, 0);
    // Where whole words are of such letters, the script is no Latin one.
    if (this.#high > 5 && this.#pairs > this.#high * 0.5) {
      return sum(greek) > sum(cyrillic) ? "windows-1253" : "windows-1251";
    }
    const kinds = (bytes: number[]) => bytes.filter((byte) => this.#counts[byte]! > 0).length;
    const western = sum(plainLetters[0]![1]);
    const slavic = sum([0xf8]) > 0 && kinds(czech) > 2 ||
      sum([0xe8]) > 0 && sum([0x9a, 0x9e]) > 0 && sum([0x8a, 0x84]) === 0;
    if (
      sum(polish) > 1 && sum(polish) >= western || kinds(hungarian) > 1 ||
      slavic && sum(czech) > 2 * western
    ) return "windows-1250";
    let best: Encoding = "windows-1252";
    let most = 0;
    for (const [encoding, common, rarer] of plainLetters) {
      const begun = capitals[encoding]!.map((byte) => this.#starts[byte]!).filter(Boolean);
      const score = common.reduce((sum, byte) => sum + 3 * this.#counts[byte]!, 0) +
        rarer.reduce((sum, byte) => sum + this.#counts[byte]!, 0) +
        (begun.length > 1 ? begun.reduce((sum, count) => sum + count, 0) : 0);
      if (score > most) [best, most] = [encoding, score];
    }
    return best;
  }
}

function isSmall(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isLetter(byte: number): boolean {
  return byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
