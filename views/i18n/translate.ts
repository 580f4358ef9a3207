/** Looks a key up in the catalogue of one language and fills in its parameters. */

import { de, type Messages } from "./de.ts";
import { en } from "./en.ts";

/** The languages the pages speak; German is the source. */
export type Locale = "de" | "en";

/** Every language, the first being the default. */
export const locales: readonly Locale[] = ["de", "en"];

/** A text with `{name}` gaps, or two texts chosen by the parameter `count`. */
export type Message = string | { one: string; other: string };

/** `noun.key`: every key of every catalogue. */
export type MessageKey = {
  [Noun in keyof Messages & string]: `${Noun}.${keyof Messages[Noun] & string}`;
}[keyof Messages & string];

/** Values for the gaps; a number is written as the language writes it. */
export type MessageParams = Record<string, string | number>;

/** The text for a key. A gap without a value stays visible as `{name}`. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

const catalogues: Record<Locale, Record<string, Record<string, Message>>> = { de, en };

/** A text cut at its gaps: words at even places, the gaps' names between them. */
type Cut = readonly string[];

/** A message ready to be filled: pages ask hundreds of times, of most messages never. */
interface Ready {
  one: Cut;
  other: Cut;
  /** The text as it stands, where the number does not choose it. */
  plain: string | null;
}

/** The message of a whole key, as it was written. */
function lookup(locale: Locale, key: string): Message | undefined {
  const dot = key.indexOf(".");
  const [noun, name] = [key.slice(0, dot), key.slice(dot + 1)];
  const texts = Object.hasOwn(catalogues[locale], noun) ? catalogues[locale][noun]! : {};
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function ready(message: Message): Ready {
  const cut = (text: string): Cut => text.split(/\{(\w+)\}/);
  if (typeof message !== "string") {
    return { one: cut(message.one), other: cut(message.other), plain: null };
  }
  const parts = cut(message);
  return { one: parts, other: parts, plain: message };
}

/** The function that speaks one language. An unknown key comes back as itself. */
export const translator = (locale: Locale): Translate => made[locale];

/** Larger numbers as they were last written: the bound of a list's count stands on every page. */
const mostNumerals = 1_000;

function make(locale: Locale): Translate {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const numerals = new Map<number, string>();
  // A number of up to three digits is written alike in both languages, at far less cost.
  const numeral = (value: number): string => {
    if (Number.isInteger(value) && value >= 0 && value < 1_000) return String(value);
    const known = numerals.get(value);
    if (known !== undefined) return known;
    const text = number.format(value);
    if (numerals.size >= mostNumerals) numerals.clear();
    numerals.set(value, text);
    return text;
  };
  const filled = (cut: Cut, params: MessageParams = {}): string => {
    let text = cut[0]!;
    for (let gap = 1; gap < cut.length; gap += 2) {
      const name = cut[gap]!;
      const value = params[name];
      text += typeof value === "number" ? numeral(value) : value ?? `{${name}}`;
      text += cut[gap + 1]!;
    }
    return text;
  };
  const asked = new Map<string, Ready>();
  const find = (key: string): Ready | undefined => {
    const known = asked.get(key);
    if (known) return known;
    const message = lookup(locale, key);
    if (message === undefined) return undefined;
    const made = ready(message);
    asked.set(key, made);
    return made;
  };
  return (key, params) => {
    const message = find(key);
    if (!message) return key;
    const { plain, one, other } = message;
    if (plain !== null) return params ? filled(other, params) : plain;
    return filled(plural.select(Number(params?.count)) === "one" ? one : other, params);
  };
}

/** One for each language: the plural rules and number formats in them are costly to make. */
const made: Record<Locale, Translate> = { de: make("de"), en: make("en") };

/** Keys that were asked for as texts. */
const knownKeys = new Set<string>();

/** Whether a text built at run time is a key, so that it may be passed to `t`. */
export function isMessageKey(text: string): text is MessageKey {
  if (knownKeys.has(text)) return true;
  if (lookup("de", text) === undefined) return false;
  knownKeys.add(text);
  return true;
}

/**
 * The words for an error code of a field or a fault: `required`, `too_long?max=200` (parameters
 * as a query, bounds as numbers) or `contacts.email_taken` (a key of another noun). Unknown codes read "invalid".
 */
export function errorText(t: Translate, code: string): string {
  const [name = "", params = ""] = code.split("?", 2);
  const key = name.includes(".") ? name : `errors.${name}`;
  const values = [...new URLSearchParams(params)].map(([name, value]) =>
    // A bound may come with its unit: "50 MB".
    [name, /^(?:max|min)$/.test(name) && /^-?[\d.]+$/.test(value) ? Number(value) : value] as const
  );
  return t(isMessageKey(key) ? key : "errors.invalid", Object.fromEntries(values));
}

/** The best language for an `Accept-Language` header; German where nothing fits. */
export function preferredLocale(header: string | null | undefined): Locale {
  const wishes = (header ?? "").split(",").map((wish) => {
    const [tag = "", ...rest] = wish.trim().toLowerCase().split(";");
    const q = rest.find((part) => part.trim().startsWith("q="));
    return { tag: tag.slice(0, 2), weight: q ? Number(q.trim().slice(2)) || 0 : 1 };
  });
  wishes.sort((a, b) => b.weight - a.weight);
  const best = wishes.find(({ tag, weight }) => weight > 0 && locales.some((l) => l === tag));
  return best ? best.tag as Locale : "de";
}
