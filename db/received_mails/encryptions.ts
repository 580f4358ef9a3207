/**
 * Recognises mails that only their recipient's own program can open; we read only their envelope.
 */
import { Buffer } from "node:buffer";
import type { Attachment } from "mailparser";

/** The encoded types envelopedData and authEnvelopedData of S/MIME (RFC 5652, RFC 5083). */
const sealed = [
  Buffer.from("06092a864886f70d010703", "hex"),
  Buffer.from("060b2a864886f70d0109100117", "hex"),
];
/** They come after the length of the file, which may take six bytes. */
const looked = 20;

type Part = Pick<Attachment, "content" | "contentType">;

/** Whether the contents are in such an envelope, or the text itself is one. */
export function isEncrypted(parts: readonly Part[], text: string): boolean {
  const words = text.trim();
  if (words !== "") return words.startsWith("-----BEGIN PGP MESSAGE-----");
  return parts.some(({ contentType, content }) =>
    /^application\/pgp-encrypted$/i.test(contentType) ||
    /^application\/(?:x-)?pkcs7-mime$/i.test(contentType) && isSealed(content)
  );
}

function isSealed(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, looked));
  return sealed.some((kind) => start.includes(kind));
}
