/**
 * Logging out at a tenant's identity provider: its notice that a session there is over, and the way
 * there.
 */
import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { z } from "zod";
import type { IdentityProvider } from "./identity_providers.ts";
import type { AnySql, Sql } from "./pool.ts";
import * as rateLimits from "./rate_limits.ts";
import * as sessions from "./sessions.ts";
import * as oidc from "./single_sign_on.ts";

const event = "http://schemas.openid.net/event/backchannel-logout";

/** A name in a token, which anybody may have written: no query is made for one containing a NUL. */
const claimed = z.string().max(500).refine((text) => !text.includes("\0"));

/** Whom a token claims to be from and for, before it is verified. */
const Claimed = z.object({
  iss: claimed,
  aud: z.union([claimed, z.array(claimed).max(20)]).transform((aud) => [aud].flat()),
});

/** A token that ends sessions; an ID token has no such event, but a nonce. */
const Claims = z.object({
  jti: z.string().min(1).max(300),
  sub: z.string().min(1).max(300).optional(),
  sid: z.string().min(1).max(300).optional(),
  events: z.looseObject({ [event]: z.looseObject({}) }),
  nonce: z.never().optional(),
}).refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** Digests of what a provider calls a person and its own session; null if it does not say. */
export interface ProviderNames {
  subject: Uint8Array | null;
  session: Uint8Array | null;
}

/** How long a token's id is remembered: longer than the oldest token accepted. */
const knownFor = 60 * 60_000;

/** How long after the provider's time a session may have begun and still end, in ms. */
const tolerance = 60_000;

/** What a session stores of the names by which its provider will end it. */
export const digestOf = (issuer: string, name: string): Uint8Array =>
  createHash("sha256").update(`${issuer}\0${name}`).digest();

/**
 * Ends the sessions that a provider says are over (OpenID Connect Back-Channel Logout 1.0) and
 * returns their number. A token works once. Throws SignInRefused.
 */
export async function accept(
  means: oidc.Means & { sql: Sql },
  secretKey: string,
  token: string,
): Promise<number> {
  if (!oidc.isSignedAsWanted(token)) throw new oidc.SignInRefused("refused");
  const clients = await clientsOf(means, token);
  const [first] = clients;
  if (!first) throw new oidc.SignInRefused("refused");
  const { issuer, clientId } = first;
  const described = await oidc.described(means, issuer);
  const payload = await oidc.signedClaims(means, described, clientId, token, ["iat", "jti"]);
  const read = Claims.safeParse(payload);
  if (!read.success) throw new oidc.SignInRefused("refused");
  const { jti, sub, sid } = read.data;
  const names = {
    subject: sub === undefined ? null : digestOf(issuer, sub),
    session: sid === undefined ? null : digestOf(issuer, sid),
  };
  const until = new Date(payload.iat! * 1000 + tolerance);
  // In one transaction, so that the provider can send the token again after an error.
  return await means.sql.begin(async (sql) => {
    const counters = { sql, secretKey };
    if (!await rateLimits.isFirst(counters, `logout ${issuer} ${clientId} ${jti}`, knownFor)) {
      throw new oidc.SignInRefused("refused");
    }
    let ended = 0;
    // Tenants of one group may share a client.
    for (const client of clients.filter((each) => each.clientId === clientId)) {
      ended += await endSessions(sql, client.tenantId, names, until);
    }
    return ended;
  });
}

/**
 * Ends the session that the provider names and the person's sessions without a provider session
 * name; if it names none, ends all of the person's and suspends their API tokens where this
 * provider is the only way in. Only a person's sessions begun before `until` end: later ones stay.
 */
async function endSessions(
  sql: AnySql,
  tenantId: string,
  { subject, session }: ProviderNames,
  until: Date,
): Promise<number> {
  if (session === null) await sql`select unvouch(${tenantId}, ${subject}, ${until})`;
  const ofPerson = sql`(provider_subject_digest = ${subject} and created_at <= ${until})`;
  const named = session === null ? ofPerson : sql`(
      provider_session_digest = ${session}
      or (provider_session_digest is null and ${ofPerson})
    )`;
  const same = session === null || subject === null
    ? sql`true`
    : sql`provider_subject_digest = ${subject}`;
  return await sessions.end(sql, sql`tenant_id = ${tenantId} and ${named} and ${same}`);
}

interface Client {
  tenantId: string;
  clientId: string;
  issuer: string;
}

/** The tenants that a token may concern: no unrelated provider is asked for its keys. */
async function clientsOf({ sql }: oidc.Means, token: string): Promise<Client[]> {
  const read = Claimed.safeParse(decoded(token));
  if (!read.success) return [];
  const { iss: issuer, aud } = read.data;
  const found = await sql<Omit<Client, "issuer">[]>`
    select tenant_id, client_id
    from clients_of_issuer(${issuer}, ${aud}::text[])
  `;
  return found.map((each) => ({ ...each, issuer }));
}

function decoded(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

/** How long a log-out waits for a slow provider, in milliseconds. */
const patience = 3_000;

/**
 * Where the browser ends its session at the provider (OpenID Connect RP-Initiated Logout 1.0); null
 * if the provider has no such address or does not answer.
 */
export async function endSessionUrl(
  means: oidc.Means,
  { issuer, clientId }: IdentityProvider,
  { email, backTo }: { email: string; backTo: string },
): Promise<string | null> {
  const endpoint = await oidc.discover(means, issuer, patience)
    .then(({ end_session_endpoint }) => end_session_endpoint, refusedAs(undefined));
  if (!endpoint) return null;
  const url = new URL(endpoint);
  url.searchParams.set("client_id", clientId);
  url.searchParams.set("logout_hint", email);
  url.searchParams.set("post_logout_redirect_uri", backTo);
  return url.href;
}

const refusedAs = <T>(value: T) => (error: unknown): T => {
  if (error instanceof oidc.SignInRefused) return value;
  throw error;
};
