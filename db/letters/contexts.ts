/**
 * What a letter claims not by a sentence alone: by the one before, or because nothing else in it
 * claims anything.
 */
import { isBusiness, withoutBusiness } from "./business.ts";
import { aboutOwn, asksSource, erasesIt, leavesIt } from "./casual.ts";
import * as decisions from "./decisions.ts";
import * as everyday from "./everyday.ts";
import { languageOf, languages } from "./languages.ts";
import type { Found, Reading } from "./readings.ts";
import { reminded } from "./reminders.ts";
import { articlesIn, fold, namedIn, type Right, type Rules } from "./rules.ts";
import { cite, type Sentence } from "./sentences.ts";
import { onlyLeaves } from "./terse.ts";

/** Letters up to this many characters need not contain whole sentences. */
const brief = 300;

function add(found: Found, right: Right, sentence: Sentence | undefined): void {
  if (sentence && !found.has(right)) found.set(right, cite(sentence.text));
}

/** A letter in an unknown language still names the law and its articles. */
export function addNamed(
  { sentences, folded, written, whole, lawful }: Reading,
  found: Found,
): void {
  const foreign = languageOf(whole, Math.max(2, written.split(/\s+/).length * 0.25)) === null;
  if (!foreign || !lawful) return;
  for (const [at, sentence] of sentences.entries()) {
    if (isBusiness(folded[at]!) || explains(folded[at]!)) continue;
    for (const right of namedIn(withoutBusiness(folded[at]!))) add(found, right, sentence);
  }
}

/** Whether a sentence only explains rights, in whatever language. */
const explains = (sentence: string): boolean =>
  Object.values(languages).some(({ aside }) => aside.test(sentence));

/** "Please delete it", "from whom?", "stop that": right behind what tells them what is meant. */
export function addFollowing({ sentences, folded }: Reading, found: Found): void {
  const following = (is: (sentence: string, before: string) => boolean) =>
    sentences.find((_, at) => at > 0 && is(folded[at]!, folded[at - 1]!));
  if (sentences.some(({ text }) => everyday.spares(text))) {
    add(found, "access", sentences.find((_, at) => everyday.asksToSee(folded[at]!)));
  }
  // Right behind the question only: disclaimers ask to delete a mail as well.
  const erases = sentences.find((_, at) => {
    const before = sentences[at - 1];
    return before && (everyday.erasesThem(folded[at]!) || erasesIt(folded[at]!)) &&
      (cite(before.text) === found.get("access") || everyday.spares(before.text) ||
        aboutOwn(folded[at - 1]!));
  });
  add(found, "erasure", erases);
  const asking = (at: number) =>
    asksSource(folded[at]!, folded.slice(Math.max(0, at - 2), at).join(" "));
  add(found, "access", sentences.find((_, at) => asking(at)));
  const leaves = following(leavesIt);
  add(found, "objection", following(everyday.stopsIt));
  // Whoever leaves a list wants no mail any more, and keeps the rest.
  if (leaves && found.get("erasure") === cite(leaves.text)) found.delete("erasure");
  add(found, "objection", leaves);
  add(found, "decision", following(decisions.looksAgain));
}

/** A complaint that names no right. */
export function addLodged({ sentences, language }: Reading, found: Found): void {
  add(found, "complaint", sentences.find(({ text }) => lodges(text, languages[language])));
}

/** A reminder of what an earlier letter claimed. */
export function addReminded(
  { sentences, folded, language, lawful }: Reading,
  found: Found,
): void {
  for (const [at, sentence] of lawful ? sentences.entries() : []) {
    if (languages[language].aside.test(folded[at]!)) continue;
    for (const right of reminded(sentence.text)) add(found, right, sentence);
  }
}

/** A short letter that only says "stop", with nothing besides it but greetings and names. */
export function addLeaving({ sentences, folded, written }: Reading, found: Found): void {
  if (written.length > brief) return;
  const left = sentences.find((_, at) => onlyLeaves(folded[at]!));
  const others = sentences.filter((each) => each !== left);
  if (others.every(({ text }) => text.split(/\s+/).length <= 4)) add(found, "objection", left);
}

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
