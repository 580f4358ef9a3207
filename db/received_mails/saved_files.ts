/**
 * Reads mails that were saved as files: with a byte order mark, in UTF-16, or as Apple Mail keeps
 * them.
 */
import { Buffer } from "node:buffer";

/**
 * What precedes a mail in Apple's format: its length in bytes, after which come Apple's own notes.
 */
const counted = /^(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]+:)/;

/** The bytes of the mail alone, as it was sent. */
export function asSent(raw: Uint8Array): Uint8Array {
  const [one, two, three] = raw;
  if (one === 0xef && two === 0xbb && three === 0xbf) return raw.subarray(3);
  const little = one === 0xff && two === 0xfe;
  if (little || one === 0xfe && two === 0xff) {
    return new TextEncoder().encode(new TextDecoder(little ? "utf-16le" : "utf-16be").decode(raw));
  }
  if (one === undefined || one < 0x30 || one > 0x39) return raw;
  const found = counted.exec(Buffer.from(raw.subarray(0, 200)).toString("latin1"));
  if (!found) return raw;
  const start = found[0].length;
  return raw.subarray(start, start + Number(found[1]));
}
