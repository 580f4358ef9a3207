/** Reads delivery status notifications (RFC 3464): which of our mails did not arrive, and why. */
import { isValid } from "../email_addresses.ts";
import type { Fields } from "./automatics.ts";
import { line, messageIds } from "./headers.ts";

/** A report that a server could not or will not deliver a mail to some recipients, or not yet. */
export interface Report {
  /** The Message-ID of the mail concerned, if the report gives it. */
  messageId: string | null;
  /** Only `failed` is final: `delayed` is still being tried. */
  action: "failed" | "delayed" | "delivered" | "relayed" | "expanded";
  /** The enhanced status code, such as `5.1.1`, or empty. */
  status: string;
  /** The recipients concerned, each once. */
  recipients: readonly string[];
}

/** Most recipients of one report that are kept. */
export const mostRecipients = 100;

interface Part {
  contentType: string;
  content: Uint8Array;
}

const decoder = new TextDecoder();
/** How much of a part is read: the fields are at its beginning. */
const readable = 256 * 1024;

/** Types of parts that make up a report, and are therefore not attachments. */
export const isReportPart = (contentType: string): boolean =>
  /^(message\/(global-)?delivery-status|message\/(disposition-notification|feedback-report)|(?:text|message)\/rfc822-headers|message\/global-headers)$/i
    .test(contentType);

/** What the parts of a mail report about ours, the worst result first; null if nothing. */
export function reportOf(parts: readonly Part[], head: Fields): Report | null {
  const status = parts.find(({ contentType }) =>
    /^message\/(global-)?delivery-status$/i.test(contentType)
  );
  if (!status) return null;
  const original = parts.find(({ contentType }) =>
    /^(message\/rfc822|message\/global|(?:text|message)\/rfc822-headers|message\/global-headers)$/i
      .test(contentType)
  );
  const blocks = textOf(status).split(/\n[ \t]*\n/).map(fieldsOf);
  const told = blocks.slice(0, 1_000).flatMap((fields) => {
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? "";
    const action = /^(fail|delay|deliver(?!y)|relay|expand)/i
      .exec(fields.get("action") ?? "")?.[1] ??
      (/^5/.test(fields.get("status") ?? "") ? "fail" : null);
    if (!action) return [];
    const named = ["final-recipient", "original-recipient"].flatMap((name) =>
      line(fields.get(name)?.replace(/^[^;]*;/, ""), 500).replace(/[<>\s]/g, "").slice(0, 254) || []
    );
    // Some servers put asterisks around the final recipient.
    const recipient = named.find((text) => isValid(text)) ?? named[0] ?? "";
    return [{ action: `${action.toLowerCase()}ed` as Report["action"], status, recipient }];
  });
  const named = told.filter(({ recipient }) => recipient !== "");
  const worst = named.find(({ action }) => action === "failed") ??
    told.find(({ action }) => action === "failed") ?? told[0];
  if (!worst) return null;
  const quoted = original ? textOf(original).trimStart().split(/\n[ \t]*\n/)[0]! : "";
  // Gmail, Exchange and others may omit our mail, and give its id in a field.
  const said = ["x-original-message-id", "original-message-id"]
    .flatMap((name) => blocks.flatMap((fields) => fields.get(name) ?? []))[0];
  const [messageId = null] = messageIds(
    fieldsOf(quoted).get("message-id") ?? said ?? head.get("in-reply-to"),
  );
  const same = told.filter(({ action, recipient }) => action === worst.action && recipient !== "");
  const recipients = [...new Set(same.map(({ recipient }) => recipient))].slice(0, mostRecipients);
  return { action: worst.action, status: worst.status, recipients, messageId };
}

/** The text of a part, as far as it is read. */
export function textOf({ content }: Pick<Part, "content">): string {
  return decoder.decode(content.subarray(0, readable)).replace(/\r\n?/g, "\n");
}

/** The fields of a block, folded lines joined; the first one of those that occur repeatedly. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const at = field.indexOf(":");
    const name = field.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (name && !fields.has(name)) fields.set(name, field.slice(at + 1).trim());
  }
  return fields;
}
