/**
 * Cleans the e-mails and phones of one record; doubtful ones are kept or dropped with a warning.
 */

import * as emailAddresses from "../email_addresses.ts";
import * as phones from "../phones.ts";
import { cut } from "./cells.ts";
import { phoneKind } from "./kind_words.ts";
import * as numberFormats from "./number_formats.ts";
import { type Problem, problem } from "./problems.ts";
import type { EmailKind, ImportedEmail, ImportedPhone, PhoneKind } from "./records.ts";
import { listed } from "./listed.ts";

/** Where findings about this record are collected, and the row they concern. */
export interface Findings {
  row: number;
  warnings: Problem[];
}

/** "eva(at)beispiel.de", as lists write it against address harvesters. */
const spelledAt = / ?[([{] ?(?:at|ät) ?[)\]}] ?/gi;
const spelledDot = / ?[([{] ?(?:dot|punkt) ?[)\]}] ?/gi;

/** Converts full-width letters of East Asian keyboards: "ｅｖａ＠ｘ.example". */
const narrow = (text: string) =>
  text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** A number beside addresses: "Tel. 030 901820, eva@x.example". */
const besideAddress = /(?:^|[\s,;/:])[+(0][\d\s()/-]{6,}/g;

/** Numbers in a text of addresses that could be dialled, with the words beside them. */
export function besideEmails(text: string, country: string): string[] {
  if (!text.includes("@") || text.length > 500 || text.search(besideAddress) < 0) return [];
  const parts = text.split(/[,;|\n]| [/-] /).map((part) => part.trim());
  return parts.filter((part) =>
    !part.includes("@") && /\d{3}/.test(part) && phones.lookup(withoutLabel(part).raw, country)
  );
}

/**
 * Adds each address in the text; one to which no mail could be sent is left out with a warning, and
 * so is a number beside it, but for as many as are read elsewhere.
 */
export function addEmails(
  list: ImportedEmail[],
  text: string,
  kind: EmailKind,
  column: string,
  findings: Findings,
  numbers = 0,
): void {
  const plain = /<a\s/i.test(text) ? text.replace(/<\/?[a-z][^<>]{0,500}>/gi, " ") : text;
  const said = narrow(plain).replace(/(?<=[\w.-]) ?@ ?(?=[\w-]+\.)/g, "@").replace(spelledAt, "@")
    .replace(spelledDot, ".");
  const parts = emailAddresses.split(said);
  const several = parts.some((part) => part.includes("@"));
  // Words beside an address are mostly its owner's name, but a phone number would be lost.
  if (several && (said.match(besideAddress)?.length ?? 0) > numbers) {
    findings.warnings.push(problem(findings.row, column, cut(text, 200), "email_beside_number"));
  }
  for (const part of parts) {
    const address = emailAddresses.readable(part);
    // Words between and after addresses: "und", "(privat)".
    if (several && !address.includes("@") && address.length < 20) continue;
    if (!emailAddresses.isValid(address)) {
      findings.warnings.push(problem(findings.row, column, address, "email_invalid"));
    } else if (!list.some((known) => known.address.toLowerCase() === address.toLowerCase())) {
      list.push({ address, kind });
    }
  }
}

/** A spreadsheet keeps only the digits of "+49 171 2345678": too many for a national number. */
function hasLostPlus(text: string, country: string): boolean {
  if (text.startsWith("+")) return false;
  const digits = text.replace(/[^\p{L}\p{N}]/gu, "");
  return digits.length >= 11 && /^[1-9]\d+$/.test(digits) && trunkZero.has(country) &&
    digits.startsWith(phones.callingCode(country)) && phones.lookup(`+${text}`, country) !== null;
}

/** WhatsApp's numbers, and those longer than any at home, begin with a country's code. */
function isAbroad(text: string, country: string, column: string): boolean {
  if (!/^[1-9]\d{9,14}$/.test(text) || phones.lookup(`+${text}`, country) === null) return false;
  if (/whats ?app|^wa[ _-]?(?:id|nr|number)?$/i.test(column)) return true;
  return text.length >= 12 && trunkZero.has(country) &&
    phones.lookup(text, country)?.type !== "mobile";
}

/** Countries whose national numbers begin with a zero, which spreadsheets tend to drop. */
export const trunkZero = new Set(["DE", "AT", "CH"]);

/** "(484) 491-4638 x417": grouped as only Americans do. */
const american =
  /^(?:1[-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;

/** Adds each number in the text; one that cannot be dialled stays as written, with a warning. */
export function addPhones(
  list: ImportedPhone[],
  text: string,
  kind: PhoneKind | null,
  country: string,
  column: string,
  findings: Findings,
): void {
  const said = numberFormats.spelledOut(text.replace(/^'/, ""));
  if (said === null) {
    findings.warnings.push(problem(findings.row, column, text, "phone_rounded"));
    list.push({ number: text, raw: text, kind: kind ?? "work", valid: false });
    return;
  }
  for (const part of severalPhones(said, country)) {
    const { raw, label } = labelled(part, country);
    const plus = hasLostPlus(raw, country) || isAbroad(raw, country, column) ? `+${raw}` : raw;
    const found = (american.test(plus) ? phones.lookup(plus, "US") : null) ??
      phones.lookup(plus, country);
    const number = found?.number ?? cut(raw, 100);
    if (list.some((known) => known.number === number)) continue;
    if (!found) findings.warnings.push(problem(findings.row, column, raw, "phone_invalid"));
    // "Keine" and "siehe Firma" are no numbers.
    if (!found && !/\p{N}/u.test(raw)) continue;
    if (found && !found.number.startsWith("+1") && trunkZero.has(country) && /^[1-9]/.test(plus)) {
      findings.warnings.push(problem(findings.row, column, raw, "phone_zero_assumed"));
    }
    const guessed = phoneKind(label) ?? kind ?? (found?.type === "mobile" ? "mobile" : "work");
    list.push({ number, raw, kind: guessed, valid: found !== null });
  }
}

/** A number without a word or a second number in its cell. */
const plain = /^\+?\d[\d ()-]*$/;

/** Letters before a number: "T: 089 123456 M: 0172 1234567". */
const letters: Readonly<Record<string, string>> = {
  m: "mobil",
  h: "handy",
  f: "fax",
  p: "privat",
  g: "geschäftlich",
  d: "dienstlich",
};
/** Words beside a number that name neither its kind nor its owner. */
const nobodys =
  /^(?:(?:nur|meist|erst) )?(?:t|tel|telefon|fon|phone|rufnummer|festnetz|ab|tagsüber|morgens|mittags|abends|vormittags|nachmittags|werktags|neu)$/i;

/** Splits number and label, if the number is valid without the label. */
function labelled(part: string, country: string): { raw: string; label: string } {
  if (plain.test(part)) return { raw: part, label: "" };
  const parted = withoutLabel(part);
  return phones.lookup(parted.raw, country) ? parted : { raw: part, label: "" };
}

/** "Tel.: 030 12345" and "030 12345 (privat)" as number and label; other text is not split. */
function withoutLabel(text: string): { raw: string; label: string } {
  const whole = { raw: text, label: "" };
  const match = /^(\p{L}[\p{L}.\- ]{0,20}?)[.:]+ ?(?=[+(\d])(.*)$/u.exec(text) ??
    /^(\p{L}{2,12}) (?=[+(\d])(.*)$/u.exec(text);
  const [label, rest] = match ? [match[1]!, match[2]!] : ["", text];
  const behind = /^([+(\d][^\p{L}]*\d) ?\(([\p{L}][\p{L}. -]{0,30})\)$/u.exec(rest);
  const said = [label, behind?.[2] ?? ""].filter(Boolean).map((word) =>
    letters[word.toLowerCase()] ?? word
  );
  // A word that names no kind may say whose number it is, so it must not be lost.
  if (!said.every((word) => phoneKind(word) || nobodys.test(word))) {
    return whole;
  }
  if (behind) return { raw: behind[1]!, label: said.join(" ") };
  return match ? { raw: rest, label: said[0]! } : whole;
}

/** "030 5551234-0 od. -12" and "040 12345-67/68" as whole numbers; null for anything else. */
function severalExtensions(text: string): string[] | null {
  // "0345 12345 / 12346": two numbers in one town.
  const [, town, one, two] =
    /^(\(?0\d{2,5}\)?[ /-]{1,3})(\d{5,8})(?: \/ |, ?)(\d{5,8})$/.exec(text) ?? [];
  if (town && one!.length === two!.length) return [town + one, town + two];
  const [first = "", ...others] = text.split(
    / ?(?:[,/&]|\b(?:oder|od\.|und|u\.|bzw\.)) ?(?=-? ?\d{1,5}$|- ?\d{1,5}\D)/,
  );
  const [, base, own] = /^(.{5,40}\d ?- ?)(\d{1,5})$/.exec(first) ?? [];
  if (!base || !own || others.length === 0 || others.length > 5) return null;
  const fits = (other: string) =>
    /^- ?\d{1,5}$/.test(other) || /^\d+$/.test(other) && other.length === own.length;
  return others.every(fits)
    ? [first, ...others.map((other) => base + other.replace(/\D/g, ""))]
    : null;
}

/** A cell may hold several numbers; a slash or comma inside one number does not separate it. */
function severalPhones(said: string, country: string): string[] {
  if (plain.test(said)) return [said];
  // As our own exports write an extension: "+49301234567;ext=12".
  const text = said.replace(/;ext=(?=\d)/gi, " ext. ");
  if (/^\[.*\]$/s.test(text)) return listed(text).map((each) => each.text);
  if (text.length > 500) return [text];
  const extensions = severalExtensions(text);
  if (extensions?.every((each) => phones.lookup(withoutLabel(each).raw, country))) {
    return extensions;
  }
  // "Tel. 030/123456 Fax 030/123457": each number has its label in front.
  const labelled = text.split(
    /[ ,](?=(?:tel|telefon|fax|telefax|mobil|handy|[tmhfpgd][.:])(?!\p{L}))/iu,
  );
  if (
    labelled.length > 1 &&
    labelled.every((part) => phones.lookup(withoutLabel(part.trim()).raw, country))
  ) {
    return labelled.map((part) => part.trim());
  }
  const parts = text.split(/(?:(?<!\s)\s+)?(?::::|[;\n|])\s*/).filter((part) =>
    /[\p{L}\p{N}]/u.test(part)
  );
  // A slash may be between two numbers or inside one: "+49 (0)30 / 12345 oder 0171 2345678".
  const ways = [
    /(?:(?<!\s)\s+)?,\s*|(?<!\s)\s+(?:oder|od\.|bzw\.|or|und|u\.)\s+/,
    /(?:(?<!\s)\s+)?,\s*|(?<!\s)\s+(?:\/|oder|od\.|bzw\.|or|und|u\.)\s+/,
  ];
  const isGood = (half: string) =>
    phones.lookup(withoutLabel(half).raw, country) !== null ||
    phones.lookup(half.replace(/ ?\([\p{L} .-]{1,30}\)$/u, ""), country) !== null;
  return parts.flatMap((part) => {
    // "089 5551234/35" are two numbers that differ in their last digits.
    const [, whole, last] = /^(.{0,30}\D\d{5,10}) ?\/ ?(\d{1,2})$/.exec(part) ?? [];
    if (whole && last && isGood(whole)) return [whole, whole.slice(0, -last.length) + last];
    for (const way of ways) {
      const halves = part.split(way).filter(Boolean);
      if (halves.length > 1 && halves.every(isGood)) return halves;
    }
    return [part];
  });
}
