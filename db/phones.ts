/** Telephone numbers: stored as E.164, shown nationally, unreadable ones kept as they came. */

import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

export interface Phone {
  /** E.164, with `;ext=102` after it if there is an extension. */
  number: string;
  type: "mobile" | "fixed" | "other";
}

/** Ten digits in American spelling: reading them as German numbers would dial a stranger. */
const american = /^\(?[2-9]\d{2}\)?[ .-]\s?\d{3}[ .-]\d{4}$/;
/** Who has the American plan, and who writes ten digits so without a zero: Italy, Greece, Mexico. */
const asAmericans = new Set(["1", "39", "30", "52"]);

/** Numbers read last: a form and a row of an import read each of theirs several times over. */
const readings = new Map<string, Phone | null>();
const mostReadings = 50;

/** Reads a number as people write it; null when it is none. `country` (ISO-2) serves national ones. */
export function lookup(text: string, country: string): Readonly<Phone> | null {
  const key = `${country}\0${text}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const phone = read(text, country);
  if (readings.size >= mostReadings) readings.clear();
  if (key.length <= 100) readings.set(key, phone);
  return phone;
}

/** As programs write it: there is nothing to rephrase. */
const e164 = /^\+[1-9]\d{5,14}$/;

function read(text: string, country: string): Phone | null {
  const region = country.toUpperCase();
  const rephrased = e164.test(text) ? text : rephrase(text, region);
  const parsed = rephrased === null ? undefined : parsePhoneNumberFromString(rephrased, {
    defaultCountry: isSupportedCountry(region) ? region as CountryCode : undefined,
    extract: false,
  });
  const kind = parsed?.getType();
  // A number of a known kind is valid: to ask for that as well would look for its kind once more.
  if (!parsed || kind === undefined && !parsed.isValid()) return null;
  return {
    number: parsed.ext ? `${parsed.number};ext=${parsed.ext}` : parsed.number,
    type: kind === "MOBILE" ? "mobile" : kind === "FIXED_LINE" ? "fixed" : "other",
  };
}

/** The number as the library reads it; null for what is none, or a stranger's. */
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
    // Where an address is American, "00" leads out of the country no less.
    .replace(/^00[\s./-]{0,3}(?=[1-9])/, "+");
}

/** The E.164 form of a number written in `country` (ISO-2), or null when it is not a valid number. */
export function toE164(text: string, country: string): string | null {
  return lookup(text, country)?.number ?? null;
}

/** How the number is shown: `030 12345` at home, `+43 1 234` abroad; other text stays as it is. */
export function national(number: string, home = "DE"): string {
  const parsed = parsePhoneNumberFromString(number.replace(";ext=", " ext. "));
  if (!parsed) return number;
  return parsed.country === home ? parsed.formatNational() : parsed.formatInternational();
}

/** The number with its country: `+49 30 12345`; other text stays as it is. */
export function international(number: string): string {
  const parsed = parsePhoneNumberFromString(number.replace(";ext=", " ext. "));
  return parsed ? parsed.formatInternational() : number;
}

/** The digits that lead into this country (ISO-2) from abroad, "49"; empty where none are known. */
export function callingCode(country: string): string {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : "";
}
