/** Derives a person's or company's status, and a person's objections, from words. */
import type { Channel } from "../objections.ts";
import type { Purpose } from "../origins.ts";
import { type Cells, every, first } from "./cells.ts";
import { isRefused, isReliable, refusedIn } from "./refusals.ts";

export type Status = "lead" | "prospect" | "customer" | "partner" | "supplier" | "former";

const statuses: Record<Status, RegExp> = {
  lead: /^(?:lead|neuer lead)$/,
  prospect: /^(?:prospect|interessent(?:in)?|interessiert(?:er?)?|opportunity|qualified)$/,
  customer: /^(?:customer|kunde|kundin|kundschaft|client|bestandskund(?:e|in))$/,
  partner: /^(?:partner(?:in|schaft)?|reseller)$/,
  supplier: /^(?:supplier|lieferant(?:in)?|liefer(?:firma|betrieb)|zuliefer(?:er|in|ung)|vendor)$/,
  former: /^(?:former|ehemalig(?:er?)?|ehemaliger kunde|ex-?kund(?:e|in)|churned)$/,
};

/**
 * The status that a cell names in our words or those of other systems; empty for any other word.
 */
export function statusOf(text: string): Status | "" {
  if (text === "") return "";
  const word = text.toLowerCase();
  const found = Object.entries(statuses).find(([, pattern]) => pattern.test(word));
  return (found?.[0] ?? "") as Status | "";
}

/** The status of people whose data serve this purpose, if the file does not say. */
export function usualStatus(purpose: Purpose): Status {
  if (purpose === "customer_care") return "customer";
  return purpose === "supply" ? "supplier" : "lead";
}

/** Du or Sie; empty if the cell says neither. */
export function addressFormOf(text: string): "formal" | "informal" | "" {
  if (/^(?:formal|sie)$/i.test(text)) return "formal";
  return /^(?:informal|du|ja|yes|true|x)$/i.test(text) ? "informal" : "";
}

const channels: Record<Channel, RegExp> = {
  all: /\b(?:all|alle(?: wege)?)\b/i,
  email: /\b(?:e-?)?mail\b/i,
  phone: /\b(?:phone|telefon)\b/i,
  post: /\bpost\b/i,
  sms: /\bsms\b/i,
};
const yes =
  /^(?:1|y|yes|j|ja|oui|s[iíì]|tak|[aá]no|sim|true|wahr|x|opt-?out|opted out|unsubscribed|abgemeldet|do not allow|nicht zulassen|[1-9]\d{8,}|\d{4}-.*|\d\d?\.\d\d?\..*)$/i;

/** Anything else in a column of lists is the name of one that was left. */
const no = /^(?:0|n|no|nein|false|falsch|none|keine?)$/i;

/** "Allow Emails?", "E-Mails zulassen": here a no is the objection. */
const allows = /^\W*allow|^(?!.*\bkeine?\b).*(?<!nicht )zulassen\W*$/i;
const refused = /^(?:0|n|no|nein|false|falsch|do not allow|nicht zulassen)$/i;

/** The marketing channels named in a list, in our words. */
export function channelsOf(list: string): Channel[] {
  return Object.entries(channels).filter(([, pattern]) => pattern.test(list))
    .map(([channel]) => channel as Channel);
}

/** "Unsubscribed", "inaktiv (abgemeldet)"; "nicht abgemeldet" is no objection. */
function goneByStatus(status: string): Channel | null {
  if (/\b(?:nicht|not|never|nie|keine?|no) (?:abgemeldet|unsub|opt|ausge)/i.test(status)) {
    return null;
  }
  if (/\bdo not contact\b/i.test(status)) return "all";
  // The words of rapidmail and MailerLite for those who left or complained.
  if (/^(?:deleted|gelöscht|abuse|complained|complaint|junk|spam)$/i.test(status)) return "email";
  return /\b(?:unsubscribed|abgemeldet|abbestellt|ausgetragen|opt(?:ed)?[ -]?out|do not e-?mail|unerwünscht|abused|(?:black|block)listed|(?:marked as|reported) spam|spam[ -](?:beschwerde|complaint))(?!\p{L})/iu
      .test(status)
    ? "email"
    : null;
}

/** Whether the answer in a column about objections or permissions is an objection. */
function objects(text: string, heading: string): boolean {
  if (never.test(text)) return false;
  if (allows.test(heading)) return refused.test(text);
  return yes.test(text) || /\blists?\b/i.test(heading) && !no.test(text);
}

/** Dates that databases write for none. */
const never = /^(?:0000-|1970-01-01(?:\D|$))/;

/** The columns with yes or no. */
const answered = (["all", "email", "phone", "post", "sms"] as const)
  .map((channel) => [channel, `objection.${channel}`] as const);

/** The marketing channels to which the row objects: from a list, or from columns with yes or no. */
export function objectionsOf(cells: Cells): Channel[] {
  const lists = every(cells, "objections");
  const found = new Set(lists.length > 0 ? channelsOf(lists.map(({ text }) => text).join()) : []);
  for (const [channel, target] of answered) {
    for (const { text, column } of every(cells, target)) {
      const said = isReliable(column) ? objects(text, column.name) : isRefused(text, column);
      if (said) found.add(channel);
      for (const refusal of refusedIn(text)) found.add(refusal);
    }
  }
  for (const { text } of every(cells, "notes", "tags")) {
    for (const channel of refusedIn(text)) found.add(channel);
  }
  // EspoCRM stores the objection with the address.
  const boxes = every(cells, "email", "email.work", "email.other");
  if (boxes.some(({ text }) => /^\[.*"(?:optOut|opt_out)": ?true\b/s.test(text))) {
    found.add("email");
  }
  // A register deletes companies, a list of recipients those who left it.
  const registered = cells.has("company.registerNumber") || cells.has("company.registerCourt");
  const status = registered ? "" : first(cells, "status");
  const gone = status === "" ? null : goneByStatus(status);
  if (gone) found.add(gone);
  return found.size > 0 ? [...found].sort() : [];
}
