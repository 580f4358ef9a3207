/**
 * The installation's secrets in sequence: the current one, and those it replaced. Where only a
 * digest is left, as of a suppressed address, the text cannot be digested again: each replacement
 * digests the digest once more, and every look-up does the same.
 */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync } from "node:crypto";

/** The earlier secrets of each secret, oldest first; filled when a process starts. */
const earlier = new Map<string, readonly string[]>();

/** Tells this process which secrets preceded the current one. */
export function rememberEarlier(secretKey: string, secrets: readonly string[]): void {
  if (secrets.length > 0) earlier.set(secretKey, secrets);
}

/** All secrets up to the current one, oldest first. */
export const chainOf = (secretKey: string): readonly string[] => [
  ...earlier.get(secretKey) ?? [],
  secretKey,
];

/** What a digest is for: a digest for one use or tenant is no good for another. */
export interface Use {
  tenantId: string;
  info: string;
}

/** The keyed digest of a text. */
export function digester(secretKey: string, use: Use): (text: string) => Buffer {
  const [first, ...later] = chainOf(secretKey).map((secret) => keyOf(secret, use));
  return (text) => later.reduce((digest, key) => hmac(key, digest), hmac(first!, text));
}

/** Carries a stored digest over from one secret to its successors. */
export function digestAgain(digest: Uint8Array, use: Use, secrets: readonly string[]): Buffer {
  return secrets.reduce<Buffer>(
    (found, secret) => hmac(keyOf(secret, use), found),
    Buffer.from(digest),
  );
}

/** A name for a secret that reveals nothing about it. */
export const fingerprintOf = (secretKey: string): string =>
  hkdf(secretKey, "", "fingerprint").toString("hex").slice(0, 32);

const hmac = (key: Buffer, content: Uint8Array | string): Buffer =>
  createHmac("sha256", key).update(content).digest();
const keyOf = (secret: string, { tenantId, info }: Use) => hkdf(secret, tenantId, info);
const hkdf = (secret: string, salt: string, info: string): Buffer =>
  Buffer.from(hkdfSync("sha256", Buffer.from(secret, "base64"), salt, info, 32));
