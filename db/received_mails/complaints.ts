/**
 * Reads feedback reports (RFC 5965): a reader told their mail provider that one of our mails was
 * unwanted.
 */
import { Buffer } from "node:buffer";
import { isValid } from "../email_addresses.ts";
import { line, messageIds } from "./headers.ts";
import { mostRecipients, textOf } from "./reports.ts";

/** A complaint about a mail. */
export interface Complaint {
  /** The Message-ID of the mail concerned. */
  messageId: string;
  /** Whose complaint it is, where the report says so; many providers leave it out. */
  recipients: readonly string[];
}

interface Part {
  contentType: string;
  content: Uint8Array;
}

/** Kinds of reports in which a person refuses mail; others are of servers about forgeries. */
const refusals = /^(?:abuse|opt-out|opt-out-list|other)$/i;

/** The complaint in a mail and its parts; null if there is none, or none that names our mail. */
export function complaintOf(parts: readonly Part[], raw: Uint8Array): Complaint | null {
  const said = parts.find(({ contentType }) => /^message\/feedback-report$/i.test(contentType));
  if (!said) return null;
  const fields = textOf(said).trim().split("\n").map((field) => field.split(/:(.*)/s, 2));
  const all = (name: string) =>
    fields.flatMap(([key = "", value = ""]) =>
      key.trim().toLowerCase() === name ? line(value.trim(), 500) : []
    );
  if (!refusals.test(all("feedback-type")[0] ?? "")) return null;
  const [messageId] = messageIds(idAfter(raw) ?? all("original-message-id")[0]);
  if (!messageId) return null;
  const named = [...all("original-rcpt-to"), ...all("removal-recipient")]
    .map((text) => text.replace(/^[^;]*;/, "").replace(/[<>\s]/g, "").toLowerCase())
    .filter(isValid);
  return { messageId, recipients: [...new Set(named)].slice(0, mostRecipients) };
}

/** How much of a mail is searched for the fields of ours. */
const searched = 512 * 1024;

/** The first Message-ID behind the report: the parser shows our mail as text, without its fields. */
function idAfter(raw: Uint8Array): string | undefined {
  const text = Buffer.from(raw.subarray(0, searched)).toString("latin1");
  const from = text.search(/^content-type:\s*message\/feedback-report/im);
  const [, id] = /\nmessage-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,500}>)/i
    .exec(from < 0 ? "" : text.slice(from)) ?? [];
  return id;
}
