/** Converts an OpenDocument cell to the text to import, as the same cell in Excel would give it. */

import { plain } from "./number_formats.ts";
import { clock } from "./serials.ts";
import type { Fault } from "./tables.ts";

type Attributes = Readonly<Record<string, string>>;

/** What the cell shows, taken from its value instead of its text if both agree. */
export function shown(attributes: Attributes, text: string): string {
  const value = attributes["office:value"];
  switch (attributes["office:value-type"]) {
    case "float":
      return value === undefined ? text : number(value, text);
    case "currency":
      return value === undefined ? text : plain(value);
    case "percentage":
      return value === undefined ? text : percentage(value, text);
    case "date":
      return date(attributes["office:date-value"] ?? text, text);
    case "time":
      return time(attributes["office:time-value"] ?? text, text);
    case "boolean":
      return attributes["office:boolean-value"] ?? text;
  }
  return attributes["office:string-value"] || text;
}

const errors = /^(?:Err:\d{3}|#(?:N\/A|NV|DIV\/0!|REF!|BEZUG!|NAME\?|VALUE!|WERT!|NUM!|ZAHL!))$/;

/** What is wrong with the cell; null if it holds a value, or nothing at all. */
export function faultOf(attributes: Attributes, text: string): Omit<Fault, "column"> | null {
  if (attributes["calcext:value-type"] === "error") return { code: "cell_error", error: text };
  if (attributes["table:formula"] === undefined) return null;
  if (errors.test(text)) return { code: "cell_error", error: text };
  const empty = text === "" && attributes["office:value-type"] === undefined;
  return empty ? { code: "formula_without_value", error: "" } : null;
}

/**
 * The number, or its text if the format adds digits or characters to it: "01067" for 1067, "+49
 * 301234567" for 301234567. Separators, decimals and currency signs do not count as such.
 */
function number(value: string, text: string): string {
  const digits = plain(value.trim());
  const seen = text.trim();
  if (!/^\d+$/.test(digits) || !seen.replace(/\D/g, "").endsWith(digits)) return digits;
  if (/^[.,]\d|\d[.,][\d-]|\dE[+-]?\d|\n/i.test(seen)) return digits;
  return seen.replace(/[\s\p{Sc}'’]/gu, "") === digits ? digits : seen;
}

/** With as many decimals as the cell shows. */
function percentage(value: string, text: string): string {
  const hundred = Number(value) * 100;
  if (value.trim() === "" || !Number.isFinite(hundred)) return value;
  if (!text.includes("%")) return `${plain(String(hundred))}%`;
  const decimals = /[.,](\d{1,20})\s?%/.exec(text)?.[1]?.length ?? 0;
  const exact = hundred.toFixed(decimals);
  // "1.234 %" may be more than a thousand percent.
  const same = exact.replace(/\D/g, "") === text.replace(/\D/g, "");
  return `${same ? exact : hundred.toFixed(0)}%`;
}

const moment = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:[.,](\d)\d*)?)?Z?$/;
/** Day 0 of a spreadsheet means "no date". */
const none = "1899-12-30";

function date(value: string, text: string): string {
  const [, written, hours = "00:00", tenth = "0"] = moment.exec(value) ?? [];
  if (!written) return value;
  const up = tenth >= "5" ? rounded(`${written}T${hours}`) : null;
  const [day, clockTime] = up ?? [written, hours.replace(/^(\d\d:\d\d):00$/, "$1")];
  const timed = text === "" ? clockTime !== "00:00" : /\d:\d/.test(text);
  if (day === none) return timed && clockTime !== "00:00" ? clockTime! : "";
  return timed ? `${day} ${clockTime}` : day!;
}

/** Rounded up by a second, because computed times miss the full second by a hair. */
function rounded(stamp: string): [string, string] | null {
  try {
    const later = Temporal.PlainDateTime.from(stamp).add({ seconds: 1 });
    const seconds = later.hour * 3600 + later.minute * 60 + later.second;
    return [later.toPlainDate().toString(), clock(seconds)];
  } catch {
    return null;
  }
}

const duration =
  /^(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,20})?)S)?)?$/;

/** `PT14H30M00S`; more than a day only if the cell shows elapsed hours (`27:30`). */
function time(value: string, text: string): string {
  const [whole, minus, days = 0, hours = 0, minutes = 0, seconds = "0"] = duration.exec(value) ??
    [];
  if (whole === undefined) return value;
  const sum = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 +
    Math.round(Number(seconds.replace(",", ".")));
  const elapsed = text === "" || text.trim().startsWith(String(Math.floor(sum / 3600)));
  return `${minus}${clock(elapsed ? sum : sum % 86_400)}`;
}
