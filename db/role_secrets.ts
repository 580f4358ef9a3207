/** Passwords of database roles as PostgreSQL stores them, so that no statement contains one. */
import { Buffer } from "node:buffer";
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

const iterations = 4096;

/**
 * A password's SCRAM-SHA-256 verifier (RFC 5803), which `password '…'` accepts instead: statements
 * may be logged. The salt is derived from the password, which is random enough: poolers log others
 * in with the verifier they know, so it must be the same at every start. For ASCII letters only.
 */
export function verifierOf(password: string, salt = saltOf(password)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (words: string) => createHmac("sha256", salted).update(words).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  const server = keyed("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`;
}

const saltOf = (password: string): Buffer =>
  createHmac("sha256", password).update("salt of a database role").digest().subarray(0, 16);
