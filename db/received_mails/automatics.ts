/**
 * Recognises mail that no person wrote (bounces, automatic answers, bulk mail) by header fields,
 * RFC 3834 first.
 */

import { isAbsence } from "./absences.ts";

/** The kind of a received mail from the point of view of its reader. */
export type MailKind = "mail" | "auto_reply" | "bulk" | "bounce";

/**
 * How a mail came through a list: the address of a group to which persons write, or a mailing to
 * many at once. Null for what a program sent automatically.
 */
export type MailList = "group" | "circular" | null;

/** The subjects under which servers return a mail. */
const whole = [
  "returned mail|mail delivery (?:failed|failure|system|subsystem)|delivery status notification",
  "delivery (?:failure|has failed)|failure notice|zustellung (?:der (?:nachricht|e-?mail) )?fehlgeschlagen",
  "zustellungs?fehler|fehler bei der zustellung|message non (?:remis|distribu)\\p{L}{0,3}|mail non remis",
  "[ée]chec de (?:la )?remise|(?:messaggio|mail) non (?:recapita|consegna)\\p{L}{0,4}|mancato recapito",
  "mensaje no entregado|mail could not be delivered|mail delivery warning|non-delivery",
].join("|");
/** Words that may concern a parcel as well: the mail in question or its subject must follow. */
const half = [
  "undeliver(?:able|ed)|unzustellbar(?:e[rs]?)?|nicht zu(?:stellbar(?:e[rs]?)?|gestellt)|non (?:remis|distribu[ée])e?",
  "onbestelbaar|niet bezorgd|non (?:recapitabile|recapitato|consegnat[oa])|no se puede entregar|no entregado",
  "n[ãa]o (?:entregue|foi poss[íi]vel entregar)|niedostarczon\\p{L}{1,4}|nie (?:mo[żz]na|uda[łl]o si[ęe]) dostarczy[ćc]",
  "nedoru[čc]iteln\\p{L}{1,3}|nedoru[čc]en\\p{L}{1,3}|kunde inte levereras|ej levererbart",
].join("|");
const returned = new RegExp(
  `^\\s*(?:(?:${whole})|(?:${half})(?=\\s*(?:[:!.]|$)|\\s[-–]\\s|\\s(?:(?:e-?)?mail|message|nachricht|bericht|mensaje|mensagem|wiadomo|zpr[áa]v|spr[áa]v)))`,
  "iu",
);

/** The fields of a mail by lower-case name; the first one of those that occur repeatedly. */
export type Fields = ReadonlyMap<string, string>;

const isDaemon = (sender: string): boolean => /^(mailer-daemon|postmaster)@/i.test(sender);

/** Names that no person has, and those of servers and gateways in general. */
const machine = /^(?:mailer[._-]?daemon|mdaemon|mail[._-]?delivery[._-]?(?:sub)?system)@/i;
const server =
  /^(?:post[._-]?master|ndr|bounces?|imss|mail-?adm\w*|[\w.-]*(?:smtp|gateway|mail[._-]?service|antivirus)[\w.-]*)@/i;

/**
 * Whether a server says under its own return path, or none, that a mail came back, as Exchange 5.5,
 * Domino and gateways did: it counts if the text names whom the mail did not reach.
 */
export const mayReturn = (subject: string, sender: string): boolean =>
  machine.test(sender) || (sender === "" || server.test(sender)) && returned.test(subject);

/** Classifies a mail by its fields, its subject and its sender. */
export function kindOf(fields: Fields, subject: string, sender: string): MailKind {
  const has = (name: string, pattern: RegExp) => pattern.test(fields.get(name) ?? "");
  const reports = (type: string) =>
    has("content-type", new RegExp(`multipart/report\\b[^]*report-type\\s*=\\s*"?${type}`, "i"));
  const daemon = isDaemon(sender);
  if (daemon && (has("return-path", /^\s*<>\s*$/) || has("auto-submitted", /^\s*auto-/i))) {
    return "bounce";
  }
  // A mail that came as a file no longer tells to whom it would have been returned.
  if (daemon && !fields.has("return-path") && returned.test(subject)) return "bounce";
  if (reports("delivery-status")) return "bounce";
  // Exchange marks what it returns, and sends it from an address of its own.
  if (fields.has("x-ms-exchange-message-is-ndr") && returned.test(subject)) return "bounce";
  if (has("return-path", /^\s*<>\s*$/) && returned.test(subject)) return "bounce";
  // Receipts, and providers' reports of readers' complaints.
  if (reports("disposition-notification")) return "auto_reply";
  if (reports("feedback-report")) return "bulk";
  const isAway = isAbsence(subject, fields.get("from") ?? "");
  const answers = has("auto-submitted", /^\s*auto-replied/i) ||
    has("precedence", /^\s*auto_?reply/i) ||
    fields.has("x-autoreply") || fields.has("x-autorespond") ||
    has("x-auto-response-suppress", /\ball\b/i) && isAway;
  if (answers || isAway) return "auto_reply";
  // Statistics about mail from our domain, in the wording of RFC 7489.
  const counts = /^report domain: ?\S+ submitter: ?\S+/i.test(subject);
  const circular = counts || fields.has("list-id") || fields.has("list-unsubscribe") ||
    has("precedence", /^\s*(bulk|list|junk)\b/i) || has("auto-submitted", /^\s*auto-/i);
  return circular ? "bulk" : "mail";
}

/**
 * The kind of list by which a mail came: a group if its address accepts posts. Notification
 * services have a separate address for replies only.
 */
export function listOf(fields: Fields, kind: MailKind): MailList {
  if (kind !== "bulk" || /^\s*auto-/i.test(fields.get("auto-submitted") ?? "")) return null;
  const [, address] = /mailto:([^>?,\s]+)/i.exec(fields.get("list-post") ?? "") ?? [];
  const written = [fields.get("to"), fields.get("cc")].join(" ").toLowerCase();
  return address && written.includes(address.toLowerCase()) ? "group" : "circular";
}
