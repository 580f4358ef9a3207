/**
 * Which rights a letter claims, by legal and everyday wording in twelve languages: proposals, each
 * with the sentence it was found in, on which a person decides.
 */
import { passedOn } from "./letters/authorities.ts";
import { isBusiness, movesOwn, notMeant, withoutBusiness } from "./letters/business.ts";
import * as contexts from "./letters/contexts.ts";
import * as decisions from "./letters/decisions.ts";
import * as everyday from "./letters/everyday.ts";
import { type Language, languageOf, languages } from "./letters/languages.ts";
import { awaitsAnswer, leavesList } from "./letters/plain_words.ts";
import { type Found, type Reading, readingOf } from "./letters/readings.ts";
import { articlesIn, fold, type Right, rights, type Rules } from "./letters/rules.ts";
import { cite, clausesOf, type Sentence } from "./letters/sentences.ts";

export type { Language, Right };

export interface Claim {
  right: Right;
  /** The sentence of the letter that says so, quoted. */
  sentence: string;
}

export interface Recognised {
  language: Language;
  /** Each right once, in the order of the law; empty if nothing is claimed. */
  items: Claim[];
}

/** Withdrawal here concerns consent; orders and offers are withdrawn under other laws. */
const consent =
  /einwillig|zustimm|einverstand|consen|souhlas|συγκαταθ|συναιν|toestem|privol|pristan|suglasn|zgod[aey]?\b|samtyck/u;

const all = Object.keys(languages) as Language[];

const starts = new Map<Rules, RegExp>();

/** The language of a letter and what it claims; never throws. Ignores quotations and signatures. */
export function recognise(letter: string): Recognised {
  const reading = readingOf(letter);
  const found: Found = new Map();
  const lodged = addClaims(reading, found);
  const heard = reading.sentences[passedOn(reading.folded, reading.whole)];
  if (heard) found.set("complaint", cite(heard.text));
  if (found.size === 0) contexts.addNamed(reading, found);
  contexts.addFollowing(reading, found);
  if (found.size === 0) contexts.addLodged(reading, found);
  if (found.size === 0) contexts.addReminded(reading, found);
  if (found.size === 0) contexts.addLeaving(reading, found);
  // A complaint to an authority only reports the rights that were claimed elsewhere.
  const complaint = lodged || heard !== undefined;
  const claimed = complaint ? (["complaint"] as const) : rights.filter((each) => found.has(each));
  const items = claimed.map((right) => ({ right, sentence: found.get(right)! }));
  return { language: reading.language, items };
}

/** What each sentence claims by itself. Whether it is a complaint to an authority. */
function addClaims({ sentences, folded, known, language, lawful }: Reading, found: Found): boolean {
  let lodged = false;
  for (const [at, sentence] of sentences.entries()) {
    const own = languageOf(folded[at]!, 3);
    const meaning = meaningOf(sentence);
    if (meaning === null) continue;
    for (const each of known ? new Set([own ?? language, language]) : all) {
      for (const right of claims(sentence, meaning, languages[each], lawful)) {
        if (!found.has(right)) found.set(right, cite(sentence.text));
        lodged ||= right === "complaint" && articlesIn(folded[at]!).includes(right);
      }
    }
  }
  return lodged;
}

/** What is read of a sentence once, whatever its language. */
interface Meaning {
  /** Folded. */
  plain: string;
  /** The same without business. */
  sentence: string;
  /** What it claims in everyday words. */
  casually: () => readonly Right[];
}

/** Null if a sentence is about business only. */
function meaningOf({ text }: Sentence): Meaning | null {
  const plain = fold(everyday.plain(text));
  if (isBusiness(plain)) return null;
  const sentence = withoutBusiness(plain);
  let found: readonly Right[] | undefined;
  return { plain, sentence, casually: () => found ??= everyday.everyday(sentence) };
}

