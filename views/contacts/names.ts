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
  [name.title, name.firstName, name.namePrefix, name.lastName, name.nameSuffix]
    .filter(Boolean).join(" ");

/** `Müller, Dr. Anna von`, as in a list that is sorted by last name. */
export function sortedName(name: NameParts): string {
  const rest = [name.title, name.firstName, name.namePrefix].filter(Boolean).join(" ");
  return name.lastName && rest ? `${name.lastName}, ${rest}` : name.lastName || rest;
}

/** `31.12.1980` or `31.12.`; in English `31/12/1980` or `31/12`. */
export function birthdayWords(
  { format, locale }: Pick<View, "format" | "locale">,
  value: string,
): string {
  if (!value.startsWith("-")) return format.date(value);
  const [day, month] = [value.slice(-2), value.slice(-5, -3)];
  return locale === "de" ? `${day}.${month}.` : `${day}/${month}`;
}
