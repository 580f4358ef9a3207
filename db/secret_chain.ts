/**
 * The installation's secrets, one after the other: the one at hand, and those it took the place of.
 * What only a digest is left of, such as a suppressed address, cannot be digested anew: each
 * replacement digests the digest once more, and a look does the same.
 */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync } from "node:crypto";

/** The earlier secrets of each, oldest first; filled as a process starts. */
const earlier = new Map<string, readonly string[]>();

/** Tells this process which secrets came before the one at hand. */
export function rememberEarlier(secretKey: string, secrets: readonly string[]): void {
  if (secrets.length > 0) earlier.set(secretKey, secrets);
}

/** All secrets up to the one at hand, oldest first. */
export const chainOf = (secretKey: string): readonly string[] => [
  ...earlier.get(secretKey) ?? [],
  secretKey,
];

/** What a digest is for: nothing of one use or tenant serves for another. */
export interface Use {
  tenantId: string;
  info: string;
}

/** The keyed digest of a text. */
export function digester(secretKey: string, use: Use): (text: string) => Buffer {
  const [first, ...later] = chainOf(secretKey).map((secret) => keyOf(secret, use));
  return (text) => later.reduce((digest, key) => hmac(key, digest), hmac(first!, text));
}

/** A stored digest brought from one secret to those that came after it. */
export function digestAgain(digest: Uint8Array, use: Use, secrets: readonly string[]): Buffer {
  return secrets.reduce<Buffer>(
    (found, secret) => hmac(keyOf(secret, use), found),
    Buffer.from(digest),
  );
}

/** A name of a secret that says nothing about it. */
export const fingerprintOf = (secretKey: string): string =>
  hkdf(secretKey, "", "fingerprint").toString("hex").slice(0, 32);

const hmac = (key: Buffer, content: Uint8Array | string): Buffer =>
  createHmac("sha256", key).update(content).digest();
const keyOf = (secret: string, { tenantId, info }: Use) => hkdf(secret, tenantId, info);
const hkdf = (secret: string, salt: string, info: string): Buffer =>
  Buffer.from(hkdfSync("sha256", Buffer.from(secret, "base64"), salt, info, 32));
