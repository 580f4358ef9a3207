/**
 * CSV for machines (UTF-8, comma, CRLF), and in the form that a German Excel opens by double click.
 */
import { type Column, inGerman, type Kind, type Value } from "./columns.ts";
import { plainNumber } from "../custom_texts.ts";
import { writeInstant } from "../instants.ts";
import { germanDay, germanMoment } from "./moments.ts";

/** How a table is written. */
export interface Preset {
  separator: "," | ";";
  heading: "en" | "de";
  /** Comes before the first row. */
  mark: "" | "\ufeff";
  text: (value: Exclude<Value, null | undefined>, kind: Kind) => string;
}

export const machine: Preset = {
  separator: ",",
  heading: "en",
  mark: "",
  text: (value, kind) =>
    value instanceof Date
      ? writeInstant(value)
      : kind === "number"
      ? plainNumber(String(value))
      : String(value),
};

/** Semicolon, byte order mark, decimal comma, TT.MM.JJJJ, German headings and words. */
export const german: Preset = {
  separator: ";",
  heading: "de",
  mark: "\ufeff",
  text: (value, kind) => {
    if (value instanceof Date) return germanMoment(value);
    if (typeof value === "number") return String(value).replace(".", ",");
    if (kind === "day") return germanDay(value);
    return kind === "word" ? inGerman(value) : value;
  },
};

/** The form that a reader of this language opens by double click. */
export const presetOf = (locale: "de" | "en"): Preset => locale === "de" ? german : machine;

/**
 * What a spreadsheet would take for a formula, including full-width characters as used in East
 * Asia. Apostrophes in front of one are guarded likewise.
 */
export const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A plain negative number, which a spreadsheet does not run. It would drop leading zeros, so not
 * those.
 */
const negative = /^-(?:0|[1-9]\d*)(?:[.,]\d+)?$/;

/**
 * A cell, quoted if necessary. A value that a spreadsheet would run as a formula is prefixed with
 * an apostrophe, which our import removes again (`+49 30 …` becomes `'+49 30 …`).
 */
export function cell(value: string, separator: Preset["separator"] = ","): string {
  if (value === "") return "";
  const guarded = formula.test(value) && !negative.test(value) ? `'${value}` : value;
  const quoted = /["\r\n]|^\s|\s$/.test(guarded) || guarded.includes(separator);
  return quoted ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** A row of cells with its line break. */
export function row(cells: readonly string[], separator: Preset["separator"] = ","): string {
  return `${cells.map((each) => cell(each, separator)).join(separator)}\r\n`;
}

/** The heading row, and a function that writes a record's row. */
export function table<R>(
  columns: readonly Column<R>[],
  { separator, heading, mark, text }: Preset,
): { head: string; row: (record: R) => string } {
  return {
    head: mark + row(columns.map((column) => column[heading]), separator),
    row: (record) =>
      row(
        columns.map(({ read, kind }) => {
          const value = read(record);
          return value === null || value === undefined ? "" : text(value, kind);
        }),
        separator,
      ),
  };
}
