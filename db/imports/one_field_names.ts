/** Splits first and last names given in two fields, or often in only one of them. */

import { isGivenName } from "../given_names.ts";
import * as personNames from "../person_names.ts";

/**
 * The field for the last name may hold "Dr. Müller", "Müller jun.", "von Müller" or "Eva Müller";
 * the one for the first name "Dr. Eva", "Herr" and "Eva Müller".
 */
export function joined(last: string, given: string): personNames.PersonName {
  const whole = last === "" ? wholeName(given) : given === "" ? wholeName(last) : null;
  if (whole) return whole;
  if (last === "") return { ...personNames.split(""), ...aroundGiven(given) };
  const own = ofLast(last);
  const ahead = aroundGiven(given);
  const words = ahead.firstName.split(" ");
  const particles: string[] = [];
  // "Anna / von der / Heide", as Outlook splits it.
  while (words.length > 1 && personNames.isParticle(words.at(-1)!)) particles.unshift(words.pop()!);
  return {
    salutation: ahead.salutation || own.salutation,
    title: ahead.title || own.title,
    firstName: [words.join(" "), own.firstName].filter(Boolean).join(" "),
    namePrefix: [...particles, own.namePrefix].filter(Boolean).join(" "),
    lastName: own.lastName,
    suffix: own.suffix || ahead.suffix,
  };
}

/** "Freiherr" in the place of a title belongs to the last name. */
export function ennobled(
  title: string,
  { namePrefix }: Pick<personNames.PersonName, "namePrefix">,
) {
  if (!personNames.isNoble(title)) return { title, namePrefix };
  return { title: "", namePrefix: [title, namePrefix].filter(Boolean).join(" ") };
}

/** A full name in the place of one of its parts; null if it may be just that part. */
function wholeName(text: string): personNames.PersonName | null {
  const parts = personNames.split(text);
  const { firstName, lastName, salutation, title } = parts;
  // "Frau Müller" in the field of the first name.
  if (firstName === "") return salutation !== "" && !isGivenName(lastName) ? parts : null;
  if (lastName === "" || firstName.split(" ").length > 3) return null;
  if (/^\p{L}[\p{L}'’ -]*,\s?\p{Lu}/u.test(text) || salutation !== "") return parts;
  // "Eva Maria" has two first names, and "García Márquez" two last ones.
  const starts = isGivenName(firstName.split(" ")[0]!);
  return (starts || title !== "") && !isGivenName(lastName) ? parts : null;
}

const titled = /^(?:\p{L}{1,5}\.|prof|dr)\s/iu;

function ofLast(text: string): personNames.PersonName {
  const { rest: last, name } = personNames.takeMaiden(text);
  if (name !== "") {
    const own = ofLast(last);
    return { ...own, suffix: [own.suffix, name].filter(Boolean).join(" ") };
  }
  const [bare = "", behind = "", ...more] = last.split(",").map((part) => part.trim());
  // "Weber, MBA" from a professional network; "Koch, Dr." from a list sorted by name.
  if (bare !== "" && behind !== "" && more.length === 0) {
    const { suffix } = personNames.split(last);
    const own = titled.test(bare)
      ? personNames.split(bare)
      : { ...personNames.split(""), ...personNames.splitPrefix(bare) };
    if (suffix !== "" && suffix === behind) return { ...own, suffix };
    if (personNames.isTitle(behind)) return { ...own, title: behind };
  }
  return titled.test(last) || /\s(?:jun|sen|jr|sr)\.?$/i.test(last)
    ? personNames.split(last)
    : { ...personNames.split(""), ...personNames.splitPrefix(last) };
}

type Around = Pick<personNames.PersonName, "salutation" | "title" | "firstName" | "suffix">;

/** What surrounds a first name: "Dr. Eva", and "Tom, MBA" from a professional network. */
function aroundGiven(given: string): Around {
  const [bare = "", behind = "", ...more] = given.split(",").map((part) => part.trim());
  if (behind !== "") {
    const isSuffix = more.length === 0 && personNames.split(`X, ${behind}`).suffix === behind;
    const isTitle = more.length === 0 && personNames.isTitle(behind);
    return {
      salutation: "",
      title: isTitle && !isSuffix ? behind : "",
      firstName: isSuffix || isTitle ? bare : given,
      suffix: isSuffix ? behind : "",
    };
  }
  const { salutation, title, firstName } = personNames.split(`${given} X`);
  return title || salutation
    ? { salutation, title, firstName, suffix: "" }
    : { salutation: "", title: "", firstName: given, suffix: "" };
}

/** The parts of a card's name with "Mr." as a prefix, where a program wrote it before its place. */
export function inOrder(parts: readonly string[]): string[] {
  const [family = "", given = "", additional = "", prefixes = "", ...rest] = parts;
  const greets = prefixes === "" && /^(?:\p{L}{2,}\.|Herrn?|Frau)$/u.test(additional) &&
    personNames.salutation(additional) !== "";
  return greets
    ? [family, given, "", additional, ...rest]
    : [family, given, additional, prefixes, ...rest];
}
