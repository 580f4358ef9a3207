/** Splits a letter into sentences and clauses, as far as recognising its claims requires. */
import { tick, withoutEmpty } from "./boxes.ts";
import { fold } from "./rules.ts";

export interface Sentence {
  text: string;
  /** The sentence that introduces the list in which this one stands. */
  lead: string | null;
  /** Whether it is ticked in a form. */
  ticked?: boolean;
}

/** Most characters that are read, and most of a sentence that are quoted. */
const longest = 60_000;
const longestCited = 500;
const mostSentences = 600;

const item = /^\s*(?:[-*•–·☒]|\d{1,2}[.)]|[a-z]\))\s+/;

/** Abbreviations before a full stop that ends no sentence; a number may be an ordinal. */
const abbreviation =
  /(?:^|[\s('’])(?:art|abs|gem|geb|insb|ziff|ff|nr|lit|bzw|bspw|ggf|vgl|ca|evtl|inkl|sog|u|o|z|d|b|h|a|p|e|g|i|s|čl|odst|písm|ust|pkt|no|núm|str|dr|prof|hr|fr|mr|mrs|ms|st|par|stk|av|αρ|παρ|\d{1,3})\.$/i;

/** Words cut short, which end a sentence only before a capital letter. */
const shortened =
  /(?:^|[\s(])(?:allg|ausschl|bes|betr|bez|bezgl|bzgl|dt|ehem|einschl|entspr|insb|insbes|jew|mtl|pers|persönl|sämtl|schriftl|spez|tel|umgeh|urspr|versch|zzgl|zzt|acct|addr|dept|incl|mob|pref|resp|tél|concern|rens)\.$/i;

/** The sentences of a letter, without the placeholder marks of a form. */
export function sentencesOf(letter: string): Sentence[] {
  const written = letter.slice(0, longest).toWellFormed().replaceAll("\0", "").normalize("NFC")
    .replace(/\r\n?/g, "\n");
  const text = withoutEmpty(written).replace(/<\/?[a-z]{1,12}>/g, "")
    .replace(/\]?[ \t]?\[\w{1,30}>\s*/g, " ").replace(/^\]|\](?=\s)/gm, " ");
  const small = isSmall(text);
  const found: Sentence[] = [];
  let lead: string | null = null;
  for (const paragraph of text.split(/\n\s*\n/)) {
    for (const line of unwrap(paragraph)) {
      const ticked = line.startsWith(tick);
      const listed = item.test(line);
      if (!listed) lead = null;
      const inList = listed ? lead : null;
      for (const sentence of split(line.replace(item, ""), small)) {
        const each = { text: sentence, lead: inList, ...(ticked ? { ticked } : {}) };
        if (found.push(each) >= mostSentences) return found;
      }
      // Cut, because it is read again with each list entry, of which there may be hundreds.
      if (line.endsWith(":")) lead = found.at(-1)?.text.slice(-longestCited) ?? null;
    }
  }
  return found;
}

/** Joins lines that were broken only because of their width. */
function unwrap(paragraph: string): string[] {
  const lines: string[] = [];
  let broken = false;
  for (const raw of paragraph.split("\n")) {
    const line = raw.trim();
    if (line === "") continue;
    const goesOn = broken || /^\p{Ll}/u.test(line) && !lines.at(-1)?.endsWith(":");
    if (goesOn && lines.length > 0 && !item.test(line)) lines[lines.length - 1] += ` ${line}`;
    else lines.push(line);
    broken = line.length > 50 && !line.endsWith(":");
  }
  return lines;
}

/** Whether all sentences, the first one too, begin with small letters, as hasty people type. */
function isSmall(text: string): boolean {
  const [first = ""] = /\p{L}/u.exec(text) ?? [];
  const starts = text.match(/\p{L}{3}[.!?]\s+\p{L}/gu) ?? [];
  return [first, ...starts].every((each) => /\p{Ll}$/u.test(each));
}

function split(line: string, small: boolean): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const end of line.matchAll(/(?<![.!?;…])[.!?;…]+["”“»)]*(?:\s+|$)/g)) {
    const to = end.index + end[0].length;
    const sentence = line.slice(from, to).trim();
    const next = line.slice(to, to + 1);
    const goesOn = /\p{Ll}/u.test(next) && (!small || shortened.test(sentence)) ||
      abbreviation.test(sentence);
    if (next !== "" && goesOn) continue;
    sentences.push(sentence);
    from = to;
  }
  sentences.push(line.slice(from).trim());
  return sentences.filter((sentence) => sentence !== "");
}

/** A sentence as it is quoted. */
export const cite = (sentence: string): string =>
  sentence.length <= longestCited ? sentence : `${sentence.slice(0, longestCited - 1)}…`;

/**
 * The folded clauses of a sentence, split at punctuation and before words that begin another wish.
 */
export const clausesOf = (sentence: string, beginsAnother: RegExp): string[] =>
  fold(sentence).split(/[,;:()–—]\s(?!\d)|\s-\s/)
    .flatMap((clause) => clause.split(beginsAnother))
    .filter((clause) => /\p{L}/u.test(clause));
