/**
 * Parses dates and decimals in the many ways files write them, and finds the order of a whole
 * column.
 */

import { today } from "../clock.ts";
import { dayOf } from "../local_times.ts";
import type { DateOrder } from "./plans.ts";

const months = [
  "jan",
  "feb",
  "m[aä]r|mrz",
  "apr",
  "ma[iy]",
  "jun",
  "jul",
  "aug",
  "sep",
  "o[ck]t",
  "nov",
  "de[cz]",
]
  .map((month) => new RegExp(`^(?:${month})`, "i"));

/** Counts what the dates of a column allow: a 13th month rules out an order. */
export class DateCount {
  total = 0;
  samples: string[] = [];
  #dayFirst = 0;
  #monthFirst = 0;
  #dotted = 0;
  #numeric = 0;

  take(cell: string): void {
    const match = /^(\d{1,2})([./-])(\d{1,2})\2\d{2,4}/.exec(cell);
    if (!match && !/^\d{4}-\d{1,2}-\d{1,2}/.test(cell)) return;
    this.total++;
    if (this.samples.length < 5 && !this.samples.includes(cell)) this.samples.push(cell);
    if (!match) return;
    this.#numeric++;
    if (match[2] === ".") this.#dotted++;
    if (Number(match[1]) > 12) this.#dayFirst++;
    if (Number(match[3]) > 12) this.#monthFirst++;
  }

