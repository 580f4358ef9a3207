/** Time-based codes (RFC 6238): an app shares a secret with us; each code counts once. */
import { Secret, TOTP } from "otpauth";
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import { open, seal } from "./sealed_secrets.ts";

/** What every app supports: SHA-1 is enough for an HMAC of six digits that count once. */
const shape = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** How many steps a clock may be off, each way. */
const drift = 1;

export interface Keys {
  sql: AnySql;
  /** 32 bytes in base64: the secrets are sealed with a key derived from it. */
  secretKey: string;
}

/** A secret waiting for its first code. */
export interface Enrolment {
  /** The secret for typing, in groups of four. */
  secret: string;
  /** The content of the QR code. */
  uri: string;
}

export const useOf = (identityId: string) => `totp ${identityId}`;

function generator(secret: Secret, label = ""): TOTP {
  return new TOTP({ issuer: "kompaktCRM", label, secret, ...shape });
}

/**
 * The secret shown to an app: the same each time until its first code has come. Null if codes are
 * already in use.
 */
export async function begin(
  { sql, secretKey }: Keys,
  identityId: string,
  label: string,
): Promise<Enrolment | null> {
  const fresh = new Secret({ size: 20 });
  const [row] = await sql<{ secretSealed: Uint8Array; confirmedAt: Date | null }[]>`
    insert into totp_factors as f (identity_id, secret_sealed, created_at)
    values (${identityId}, ${seal(secretKey, useOf(identityId), fresh.base32)}, ${now()})
    on conflict (identity_id) do update
    set created_at = case when f.confirmed_at is null then excluded.created_at else f.created_at end
    returning secret_sealed, confirmed_at
  `;
  if (row!.confirmedAt) return null;
  const secret = Secret.fromBase32(open(secretKey, useOf(identityId), row!.secretSealed));
  return {
    secret: secret.base32.match(/.{1,4}/g)!.join(" "),
    uri: generator(secret, label).toString(),
  };
}

/** Activates the app with its first code; false if the code is wrong or no secret is waiting. */
export async function confirm(keys: Keys, identityId: string, code: string): Promise<boolean> {
  return await take(keys, identityId, code, false);
}

/** Whether a code is right and unused; asking uses it up. */
export async function verify(keys: Keys, identityId: string, code: string): Promise<boolean> {
  return await take(keys, identityId, code, true);
}

/** If two requests send the same code at once, one gets through. */
async function take(
  { sql, secretKey }: Keys,
  identityId: string,
  code: string,
  inUse: boolean,
): Promise<boolean> {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return false;
  const [row] = await sql<{ secretSealed: Uint8Array }[]>`
    select secret_sealed
    from totp_factors
    where identity_id = ${identityId}
      and (confirmed_at is not null) = ${inUse}
  `;
  if (!row) return false;
  const at = now();
  const secret = Secret.fromBase32(open(secretKey, useOf(identityId), row.secretSealed));
  const delta = generator(secret).validate({ token, timestamp: at.getTime(), window: drift });
  if (delta === null) return false;
  const step = Math.floor(at.getTime() / (shape.period * 1000)) + delta;
  const { count } = await sql`
    update totp_factors
    set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${at})
    where identity_id = ${identityId}
      and last_step < ${step}
      and (confirmed_at is not null) = ${inUse}
  `;
  return count === 1;
}

/** Forgets the secret. */
export async function remove(sql: AnySql, identityId: string): Promise<void> {
  await sql`delete from totp_factors where identity_id = ${identityId}`;
}
