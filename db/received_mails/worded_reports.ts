/** Servers that say in words only that a mail did not arrive: Exim, qmail and what came before RFC 3464. */
import type { Fields } from "./automatics.ts";
import { messageIds } from "./headers.ts";
import type { Report } from "./reports.ts";

/** What is looked through: the words, and the fields of our mail below them. */
const readable = 64 * 1024;

/** Words for a mail that is still on its way. */
const delay =
  /\b(?:delay(?:ed)?|will be retried|still being retried|will continue to (?:be attempted|try)|no action is required|noch nicht zugestellt|verz[öo]ger(?:t|ung))\b/i;

/** Our mail that a bounce without a report is about, or null where it does not quote its id. */
export function wordedReport(fields: Fields, subject: string, text: string): Report | null {
  const head = text.slice(0, readable);
  const quoted = /^[> \t]*message-id[ \t]*:[ \t]*(<[^<>\s]+>)/im.exec(head)?.[1];
  const [messageId = null] = messageIds(quoted ?? fields.get("in-reply-to"));
  if (messageId === null) return null;
  const words = head.slice(0, 3_000);
  return {
    messageId,
    action: delay.test(subject) || delay.test(words) ? "delayed" : "failed",
    status: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? "",
    recipient: recipientOf(fields, words).slice(0, 254),
  };
}

/** The field that Exim writes, else the first line that is nothing but an address. */
function recipientOf(fields: Fields, words: string): string {
  const [named = ""] = (fields.get("x-failed-recipients") ?? "").split(",");
  return named.trim() || /^[ \t]*<?([^\s<>:;,]+@[^\s<>:;,]+)>?:?[ \t]*$/m.exec(words)?.[1] || "";
}