  /** The order, and whether the rows leave no doubt; dots are only used with the day first. */
  decide(locale: "de" | "en"): { order: DateOrder; certain: boolean } {
    if (this.#numeric === 0) return { order: "ymd", certain: true };
    if (this.#dotted === this.#numeric) return { order: "dmy", certain: this.#monthFirst === 0 };
    if (this.#dayFirst > 0 && this.#monthFirst === 0) return { order: "dmy", certain: true };
    if (this.#monthFirst > 0 && this.#dayFirst === 0) return { order: "mdy", certain: true };
    const first = this.#dayFirst === this.#monthFirst
      ? locale === "de" ? "dmy" : "mdy"
      : this.#dayFirst > this.#monthFirst
      ? "dmy"
      : "mdy";
    return { order: first, certain: false };
  }
}

const decimal = /^[-+]?(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,]\d+)?(?:\s?(?:[€$%]|EUR|CHF))?$/;

/** Counts how a column of numbers writes its decimals. */
export class DecimalCount {
  total = 0;
  samples: string[] = [];
  #comma = 0;
  #point = 0;
  #open = 0;

  take(cell: string): void {
    if (!decimal.test(cell) || !/\d[.,]\d/.test(cell)) {
      return;
    }
    this.total++;
    if (this.samples.length < 5 && !this.samples.includes(cell)) this.samples.push(cell);
    const digits = cell.replace(/[^\d.,]/g, "");
    const last = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
    const both = digits.includes(",") && digits.includes(".");
    const thousands = /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) && !both;
    if (thousands) this.#open++;
    else if (digits[last] === ",") this.#comma++;
    else this.#point++;
  }

  /** Whether a comma or a point separates the decimals; `1.234` alone does not decide it. */
  decide(locale: "de" | "en"): { choice: "comma" | "point"; certain: boolean } {
    if (this.#comma > 0 && this.#point === 0) return { choice: "comma", certain: true };
    if (this.#point > 0 && this.#comma === 0) return { choice: "point", certain: true };
    return { choice: locale === "de" ? "comma" : "point", certain: false };
  }
}

/**
 * A birthday as `YYYY-MM-DD`, or `--MM-DD` if the year is missing. Empty for blanks and for the
 * zero dates of old databases, null if unreadable. Two digits mean the most recent year ending so;
 * "05/17" is American.
 */
export function birthday(text: string, order: DateOrder | null): string | null {
  const found = calendarDay(text, order);
  // Like the form, accept no year before 1890 and no future day (checked for recent years only).
  if (!found || found.startsWith("--")) return found;
  const year = Number(found.slice(0, 4));
  return year < 1890 || year > 2020 && found > today() ? null : found;
}

/** The same for any day, past or future. */
export function calendarDay(text: string, order: DateOrder | null): string | null {
  const value = text.trim().replace(/^\p{L}{2,10}\.?,\s*(?=\d|\p{L}+\s\d)/u, "");
  if (value === "" || zero.test(value)) return "";
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s].*)?$/.exec(value);
  // "17051980", from which a spreadsheet may have dropped a zero: no month is 19 or 20.
  const bare = /^(\d{1,2})(\d\d)((?:19|20)\d\d)$/.exec(value);
  const day = bare && joined(Number(bare[3]), Number(bare[2]), Number(bare[1]));
  if (day && !/^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(value)) return day;
  if (iso) {
    const written = joined(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return written && (dayHere(value) ?? written);
  }
  const yearless = /^--(\d{2})-?(\d{2})/.exec(value) ?? /^(\d{1,2})\.\s?(\d{1,2})\.$/.exec(value);
  if (yearless) {
    const turned = value.startsWith("-") ? yearless : [null, yearless[2], yearless[1]];
    return joined(0, Number(turned[1]), Number(turned[2]));
  }
  const short = /^(\d{1,2})\/(\d{1,2})$/.exec(value);
  if (short) {
    const [one, two] = [Number(short[1]), Number(short[2])];
    return order === "dmy" || one > 12 ? joined(0, two, one) : joined(0, one, two);
  }
  const loose = /^(\d{4})[./](\d{1,2})[./](\d{1,2})/.exec(value) ??
    /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(value);
  if (loose) return joined(Number(loose[1]), Number(loose[2]), Number(loose[3]));
  const parts = /^(\d{1,2})(?:\s|\s?[./-]\s?)(\d{1,2})(?:\s|\s?[./-]\s?)(\d{4}|\d{2})(?:[,\s].*)?$/
    .exec(value);
  if (parts) {
    const [first, second, year] = [Number(parts[1]), Number(parts[2]), fullYear(parts[3] ?? "")];
    const usual = order === "mdy" ? joined(year, first, second) : joined(year, second, first);
    return usual;
  }
  return spelled(value) ?? serial(value);
}

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * The local day of an instant with a time zone: programs write the beginning of a day in UTC, which
 * is on the evening before. Null for anything else, and for placeholder years.
 */
function dayHere(text: string): string | null {
  const at = instant.test(text) ? Date.parse(text.replace(" ", "T")) : NaN;
  const day = Number.isNaN(at) ? "" : dayOf(new Date(at));
  return /^\d{4}-/.test(day) && day > "1605" ? day : null;
}

/** An unknown date: the days from which databases, programs and spreadsheets count. */
const zero = /^(?:0+[./-]0+[./-]0+|0001-01-01|0?1[./]0?1[./]0001|1899-12-3[01]|3[01]\.12\.1899)/;

/** "1. März 1980", "1-Mar-80", "March 1, 1980". */
function spelled(value: string): string | null {
  const match =
    /^(\d{1,2})(?:\.?[\s/-]{1,3}|\.)(\p{L}+)\.?,?[\s/-]{0,3}(?<!\p{L})(\d{4}|\d{2})(?:\s\d.*)?$/u
      .exec(
        value,
      );
  const other = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(value);
  const [day, name, year] = match
    ? [match[1], match[2], match[3]]
    : [other?.[2], other?.[1], other?.[3]];
  const monthOf = (word = "") => months.findIndex((pattern) => pattern.test(word)) + 1;
  const yearless = /^(\d{1,2})\.\s?(\p{L}{3,10})\.?$/u.exec(value);
  if (yearless && monthOf(yearless[2]) > 0) {
    return joined(0, monthOf(yearless[2]), Number(yearless[1]));
  }
  const month = monthOf(name);
  return month > 0 ? joined(fullYear(year ?? ""), month, Number(day)) : null;
}

/** A day as Excel's number of days since 1900. */
function serial(value: string): string | null {
  if (!/^\d{4,5}$/.test(value) || Number(value) < 3000) return null;
  return Temporal.PlainDate.from("1899-12-30").add({ days: Number(value) }).toString();
}

function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  const thisYear = Number(today().slice(0, 4));
  return thisYear - (thisYear - Number(text)) % 100;
}

function joined(year: number, month: number, day: number): string | null {
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (!longest || day < 1 || day > longest) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (year !== 0 && month === 2 && day === 29 && !leap) return null;
  const end = `${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  // 1604 is how Apple writes "no year".
  if (year === 0 || year === 1604) return `--${end}`;
  return year < 1000 ? null : `${year}-${end}`;
}
