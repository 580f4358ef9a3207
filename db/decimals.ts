/** Parses quantities and rates as people write them into integers: thousandths and hundredths. */

/** Thousands in groups, followed by the other decimal separator, by language. */
const grouped = {
  de: /^([1-9]\d{0,2}(?:[. ]\d{3})+)(?:,(\d{1,3}))?$/,
  en: /^([1-9]\d{0,2}(?:[, ]\d{3})+)(?:\.(\d{1,3}))?$/,
};
const plain = /^(\d{1,9})(?:[.,](\d{1,3}))?$/;

/**
 * Parses `1,5`, `1.5`, `2` or `1.000,25` into thousandths; null if it is invalid, zero or too
 * large.
 * Only the language decides what `1.500` means.
 */
export function parseQuantity(text: string, locale: "de" | "en"): number | null {
  const bare = text.replaceAll(/[\u00a0\u202f\u2009]/g, " ").trim();
  const [, whole = "", rest = ""] = grouped[locale].exec(bare) ?? plain.exec(bare) ?? [];
  const digits = whole.replace(/\D/g, "");
  if (digits === "" || digits.length > 9) return null;
  const thousandths = Number(digits) * 1000 + Number(rest.padEnd(3, "0"));
  return thousandths > 0 ? thousandths : null;
}

/** Parses `19`, `19 %` or `2,5` into hundredths of a percent; null if invalid or above 100. */
export function parsePercent(text: string): number | null {
  const [, whole, rest = ""] = plain.exec(text.trim().replace(/%$/, "").trimEnd()) ?? [];
  if (whole === undefined || rest.length > 2) return null;
  const hundredths = Number(whole) * 100 + Number(rest.padEnd(2, "0"));
  return hundredths <= 10_000 ? hundredths : null;
}
