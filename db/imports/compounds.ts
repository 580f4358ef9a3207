/** Interprets headings made of two words that each mean a part: "Nom et prénom", "Via e numero". */

import { type Meaning, meanings } from "./meanings.ts";

/** "address_1_zipcode", "_address_telephone": what the words after the first one mean. */
export function ofAddress(words: string[]): Meaning | undefined {
  const last = words.length > 1 && /^adresse?s?$|^address$/.test(words.at(-1)!);
  const [group, ...rest] = last ? [words.at(-1)!, ...words.slice(0, -1)] : words;
  const found = /^addresse?s?$|^adresse$/.test(group ?? "")
    ? meanings.get(rest.join(""))
    : undefined;
  const isPart = found && /^address\.|^phone/.test(found) && rest.join("") !== "code";
  return isPart ? found : undefined;
}

/** "And" in the languages of our neighbours, without those that are also meanings. */
const and = new Set("und u and et e y i en a og och oraz ja".split(" "));
const number = /^(?:nr|no|num|numero|number|nummer|numer|civico)$/;

/** What two parts mean together, whichever comes first. */
const pairs: readonly [one: RegExp, other: RegExp, both: Meaning][] = [
  [/^firstName$/, /^(?:lastName|name)$/, "fullName"],
  [/^address\.(?:street|whole)$/, /^(?:number|address\.houseNumber)$/, "address.street"],
  [/^address\.postalCode$/, /^address\.city$/, "address.city"],
];

/** When and how somebody is reached under a number. */
const manners = new Set(
  ("tagsueber abends morgens mittags festnetz festnetznummer fest daytime evening landline fixe " +
    "fisso fijo vast stacjonarny kontaktowy").split(" "),
);

/** The meaning of a name, a street or a town whose two parts share one column; otherwise none. */
export function ofPair(words: readonly string[]): Meaning | undefined {
  const said = words.filter((word) => !and.has(word));
  if (said.length > 5) return undefined;
  const bare = meanings.get(said.join("").replace(/(?:nr|nummer|number)$/, ""));
  if (bare?.startsWith("phone")) return bare;
  const line = said.filter((word) => !manners.has(word));
  if (line.length < said.length && partOf(line) === "phone") return "phone";
  // The heading's word for the number is already gone: "N° et rue", "Ulica i nr".
  if (said.length < words.length && partOf(said) === "address.street") return "address.street";
  for (let at = 1; at < said.length; at++) {
    const [one, other] = [partOf(said.slice(0, at)), partOf(said.slice(at))];
    const found = pairs.find(([first, second]) =>
      first.test(one) && second.test(other) || first.test(other) && second.test(one)
    );
    if (found) return found[2];
  }
  return undefined;
}

function partOf(words: readonly string[]): string {
  const text = words.join("");
  // "Name / First Name" is how some programs name a field within a group.
  if (text === "name") return "";
  return number.test(text) ? "number" : meanings.get(text) ?? "";
}

/** Whether a heading for full names says that the last name comes first: "Nom et prénom". */
export function saysLastFirst(words: readonly string[]): boolean {
  const said = words.filter((word) => !and.has(word));
  const meant = (part: readonly string[]) => meanings.get(part.join("")) ?? "";
  return said.some((_, at) =>
    at > 0 && /^(?:lastName|name)$/.test(meant(said.slice(0, at))) &&
    meant(said.slice(at)) === "firstName"
  );
}
