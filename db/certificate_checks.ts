/**
 * Verifies a certificate using only its signature and the key in it, without any network access.
 */
import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from "jose";
import { z } from "zod";
import { type Content, format } from "./certificates.ts";

/** The maximum size of a file that is checked, in bytes. */
export const mostBytes = 256 * 1024;

const day = z.iso.date();
const instant = z.iso.datetime();
const text = z.string().max(500);
const count = z.int().min(0);
const few = <T extends z.ZodType>(each: T) => z.array(each).max(500);

/** No extra properties: they would seem to be covered by the signature. */
const Shape = z.strictObject({
  certificate: z.object({
    format: z.literal(format),
    id: z.uuid(),
    issuedAt: instant,
    subject: z.enum(["person", "tenant"]),
    reference: text,
    controller: text,
    basis: text,
    requestedOn: day,
    erasedAt: instant,
    stores: few(z.object({
      name: text,
      method: text,
      before: count.nullable(),
      after: count.nullable(),
      emptyOn: day.optional(),
      parts: few(z.object({ name: text, before: count, after: count })).optional(),
    })),
    kept: few(z.object({ name: text, count, basis: text, until: day.nullable() })),
    search: z.object({
      places: count,
      before: count,
      after: count,
      control: z.object({ planted: count, found: count }),
    }),
    destroyedKeys: few(z.uuid()),
    ledger: z.object({ seq: count, hash: z.hash("sha256") }).nullable(),
  }),
  signature: z.string().max(mostBytes),
  key: z.strictObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string().max(64),
    kid: z.string().max(64).optional(),
    alg: z.literal("EdDSA").optional(),
    use: z.literal("sig").optional(),
  }),
});

export type Check =
  | { genuine: false; fault: "unreadable" | "changed" }
  /** `known`: signed by one of the keys given; otherwise by whoever owns `kid`. */
  | { genuine: true; known: boolean; kid: string; content: Content };

/**
 * Checks the text of a file against its own key, and that key against those of the installation.
 */
export async function check(given: string, known: readonly JWK[]): Promise<Check> {
  const source = await fromPaper(given, known) ?? given;
  const read = Shape.safeParse(parsed(source));
  if (!read.success) return { genuine: false, fault: "unreadable" };
  const { certificate, signature, key } = read.data;
  const { kty, crv, x } = key;
  try {
    const { payload, protectedHeader } = await compactVerify(
      signature,
      await importJWK({ kty, crv, x, alg: "EdDSA" }),
      { algorithms: ["EdDSA"] },
    );
    const signed = JSON.parse(new TextDecoder().decode(payload));
    const kid = await calculateJwkThumbprint({ kty, crv, x });
    // What is shown must be exactly what was signed, with the key that is named.
    const own = protectedHeader.kid === kid && (key.kid ?? kid) === kid;
    if (!own || !isCanonical(signature) || !isDeepStrictEqual(signed, parsed(source).certificate)) {
      return { genuine: false, fault: "changed" };
    }
    const among = known.some(({ x, crv }) => x === key.x && crv === key.crv);
    return { genuine: true, known: among, kid, content: certificate as Content };
  } catch {
    return { genuine: false, fault: "changed" };
  }
}

/**
 * The file behind the signature copied from the end of a PDF: an erased person only has the PDF.
 * Its key must be one of those known; null for any other text.
 */
async function fromPaper(given: string, known: readonly JWK[]): Promise<string | null> {
  const signature = signatureIn(given);
  const [head, payload, ...more] = signature.split(".");
  if (!head || !payload || more.length !== 1) return null;
  const { kid } = parsed(Buffer.from(head, "base64url").toString()) ?? {};
  for (const { kty, crv, x } of known) {
    if (kid !== await calculateJwkThumbprint({ kty, crv, x } as JWK)) continue;
    const certificate = parsed(Buffer.from(payload, "base64url").toString());
    return JSON.stringify({ certificate, signature, key: { kty, crv, x } });
  }
  return null;
}

/** The signature in a copy, which may also contain what the document says around it. */
function signatureIn(given: string): string {
  const whole = given.replace(/\s+/g, "");
  if (ofSignature.test(whole)) return whole;
  const lines = given.split("\n").map((line) => line.trim());
  const first = lines.findIndex((line) => line.startsWith("ey"));
  return first < 0 ? "" : lines.slice(first).filter((line) => ofSignature.test(line)).join("");
}

const ofSignature = /^[\w.-]+$/;

/** The last character of a part has unused bits: with other values there it decodes the same. */
const isCanonical = (signature: string): boolean =>
  signature.split(".").every((part) =>
    Buffer.from(part, "base64url").toString("base64url") === part
  );

function parsed(source: string) {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}
