/** Dates, numbers, money and telephone numbers, written as the reader's language writes them. */

import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Locale } from "./i18n/translate.ts";

/** An instant, or text: `2026-05-06` is a calendar day, anything longer an ISO instant. */
export type Moment = Date | string;

/** The writing habits of one language, place and moment. */
export interface Format {
  /** `06.05.2026`; a calendar day is never moved by the time zone. */
  date: (moment: Moment) => string;
  /** `06.05.2026, 14:30` */
  dateTime: (moment: Moment) => string;
  /** `14:30` */
  time: (moment: Moment) => string;
  /** The calendar day as machines write it, `2026-05-06`. */
  day: (moment: Moment) => string;
  /** `Mi., 06.05.`; of other years than this one with the year. */
  weekday: (moment: Moment) => string;
  /** `Mai 2026` */
  month: (moment: Moment) => string;
  /** `1.234,5` */
  number: (value: number) => string;
  /** `19 %`; in English `19%`. */
  percent: (value: number) => string;
  /** `1.234,50 €` from cents. */
  money: (cents: number | bigint, currency?: string) => string;
  /** `1.234 €`: the axis of a chart; elsewhere amounts are told to the cent. */
  moneyInShort: (cents: number | bigint, currency?: string) => string;
  /** `1.234,50`, as a form takes it. */
  amount: (cents: number) => string;
  /** `030 1234567` from E.164; numbers of other countries with their prefix; other text as is. */
  phone: (e164: string) => string;
  /** `vor 3 Tagen`, `in 2 Stunden`, `gestern` */
  relative: (moment: Moment) => string;
  /** `12,3 MB` */
  bytes: (value: number) => string;
  /** `30 Tage` from an ISO 8601 duration such as `P30D`. */
  duration: (iso: string) => string;
}

/** Where the reader is: decides clock time and which numbers are national. */
export interface Place {
  /** @default "Europe/Berlin" */
  timeZone?: string;
  /** @default "DE" */
  country?: string;
}

const isDay = (moment: Moment): moment is string =>
  typeof moment === "string" && /^\d{4}-\d{2}-\d{2}$/.test(moment);

/** Whether a text is a day of the calendar: what people write may only look like one. */
export function isCalendarDay(text: string): boolean {
  if (!isDay(text)) return false;
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const clock = { hour: "2-digit", minute: "2-digit" } as const;

/** English pages write European English: day before month, 24 hours. */
const tags: Record<Locale, string> = { de: "de-DE", en: "en-GB" };

/** From the longest unit to the shortest, in seconds. */
const units = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

const sizes = ["B", "kB", "MB", "GB"];

const instant = (moment: Moment): number =>
  typeof moment === "string" ? Date.parse(moment) : moment.getTime();

/** Intl objects are costly to make and free to share: one of each kind is kept. */
const kept = new Map<string, unknown>();
function once<T>(kind: string, make: () => T): T {
  const known = kept.get(kind) as T | undefined;
  if (known) return known;
  const made = make();
  kept.set(kind, made);
  return made;
}

/** A text as it was written before: many stand on page after page. A full shelf is emptied. */
function again<Key>(shelf: Map<Key, string>, key: Key, make: () => string): string {
  const known = shelf.get(key);
  if (known !== undefined) return known;
  const text = make();
  if (shelf.size >= mostTexts) shelf.clear();
  shelf.set(key, text);
  return text;
}

/** Texts on one shelf. */
const mostTexts = 5_000;

/** What is said of a moment, by the parts of it that are written. */
const momentParts = {
  "date": day,
  "dateTime": { ...day, ...clock },
  "time": clock,
  "month": { month: "long", year: "numeric" },
  "weekday": { weekday: "short", day: "2-digit", month: "2-digit" },
  "weekday year": { weekday: "short", ...day },
} as const;
type MomentKind = keyof typeof momentParts;

const momentFormat = (tag: string, timeZone: string, kind: MomentKind) =>
  once(
    `${kind} ${tag} ${timeZone}`,
    () => new Intl.DateTimeFormat(tag, { ...momentParts[kind], timeZone }),
  );

const numberFormat = (tag: string, digits = 3) =>
  once(
    `number ${tag} ${digits}`,
    () => new Intl.NumberFormat(tag, { maximumFractionDigits: digits }),
  );

const moneyFormat = (tag: string, currency: string, inShort: boolean) =>
  once(
    `money ${tag} ${currency} ${inShort}`,
    () =>
      new Intl.NumberFormat(tag, {
        style: "currency",
        currency,
        trailingZeroDisplay: inShort ? "stripIfInteger" : "auto",
      }),
  );

/** Exact however large: the number is never one for computers. */
function moneyText(tag: string, cents: number | bigint, currency: string, inShort = false): string {
  const texts = once(
    `moneys ${tag} ${currency} ${inShort}`,
    () => new Map<number | bigint, string>(),
  );
  return again(texts, cents, () => {
    const money = moneyFormat(tag, currency, inShort);
    const digits = once(
      `digits ${currency}`,
      () => money.resolvedOptions().maximumFractionDigits ?? 2,
    );
    return money.format(decimal(cents, digits) as Intl.StringNumericLiteral);
  });
}

function decimal(cents: number | bigint, digits: number): string {
  const whole = BigInt(cents);
  const text = String(whole < 0n ? -whole : whole).padStart(digits + 1, "0");
  const point = text.length - digits;
  return `${whole < 0n ? "-" : ""}${text.slice(0, point)}.${text.slice(point)}`;
}

const amountFormat = (tag: string) =>
  once(`amount ${tag}`, () => new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }));

