/** A letter as its rules read it: in sentences, folded once, with the language they are in. */
import { ownWords } from "../received_mails/replies.ts";
import { type Language, languageOf } from "./languages.ts";
import { fold, law, type Right } from "./rules.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";

export interface Reading {
  sentences: Sentence[];
  /** The text of each sentence, folded. */
  folded: string[];
  /** All sentences, as written. */
  written: string;
  /** All sentences, folded. */
  whole: string;
  /** Null if too few words tell it. */
  known: Language | null;
  /** The likeliest one: German if no word tells it. */
  language: Language;
  /** Whether the letter names data protection law. */
  lawful: boolean;
}

/** For each right that was found, the first sentence that claims it, quoted. */
export type Found = Map<Right, string>;

/**
 * Number of common words that make a language certain; for one or two lines all languages are
 * tried.
 */
const surely = 3;

/** Reads the writer's own words, without quotations and signatures. */
export function readingOf(letter: string): Reading {
  const sentences = sentencesOf(ownWords(letter));
  const written = sentences.map(({ text }) => text).join(" ");
  const whole = fold(written);
  const known = languageOf(whole, surely, written);
  return {
    sentences,
    folded: sentences.map(({ text }) => fold(text)),
    written,
    whole,
    known,
    language: known ?? languageOf(whole, 1, written) ?? "de",
    lawful: law.test(whole),
  };
}
