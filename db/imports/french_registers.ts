/**
 * Handles lists from Sirene, the French register of companies: headings in one word, streets in
 * parts.
 */

import { clean } from "./cells.ts";
import type { Plan } from "./plans.ts";

const about = /(?:Etablissement|UniteLegale)$/;
const said: readonly [RegExp, string][] = [
  [/^siret(?:siege)?$/, "UID"],
  [/^siren$/, "Registration number"],
  [/^denomination$/, "Company name"],
  [/^nom$/, "Last name"],
  [/^prenomusuel$/, "First name"],
  [/^sexe$/, "Gender"],
  [/^codepostal$/, "Postal code"],
  [/^libellecommune$|^commune$/, "City"],
  [/^libellepaysetranger$/, "Country"],
  [/^libellevoie$/, "Street"],
  [/^complementadresse$/, "Address line 2"],
];
/** The possible columns of a company's name, in order of preference. */
const names = ["nomraisonsociale", "nomcomplet", "denominationusuelle", "enseigne1", "enseigne"];

const plain = (heading: string) =>
  heading.trim().replace(about, "").normalize("NFKD").toLowerCase().replace(/[^a-z\d]/g, "");

/** The headings of such a list in words that other lists use; nothing for any other list. */
export function wordsOf(headings: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map(headings.map((heading) => [plain(heading), heading]));
  if (!words.has("siren") && !words.has("siret")) return new Map();
  const own = headings.some((heading) => about.test(heading.trim()));
  const meanings = new Map<string, string>();
  for (const [word, heading] of words) {
    // Other lists with such a number have separate columns for persons.
    const says = said.find(([pattern]) => pattern.test(word))?.[1];
    if (says && (own || !/name|Gender/.test(says))) meanings.set(heading, says);
  }
  const first = words.get("prenom1");
  if (own && first && !words.has("prenomusuel")) meanings.set(first, "First name");
  if (words.has("denomination")) return meanings;
  const rest = names.flatMap((name) => words.get(name) ?? []);
  rest.forEach((heading, at) => meanings.set(heading, at === 0 ? "Company name" : "Unread"));
  return meanings;
}

const parts = ["numerovoie", "indicerepetition", "typevoie", "libellevoie"];
interface Places {
  /** The columns with number, kind and name of the street. */
  street: readonly number[];
  /** The columns that may hold the company's name, and the column from which it is read. */
  names: readonly number[];
  name: number;
}
const found = new WeakMap<Plan, Places | null>();

/**
 * The row with the street in one cell, "12 B AV DES CHAMPS ELYSEES", and the first name available.
 */
export function wholeRow(cells: string[], plan: Plan): string[] {
  let places = found.get(plan);
  if (places === undefined) found.set(plan, places = placesIn(plan));
  if (!places) return cells;
  const { street, names, name } = places;
  const row = [...cells];
  const text = (at: number) => clean(cells[at] ?? "");
  if (street.length > 1) row[street.at(-1)!] = street.map(text).filter(Boolean).join(" ");
  const other = names.find((at) => text(at) !== "");
  if (name >= 0 && text(name) === "" && other !== undefined) row[name] = cells[other]!;
  return row;
}

function placesIn({ columns }: Plan): Places | null {
  const words = columns.map(({ name }) => plain(name));
  if (!words.includes("siren") && !words.includes("siret")) return null;
  const at = (word: string) => words.indexOf(word);
  const street = parts.map(at).filter((place) => place >= 0);
  return {
    street: at("libellevoie") >= 0 ? street : [],
    names: names.map(at).filter((place) => place >= 0),
    name: columns.findIndex(({ target }) => target === "company.name"),
  };
}
