/** A person's name as people write it, and the birthday. */
import type { View } from "../view.ts";

export interface NameParts {
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  nameSuffix: string;
}

/** `Dr. Anna von Müller MBA`, as on a letter. */
export const fullName = (name: NameParts): string =>
  spaced(spaced(spaced(forenames(name), name.namePrefix), name.lastName), name.nameSuffix);

/** `Müller, Dr. Anna von`, as in a list that is sorted by last name. */
export function sortedName(name: NameParts): string {
  const rest = spaced(forenames(name), name.namePrefix);
  return name.lastName && rest ? `${name.lastName}, ${rest}` : name.lastName || rest;
}

const forenames = ({ title, firstName }: NameParts): string => spaced(title, firstName);

/** Two parts of which either may be missing; lists write hundreds, too many to make arrays of. */
const spaced = (one: string, other: string): string =>
  one && other ? `${one} ${other}` : one || other;

/** `31.12.1980` or `31.12.`; in English `31/12/1980` or `31/12`. */
export function birthdayWords(
  { format, locale }: Pick<View, "format" | "locale">,
  value: string,
): string {
  if (!value.startsWith("-")) return format.date(value);
  const [day, month] = [value.slice(-2), value.slice(-5, -3)];
  return locale === "de" ? `${day}.${month}.` : `${day}/${month}`;
}
