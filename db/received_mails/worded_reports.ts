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
  /\b(?:delay(?:ed)?|will be retried|still being retried|will continue to (?:be attempted|try)|no action is required|noch nicht zugestellt|verz[öo]ger(?:t|ung))\b/i;

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
  const words = head.slice(0, 3_000);
  const recipients = recipientsOf(fields, words);
  if (messageId === null && recipients.length === 0) return null;
  return {
    messageId,
    action: delay.test(subject) || delay.test(words) ? "delayed" : "failed",
    status: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? "",
    recipients,
  };
}

/**
 * A line that is only an address, or begins with one in brackets: "<weg@z.example> ... unknown"; or
 * with one and the time or the reason: "weg@z.example on Thu, 3 Dec".
 */
const lone =
  /^[ \t]*(?:(?:unknown|invalid|no such) (?:user|recipient|address):[ \t]*)?(?:<([^\s<>:;,]{1,200}@[^\s<>:;,]{1,250})>(?=:|[ \t.([]|\r?$)|([^\s<>:;,]{1,200}@[^\s<>:;,]{1,250}):?(?=[ \t]*\r?$|[ \t]\[|[ \t](?:on|am|le) \p{L}{2,3}[,.]))/gimu;

/** The recipients in the field that Exim writes, otherwise in lines that are only an address. */
function recipientsOf(fields: Fields, words: string): string[] {
  const named = (fields.get("x-failed-recipients") ?? "").split(",").map((each) => each.trim())
    .filter((each) => each !== "");
  const found = named.length > 0
    ? named
    : [...words.matchAll(lone)].map(([, one, other]) => (one ?? other)!);
  return [...new Set(found.filter(isValid))].slice(0, mostRecipients);
}
