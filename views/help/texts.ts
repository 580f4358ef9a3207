/** The help as it is read: words of the pages filled in from the catalogues, and its search. */
import { helpTexts as german } from "../i18n/de/help_texts.ts";
import { helpTexts as english } from "../i18n/en/help_texts.ts";
import { isMessageKey, type Locale, type Translate } from "../i18n/translate.ts";
import { type HelpText, type Topic, topics } from "./topics.ts";

const texts: Record<Locale, Record<Topic, HelpText>> = { de: german, en: english };

/** The text of a topic. */
export const textOf = (locale: Locale, topic: Topic): HelpText => texts[locale][topic];

/** A run of a sentence: plain, a word of the pages with or without the way there, or what is typed. */
export type Run =
  | { kind: "plain"; text: string }
  | { kind: "word"; text: string; href: string | null }
  | { kind: "code"; text: string };

const marks = /\[([a-z_]+\.[a-zA-Z_]+)\](?:\((\/[^)]*)\))?|`([^`]+)`/g;

/** The runs of a sentence. Throws TypeError for a word that is in no catalogue. */
export function runsOf(t: Translate, sentence: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const mark of sentence.matchAll(marks)) {
    const [whole, key, href, code] = mark;
    if (mark.index > at) runs.push({ kind: "plain", text: sentence.slice(at, mark.index) });
    at = mark.index + whole.length;
    if (code !== undefined) runs.push({ kind: "code", text: code });
    else if (isMessageKey(key!)) {
      // What a page fills in, such as a number, is left open here.
      runs.push({ kind: "word", text: t(key).replace(/\{\w+\}/g, "…"), href: href ?? null });
    } else throw new TypeError(`no page says ${key}`);
  }
  if (at < sentence.length) runs.push({ kind: "plain", text: sentence.slice(at) });
  return runs;
}

const plain = (text: string) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");

/** All that a topic says, to be searched. */
function wordsOf(t: Translate, locale: Locale, topic: Topic): string {
  const { lead, parts } = textOf(locale, topic);
  const sentences = parts.flatMap(({ title, text = "", steps = [] }) => [title, text, ...steps]);
  const all = [t(`help.topic_${topic}`), t(`help.words_${topic}`), lead, ...sentences];
  return all.map((each) => runsOf(t, each).map(({ text }) => text).join("")).join(" ");
}

/** The topics that hold every word that is asked for; all for no question. */
export function find(t: Translate, locale: Locale, q: string): Topic[] {
  const words = plain(q).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...topics];
  return topics.filter((topic) => {
    const said = plain(wordsOf(t, locale, topic));
    return words.every((word) => said.includes(word));
  });
}
