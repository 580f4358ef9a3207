/**
 * Turns header fields of a received mail into values that can be stored: ids, addresses, dates,
 * lines.
 */
import type { AddressObject, EmailAddress } from "mailparser";
import { clean, isValid } from "../email_addresses.ts";
import { onceEncoded } from "../mixed_texts.ts";

export interface MailAddress {
  /** As the sender wrote it: it proves nothing. */
  name: string;
  /** Syntactically checked, the domain in lower case. */
  address: string;
}

/** Most addresses of one field that are kept; with more, nobody is addressed in person. */
const mostAddresses = 200;
/** Most ids of a thread that are followed; the last ones are the nearest. */
const mostReferences = 50;
/** Most octets of a Message-ID; no mail program writes longer ones. */
const longestId = 500;

/** One line without control characters and lone surrogates, cut at `most`. */
export function line(text: string | undefined, most: number): string {
  return (text ?? "").toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    // Characters that change the writing direction make `gpj.exe` look like `exe.jpg`.
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/ {2,}/g, " ").trim().slice(0, most).toWellFormed();
}

/** A text of several lines that PostgreSQL accepts: without NUL, with uniform line breaks. */
export function paragraphs(text: string | undefined, most: number): string {
  return (text ?? "").replace(/\r\n?/g, "\n").replaceAll("\0", "").slice(0, most).toWellFormed();
}

/** Truncates an overlong name before the `@`: mail does come from such addresses. */
const shortened = (address: string) =>
  address.length > 254 || address.indexOf("@") <= 64
    ? ""
    : address.replace(/^([^@]{0,63}[^@.])[^@]+@/, "$1@");

/** The valid addresses of a field, groups resolved, each once; invalid ones are left out. */
export function addresses(field: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const found = new Map<string, MailAddress>();
  const take = (entries: readonly EmailAddress[], depth = 0) => {
    for (const { name, address, group } of entries) {
      if (found.size >= mostAddresses) return;
      if (group && depth < 3) take(group, depth + 1);
      const usable = clean(line(address, 400));
      if (!isValid(usable) && !isValid(shortened(usable))) continue;
      const key = usable.toLowerCase();
      if (!found.has(key)) found.set(key, { name: line(name, 200), address: usable });
    }
  };
  for (const { value } of [field ?? []].flat()) take(value);
  return [...found.values()];
}

/** The Message-IDs in a field, without brackets, in order, each once. */
export function messageIds(field: string | readonly string[] | undefined): string[] {
  const text = [field ?? []].flat().join(" ").slice(0, 100_000);
  const bracketed = [...text.matchAll(/<([^<>\s]+)>/g)].map(([, id]) => id!);
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/);
  const usable = ids.map((id) => line(id, longestId)).filter((id) => id !== "");
  return [...new Set(usable)].slice(-mostReferences);
}

/** Months in the languages of some senders' programs, each with its English name. */
const months: readonly [string, RegExp][] = [
  ["Jan", /^(?:jän(?:ner)?|januar|janv(?:ier)?|ene(?:ro)?|gen(?:naio)?)$/],
  ["Feb", /^(?:februar|févr?(?:ier)?|febbraio|febrero)$/],
  ["Mar", /^(?:mär|märz|mrz|mrt|maart|mars|marzo)$/],
  ["Apr", /^(?:avr(?:il)?|abr(?:il)?|aprile)$/],
  ["May", /^(?:mai|mei|mayo|mag(?:gio)?)$/],
  ["Jun", /^(?:juni|juin|junio|giu(?:gno)?)$/],
  ["Jul", /^(?:juli|juil(?:let)?|julio|lug(?:lio)?)$/],
  ["Aug", /^(?:août|ago(?:sto)?|augustus)$/],
  ["Sep", /^(?:sept(?:embre)?|septiembre|set(?:tembre)?)$/],
  ["Oct", /^(?:okt(?:ober)?|octobre|octubre|ott(?:obre)?)$/],
  ["Nov", /^(?:novembre|noviembre)$/],
  ["Dec", /^(?:dez(?:ember)?|déc(?:embre)?|dic(?:iembre|embre)?)$/],
];

/** Converts "Di, 03 Mai 2026" to what RFC 5322 requires; English stays as it is. */
const inEnglish = (text: string): string =>
  text.replace(
    /^((?:\p{L}{1,10}\.?,? )?)(\d{1,2}\.?) (\p{L}{3,10})\.? (?=\d{4} )/u,
    (whole, _, day: string, month: string) => {
      const [found] = months.find(([, spelled]) => spelled.test(month.toLowerCase())) ?? [];
      return found ? `${day.replace(".", "")} ${found} ` : whole;
    },
  );

/** The instant of a `Date` field, or null if missing or impossible. */
export function instant(raw: string | undefined): Date | null {
  const said = (raw ?? "").slice(0, 200).replace(/\([^()]*\)/g, " ").replace(/\s+/g, " ");
  const text = inEnglish(onceEncoded(said.trim())).replace(/ ?: ?/g, ":")
    .replace(/\b(?:MESZ|CEST)\b/i, "+0200").replace(/\b(?:MEZ|CET)\b/i, "+0100")
    // Years of two digits according to RFC 5322, 4.3.
    .replace(
      /^(\D{0,6}\d{1,2} \w{3} )(\d\d) /,
      (_, day, year) => `${day}${Number(year) < 50 ? 20 : 19}${year} `,
    )
    .trim();
  // Only years of our age: the runtime takes 0001 for 2001.
  const read = (said: string) => /\s0\d{3}\s/.test(said) ? NaN : Date.parse(said);
  // An unknown zone counts as none, according to RFC 5322, 4.3.
  const time = read(text) || read(text.replace(/(\d:\d\d(?::\d\d)?) [\w+-]+$/, "$1 +0000"));
  const [, day, month] = /^\D{0,6}(\d{1,2}) (\w{3}) \d{4}\b/.exec(text) ?? [];
  const longest = /^(?:apr|jun|sep|nov)/i.test(month ?? "")
    ? 30
    : /^feb/i.test(month ?? "")
    ? 29
    : 31;
  if (Number(day ?? 1) > longest) return null;
  const [first, last] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1)];
  return time >= first && time < last ? new Date(time) : null;
}

/** A file's name as safe text to show and offer, never a path. */
export function fileName(name: string | undefined, otherwise: string): string {
  const last = line(name, 10_000).split(/[/\\]/).at(-1)!.replace(/^[.\s]+/, "").replace(
    /(?<![.\s])[.\s]+$/,
    "",
  );
  if (last.length <= 150) return last || otherwise;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(last)?.[0] ?? "";
  return last.slice(0, 150 - ending.length).toWellFormed() + ending;
}
