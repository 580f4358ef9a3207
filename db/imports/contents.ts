/** Classifies a cell by its contents alone, whatever its column is called. */

import * as countries from "../countries.ts";
import * as emailAddresses from "../email_addresses.ts";
import * as legalForms from "../legal_forms.ts";
import * as personNames from "../person_names.ts";
import * as vatIds from "../vat_ids.ts";

export type Content =
  | "email"
  | "url"
  | "phone"
  | "postalCode"
  | "address"
  | "place"
  | "street"
  | "date"
  | "vatId"
  | "country"
  | "salutation"
  | "title"
  | "company"
  | "reversedName"
  | "word"
  | "words"
  | "number"
  | "password"
  | "secret"
  | "other";

const date =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?:\s.*)?$/;
const url =
  /^(?:https?:\/\/\S+|www\.\S+\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:de|at|ch|com|net|org|eu|info|io)\/?)$/i;
const phone =
  /^(?:(?:tel|fon|telefon|mobil|handy|fax)[.:]{0,2} ?)?(?:\+|00|\(?0)[\d\s()./-]{5,24}$/i;
const street =
  /(?:str(?:\.|aße|asse)|weg|platz|allee|gasse|ring|damm|ufer|chaussee|street|road|avenue|ave\.?|straat|rue)\b.*\d|^\p{L}[\p{L}\s.'-]+\s\d{1,4}\s?[a-z]?(?:\s?[-/]\s?\d{1,4}\s?[a-z]?)?$/iu;
/** "12 High Street", "5, avenue Foch". */
const numbered =
  /^\d{1,4}(?: ?[a-z]| bis| ter)?,? (?:(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|quai|route) \p{L}|\p{Lu}[\p{L} .'’-]{1,40} (?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|way|close|court|place|square|terrace|row|gardens|crescent|hill|boulevard|blvd\.?)$)/iu;
/** A line that ends in a British postcode, or in an American state and ZIP code. */
const english = /(?:^|[ ,])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)$/m;
/** bcrypt and similar, and argon2. */
const password = /^\$(?:2[abxy]?|argon2\w*|[156])\$/i;
/** Bare digests of at least 32 hexadecimal digits. */
const secret = /^[0-9a-f]{32,}$|^\d*:\w+:[0-9a-f]{40,}$/i;

/** The most specific kind that the cell can be; do not call it for empty cells. */
export function contentOf(cell: string): Content {
  if (cell.length > 300) return "other";
  if (password.test(cell)) return "password";
  if (secret.test(cell)) return "secret";
  if (cell.includes("@") && emailAddresses.split(cell).some(emailAddresses.isValid)) return "email";
  if (cell.includes("\n") && /^(?:[A-Z]{1,2}-)?\d{4,5}\s\p{L}/mu.test(cell)) return "address";
  if (cell.includes("\n") && english.test(cell)) return "address";
  if (/,\s*(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{L}/u.test(cell)) return "address";
  if (date.test(cell)) return "date";
  if (url.test(cell)) return "url";
  if (phone.test(cell) && (cell.match(/\d/g)?.length ?? 0) >= 6) return "phone";
  if (/^(?:D-)?\d{5}$/.test(cell)) return "postalCode";
  if (/^-?[\d.,]+$/.test(cell)) return "number";
  if (/^[A-Z]{2,3}[\s-]?U?\d/.test(cell) && vatIds.lookup(cell)?.valid) return "vatId";
  if (cell.length < 12 && personNames.salutation(cell) !== "") return "salutation";
  if (personNames.isTitle(cell)) return "title";
  if (legalForms.split(cell).form !== "") return "company";
  if (/^(?:[A-Z]{1,2}-)?\d{4,5} \p{Lu}[\p{L} ./-]{1,40}$/u.test(cell)) return "place";
  if (
    english.test(cell) && /^\p{Lu}[\p{L} .'-]{1,40},? [A-Z]{1,2}[\d ][A-Z\d -]{4,10}$/u.test(cell)
  ) {
    return "place";
  }
  if (cell.length > 1 && countries.lookup(cell)) return "country";
  if (street.test(cell) || numbered.test(cell)) return "street";
  if (
    /^(?:\p{Ll}{2,4}\s){0,3}\p{Lu}[\p{L}'’-]+(?:\s\p{L}+)?[,;]\s?\p{Lu}[\p{L}.'’-]+(?:\s(?:\p{Lu}[\p{L}.'’-]+|\p{Ll}{2,6}\.))*$/u
      .test(cell)
  ) return "reversedName";
  if (/^\p{Lu}[\p{L}'’-]+$/u.test(cell)) return "word";
  if (/^\p{Lu}[\p{L}.'’-]+(?:\s[\p{L}.'’-]+){1,3}$/u.test(cell)) return "words";
  return "other";
}

/** Counts what the cells of one column look like. */
export class ColumnCount {
  /** All filled cells, whether counted by kind or not. */
  filled = 0;
  #weighed = 0;
  #kinds = new Map<Content, number>();

  take(cell: string): void {
    this.filled++;
    this.#weighed++;
    const kind = contentOf(cell);
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
  }

  /** The share of the cells counted that look like one of these kinds, 0 to 1. */
  share(...kinds: Content[]): number {
    const hits = kinds.reduce((sum, kind) => sum + (this.#kinds.get(kind) ?? 0), 0);
    return this.#weighed === 0 ? 0 : hits / this.#weighed;
  }
}
