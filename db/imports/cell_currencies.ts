/**
 * Finds the currency in which a spreadsheet shows an amount, given by the cell's format instead of
 * its value.
 */

const codes = new Set(Intl.supportedValuesOf("currency"));

const signs = new Map(Object.entries({
  "€": "EUR",
  "£": "GBP",
  "$": "USD",
  "Fr": "CHF",
  "SFr": "CHF",
  "zł": "PLN",
  "Kč": "CZK",
  "Ft": "HUF",
  "lei": "RON",
}));

/** Currency signs shared by several countries, by the language of the format. */
const ofCountries = new Map<string, Readonly<Record<string, string>>>([
  ["kr", { "406": "DKK", "414": "NOK", "814": "NOK", "41D": "SEK" }],
  [
    "$",
    { "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "C04": "HKD", "1004": "SGD" },
  ],
]);

/** A language alone (`[$-407]`) and blanks as wide as a character (`_€`) indicate no currency. */
const silent = /\[\$-[^\]]*\]|[_*]./gu;
/** A currency in brackets (`[$€-407]`), in quotes, after a backslash, or bare. */
const written = /\[\$([^\]-]+)(?:-([0-9a-f]+)[^\]]*)?\]|"([^"]*)"|\\(.)|(\p{Sc})/giu;

/**
 * The currency of a format code like `#,##0.00 [$€-407]`: its code, or its sign if the code is
 * unknown; empty for a format without one. Built-in formats known by number only depend on the
 * reader's country and say nothing.
 */
export function currencyOf(format: string | undefined): string {
  const code = format?.slice(0, 255).replace(silent, "") ?? "";
  for (const [, shown, language = "", quoted, escaped, bare] of code.matchAll(written)) {
    const text = (shown ?? quoted ?? escaped ?? bare ?? "").trim().replace(/\.$/, "");
    const known = ofCountries.get(text)?.[language.toUpperCase()] ?? signs.get(text) ??
      (codes.has(text.toUpperCase()) ? text.toUpperCase() : null);
    if (known) return known;
    if (/^\p{Sc}$/u.test(text) || ofCountries.has(text)) return text;
  }
  return "";
}
