/** Passkeys (WebAuthn): a key pair in a device, unlocked there by finger, face or PIN. */
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { Buffer } from "node:buffer";
import { now } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import * as tokens from "./tokens.ts";

/** Loaded on first use: a process in which nobody signs in saves the memory. */
const library = () => import("@simplewebauthn/server");

/** A passkey as shown to its owner. */
export interface Passkey {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Nobody keeps track of more than this. */
const most = 20;

/** This site as browsers know it: keys are bound to its host. */
const siteOf = (baseUrl: string) => ({
  expectedOrigin: new URL(baseUrl).origin,
  expectedRPID: new URL(baseUrl).hostname,
});

/** The passkeys of an identity, oldest first. */
export async function list(sql: AnySql, identityId: string): Promise<Passkey[]> {
  return await sql<Passkey[]>`
    select id, name, backed_up, created_at, last_used_at
    from passkeys
    where identity_id = ${identityId}
    order by created_at, id
    limit ${most}
  `;
}

/** What the browser needs to make a key; the challenge works once, for five minutes at most. */
export async function registrationOptions(
  sql: AnySql,
  baseUrl: string,
  { identityId, email, name }: { identityId: string; email: string; name: string },
) {
  const own = await sql<{ id: string; transports: string[] }[]>`
    select credential_id as id, transports
    from passkeys
    where identity_id = ${identityId}
    limit ${most}
  `;
  const challenge = await tokens.issue(sql, { kind: "passkey", identityId });
  const { generateRegistrationOptions } = await library();
  return await generateRegistrationOptions({
    rpName: "kompaktCRM",
    rpID: siteOf(baseUrl).expectedRPID,
    userName: email,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(identityId.replaceAll("-", ""), "hex")),
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    attestationType: "none",
    excludeCredentials: own,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Stores a new key. Throws Invalid `factors.passkey_failed` or `factors.too_many`. */
export async function register(
  sql: AnySql,
  baseUrl: string,
  { identityId, name, response }: { identityId: string; name: string; response: string },
): Promise<void> {
  // The identity's row is locked: two requests at once cannot both be the last one allowed.
  await sql`
    select
    from identities
    where id = ${identityId}
    for update
  `;
  const [counted] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from passkeys
    where identity_id = ${identityId}
  `;
  if (counted.count >= most) throw new Invalid("factors.too_many", "response");
  const { verifyRegistrationResponse } = await library();
  const made = await checked(() =>
    verifyRegistrationResponse({
      response: JSON.parse(response),
      expectedChallenge: async (challenge) =>
        (await tokens.use(sql, "passkey", challenge))?.identityId === identityId,
      ...siteOf(baseUrl),
      requireUserVerification: true,
    })
  );
  const info = made?.registrationInfo;
  if (!info) throw new Invalid("factors.passkey_failed", "response");
  const { id, publicKey, counter, transports } = info.credential;
  const { count } = await sql`
    insert into passkeys (
      id, identity_id, credential_id, public_key, counter, transports, backed_up, name, created_at
    ) values (
      ${newId()}, ${identityId}, ${id}, ${publicKey}, ${counter}, ${known(transports)},
      ${info.credentialBackedUp}, ${name}, ${now()}
    )
    on conflict (credential_id) do nothing
  `;
  if (count === 0) throw new Invalid("factors.passkey_failed", "response");
}

/** Transports by which a browser may reach a device, as the standard names them. */
const ways = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];
const known = (transports: readonly string[] = []) =>
  ways.filter((way) => transports.includes(way));

/**
 * What the browser needs to sign: for an unknown visitor, with the keys found on the device; for a
 * known identity, with that identity's keys.
 */
export async function signInOptions(sql: AnySql, baseUrl: string, identityId?: string) {
  const own = identityId
    ? await sql<{ id: string; transports: string[] }[]>`
      select credential_id as id, transports
      from passkeys
      where identity_id = ${identityId}
      limit ${most}
    `
    : [];
  const challenge = await tokens.issue(sql, { kind: "passkey", identityId });
  const { generateAuthenticationOptions } = await library();
  return await generateAuthenticationOptions({
    rpID: siteOf(baseUrl).expectedRPID,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    allowCredentials: own.map(({ id, transports }) => ({ id, transports: known(transports) })),
    userVerification: "required",
  });
}

/**
 * The identity whose key signed a live challenge, or null. For a known identity only a challenge
 * made for it and its own keys count.
 */
export async function verify(
  sql: AnySql,
  baseUrl: string,
  response: string,
  identityId?: string,
): Promise<string | null> {
  const signed = parsed(response);
  if (typeof signed?.id !== "string") return null;
  const [key] = await sql<
    { id: string; identityId: string; publicKey: Uint8Array; counter: string }[]
  >`
    select id, identity_id, public_key, counter
    from passkeys
    where credential_id = ${signed.id.slice(0, 1400).replaceAll("\0", "")}
  `;
  if (!key || (identityId && key.identityId !== identityId)) return null;
  const { verifyAuthenticationResponse } = await library();
  const done = await checked(() =>
    verifyAuthenticationResponse({
      // The library checks its shape.
      response: signed as unknown as AuthenticationResponseJSON,
      expectedChallenge: async (challenge) => {
        const used = await tokens.use(sql, "passkey", challenge);
        return used !== null && used.identityId === (identityId ?? null);
      },
      ...siteOf(baseUrl),
      credential: {
        id: signed.id as string,
        publicKey: new Uint8Array(key.publicKey),
        counter: Number(key.counter),
      },
      requireUserVerification: true,
    })
  );
  if (!done?.verified) return null;
  const { newCounter, credentialBackedUp } = done.authenticationInfo;
  await sql`
    update passkeys
    set counter = ${newCounter}, backed_up = ${credentialBackedUp}, last_used_at = ${now()}
    where id = ${key.id}
  `;
  return key.identityId;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

/** The library's verdict on an answer; null if it throws: anybody may send anything. */
async function checked<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // Errors from the database are our own.
    if (error instanceof Error && "severity" in error) throw error;
    return null;
  }
}

/** Forgets a key. Throws NotFound. */
export async function remove(sql: AnySql, identityId: string, id: string): Promise<void> {
  const { count } = await sql`
    delete from passkeys
    where id = ${id}
      and identity_id = ${identityId}
  `;
  if (count === 0) throw new NotFound("passkey");
}

/** Forgets all of an identity's keys. */
export async function removeAll(sql: AnySql, identityId: string): Promise<void> {
  await sql`delete from passkeys where identity_id = ${identityId}`;
}