function claims(
  given: Sentence,
  { plain, sentence, casually }: Meaning,
  rules: Rules,
  lawful: boolean,
): Set<Right> {
  const { lead } = given;
  if (rules.aside.test(sentence)) return new Set();
  const found = new Set(rules.when.test(sentence) ? [] : casually());
  const context = lead === null ? sentence : `${fold(lead)} ${sentence}`;
  const ticked = given.ticked === true && (lawful || rules.data.test(context));
  const asked = ticked || rules.ask.test(context) || isHeading(given.text);
  const meant = ticked || rules.data.test(context) ||
    lawful && (articlesIn(sentence).length > 0 || (rules.everything?.test(sentence) ?? false));
  const polite = rules.polite.test(sentence);
  const unkept = meant && (rules.keep?.test(sentence) ?? false);
  if (unkept) found.add("erasure");
  const clauses = clausesOf(sentence, startOf(rules));
  const supposes = clauses.some((clause) => rules.when.test(clause));
  for (const whole of clauses) {
    const clause = rules.instead ? whole.replace(rules.instead, " ") : whole;
    if (rules.when.test(clause) && !polite) {
      // "If I have consented, I withdraw that" is written without a comma in some languages.
      if (rules.said.withdrawal?.test(clause) && consent.test(context)) found.add("withdrawal");
      if (rules.said.access?.test(clause)) found.add("access");
      continue;
    }
    if (asked && meant && rules.stop.test(clause)) {
      const checked = rules.until?.test(context);
      found.add(checked ? "restriction" : "objection");
      if (checked) continue;
    }
    if (rules.not.test(clause)) continue;
    const before = found.size;
    for (const right of meant ? rights : []) {
      const said = rules.said[right]?.test(clause) ?? false;
      if (!said && !(asked && right !== "decision" && rules.named[right].test(clause))) continue;
      if (right === "withdrawal" && !consent.test(context)) continue;
      if (right === "complaint" && supposes) continue;
      found.add(right);
    }
    if (!asked || !meant) continue;
    for (const right of articlesIn(clause)) found.add(right);
    if (found.size === before && !unkept && rules.held.test(clause)) found.add("access");
  }
  if (decisions.refuses(sentence) || asked && decisions.names(sentence)) {
    found.add("decision");
    // "I object to being decided on by a machine" is this right, not that of Art. 21.
    if (!articlesIn(sentence).includes("objection") && !decisions.alsoObjects(sentence)) {
      found.delete("objection");
    }
  }
  if (everyday.wasErased(sentence)) found.delete("erasure");
  if (everyday.erasesAll(sentence)) found.delete("access");
  if (found.has("restriction") && awaitsAnswer(sentence)) found.delete("objection");
  if (found.has("objection") && leavesList(sentence)) found.delete("erasure");
  for (const right of notMeant(plain)) found.delete(right);
  const foreign = rules !== languages.de && rules !== languages.en;
  if (!foreign && !movesOwn(plain)) found.delete("portability");
  return found;
}

/**
 * "Erasure under Article 17 GDPR", "Löschung meiner Daten, DSGVO": a heading requests what it
 * names.
 */
const isHeading = (text: string): boolean =>
  text.length <= 100 && !/[.!?:;,]$/.test(text) &&
  (articlesIn(fold(text)).length > 0 || own.test(fold(text)) && named.test(text) ||
    noun.test(fold(text)) && (own.test(fold(text)) || person.test(fold(text))));

const own =
  /\b(?:mein\w{0,2}|my|mes|mon|ma|mie[ie]?|mi[oas]|mijn|mych|moich|meus|minhas?|min[at]?|mojih)\b/;
/** An entry of a list that begins with what is wanted. */
const noun =
  /^(?:auskunft uber|kopie|loschung|berichtigung|einschrankung|ubertragung|access to|copy of|erasure of|deletion of|rectification of|restriction of|acces a|copie de|effacement de|suppression de|accesso a|cancellazione de|rettifica de|acceso a|supresion de|rectificacion de|inzage in|verwijdering van)\b/;
const person =
  /\b(?:zu meiner person|uber mich|mich betreffend\w*|about me|a mon sujet|me concernant|su di me|sobre mi|over mij)\b/;
const named = /\b(?:ds-?gvo|gdpr|rgpd|rodo|avg)\b/i;

/** Where a conjunction begins another request, or its refusal. */
function startOf(rules: Rules): RegExp {
  let start = starts.get(rules);
  if (!start) {
    const { joints, ask, not, said } = rules;
    // Bounded, as it is tried behind each conjunction: else "and and and" takes the square of its
    // length.
    const begins = [ask, not, said.objection, said.withdrawal, said.erasure].flatMap((each) =>
      each?.source.replaceAll("^\\W*", "").replaceAll(" )*", " ){0,3}") ?? []
    );
    start = new RegExp(`\\s(?:${joints})\\s(?=(?:\\S+\\s){0,2}(?:${begins.join("|")}))`, "u");
    starts.set(rules, start);
  }
  return start;
}
