/** Builds the postal addresses of one record from the parts that a file has. */

import * as britishPlaces from "../british_places.ts";
import * as countries from "../countries.ts";
import * as postalAddresses from "../postal_addresses.ts";
import type { Findings } from "./contact_points.ts";
import * as lostZeros from "./lost_zeros.ts";
import { problem } from "./problems.ts";
import type { AddressKind, ImportedAddress } from "./records.ts";
import * as streets from "./streets.ts";
import type { AddressPart } from "./targets.ts";

/**
 * Gives an address without a country that of the person's other address with a postal code of the
 * same form.
 */
export function lendCountries(all: readonly AddressTexts[]): void {
  const shape = (code = "") => code.replace(/\d/g, "9").replace(/[A-Z]/gi, "A");
  for (const texts of all) {
    if (texts.country || !texts.postalCode) continue;
    texts.country = all.find(({ country, postalCode }) =>
      country && postalCode && shape(postalCode) === shape(texts.postalCode)
    )?.country;
  }
}

export type AddressTexts = Partial<Record<AddressPart, string>>;

export interface AddressRules {
  /** Default country, ISO-2. */
  country: string;
  /** The country named by the row's own numbers; it takes precedence if the postal code fits it. */
  called?: string;
  /** Whether to restore the zero that a spreadsheet removed from German postal codes. */
  restoreZeros: boolean;
}

/** The heading above a part. */
export type HeadingOf = (part: AddressPart) => string;

/** One address from its parts, or null if all are empty. */
export function address(
  texts: AddressTexts,
  kind: AddressKind,
  rules: AddressRules,
  headingOf: HeadingOf,
  findings: Findings,
): ImportedAddress | null {
  const joined = { ...texts };
  if (!Object.values(joined).some((text) => text)) return null;
  const whole = wholeOf(joined);
  const named = joined.country ?? "";
  const country = readCountry(named, joined.postalCode ?? "", headingOf, findings) || whole.country;
  const near = country || rules.called || rules.country;
  const written = joined.houseNumber ?? "";
  const [number, house] = streets.isHouseName(written, near) ? ["", written] : [written, ""];
  const made: ImportedAddress = {
    street: streets.withNumber(joined.street || whole.street, number, near),
    extra: [whole.extra, house, joined.extra].filter(Boolean).join("\n"),
    poBox: (joined.poBox || whole.poBox).replace(/^(?:postfach|p\.? ?o\.? ?box)[ :]*(?=\S)/i, ""),
    postalCode: (joined.postalCode || whole.postalCode).replace(/\.0$/, ""),
    // Austria's register names the kind of municipality.
    city: (joined.city || whole.city).replace(/^politische[rn]? Gemeinde /, ""),
    region: joined.region || whole.region,
    country,
    kind,
  };
  // "c/o Firma" in the first line of an address, and the street in the second.
  if (made.street === "" && made.poBox === "") Object.assign(made, streetOf(made.extra));
  splitPlace(made);
  placeInBritain(made);
  settle(made, named === "" || /^\d+$/.test(named), rules, headingOf, findings);
  const { kind: _, country: __, ...parts } = made;
  return Object.values(parts).some((text) => text) ? made : null;
}

/** The text that may hold everything: the `whole` part, or a street cell that includes the city. */
function wholeOf(texts: AddressTexts): postalAddresses.PostalAddress {
  if (texts.street && /\n|,\s*\d{4,5}\s+\p{L}/u.test(texts.street)) {
    const split = postalAddresses.split(texts.street);
    const own = split.postalCode === "" ? streetOf(texts.street) : {};
    texts.street = "";
    return { ...split, ...own };
  }
  // A shop's "Location" is the town again.
  if (texts.whole && same(texts.whole, texts.city)) texts.whole = "";
  // Some end an address like a sentence: "Weg 1, 89073 Ulm."
  const said = (texts.whole ?? "").trim().replace(/(\d{4,5} [\p{L} -]{2,60})\.$/u, "$1")
    .replace(/ [-–|] (?=\d{4,5} \p{L})/u, ", ");
  return postalAddresses.splitBeside(texts.street ? "" : said, texts);
}

const same = (one: string, other = ""): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** "Gran Vía 12" or "12 Main St" among lines without a place: the first with a house number. */
function streetOf(text: string): { street?: string; extra?: string } {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const at = lines.findIndex((line) =>
    !postalAddresses.isStorey(line) &&
    /^\p{L}.*\s\d{1,4} ?\p{L}?$|^\d{1,5}\p{L}?,? \p{L}/u.test(line)
  );
  if (at < 0) return {};
  return { street: lines[at], extra: lines.filter((_, other) => other !== at).join("\n") };
}

