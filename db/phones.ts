/** Telephone numbers: stored as E.164, shown nationally; unreadable ones are kept as entered. */

import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

export interface Phone {
  /** E.164, followed by `;ext=102` if there is an extension. */
  number: string;
  type: "mobile" | "fixed" | "other";
}

/** Ten digits in American notation: reading them as German numbers would dial a stranger. */
const american = /^\(?[2-9]\d{2}\)?[ .-]\s?\d{3}[ .-]\d{4}$/;
/**
 * Calling codes of the American numbering plan and of countries that also write ten digits this way
 * without a leading zero: Italy, Greece, Mexico.
 */
const asAmericans = new Set(["1", "39", "30", "52"]);

/**
 * Numbers read most recently: a form or an import row reads each of its own several times, and the
 * rows of a company share theirs.
 */
const readings = new Map<string, Phone | null>();
const mostReadings = 64;

/** Reads a number as people write it; null for none. `country` (ISO-2) is for national ones. */
export function lookup(text: string, country: string): Readonly<Phone> | null {
  const key = `${country}\0${text}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const phone = read(text, country);
  if (readings.size >= mostReadings) readings.clear();
  if (key.length <= 100) readings.set(key, phone);
  return phone;
}

/** A number as programs write it: nothing needs rephrasing. */
const e164 = /^\+[1-9]\d{5,14}$/;

function read(text: string, country: string): Phone | null {
  const region = country.toUpperCase();
  const rephrased = e164.test(text) ? text : rephrase(text, region);
  const parsed = rephrased === null ? undefined : parsePhoneNumberFromString(rephrased, {
    defaultCountry: isSupportedCountry(region) ? region as CountryCode : undefined,
    extract: false,
  });
  const kind = parsed?.getType();
  // A number of a known kind is valid; checking validity too would look up its kind again.
  if (!parsed || kind === undefined && !parsed.isValid()) return null;
  return {
    number: parsed.ext ? `${parsed.number};ext=${parsed.ext}` : parsed.number,
    type: kind === "MOBILE" ? "mobile" : kind === "FIXED_LINE" ? "fixed" : "other",
  };
}

/** The number in the form the library reads; null if it is none or would dial a stranger. */
function rephrase(text: string, region: string): string | null {
  const cleaned = text
    .normalize("NFKC")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .trim();
  if (cleaned.length < 3 || cleaned.length > 80) return null;
  if (american.test(cleaned) && !asAmericans.has(callingCode(region))) return null;
  return cleaned
    .replace(/^tel:/i, "")
    .replace(/^\(\+(\d+)\)/, "+$1 ")
    .replace(/\b(?:durchwahl|dw|apparat|app|nebenstelle)\.?(?:\s*:)?\s*(\d+)\s*$/i, "ext. $1")
    .replace(/^\+\+?\s*/, "+")
    // "00" is an international prefix for us, even if the address is American.
    .replace(/^00[\s./-]{0,3}(?=[1-9])/, "+");
}

/** The E.164 form of a number written in `country` (ISO-2), or null when it is not a valid number. */
export function toE164(text: string, country: string): string | null {
  return lookup(text, country)?.number ?? null;
}

/** The number as shown: `030 12345` at home, `+43 1 234` abroad; other text stays unchanged. */
export function national(number: string, home = "DE"): string {
  const parsed = parsePhoneNumberFromString(number.replace(";ext=", " ext. "));
  if (!parsed) return number;
  return parsed.country === home ? parsed.formatNational() : parsed.formatInternational();
}

/** The number with its country code: `+49 30 12345`; other text is returned unchanged. */
export function international(number: string): string {
  const parsed = parsePhoneNumberFromString(number.replace(";ext=", " ext. "));
  return parsed ? parsed.formatInternational() : number;
}

/** The calling code of a country (ISO-2), such as "49"; empty if there is none known. */
export function callingCode(country: string): string {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : "";
}

/** Fewer digits, freely punctuated, may be a date or an amount. */
const shortest = 9;
/** What people put between the digits of a number. */
const between = "(?:\\(0\\)|[\\s\u00a0\u202f()./\u2010-\u2015-]){0,5}";

/** The digits of a word that is a whole number with its country or area code; otherwise none. */
export function digitsOf(word: string): string[] {
  const digits = /^[+0][\d\s()./-]+$/.test(word) ? word.match(/\d/g)! : [];
  return digits.length < shortest ? [] : digits;
}

/**
 * A regular expression, for PostgreSQL too, that finds a whole number however it is punctuated:
 * `+49 (0)40 / 123 45 67`, `0049-40-1234567`. Null for any other word.
 */
export function patternOf(word: string): string | null {
  const digits = digitsOf(word);
  if (digits.length === 0) return null;
  const prefix = word.startsWith("+") ? `(?:\\+|00)${between}` : "";
  return `(?<![0-9])\\(?${prefix}${digits.join(between)}(?![0-9])`;
}
