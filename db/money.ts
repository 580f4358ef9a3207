/** Amounts of money as people write them, read into whole cents without a rounding. */

/** The currencies offered, all of hundred parts; the euro first. */
export const currencies = [
  "EUR",
  "CHF",
  "CZK",
  "DKK",
  "GBP",
  "HUF",
  "NOK",
  "PLN",
  "RON",
  "SEK",
  "USD",
] as const;
export type Currency = typeof currencies[number];

/** The most that one amount may be: a hundred thousand millions. */
export const mostCents = 9_999_999_999_999;

/** Groups of three digits, all parted by the same sign, then up to two digits of cents. */
const grouped = /^(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:([.,])(\d{1,2}))?$/;
/** Digits without groups; a sign alone at the end (`12,`) is a slip of the finger. */
const plain = /^(\d+)(?:[.,](\d{1,2})?)?$/;

/** A currency before or behind the number, by sign, code or name. */
const sign = /^\s*(€|[A-Z]{3}|[$£])\s*|(?<!\s)\s*(€|[A-Z]{3}|[$£]|Euro)\s*$/i;

const signs: Record<string, string> = { "€": "EUR", EURO: "EUR", $: "USD", "£": "GBP" };

/** The code of the currency that stands with an amount, or null: `12 €` is in EUR. */
export function currencyIn(text: string): string | null {
  const [, before, behind] = sign.exec(text) ?? [];
  const found = (before ?? behind)?.toUpperCase();
  return found === undefined ? null : signs[found] ?? found;
}

/**
 * The cents of `1.234,56`, `1,234.56`, `1234,5`, `1'234.50`, `1 234`, `12 €` or `EUR 12`; null for
 * what is no amount, is below zero, has parts of cents or is more than `mostCents`. A sign before
 * exactly three last digits (`1.234`) parts groups, as no amount has thousandths.
 */
export function parseCents(text: string): number | null {
  const bare = text.replaceAll(/[\u00a0\u202f\u2009]/g, " ").replaceAll(/[’´`]/g, "'")
    .replace(sign, "").trim();
  const [whole, parts = ""] = digitsOf(bare) ?? [];
  if (whole === undefined) return null;
  const digits = whole.replace(/^0+(?=\d)/, "");
  if (digits.length > 12) return null;
  const cents = Number(digits) * 100 + Number(parts.padEnd(2, "0"));
  return cents <= mostCents ? cents : null;
}

function digitsOf(text: string): [whole: string, parts: string] | null {
  const groups = grouped.exec(text);
  // `1.234.56` parts groups and cents by one sign: nobody means that.
  if (groups && groups[2] !== groups[3] && !/^0/.test(groups[1]!)) {
    return [groups[1]!.replaceAll(/\D/g, ""), groups[4] ?? ""];
  }
  const bare = plain.exec(text);
  return bare ? [bare[1]!, bare[2] ?? ""] : null;
}
