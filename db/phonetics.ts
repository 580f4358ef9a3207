/**
 * Kölner Phonetik: German names that sound alike get the same digits. H. J. Postel, "Die Kölner
 * Phonetik", IBM-Nachrichten 19 (1969). The database's `phonetic` follows the same procedure.
 */

/** Letters that do not decompose into a base letter with marks. */
const spelled: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** The digits of letters whose neighbours do not matter; `X` is an x after its k was coded. */
const digits: Record<string, string> = Object.fromEntries(
  [
    ["0", "aeijouy"],
    ["1", "bp"],
    ["2", "dt"],
    ["3", "fvw"],
    ["4", "gkq"],
    ["48", "x"],
    ["5", "l"],
    ["6", "mn"],
    ["7", "r"],
    ["8", "szX"],
    ["", "h"],
  ].flatMap(([digit, letters]) => [...letters!].map((letter) => [letter, digit!])),
);

/** A name's digits: `Meyer` and `Maier` are both `67`. Empty if it has no Latin letter. */
export function encode(name: string): string {
  const letters = name.toLowerCase().normalize("NFD")
    .replace(/[ßæœøłđðþı]/g, (letter) => spelled[letter]!)
    .replace(/[^a-z]/g, "");
  return letters
    .replace(/ph/g, "f")
    .replace(/[dt](?=[csz])/g, "8")
    .replace(/(?<=[ckq])x/g, "X")
    .replace(/(?<=[sz])c/g, "8")
    .replace(/^c(?=[lr])/, "4")
    .replace(/c(?=[ahkoquX])/g, "4")
    .replace(/c/g, "8")
    .replace(/[a-zX]/g, (letter) => digits[letter]!)
    .replace(/(.)\1+/g, "$1")
    .replace(/(?<=.)0/g, "");
}
