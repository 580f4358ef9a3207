/**
 * Which rights a letter claims, by legal and everyday wording in twelve languages: proposals, each
 * with the sentence it was found in, on which a person decides.
 */
import { passedOn } from "./letters/authorities.ts";
import { isBusiness, movesOwn, notMeant, withoutBusiness } from "./letters/business.ts";
import { aboutOwn, asksSource, erasesIt, leavesIt } from "./letters/casual.ts";
import * as decisions from "./letters/decisions.ts";
import * as everyday from "./letters/everyday.ts";
import { type Language, languageOf, languages } from "./letters/languages.ts";
import { reminded } from "./letters/reminders.ts";
import { awaitsAnswer, leavesList } from "./letters/plain_words.ts";
import { articlesIn, fold, law, namedIn, type Right, rights, type Rules } from "./letters/rules.ts";
import { cite, clausesOf, type Sentence, sentencesOf } from "./letters/sentences.ts";
import { onlyLeaves } from "./letters/terse.ts";
import { ownWords } from "./received_mails/replies.ts";

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

/**
 * Number of common words that make a language certain; for one or two lines all languages are
 * tried.
 */
const surely = 3;
/** Letters up to this many characters need not contain whole sentences. */
const brief = 300;
const all = Object.keys(languages) as Language[];

const starts = new Map<Rules, RegExp>();

/** The language of a letter and what it claims; never throws. Ignores quotations and signatures. */
export function recognise(letter: string): Recognised {
  const sentences = sentencesOf(ownWords(letter));
  const written = sentences.map(({ text }) => text).join(" ");
  const whole = fold(written);
  const known = languageOf(whole, surely, written);
  const language = known ?? languageOf(whole, 1, written) ?? "de";
  const lawful = law.test(whole);
  const folded = sentences.map(({ text }) => fold(text));
  const found = new Map<Right, string>();
  let authority = false;
  for (const [at, sentence] of sentences.entries()) {
    const own = languageOf(folded[at]!, 3);
    const meaning = meaningOf(sentence);
    if (meaning === null) continue;
    for (const each of known ? new Set([own ?? language, language]) : all) {
      for (const right of claims(sentence, meaning, languages[each], lawful)) {
        if (!found.has(right)) found.set(right, cite(sentence.text));
        authority ||= right === "complaint" && articlesIn(folded[at]!).includes(right);
      }
    }
  }
  const heard = sentences[passedOn(folded, whole)];
  if (heard) {
    authority = true;
    found.set("complaint", cite(heard.text));
  }
  // A letter in an unknown language still names the law and its articles.
  const foreign = languageOf(whole, Math.max(2, written.split(/\s+/).length * 0.25)) === null;
  if (foreign && lawful && found.size === 0) {
    for (const [at, { text }] of sentences.entries()) {
      if (isBusiness(folded[at]!) || explains(folded[at]!)) continue;
      for (const right of namedIn(withoutBusiness(folded[at]!))) {
        if (!found.has(right)) found.set(right, cite(text));
      }
    }
  }
  const add = (right: Right, is: (sentence: string) => boolean) => {
    const sentence = found.has(right) ? undefined : sentences.find((_, at) => is(folded[at]!));
    if (sentence) found.set(right, cite(sentence.text));
  };
  if (sentences.some(({ text }) => everyday.spares(text))) add("access", everyday.asksToSee);
  // Right behind the question only: disclaimers ask to delete a mail as well.
  const behind = sentences.find((_, at) =>
    at > 0 && (everyday.erasesThem(folded[at]!) || erasesIt(folded[at]!)) &&
    (cite(sentences[at - 1]!.text) === found.get("access") ||
      everyday.spares(sentences[at - 1]!.text) || aboutOwn(folded[at - 1]!))
  );
  if (behind && !found.has("erasure")) found.set("erasure", cite(behind.text));
  const source = sentences.find((_, at) =>
    asksSource(folded[at]!, folded.slice(Math.max(0, at - 2), at).join(" "))
  );
  if (source && !found.has("access")) found.set("access", cite(source.text));
  const leaves = sentences.find((_, at) => at > 0 && leavesIt(folded[at]!, folded[at - 1]!));
  const stops = sentences.find((_, at) => at > 0 && everyday.stopsIt(folded[at]!, folded[at - 1]!));
  if (stops && !found.has("objection")) found.set("objection", cite(stops.text));
  if (leaves) {
    if (found.get("erasure") === cite(leaves.text)) found.delete("erasure");
    if (!found.has("objection")) found.set("objection", cite(leaves.text));
  }
  const lodged = found.size === 0 &&
    sentences.find(({ text }) => lodges(text, languages[language]));
  if (lodged) found.set("complaint", cite(lodged.text));
  for (const [at, { text }] of found.size === 0 && lawful ? sentences.entries() : []) {
    if (languages[language].aside.test(folded[at]!)) continue;
    for (const right of reminded(text)) if (!found.has(right)) found.set(right, cite(text));
  }
  const left = found.size === 0 && written.length <= brief && leavingIn(sentences);
  if (left) found.set("objection", cite(left.text));
  // A complaint to an authority only reports the rights that were claimed elsewhere.
  const claimed = authority ? (["complaint"] as const) : rights.filter((each) => found.has(each));
  return { language, items: claimed.map((right) => ({ right, sentence: found.get(right)! })) };
}

/** The sentence that only says "stop", if there are only greetings and names besides it. */
function leavingIn(sentences: Sentence[]): Sentence | undefined {
  const left = sentences.find(({ text }) => onlyLeaves(fold(text)));
  const others = sentences.filter((each) => each !== left);
  return others.every(({ text }) => text.split(/\s+/).length <= 4) ? left : undefined;
}

/** Whether a sentence only explains rights, in whatever language. */
const explains = (sentence: string): boolean =>
  all.some((each) => languages[each].aside.test(sentence));

/** A mere threat: "otherwise I shall complain". */
const later =
  /\b(?:werde|wuerde|andernfalls|sonst|will|shall|otherwise|autrement|sinon|deposerai|altrimenti|presentero|otro modo|contrario|presentare|anders|zal|jinak|podam|inace|podnijet cu|caso contrario|apresentarei|inaczej|zloze|annars|kommer)\b|διαφορετικα|αλλιως|\bθα\b/u;

/** Whether a sentence is a complaint under Article 77, however it is worded. */
function lodges(text: string, rules: Rules): boolean {
  const sentence = fold(text);
  return articlesIn(sentence).includes("complaint") && rules.named.complaint.test(sentence) &&
    !rules.aside.test(sentence) && !rules.when.test(sentence) && !rules.not.test(sentence) &&
    !later.test(sentence);
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
