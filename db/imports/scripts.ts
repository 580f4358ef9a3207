/** Detects the encoding of Cyrillic or Greek words by how often each letter occurs. */

import type { Encoding } from "./plans.ts";

// Letters per thousand in each language; letters not listed are rare.
const cyrillic =
  "о109 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ3 і20 ї6 є5 ё2";
const greek =
  "α110 ο95 ι80 ε75 τ75 ν65 σ50 η45 υ40 ρ42 π40 κ40 μ33 λ32 ς40 ω20 δ17 γ20 θ12 χ11 φ9 ξ5 β7 ζ4 ψ2 ά20 έ17 ή17 ί22 ό25 ύ15 ώ10";

const scripts: readonly [string, readonly Encoding[]][] = [
  [cyrillic, ["windows-1251", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"]],
  [greek, ["windows-1253", "iso-8859-7"]],
];

/** Besides letters, characters that occur in any text. */
const usual = /[\p{L}«»№–—„“”‘’°\u00a0]/u;

/** For each encoding, how likely each byte from 0x80 on is. */
const likely: ReadonlyMap<Encoding, Float64Array> = new Map(
  scripts.flatMap(([letters, encodings]) => {
    const often = new Map(
      letters.split(" ").map((each) => [each[0]!, Number(each.slice(1)) / 1000]),
    );
    return encodings.map((encoding): [Encoding, Float64Array] => [
      encoding,
      likelihoods(encoding, often),
    ]);
  }),
);

function likelihoods(encoding: Encoding, often: ReadonlyMap<string, number>): Float64Array {
  const characters = new TextDecoder(encoding).decode(
    Uint8Array.from({ length: 128 }, (_, at) => at + 128),
  );
  return Float64Array.from([...characters], (character) => {
    const small = character.toLowerCase();
    const share = often.get(small);
    if (share === undefined) return Math.log(usual.test(character) ? 1e-3 : 1e-6);
    // Whole lists may be in capitals; otherwise these are less frequent.
    return Math.log(small === character ? share : share * 0.6);
  });
}

/** The encoding in which these counts of bytes (by their number) look most like words. */
export function best(counts: ArrayLike<number>): Encoding {
  let found: Encoding = "windows-1251";
  let most = -Infinity;
  const greek = isGreek(counts);
  for (const [encoding, chances] of likely) {
    if (!greek && (encoding === "windows-1253" || encoding === "iso-8859-7")) continue;
    let sum = 0;
    for (let at = 0; at < 128; at++) sum += counts[at + 128]! * chances[at]!;
    if (sum > most) [found, most] = [encoding, sum];
  }
  return found;
}

/** Small Greek letters have accents, one in nearly every word. */
function isGreek(counts: ArrayLike<number>): boolean {
  let [small, accents] = [0, 0];
  for (let at = 0xdc; at <= 0xfe; at++) {
    if (at <= 0xdf || at >= 0xfc) accents += counts[at]!;
    else if (at !== 0xe0) small += counts[at]!;
  }
  return small < 6 || accents > 0;
}
