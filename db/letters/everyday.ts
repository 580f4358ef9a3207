/**
 * Everyday German and English wording of requests that the rules of a clause miss: questions about
 * a source, complaints, and what is not to be erased.
 */
import { authority } from "./authorities.ts";
import { casualWords } from "./casual.ts";
import { plainWords } from "./plain_words.ts";
import { fold, type Right } from "./rules.ts";

/** Claims the right wherever it stands in a folded sentence. */
const claiming: readonly [Right, RegExp][] = [
  [
    "access",
    /\bwer hat (?:ihnen|euch) (?:\w+ ){0,2}meinen? (?:\w+ )?(?:daten|namen|\S*adresse|anschrift|\w*nummer)\b|\bvon wem (?:haben|habt|hatten) (?:sie|ihr) (?:\w+ ){0,2}meinen? (?:\w+ )?(?:daten|namen|\S*adresse|anschrift|\w*nummer)\b|\bwoher kenn(?:en|t) (?:sie|ihr) (?:mich\b|meinen? (?:daten|namen|\S*adresse|anschrift|\w*nummer)\b)|\ban wen (?:haben|habt|geben|gebt) (?:sie|ihr) (?:\w+ ){0,2}meine (?:\w+ )?(?:daten|\S*adresse|anschrift|\w*nummer)\b/,
  ],
  [
    "access",
    /\bwho (?:gave|sold|passed) (?:you|on) my (?:\w+ )?(?:name|data|details|\S*mail|address|phone|number)\b|\bhow did you (?:get|obtain|find|come by) my (?:\w+ )?(?:name|data|details|\S*mail|address|phone|number)\b|\b(?:from whom|who) (?:did|do|have) you (?:get|got|have|obtain\w*|share|shared|give|given|sell|sold) my (?:\w+ )?(?:name|data|details|\S*mail|address|phone|number)\b|\bwhere (?:does|do|did) my (?:\w+ )?(?:name|data|details|\S*mail|address|number) come from\b/,
  ],
  [
    "erasure",
    /\b(?:mochte|will|wunsche),? dass? (?:sie|ihr) mich vergess(?:en|t)\b|\b(?:losch|entfern)(?:en sie|t) (?:bitte )?(?:alle|samtliche) meine (?:\w+ )?angaben\b|^\W*(?:(?:please|kindly|just) )*forget (?:me\W*$|(?:everything|all) .{0,30}\b(?:about|of) me\b)|\b(?:please|kindly|to|must) get rid of (?:all )?(?:of )?my (?:\w+ )?(?:data|details|information)\b|\bmeine? (?:\w+ )?(?:daten|angaben|adresse|konto)\b.{0,20}\b(?:immer noch|noch immer) nicht (?:ge|ent)(?:losch|fern)t\b|\bwarum (?:haben|habt) (?:sie|ihr) meine daten (?:\w+ )?nicht geloscht\b|\bstill (?:have not|haven't) (?:deleted|erased|removed) my (?:\w+ )?(?:data|details|account)\b|\bwhy (?:have|did|haven't|didn't) you (?:still )?(?:not )?(?:deleted?|erased?) my (?:data|details)\b|\bwant (?:all )?(?:of )?my (?:\w+ )?(?:data|details|information) gone\b/,
  ],
  [
    "objection",
    /\b(?:will|mochte|wunsche) (?:ich )?(?:von ihnen )?keine (?:\w+ )?(?:e-?mails?|mails?) mehr\b|\blass(?:en sie|t) mich (?:(?:bitte|endlich) )*in ruhe(?: mit ihr\w* (?:werbung|angebot\w*|\w*mails?|anrufen?)\b|\W*$|[,.!;])|\b(?:don't|do not|never) (?:ever )?want to hear from you\b/,
  ],
  [
    "rectification",
    /\b(?:schreib|fuhr|buchstabier)\w* (?:sie )?(?:\w+ )?meinen (?:\w+ )?(?:vor|nach)?namen (?:\w+ ){0,3}falsch\b/,
  ],
  [
    "access",
    /\bmandant\w*\b.{0,30}\b(?:verlangt|begehrt|fordert|beantragt|bittet um)\b.{0,40}\bauskunft\b.{0,60}(?:\b(?:seine|ihre|zu (?:seiner|ihrer)) (?:\w+ )?(?:daten|person)\b|\bart\.? ?15\b)|\bwas (?:steht|findet sich) .{0,30}\buber mich\b/,
  ],
  [
    "erasure",
    /\bmandant\w*\b.{0,30}\b(?:verlangt|begehrt|fordert|beantragt|bittet um)\b.{0,40}\bloschung (?:aller |samtlicher )?(?:seiner|ihrer) (?:\w+ )?(?:daten|angaben)\b/,
  ],
  [
    "objection",
    /\b(?:newsletter|werbung|werbemails?|rundmails?)\b.{0,30}\bbitte (?:\w+ )?nicht mehr (?:zu)?(?:senden|schicken)\b/,
  ],
];

/** That a complaint was lodged with an authority; a threat is none. */
const lodged = [
  `\\bhabe .{0,60}\\b${authority}\\b.{0,60}\\b(?:beschwert|beschwerde .{0,40}(?:eingereicht|eingelegt|erhoben)|gemeldet|angezeigt)\\b`,
  `\\bhabe .{0,40}\\bbeschwerde .{0,40}\\b${authority}\\b.{0,60}\\b(?:eingereicht|eingelegt|erhoben)\\b`,
  `\\b(?:mich|uns) (?:\\w+ ){0,3}\\b${authority}\\b.{0,40}\\bbeschwert hab`,
  `\\b(?:have|'ve) (?:\\w+ ){0,2}complained to (?:\\w+ )?${authority}\\b`,
  `\\bi(?: have|'ve)? (?:\\w+ ){0,2}(?:complained|reported you|(?:lodged|filed|made|submitted) an? (?:\\w+ )?complaint) .{0,40}\\b${authority}\\b`,
].map((each) => new RegExp(each));
/** A complaint about what we answered. */
const answered =
  /\b(?:lege|erhebe|reiche) (?:\w+ ){0,3}beschwerde gegen (?:ihre|eure) (?:\w+ )?(?:antwort|auskunft|ablehnung|entscheidung)\b|\bbeschwere (?:ich )?mich (?:\w+ )?(?:uber|gegen) (?:ihre|eure) (?:\w+ )?(?:antwort|auskunft|ablehnung)\b|\bcomplain\w* (?:about|against) your (?:\w+ )?(?:answer|reply|response|refusal)\b/;
/** Answers of a business. */
const goods =
  /reklamation|liefer|bestell|rechnung|garantie|angebot|preis|deliver|order|invoice|warranty|quot|offer|price/;
/** The request that such an answer was about claims nothing again. */
const about =
  /\b(antwort|auskunft|ablehnung) auf mein\w* [\p{L}-]+|\b(answer|reply|response|refusal) to my (?:\w+ ){0,3}request\b(?: for my data\b)?/giu;

/** What is not to be erased. */
const spared =
  /\b(?:losch|entfern|vernicht)\w* [^,;]{0,60}\bnicht\b|\bnicht\b[^,;]{0,60}\b(?:ge)?(?:losch|entfern|vernicht)|(?:n't|\b(?:not|never)) [^,;]{0,40}\b(?:delet|eras|remov)/;
const mine = /\b(?:mein\w*|my) (?:\w+ ){0,2}(?:daten|angaben|data|details|information|records?)\b/;
/** Asks for access where somebody says so. */
const shown =
  /\bwas (?:\w+ ){0,3}gespeichert\b|\b(?:schick|send|mochte|will|hatte|brauche)\w* .{0,40}\b(?:ubersicht|auflistung|kopie)\b|\bsondern .{0,20}\bkopie\b|\b(?:mochte|will) (?:ich )?sie (?:\w+ )?(?:sehen|einsehen)\b|\bwhat (?:is|you have|you've) (?:\w+ )?stored\b|(?<!n't |\bnot )\b(?:want|like|need|send me) (?:\w+ ){0,3}(?:copy|overview)\b|\b(?:want|like) to see (?:it|them)\b/;

/** "Delete all that you have of me" asks for no copy of it. */
const whatever =
  /\b(?:alles (?:zu )?(?:losch|entfern|vernicht|tilg)\w*|(?:losch|entfern|vernicht|tilg)\w* (?:\w+ ){0,2}alles)(?: bitte)?,? was\b/;
const told = /auskunft|kopie|\bwissen mocht|\bmocht\w* .{0,20}wissen|mitteil|\bteilen\b|\bnennen\b/;

/** "Please stop that", after a sentence about advertising or calls. */
export const stopsIt = (sentence: string, before: string): boolean =>
  stopping.test(sentence) && annoying.test(before);

const stopping =
  /^\W*(?:bitte )?(?:unterlass|lass|stell|hor)\w* (?:sie |ihr )?(?:(?:das|dies|es|damit) ?)(?:(?:bitte|sofort|umgehend|kunftig|in zukunft|endlich|ab sofort|sein|bleiben|ein|auf) ?)*\W*$|^\W*(?:please )?(?:stop (?:it|this|that|doing (?:so|that|this))|make it stop)(?: (?:now|please|immediately|at once))*\W*$/;
const annoying =
  /\b(?:werb\w*|werbeanruf\w*|newsletter\w*|spam\w*|rundmails?|marketing|cold calls?|sales calls?|promotion\w*|advert\w*)\b/;

/** "Delete them", after a question about the person's data. */
const them =
  /^\W*(?:(?:bitte|und|dann|please|and|then|just) )*(?:losch(?:en sie|t) (?:sie|diese|das|alles)|(?:delete|erase|remove) (?:it|them|that|this|all of it))(?: (?:bitte|sofort|umgehend|now|immediately|please))?\W*$/;

/** Joins "not, that …" to one clause, and leaves out which request an answer was about. */
export function plain(text: string): string {
  const joined = text.replace(/\bpl[sz]\b/giu, "please").replace(/\bwieder(?=spr[eiu])/giu, "wider")
    .replace(
      /\b(nicht(?: [\p{L}]{1,20})?), dass (?=[^,;.]{0,100}(?:lösch|loesch|entfern|vernicht))/giu,
      "$1 dass ",
    );
  return /beschwer|complain/i.test(joined) ? joined.replace(about, "$1$2") : joined;
}

/** What was erased by mistake is wanted back. */
const mistaken =
  /\b(?:deleted|erased|removed) (?:my \w+ )?by (?:mistake|accident)\b|\b(?:accidentally|mistakenly) (?:deleted|erased|removed)\b|\b(?:versehentlich|irrtumlich) geloscht\b/;

/** Whether erasing is what went wrong, not what is wanted. */
export const wasErased = (sentence: string): boolean => mistaken.test(sentence);

/** What a folded sentence claims besides what its clauses do. */
export function everyday(sentence: string): Right[] {
  const found = claiming.flatMap(([right, pattern]) => pattern.test(sentence) ? right : []);
  const complains = lodged.some((each) => each.test(sentence)) ||
    answered.test(sentence) && !goods.test(sentence);
  const all = [...found, ...plainWords(sentence), ...casualWords(sentence)];
  return complains ? [...all, "complaint"] : all;
}

/** Whether access is only the wording of an erasure. */
export const erasesAll = (sentence: string): boolean =>
  whatever.test(sentence) && !told.test(sentence);

/** Whether a sentence says that the person's data are to be kept. */
export function spares(text: string): boolean {
  const sentence = fold(plain(text));
  return mine.test(sentence) && spared.test(sentence);
}

/** Whether a sentence of a letter that spares data asks to see them. */
export const asksToSee = (sentence: string): boolean => shown.test(sentence);

/** Whether a sentence of a letter that asks about data wants them erased. */
export const erasesThem = (sentence: string): boolean => them.test(sentence);
