/**
 * Converts values of custom fields between what people write and what is stored; pure functions.
 */
import { offers } from "./custom_choices.ts";
import type { CustomField } from "./custom_fields.ts";
import { writtenDay } from "./local_times.ts";
import { parseCents } from "./money.ts";

/** The maximum length of each kind of text, in characters. */
export const longest = { text: 500, long_text: 10_000, link: 500 } as const;

/** How to read a text that could mean more than one thing. */
export interface Reading {
  /** A point is the decimal separator, as in machine formats: `1.234` is little more than one. */
  point?: boolean;
}

/**
 * The stored form of what a person or a file wrote; a list if there are several choices. Null if it
 * is not a valid value of the field. For a person it is only the name or address as written.
 */
export function parse(field: CustomField, text: string, reading: Reading = {}): string[] | null {
  // Cleaned in the same way as form input: documents and files cannot contain control characters.
  const written = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]+/gu, " ").trim();
  if (written === "") return [];
  const one = (value: string | null) => value === null ? null : [value];
  switch (field.kind) {
    case "number":
      return one(number(written, reading));
    case "money":
      return one(money(written));
    case "date":
      return one(writtenDay(written));
    case "yes_no":
      return one(yesOrNo(written));
    case "link":
      return one(link(written));
    case "choice":
      return one(choice(field, written));
    case "choices":
      return choices(field, written);
    case "long_text":
      return written.length > longest.long_text ? null : [written];
    case "text":
      return written.length > longest.text ? null : [written.replace(/(?<!\s)\s*\n\s*/g, " ")];
    case "person":
      return [written.slice(0, 300)];
  }
}

/** A number in its stored form, as filters use it; null if it is not one. */
export const numberOf = (text: string): string | null => number(text, {});

/** A stored number written so that it is read unchanged: three decimals alone look like a group. */
export const plainNumber = (value: string): string =>
  /^-?\d{1,3}\.\d{3}$/.test(value) ? `${value}0` : value;

/**
 * `1.234,5`, `1,234.5`, `1234.5` or `-3`, with at most six decimals, as a stored number without
 * groups; null for anything else.
 */
function number(text: string, { point = false }: Reading): string | null {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, "").replace(/^\+/, "");
  const [dots, commas] = [bare.split(".").length - 1, bare.split(",").length - 1];
  const groups = (sign: string) => new RegExp(`^-?\\d{1,3}(\\${sign}\\d{3})+(?=[.,]|$)`).test(bare);
  let plain = bare;
  if (dots > 0 && commas > 0) {
    const decimal = bare.lastIndexOf(",") > bare.lastIndexOf(".") ? "," : ".";
    const group = decimal === "," ? "." : ",";
    if (!groups(group)) return null;
    plain = bare.replaceAll(group, "").replace(decimal, ".");
  } else if (commas > 0) {
    if (commas > 1 && !groups(",")) return null;
    plain = commas > 1 ? bare.replaceAll(",", "") : bare.replace(",", ".");
  } else if (dots > 1 || (dots === 1 && !point && groups("."))) {
    if (!groups(".")) return null;
    plain = bare.replaceAll(".", "");
  }
  const found = /^(-?)0*(\d{1,14})(?:\.(\d{0,6}?)0*)?$/.exec(plain);
  if (!found) return null;
  const value = found[2] + (found[3] ? `.${found[3]}` : "");
  return value === "0" ? "0" : found[1] + value;
}

/** An amount in euros as people write it, in the form `1234.50`. */
function money(text: string): string | null {
  const cents = parseCents(text);
  if (cents === null) return null;
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function yesOrNo(text: string): string | null {
  const word = text.toLowerCase();
  if (["yes", "ja", "j", "y", "true", "wahr", "1", "x"].includes(word)) return "yes";
  if (["no", "nein", "n", "false", "falsch", "0"].includes(word)) return "no";
  return null;
}

/** A web address; the scheme may be left out, and only http and https are accepted. */
function link(text: string): string | null {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (whole.length > longest.link || /\s/.test(whole) || !URL.canParse(whole)) return null;
  const { protocol, hostname, username, password } = new URL(whole);
  const sound = /^https?:$/.test(protocol) && hostname.includes(".") && !username && !password;
  return sound ? whole : null;
}

/** The id of a choice, given its id or its label in either language. */
function choice({ choices }: CustomField, text: string): string | null {
  const word = text.toLowerCase();
  const found = choices.find(({ id, labelDe, labelEn }) =>
    [id, labelDe, labelEn].some((each) => each !== "" && each.toLowerCase() === word)
  );
  return found?.id ?? null;
}

/** Several choices separated by semicolons or lines, or by commas if that fits better. */
function choices(field: CustomField, text: string): string[] | null {
  const read = (parts: string[]) => {
    const ids = parts.map((part) => part.trim()).filter(Boolean).map((part) => choice(field, part));
    return ids.every((id) => id !== null) ? [...new Set(ids as string[])] : null;
  };
  const found = read(text.split(/[;\n]/)) ?? read(text.split(/[,;\n]/));
  return found && ordered(field, found);
}

/** Choices in the order of their field, so that equal choices always have equal values. */
export function ordered(field: CustomField, ids: readonly string[]): string[] {
  if (!offers(field.kind)) return [...ids];
  return field.choices.map(({ id }) => id).filter((id) => ids.includes(id));
}
