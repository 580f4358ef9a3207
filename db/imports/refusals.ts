/** Recognises objections to advertising expressed in words, in the cells of any column. */

import type { Channel } from "../objections.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";

/** Answers that refuse news or withdraw an earlier yes. */
const refusal =
  /^(?:abbestellt|abgemeldet|abgelehnt|ausgetragen|gesperrt|untersagt|verboten|widerrufen|widersprochen|widerspruch|nicht (?:erlaubt|erw[üu]e?nscht|gew[üu]e?nscht|gestattet|mehr)|unsubscribed|opted?[ -]?out|revoked|withdrawn|refused|declined|denied|block(?:ed|listed)|blacklisted)(?![\p{L}\d])/iu;
const no = /^(?:0|n|no|nein|false|falsch)$/i;

/** "Keine E-Mails", "bitte nicht anrufen!": a cell that says nothing else. */
const phrases: readonly [Channel, RegExp][] = [
  ["all", /^keine? (?:werbung|werbekontakte?|kontaktaufnahme)$|^werbe(?:sperre|widerspruch)$/],
  ["email", /^keine? (?:werbe-?|werbung per )?(?:e-?mails?|newsletter|mailings?)$/],
  ["phone", /^keine? (?:werbe-?)?(?:anrufe?|telefonate|telefonwerbung)$|^nicht (?:mehr )?anrufen$/],
  ["post", /^keine? (?:werbe-?)?(?:post|briefe|postwerbung|kataloge?)$/],
  ["sms", /^keine? sms$/],
];

/** The channels that a cell refuses in its own words. */
export function refusedIn(text: string): Channel[] {
  if (text.length > 60) return [];
  const plain = text.toLowerCase().replace(/^bitte /, "").replace(/(?<![!.\s])[!.\s]+$/, "");
  return phrases.filter(([, pattern]) => pattern.test(plain)).map(([channel]) => channel);
}

/** Whether a heading asks for consent to advertising: "Newsletter", "Einwilligung Telefon". */
const offers =
  /newsletter|mailing|werb(?:e|ung)|einwillig|opt[ _-]?in|consent|marketing|permission|zustimmung|kontaktaufnahme|subscri|abonn|^e-?mail[ _-]?status$/i;
/**
 * Here a plain no is an objection, and not just a missing yes: "Werbung per Post", "Marketing
 * erlaubt".
 */
const permits =
  /^werbung(?:$|[ _-]+(?:per|via|durch|e-?mail|telefon|post|brief|sms)\b)|^(?:e-?mail|telefon|post|brief|sms)-?werbung\b|\b(?:erlaubt|gestattet|zugelassen|zul[äa]ssig|zulassen|gew[üu]nscht|allowed|permitted)\b/i;
/** "Newsletter nicht gewünscht", "Marketing not allowed": here a yes is the objection. */
const forbids =
  /\b(?:nicht|not) (?:mehr )?(?:erlaubt|gestattet|zugelassen|zul[äa]ssig|zulassen|(?:er|ge)w[üu]nscht|allowed|permitted|wanted)\b|\b(?:unerw[üu]nscht|unzul[äa]ssig|untersagt|verboten|forbidden)\b/i;

/**
 * The channel refused by somebody who refuses what this heading offers; null if it offers nothing.
 */
function channelOf(heading: string): Channel | null {
  if (!offers.test(heading)) return null;
  if (/telefon|anruf|phone|call/i.test(heading)) return "phone";
  if (/brief|post(?!fach)|print|katalog/i.test(heading)) return "post";
  if (/sms/i.test(heading)) return "sms";
  return /mail|newsletter|opt[ _-]?in|subscri|abonn/i.test(heading) ? "email" : "all";
}

/**
 * "Von Verteilern abgemeldet", "Kein Newsletter", "Mailsperre": headings for which a yes is an
 * objection.
 */
const bars =
  /abgemeldet|abbestellt|\babmelden\b|(?:block|black)[_ -]?list(?:ed)?(?![a-z])|unsubscribe|opt(?:ed)?[ _-]?out|\bdo(?: not|n['’]t) (?:call|phone|e-?mail|mail|send|contact|sms|text)|\bkeine?\b.{0,30}(?:mail|newsletter|werb|anruf|post\b|brief|sms|kontakt)|\bno (?:e-?mails?|mailings?|newsletters?|marketing|calls|ads)\b|(?:mail|mailing|werbe|newsletter|anruf|telefon|brief|post|kontakt)-?(?:sperre|sperrvermerk|stopp|verbot|widerspruch)/i;
/** "Nicht abgemeldet", and headings about who answered for whom. */
const unbarred =
  /\bnicht\b|\bnot\b(?! (?:call|phone|e-?mail|mail|send|contact|sms|text))|grund|reason|count|anzahl/i;
/** "Keine E-Mail-Adresse", "No phone number": there is no address to write to. */
const lacks =
  /^(?!.*(?:werb|marketing|newsletter)).*\b(?:keine?|no)\b.{0,30}(?:adresse|address|nummer|number|vorhanden|bekannt|hinterlegt|known|available)/i;
/** Yes, no, a day, or nothing. */
const answer =
  /^(?:|[01jnxy✓✗-]|(?:nicht )?zulassen|(?:do not )?allow|ja|nein|yes|no|true|false|wahr|falsch|\d{4}-\d\d-\d\d.{0,20}|\d\d?\.\d\d?\.\d{2,4}.{0,20})$/i;

/** The channel a heading bars if its cell says yes; null for any other heading. */
function barredBy(heading: string): Channel | null {
  if (heading.length > 80) return null;
  if (forbids.test(heading)) return channelOf(heading);
  if (!bars.test(heading) || unbarred.test(heading)) return null;
  if (lacks.test(heading)) return null;
  if (/telefon|anruf|phone|\bcalls?\b/i.test(heading)) return "phone";
  if (/sms|\btext\b/i.test(heading)) return "sms";
  if (/brief|\bpost|postal/i.test(heading)) return "post";
  return /mail|newsletter|verteiler|list|abgemeldet|abbestellt|subscribe/i.test(heading) &&
      !/mailings?\b/i.test(heading)
    ? "email"
    : "all";
}

/** Below this the heading itself says nothing about objections, and only words in cells count. */
const reliable = 0.75;

/** Whether a yes under the heading is an objection. */
const denies = (heading: string): boolean => forbids.test(heading) || bars.test(heading);

/** Whether a cell in a column of objections expresses an objection in words. */
export const isRefused = (text: string, { name }: PlanColumn): boolean =>
  channelOf(name) !== null &&
  (refusal.test(text) || permits.test(name) && !denies(name) && no.test(text));

/** Whether yes and no in the column say if the person objects. */
export const isReliable = ({ confidence }: PlanColumn): boolean => confidence > reliable;

/** Finds otherwise useless columns in whose cells somebody objects to advertising. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  plan.forEach((column, at) => {
    if (column.target !== "ignore" || column.secret) return;
    const { cells } = columns[at]!;
    const barred = barredBy(column.name);
    if (barred && cells.every((cell) => answer.test(cell))) {
      Object.assign(column, { target: `objection.${barred}`, confidence: 0.8, group: "" });
      return;
    }
    const refuses = cells.some((cell) => isRefused(cell, column));
    const channel = refuses ? channelOf(column.name) : cells.some(saysSo) ? "all" : null;
    if (!channel) return;
    column.target = `objection.${channel}`;
    column.confidence = reliable - 0.05;
    column.group = "";
  });
}

const saysSo = (cell: string): boolean => refusedIn(cell).length > 0;
