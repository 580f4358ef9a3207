/** The key that the installation signs with: its policy, later certificates (EdDSA, RFC 8037). */
import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, CompactSign, decodeProtectedHeader, type JWK } from "jose";
import { chainOf } from "./secret_chain.ts";

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  kid: string;
  publicJwk: JWK;
  privateKey: KeyObject;
}

/** The prefix of a 32-byte Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
const made = new Map<string, Promise<SigningKey>>();

/**
 * The key of an installation. It is derived from the installation's secret, so all servers of one
 * installation sign alike and nothing more has to be stored.
 */
export function signingKey(secretKey: string): Promise<SigningKey> {
  const found = made.get(secretKey);
  if (found) return found;
  const key = make(secretKey);
  made.set(secretKey, key);
  return key;
}

/** The public keys of an installation: the current one, then those of older signatures. */
export async function publicKeys(secretKey: string): Promise<JWK[]> {
  const keys = await Promise.all(chainOf(secretKey).map(signingKey));
  return keys.map(({ publicJwk }) => publicJwk).reverse();
}

/** The public key that a signature names; the current one if it names none of ours. */
export async function publicKeyOf(secretKey: string, signature: string): Promise<JWK> {
  const keys = await publicKeys(secretKey);
  return keys.find(({ kid }) => kid === kidOf(signature)) ?? keys[0]!;
}

function kidOf(signature: string): string | undefined {
  try {
    return decodeProtectedHeader(signature).kid;
  } catch {
    return undefined;
  }
}

async function make(secretKey: string): Promise<SigningKey> {
  const seed = hkdfSync("sha256", Buffer.from(secretKey, "base64"), "", "signing key", 32);
  const der = Buffer.concat([pkcs8, Buffer.from(seed)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const jwk = createPublicKey(privateKey).export({ format: "jwk" }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, publicJwk: { ...jwk, kid, alg: "EdDSA", use: "sig" }, privateKey };
}

/** A compact JWS (RFC 7515) over a JSON value; anyone can check it by `/.well-known/jwks.json`. */
export async function sign(secretKey: string, value: unknown): Promise<string> {
  const { kid, privateKey } = await signingKey(secretKey);
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: "EdDSA", kid, cty: "json" })
    .sign(privateKey);
}
