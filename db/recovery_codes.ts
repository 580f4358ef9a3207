/** Codes on paper in case the second factor is lost: each works once; only digests are kept. */
import type { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import { digester } from "./secret_chain.ts";
import type { Keys } from "./totp.ts";

const howMany = 8;
/** Crockford's alphabet: no letter can be mistaken for another. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
/** Characters of a code: 120 random bits, so that a plain digest is enough. */
const length = 24;

const newCode = (): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join("");

const digest = (secretKey: string, identityId: string, code: string): Buffer =>
  digester(secretKey, { tenantId: identityId, info: "recovery codes" })(code);

/** The code meant by what was typed: without spaces and hyphens, lookalike letters as digits. */
const typed = (code: string): string =>
  code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");

/** Whether a text has the shape of such a code. */
const isLike = (text: string): boolean => typed(text).length === length;

/** Makes new codes, grouped for reading; the previous ones stop working. */
export async function renew({ sql, secretKey }: Keys, identityId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode);
  const at = now();
  // Two renewals at once take turns: only the codes shown last are valid.
  await sql`
    select
    from identities
    where id = ${identityId}
    for no key update
  `;
  await sql`delete from recovery_codes where identity_id = ${identityId}`;
  await sql`
    insert into recovery_codes ${
    sql(codes.map((code) => ({
      id: newId(),
      identityId,
      codeDigest: digest(secretKey, identityId, code),
      createdAt: at,
    })))
  }
  `;
  return codes.map((code) => code.match(/.{6}/g)!.join("-"));
}

/** Redeems a code; false if it is wrong or already used. */
export async function use(
  { sql, secretKey }: Keys,
  identityId: string,
  code: string,
): Promise<boolean> {
  if (!isLike(code)) return false;
  const { count } = await sql`
    update recovery_codes
    set used_at = ${now()}
    where identity_id = ${identityId}
      and code_digest = ${digest(secretKey, identityId, typed(code))}
      and used_at is null
  `;
  return count === 1;
}

/** Forgets all of an identity's codes. */
export async function removeAll(sql: AnySql, identityId: string): Promise<void> {
  await sql`delete from recovery_codes where identity_id = ${identityId}`;
}
