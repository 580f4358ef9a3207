/**
 * Computes keys by which a mail is recognised, however it arrives and whatever number a server
 * gives it.
 */
import { createHash } from "node:crypto";
import type { Fields } from "./automatics.ts";
import { instant, messageIds } from "./headers.ts";

/** The fields of which a key consists; only these are requested from a server. */
export const keyFields = ["message-id", "from", "date", "subject"] as const;

/** Whether the fields identify a mail uniquely; otherwise the body is needed as well. */
export const suffice = (fields: Fields): boolean =>
  messageIds(fields.get("message-id")).length > 0 && instant(fields.get("date")) !== null;

/**
 * A digest of a mail's Message-ID, sender, date and subject, or of those and its body if they do
 * not suffice. A Message-ID alone is no key: anyone who knows it could send something else under
 * it.
 */
export function mailKey(fields: Fields, body?: Uint8Array): string {
  const hash = createHash("sha256");
  for (const name of keyFields) {
    hash.update(`${name}: ${(fields.get(name) ?? "").replace(/\s+/g, " ").trim()}\n`);
  }
  if (!suffice(fields)) hash.update(body ?? new Uint8Array());
  return hash.digest("hex");
}

/** The fields of a header block, unfolded; the first one of those that occur repeatedly. */
export function fieldsIn(head: Uint8Array): Fields {
  const text = new TextDecoder("latin1").decode(head).replace(/\r?\n[ \t]+/g, " ");
  const fields = new Map<string, string>();
  for (const field of text.split(/\r?\n/)) {
    const at = field.indexOf(":");
    const name = field.slice(0, Math.max(0, at)).trim().toLowerCase();
    if (name && !fields.has(name)) fields.set(name, field.slice(at + 1).trim());
  }
  return fields;
}

/** Splits a mail into its header block and its body. */
function split(raw: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] !== 0x0a) continue;
    const next = raw[at + 1] === 0x0d ? at + 2 : at + 1;
    if (raw[next] === 0x0a) return { head: raw.subarray(0, at), body: raw.subarray(next + 1) };
  }
  return { head: raw, body: new Uint8Array() };
}

/** The key of a whole raw mail. */
export function keyOf(raw: Uint8Array): string {
  const { head, body } = split(raw);
  return mailKey(fieldsIn(head.subarray(0, 1_000_000)), body);
}
