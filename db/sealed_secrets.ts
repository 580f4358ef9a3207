/** Secrets of others that we must be able to use, such as a mailbox's password: sealed at rest. */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const mark = 1;
const saltSize = 16;
const nonceSize = 12;
const tagSize = 16;

/** The sealed secret was changed, belongs to something else, or was sealed with another key. */
export class SecretBroken extends Error {
  override name = "SecretBroken";
  readonly code = "secret_broken";
}

/**
 * Seals a text with AES-256-GCM under a key derived from the installation's. `use` says what it is
 * for and whose it is: it cannot be opened for anything else.
 */
export function seal(secretKey: string, use: string, text: string): Buffer {
  const salt = randomBytes(saltSize);
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secretKey, salt, use), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([mark]), salt, nonce, sealed, cipher.getAuthTag()]);
}

/** The text that was sealed. Throws SecretBroken. */
export function open(secretKey: string, use: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== mark || bytes.length < 1 + saltSize + nonceSize + tagSize) {
    throw new SecretBroken("no sealed secret");
  }
  const salt = bytes.subarray(1, 1 + saltSize);
  const nonce = bytes.subarray(1 + saltSize, 1 + saltSize + nonceSize);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secretKey, salt, use), nonce);
  decipher.setAuthTag(bytes.subarray(bytes.length - tagSize));
  try {
    const content = bytes.subarray(1 + saltSize + nonceSize, bytes.length - tagSize);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
  } catch {
    throw new SecretBroken("the secret cannot be opened");
  }
}

function keyOf(secretKey: string, salt: Uint8Array, use: string): Uint8Array {
  const secret = Buffer.from(secretKey, "base64");
  return new Uint8Array(hkdfSync("sha256", secret, salt, `secret: ${use}`, 32));
}