const british = /^(\p{L}[\p{L} .'-]{1,60}),? ([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/u;

/** "12345 Berlin" in the city cell, "D-12345" in the postal code. */
function splitPlace(made: ImportedAddress): void {
  const both = /^(?:([A-Z]{1,2})[- ])?(\d{4,5})(?:\s+|\s?[/,]\s?)(\p{L}.*)$/u.exec(
    made.postalCode || made.city,
  );
  if (both?.[2] && both[3] && (!made.postalCode || !made.city)) {
    made.postalCode = both[2];
    made.city = both[3];
  }
  const [, town, state, zip] = /^(\p{L}[\p{L} .'-]{1,60}),\s*([A-Z]{2})\s+(\d{5}(?:-\d{4})?)$/u
    .exec(made.postalCode ? "" : made.city) ?? [];
  if (town) Object.assign(made, { city: town, region: made.region || state, postalCode: zip });
  const [, postTown, code] = british.exec(made.postalCode ? "" : made.city) ?? [];
  if (postTown) Object.assign(made, { city: postTown, postalCode: code });
  const signed = /^([A-Z]{1,3})\s?[-–]\s?(\d{4,5})$/.exec(made.postalCode);
  const sign = signed?.[1] ?? both?.[1];
  if (signed?.[2]) made.postalCode = signed[2];
  if (sign && !made.country) made.country = countries.lookup(sign) ?? "";
}

/** Only a code and lines above it: the last of these is the town, or the county below it. */
function placeInBritain(made: ImportedAddress): void {
  if (made.city !== "" || britishPlaces.countryOf(made.postalCode) === "") return;
  const above = made.street.split(/,\s+/);
  const lines = [...above, ...made.extra.split("\n").filter(Boolean)];
  const { town, county } = britishPlaces.townIn(lines);
  if (town < 0) return;
  made.city = lines[town]!;
  if (county > 0) made.region ||= lines[county]!;
  const rest = lines.slice(0, town);
  made.street = rest.slice(0, above.length).join(", ");
  made.extra = rest.slice(above.length).join("\n");
}

/**
 * German states where a four-digit code has lost a zero; all other codes there have five digits.
 */
const eastern = /^(?:sachsen(?:-anhalt)?|th[üu]e?ringen|brandenburg)$/i;

const [four, five] = [/^\d{4}$/, /^\d{5}$/];
/** The forms of postal codes. */
const codes: Readonly<Record<string, RegExp>> = {
  DE: five,
  AT: four,
  CH: four,
  LI: four,
  LU: four,
  BE: four,
  DK: four,
  FR: five,
  IT: five,
  // There are 52 provinces.
  ES: /^(?:0[1-9]|[1-4]\d|5[0-2])\d{3}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  PL: /^\d\d-\d{3}$/,
  CZ: /^\d{3} ?\d\d$/,
  SK: /^\d{3} ?\d\d$/,
  SE: /^\d{3} ?\d\d$/,
  NO: four,
  HU: four,
  FI: five,
  HR: five,
  PT: /^\d{4}-\d{3}$/,
  RO: /^\d{6}$/,
};

function settle(
  made: ImportedAddress,
  unnamed: boolean,
  rules: AddressRules,
  headingOf: HeadingOf,
  findings: Findings,
): void {
  if (!made.country && unnamed) made.country = britishPlaces.countryOf(made.postalCode);
  const called = rules.called && codes[rules.called]?.test(made.postalCode) ? rules.called : "";
  const home = made.country || (unnamed ? called || rules.country : "");
  const german = home === "DE" && (rules.restoreZeros || lostZeros.beginsWithZero(made.city) ||
    eastern.test(made.region));
  const code = lostZeros.restored(made.postalCode, german ? "DE" : made.country);
  if (code !== made.postalCode) {
    findings.warnings.push(
      problem(
        findings.row,
        headingOf("postalCode"),
        made.postalCode,
        "postal_code_zero_restored",
      ),
    );
    made.postalCode = code;
  }
  const own = called !== "" || Object.hasOwn(codes, home);
  if (!made.country && unnamed && !made.region && own && codes[home]?.test(made.postalCode)) {
    made.country = home;
  }
}

/** Ids of a shop's own country table mean nothing elsewhere, except Shopware's well-known ones. */
function readCountry(
  text: string,
  code: string,
  headingOf: HeadingOf,
  findings: Findings,
): string {
  const shopware: Record<string, string> = { "2": "DE", "23": "AT", "26": "CH" };
  if (text === "") return "";
  // A spreadsheet has removed Austria's zero.
  if (text === "40" && /^\d{4}$/.test(code)) return "AT";
  if (/^\d+$/.test(text)) return shopware[text] ?? countries.byNumber(text) ?? "";
  // weclapp writes "[DE] Deutschland", Odoo "base.de".
  const code2 = /^\[([A-Z]{2})\]\s|^base\.([a-z]{2})$/.exec(text);
  const found = countries.lookup(code2?.[1] ?? code2?.[2] ?? text);
  if (!found) {
    findings.warnings.push(problem(findings.row, headingOf("country"), text, "country_unknown"));
  }
  return found ?? "";
}
