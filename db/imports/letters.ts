/** Detects the single-byte encoding of a text from the letters inside its words. */

import type { Encoding } from "./plans.ts";
import * as scripts from "./scripts.ts";

// Bytes of ä ö ü ß, and of é è ç à Ä Ö Ü, in each of the three encodings.
const plainLetters: [Encoding, number[], number[]][] = [
  ["windows-1252", [0xe4, 0xf6, 0xfc, 0xdf], [0xe9, 0xe8, 0xe7, 0xe0, 0xc4, 0xd6, 0xdc]],
  ["macintosh", [0x8a, 0x9a, 0x9f, 0xa7], [0x8e, 0x8f, 0x8d, 0x88, 0x80, 0x85, 0x86]],
  ["ibm850", [0x84, 0x94, 0x81, 0xe1], [0x82, 0x8a, 0x87, 0x85, 0x8e, 0x99, 0x9a]],
];

// Ä Ö Ü in each of the three encodings.
const capitals: Record<string, number[]> = {
  "windows-1252": [0xc4, 0xd6, 0xdc],
  macintosh: [0x80, 0x85, 0x86],
  ibm850: [0x8e, 0x99, 0x9a],
};

const sharp = new Set([0xdf, 0xa7, 0xe1]);

// Windows-1250: Polish ł ą ż, which elsewhere are no letters; Czech ě č ř ů š ž ý; Hungarian ő ű.
const polish = [0xb3, 0xb9, 0xbf];
const czech = [0xec, 0xe8, 0xf8, 0xf9, 0x9a, 0x9e, 0xfd];
const hungarian = [0xf5, 0xfb];
// ISO 8859-2 has ą ś ź and ť ž where Windows has ± ¶ ¼ » ¾; its š is where Windows has ą.
const latin2 = [0xb1, 0xb6, 0xbc, 0xbb, 0xbe];
const windows1250 = [0x9a, 0x9c, 0x9d, 0x9e, 0x9f];
// Turkish ğ ı ş are Icelandic ð ý þ; but Icelandic also has æ, and á in every other word.
const turkish = [0xf0, 0xfd, 0xfe];
const icelandic = [0xe1, 0xe6, 0xed];

/**
 * Scores the single-byte encodings by letters inside words, where umlauts occur; ß may end a word.
 * Capital umlauts may begin a word in lower case: two different ones, as "…so" looks like that too.
 */
export class LetterCount {
  /** The byte that waits for the next one; 0 for none. */
  open = 0;
  #inside = false;
  #counts = new Uint32Array(256);
  #starts = new Uint32Array(256);
  #ends = new Uint32Array(256);
  /** Letters between two capitals. */
  #shouted = new Uint32Array(256);
  #loud = false;
  #all = new Uint32Array(256);
  /** How many bytes are not ASCII, and how many of them follow another. */
  #high = 0;
  #pairs = 0;

  /** Takes a byte and the previous one; ASCII bytes may be skipped while none is open. */
  take(byte: number, before: number): void {
    if (this.open !== 0) {
      if (this.#inside) {
        if (this.#loud && isCapital(byte)) this.#shouted[this.open]! += 1;
        else if (isLetter(byte) || sharp.has(this.open)) this.#counts[this.open]! += 1;
        else this.#ends[this.open]! += 1;
      } else if (isSmall(byte)) this.#starts[this.open]! += 1;
      this.open = 0;
    }
    if (byte >= 0x80) {
      // Non-breaking blanks occur in sequences and are no letters.
      if (byte !== 0xa0) {
        this.#high++;
        if (before >= 0x80 && before !== 0xa0) this.#pairs++;
      }
      this.#inside = isLetter(before);
      this.#loud = isCapital(before);
      this.#all[byte]! += 1;
      this.open = byte;
    }
  }

  best(): Encoding {
    const sum = (bytes: number[]) => bytes.reduce((all, byte) => all + this.#counts[byte]!, 0);
    // If whole words consist of such letters, the script is not Latin.
    if (this.#high > 5 && this.#pairs > this.#high * 0.5) return scripts.best(this.#all);
    const kinds = (bytes: number[]) => bytes.filter((byte) => this.#counts[byte]! > 0).length;
    const western = sum(plainLetters[0]![1]);
    const [begun, ended] = [this.#starts, this.#ends].map((counts) => (bytes: number[]) =>
      bytes.reduce((all, byte) => all + counts[byte]!, 0)
    ) as [(bytes: number[]) => number, (bytes: number[]) => number];
    const iso = sum(latin2) + begun([0xa6]) + ended([0xb1, 0xb6, 0xbc]);
    const isIso = iso > 0 && iso > sum(windows1250) + begun([0x8c, 0x8f]) + ended([0x9c, 0x9f]);
    // Polish Ł Ż Ś before small letters, where others have £ ¯ ¦; "m³" ends as "Paweł" does, and
    // "£k" alone begins as "Łukasz" does.
    const opened = begun([0xa3, 0xaf, 0xa6]);
    const signs = opened + ended([0xb3, 0xb6, 0xbc]) + sum(polish);
    const isPolish = opened > 0 && signs > (begun([0xaf, 0xa6]) > 0 ? 1 : 2) &&
      signs > begun([0xa3]);
    const slavic = sum([0xf8]) > 0 && kinds([...czech, ...isIso ? [0xb9, 0xbe] : []]) > 2 ||
      sum([0xe8]) > 0 && sum(isIso ? [0xb9, 0xbe] : [0x9a, 0x9e]) > 0 && sum([0x8a, 0x84]) === 0;
    const own = isIso ? [...latin2, ...polish] : polish;
    if (
      isPolish && western === 0 || sum(own) > 1 && sum(own) >= western || kinds(hungarian) > 1 ||
      slavic && sum(czech) > 2 * western
    ) return isIso ? "iso-8859-2" : "windows-1250";
    if (kinds(turkish) > 1 && sum(turkish) > sum(icelandic)) return "windows-1254";
    let best: Encoding = "windows-1252";
    let most = 0;
    for (const [encoding, common, rarer] of plainLetters) {
      const begun = capitals[encoding]!.map((byte) => this.#starts[byte]!).filter(Boolean);
      const score = common.reduce((sum, byte) => sum + 3 * this.#counts[byte]!, 0) +
        rarer.reduce((sum, byte) => sum + this.#counts[byte]!, 0) +
        capitals[encoding]!.reduce((sum, byte) => sum + 3 * this.#shouted[byte]!, 0) +
        (begun.length > 1 ? begun.reduce((sum, count) => sum + count, 0) : 0);
      if (score > most) [best, most] = [encoding, score];
    }
    return best;
  }
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isSmall(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isLetter(byte: number): boolean {
  return byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
