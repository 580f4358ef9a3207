/**
 * Folds texts for search and comparison: the same results as `fold` and `search_words` of the
 * schema for Western letters and ASCII characters. All other texts are left to the schema.
 */

/** Letters with diacritics, and the letters for which the schema takes them. */
const letters = new Map(Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" }));
for (let code = 0xe0; code < 0x17f; code++) {
  const letter = String.fromCharCode(code);
  const [base = "", ...marks] = letter.normalize("NFD");
  if (marks.length === 1 && /[a-z]/.test(base)) letters.set(letter, base);
}
const smalls = [...letters.keys()].join("");

const known = new RegExp(`^[ -~${smalls}${smalls.replace("ß", "").toUpperCase()}]*$`);
const beyond = /[^ -~]/g;
const shortened = /[aou]e/;

/** The text in lower-case ASCII; null if only the schema can fold it. */
function plainOf(text: string): string | null {
  if (!known.test(text)) return null;
  const small = text.toLowerCase();
  return small.replace(beyond, (letter) => letters.get(letter)!);
}

function folded(plain: string): string {
  let text = plain.includes("'") || plain.includes("`") ? plain.replace(/['`]/g, "") : plain;
  if (text.includes("ae") || text.includes("oe")) text = text.replace(/([ao])e+/g, "$1");
  if (text.includes("ue")) text = text.replace(/(?<![aeq])(?:ue+)+/g, "u");
  return text.replace(/[^a-z0-9]+/g, " ").trim();
}

/** Same as `fold`; null for texts left to the schema. */
export function fold(text: string): string | null {
  const plain = plainOf(text);
  return plain === null ? null : folded(plain);
}

/** Same as `search_words`; null for texts left to the schema. */
export function searchWords(text: string): string | null {
  const plain = plainOf(text);
  if (plain === null) return null;
  let added = " ";
  if (shortened.test(plain)) {
    for (const word of plain.split(/[^a-z0-9]+/)) {
      if (!shortened.test(word) || added.includes(` ${word} `)) continue;
      added += `${word} ${word.replace(/([aou])e+/g, "$1")} `;
    }
  }
  return ` ${folded(plain)} ${added.slice(1)}`;
}
