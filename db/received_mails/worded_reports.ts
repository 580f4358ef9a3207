/**
 * Reads reports of failed delivery that are plain text only: Exim, qmail and others from before RFC
 * 3464.
 */
import { isValid } from "../email_addresses.ts";
import { type Fields, kindOf, type MailKind, mayReturn } from "./automatics.ts";
import { messageIds } from "./headers.ts";
import { mostRecipients, type Report } from "./reports.ts";

/** How much is searched: the text, and the fields of our mail below it. */
const readable = 64 * 1024;

/** Phrases about a mail that is still on its way. */
const delay =
  /\b(?:delay(?:ed)?|postponed|not yet been delivered|will continue to attempt|will be retried|still being retried|will continue to (?:be attempted|try)|no action is required|noch nicht zugestellt|verz[öo]ger(?:t|ung))\b/i;

/** The kind of a mail and what it reports: in structured parts, otherwise in its words. */
export function toldIn(
  formal: Report | null,
  fields: Fields,
  subject: string,
  sender: string,
  text: string,
): { kind: MailKind; report: Report | null } {
  if (formal) return { kind: "bounce", report: formal };
  const kind = kindOf(fields, subject, sender);
  if (kind !== "bounce" && !mayReturn(subject, sender)) return { kind, report: null };
  const report = wordedReport(fields, subject, text);
  if (kind === "bounce") return { kind, report };
  return report && report.recipients.length > 0
    ? { kind: "bounce", report }
    : { kind, report: null };
}

/**
 * The report in a bounce without structured parts; null if it names neither our mail nor a
 * recipient.
 */
function wordedReport(fields: Fields, subject: string, text: string): Report | null {
  const head = text.slice(0, readable);
  const quoted = /^[> \t]*message-id[ \t]*:[ \t]*(<[^<>\s]+>)/im.exec(head)?.[1];
  const [messageId = null] = messageIds(quoted ?? fields.get("in-reply-to"));
  const end = head.search(copied);
  const words = head.slice(0, end > 0 ? Math.min(end, 3_000) : 3_000);
  const named = recipientsOf(fields, words);
  const recipients = named.length > 0
    ? named
    : valid([...head.matchAll(final)].map(([, one]) => one!));
  if (messageId === null && recipients.length === 0) return null;
  return {
    messageId,
    action: delay.test(subject) || delay.test(words) ? "delayed" : "failed",
    status: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? "",
    recipients,
  };
}

const address = String.raw`([^\s<>()"':;,]{1,200}@[^\s<>()"':;,]{1,250})`;
/** What stands before the address in a line: "Unknown user:", "The address failed: ". */
const label = "(?:[^@\\n]{0,40}\\b" +
  "(?:recipient|undeliver\\w*|unknown|invalid|failed|failure|attempts|error-for|userid|full|empf[äa]nger|unbekannt)" +
  "[^@\\n:]{0,20}(?:\\(s\\))?:|undeliverable[ \\t]{1,3}to|rcpt to:|sent <<< rcpt to:)";
/**
 * Lines that are only an address, with a mark or a label before it, or with the time or the reason
 * behind it: "<weg@z.example> ... unknown", "weg@z.example on Thu, 3 Dec".
 */
const lone = new RegExp(
  `^[ \\t]*(?:(?:>|\\*|\\||-{1,2})[ \\t]{1,4}|${label}[ \\t]*)?(?:"[^"\\n]{1,200}"[ \\t])?` +
    `(?:<${address}>(?=:|[ \\t.([]|\\r?$)|"${address}"(?=[ \\t]*\\r?$)` +
    `|${address}:?\\.?(?=[ \\t]*\\r?$|[ \\t]\\[|[ \\t]\\.{3}[ \\t]|[ \\t]-[ \\t](?:no such|unknown|user)\\b|[ \\t](?:on|am|le) \\p{L}{2,3}[,.]))`,
  "gimu",
);
/** The same within a sentence. */
const said = new RegExp(
  `\\b(?:deliver (?:your|the) message to|addressed to|generated (?:from|by)|local mailbox|message to) ['"<]?${address}(?=['">)]|\\s(?:for|has|could|was|is)\\b)|\\bsmtp[:=]${address}(?=[;\\]])`,
  "giu",
);

/** A report that was not recognised as a part of its own. */
const final = new RegExp(`^final-recipient:[ \\t]*rfc822;[ \\t]*<?${address}`, "gim");

/** Where our mail begins, whose addresses nobody failed to reach. */
const copied =
  /^[ \t>|]*(?:-{2,}.{0,40}\b(?:copy of|returned m\w+|original m\w+|forwarded m\w+|message text|unsent m\w+|headers? of|message headers?)\b|(?:received|return-path|message-id|mime-version|delivered-to|x-original-to): ?\S|original message headers:|original message follows)/im;

/** The recipients in the field that Exim writes, otherwise in lines that are only an address. */
function recipientsOf(fields: Fields, words: string): string[] {
  const named = (fields.get("x-failed-recipients") ?? "").split(",").map((each) => each.trim())
    .filter((each) => each !== "");
  const found = named.length > 0 ? named : [...words.matchAll(lone), ...words.matchAll(said)]
    .flatMap(([, ...found]) => found.filter((each) => each !== undefined))
    .map((each) => each.replace(/\.$/, ""));
  return valid(found);
}

const valid = (found: readonly string[]): string[] =>
  [...new Set(found.filter(isValid))].slice(0, mostRecipients);
