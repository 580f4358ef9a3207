/** Amounts of money as people write them, parsed into whole cents without rounding. */

/** The currencies offered, all with a hundred subunits; the euro first. */
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

/** The maximum of one amount: just under a hundred billion. */
export const mostCents = 9_999_999_999_999;

/** Groups of three digits, all with the same separator, then up to two digits of cents. */
const grouped = /^(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:([.,])(\d{1,2}))?$/;
/** Digits without groups; a trailing separator (`12,`) is ignored as a typing slip. */
const plain = /^(\d+)(?:[.,](\d{1,2})?)?$/;

/** A currency before or after the number, as a symbol, code or name. */
const sign = /^\s*(€|[A-Z]{3}|[$£])\s*|(?<!\s)\s*(€|[A-Z]{3}|[$£]|Euro)\s*$/i;

const signs: Record<string, string> = { "€": "EUR", EURO: "EUR", $: "USD", "£": "GBP" };

/** The code of the currency written with an amount, or null: `12 €` is in EUR. */
export function currencyIn(text: string): string | null {
  const [, before, behind] = sign.exec(text) ?? [];
  const found = (before ?? behind)?.toUpperCase();
  return found === undefined ? null : signs[found] ?? found;
}

/**
 * The cents of `1.234,56`, `1,234.56`, `1234,5`, `1'234.50`, `1 234`, `12 €` or `EUR 12`; null for
 * anything that is no amount, is negative, has fractions of cents or exceeds `mostCents`. A
 * separator before exactly three final digits (`1.234`) groups thousands, as amounts have no
 * thousandths.
 */
export function parseCents(text: string): number | null {
  const cents = centsIn(text);
  return cents !== null && cents <= mostCents ? cents : null;
}

/** The code of what is wrong with an amount that `parseCents` refuses. */
export const amountFault = (text: string): string =>
  centsIn(text) === null ? "deals.amount_invalid" : "deals.amount_too_large";

/** Not exact beyond the cents that a number can hold, but then larger than any amount. */
function centsIn(text: string): number | null {
  const bare = text.replaceAll(/[\u00a0\u202f\u2009]/g, " ").replaceAll(/[’´`]/g, "'")
    .replace(sign, "").trim()
    // "12,-" and "12.–" have no cents, "29.000000" no more than two digits of them.
    .replace(/(\d)[.,][-–—]{1,2}$/, "$1").replace(/^(\d+[.,]\d\d)00+$/, "$1");
  const [whole, parts = ""] = digitsOf(bare) ?? [];
  if (whole === undefined) return null;
  return Number(whole) * 100 + Number(parts.padEnd(2, "0"));
}

function digitsOf(text: string): [whole: string, parts: string] | null {
  const groups = grouped.exec(text);
  // `1.234.56` would use one separator for groups and cents: nobody means that.
  if (groups && groups[2] !== groups[3] && !/^0/.test(groups[1]!)) {
    return [groups[1]!.replaceAll(/\D/g, ""), groups[4] ?? ""];
  }
  const bare = plain.exec(text);
  return bare ? [bare[1]!, bare[2] ?? ""] : null;
}
