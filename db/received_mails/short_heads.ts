/** The fields of a mail whose header is too long or broken for the parser. */
import { Buffer } from "node:buffer";

/** How much of the header fields is read if the whole is too large. */
const readable = 256 * 1024;

/** Only known fields, so that a single endless one does not hide the others; in Latin 1. */
export function shortHead(raw: Uint8Array): string {
  const text = Buffer.from(raw.subarray(0, readable)).toString("latin1");
  const head = text.split(/\r?\n\r?\n/, 1)[0]!;
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)
    .filter((field) =>
      /^(from|to|cc|subject|date|message-id|in-reply-to|references|reply-to)\s*:/i.test(field)
    )
    .map((field) => field.slice(0, 8_000)).slice(0, 50);
  return `${lines.join("\r\n")}\r\n\r\n`;
}
