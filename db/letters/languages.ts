/** Detects which of the twelve languages a text is in by its common words. */
import { cs } from "./cs.ts";
import { de } from "./de.ts";
import { el } from "./el.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { hr } from "./hr.ts";
import { it } from "./it.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import type { Rules } from "./rules.ts";
import { sv } from "./sv.ts";

export const languages = { cs, de, el, en, es, fr, hr, it, nl, pl, pt, sv } satisfies Record<
  string,
  Rules
>;

export type Language = keyof typeof languages;

const common = Object.entries(languages).map(([language, { common }]) =>
  [language as Language, new Set(common.split(" "))] as const
);

/** Letters that only one of the languages, or nearly so, uses. */
const signs: Partial<Record<Language, RegExp>> = {
  cs: /[ěřů]/gi,
  de: /ß/gi,
  el: /\p{Script=Greek}/giu,
  es: /[ñ¿¡]/gi,
  fr: /[œêç]/gi,
  hr: /[đć]/gi,
  pl: /[łąęśżź]/gi,
  pt: /[ãõ]/gi,
  sv: /å/gi,
};
/** Count at most two such letters, because words are more reliable. */
const mostSigns = 2;

/**
 * The language of a folded text, or null if no word indicates one; at least `atLeast` such words
 * are needed. Special letters in the original text `as` help with short ones.
 */
export function languageOf(text: string, atLeast = 1, as = ""): Language | null {
  const words = text.match(/\p{L}+/gu) ?? [];
  let best: Language | null = null;
  let most = atLeast - 0.5;
  for (const [language, known] of common) {
    const own = signs[language];
    const letters = own ? Math.min(mostSigns, as.match(own)?.length ?? 0) : 0;
    const hits = words.filter((word) => known.has(word)).length + letters;
    if (hits > most) [best, most] = [language, hits];
  }
  return best;
}
