/** How the text of a mail is quoted in a reply, or in a forwarded mail. */
import type { MailAddress } from "../../db/received_mails/headers.ts";
import type { View } from "../view.ts";

interface Quoted {
  fromName: string;
  fromAddress: string;
  sentTo: readonly MailAddress[];
  subject: string;
  bodyText: string;
  at: Date;
}

/** Characters of a quoted text; what was longer is cut there. */
const longest = 50_000;

/** Marks that mail programs set before a subject, in German, English and some other languages. */
const marks = /^(?:\s*(?:re|aw|antw|antwort|sv|ref|fwd?|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*)+/i;

/** `Re: Angebot`, whatever stood before it. */
export const answerSubject = (subject: string): string =>
  `Re: ${subject.replace(marks, "")}`.slice(0, 200);
/** `Fwd: Angebot`. */
export const forwardSubject = (subject: string): string =>
  `Fwd: ${subject.replace(marks, "")}`.slice(0, 200);

/** The mail that is answered: who wrote it when, and its lines marked as quoted. */
export function quoted({ t, format }: Pick<View, "t" | "format">, message: Quoted): string {
  const name = message.fromName || message.fromAddress;
  const head = t("outgoing.quote_head", { name, at: format.dateTime(message.at) });
  const lines = message.bodyText.slice(0, longest).trim().split("\n");
  return [head, ...lines.map((line) => line.startsWith(">") ? `>${line}` : `> ${line}`)].join("\n");
}

/** The mail that is passed on, with what its head said. */
export function forwarded({ t, format }: View, message: Quoted): string {
  const { fromName, fromAddress, sentTo, subject } = message;
  return [
    `-------- ${t("outgoing.forward_head")} --------`,
    `${t("outgoing.from")}: ${fromName ? `${fromName} <${fromAddress}>` : fromAddress}`,
    `${t("outgoing.at")}: ${format.dateTime(message.at)}`,
    `${t("outgoing.to")}: ${sentTo.map(({ address }) => address).join(", ")}`,
    `${t("outgoing.subject")}: ${subject}`,
    "",
    message.bodyText.slice(0, longest).trim(),
  ].join("\n");
}