const relativeFormat = (tag: string, numeric: "auto" | "always") =>
  once(`relative ${tag} ${numeric}`, () => new Intl.RelativeTimeFormat(tag, { numeric }));

const durationFormat = (tag: string) =>
  once(`duration ${tag}`, () => new Intl.DurationFormat(tag, { style: "long" }));

/**
 * Moments of the same minute read alike, and where no clock is written those of the same quarter of an
 * hour: days begin at one. Making the text again is the most expensive part of a row.
 */
type Moments = Map<number, string>;
const minute = 60_000;
/** Before 1970 some places had times of their own. */
const quarter = (at: number) => at < 0 ? minute : 15 * minute;

const alike = (known: Moments, at: number, span: number, make: () => string): string =>
  again(known, Math.floor(at / span), make);

const isoDayText = (timeZone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** A number as it is shown in a country: reading it takes longer than the rest of its row. */
function phoneText(e164: string, country: string): string {
  const phone = e164.startsWith("+") ? parsePhoneNumberFromString(e164) : undefined;
  if (!phone) return e164;
  return phone.country === country ? phone.formatNational() : phone.formatInternational();
}

/** The formats for one request; `now` is what `relative` counts from. */
export function formatter(locale: Locale, now: Date, place: Place = {}): Format {
  const { timeZone = "Europe/Berlin", country = "DE" } = place;
  const tag = tags[locale];
  const known: Partial<Record<MomentKind | "day" | `UTC ${MomentKind}`, Moments>> = {};
  const shelf = (kind: keyof typeof known) =>
    known[kind] ??= once(`moments ${kind} ${tag} ${timeZone}`, (): Moments => new Map());
  const written = (moment: Moment, kind: MomentKind) => {
    const at = instant(moment);
    const zone = isDay(moment) ? "UTC" : timeZone;
    const texts = shelf(zone === "UTC" ? `UTC ${kind}` : kind);
    const span = "hour" in momentParts[kind] ? minute : quarter(at);
    return alike(texts, at, span, () => momentFormat(tag, zone, kind).format(at));
  };
  let phones: Map<string, string> | undefined;
  const isoDay = (moment: Moment) => {
    if (isDay(moment)) return moment;
    const at = instant(moment);
    return alike(shelf("day"), at, quarter(at), () => isoDayText(timeZone, at));
  };
  return {
    date: (moment) => written(moment, "date"),
    dateTime: (moment) => written(moment, isDay(moment) ? "date" : "dateTime"),
    time: (moment) => written(moment, "time"),
    day: isoDay,
    weekday: (moment) => {
      const year = isoDay(moment).slice(0, 4) === isoDay(now).slice(0, 4) ? "" : " year";
      return written(moment, `weekday${year}`);
    },
    month: (moment) => written(moment, "month"),
    number: (value) => numberFormat(tag).format(value),
    percent: (value) => numberFormat(tag).format(value) + (tag === tags.de ? " %" : "%"),
    money: (cents, currency = "EUR") => moneyText(tag, cents, currency),
    moneyInShort: (cents, currency = "EUR") => moneyText(tag, cents, currency, true),
    amount: (cents) => amountFormat(tag).format(decimal(cents, 2) as Intl.StringNumericLiteral),
    phone: (e164) => {
      phones ??= once(`phones ${country}`, () => new Map<string, string>());
      return again(phones, e164, () => phoneText(e164, country));
    },
    relative: (moment) =>
      relative(
        tag,
        (instant(moment) - now.getTime()) / 1000,
        () => (Date.parse(isoDay(moment)) - Date.parse(isoDay(now))) / 86_400_000,
      ),
    bytes: (value) => {
      const power = Math.min(3, Math.floor(Math.log(Math.max(value, 1)) / Math.log(1000)));
      return `${numberFormat(tag, 1).format(value / 1000 ** power)} ${sizes[power]}`;
    },
    duration: (iso) => durationFormat(tag).format(Temporal.Duration.from(iso)),
  };
}

/** Distances as they were last said: a page says the same few, a calendar's years are endless. */
const distances = new Map<string, string>();

/** Days go by the calendar: yesterday's morning is "yesterday" however many hours ago it was. */
function relative(tag: string, seconds: number, days: () => number): string {
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 0];
  const count = unit === "day" ? days() : length ? Math.round(seconds / length) : 0;
  // Five weeks ago need not be "last month", nor fourteen months "last year".
  const numeric = unit === "day" || unit === "second" ? "auto" : "always";
  return again(
    distances,
    `${tag} ${count} ${unit}`,
    () => relativeFormat(tag, numeric).format(count, unit),
  );
}
