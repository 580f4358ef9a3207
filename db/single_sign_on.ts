/** OpenID Connect: to a tenant's identity provider and back, by code flow with PKCE. */
import { Buffer } from "node:buffer";
import { createHash, createHmac, hkdfSync } from "node:crypto";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { now } from "./clock.ts";
import type { Egress, Outgoing } from "./egress.ts";
import type { IdentityProvider } from "./identity_providers.ts";
import type { AnySql } from "./pool.ts";
import * as processors from "./processors.ts";

type Unheard = "unlisted" | "unreachable" | "refused";
export type Refusal = Unheard | "another" | "foreign" | "no_address" | "unknown";

/** Why nobody gets in through the provider, as a code of the catalogue `single_sign_on`. */
export class SignInRefused extends Error {
  override name = "SignInRefused";

  constructor(readonly code: Refusal) {
    super(`single sign-on: ${code}`);
  }
}

/** Asymmetric signatures only: nobody can make them with a key that we publish or share. */
const algorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];
const limits = { timeoutMs: 10_000, maxBytes: 256 * 1024 };

/** What an outgoing request needs. */
export interface Means {
  sql: AnySql;
  egress: Egress;
}

/** Browsers are sent there: the address must not be a script. */
const address = z.url({ protocol: /^https?$/ });
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  end_session_endpoint: address.optional().catch(undefined),
});

export type Described = z.output<typeof Discovery>;

/** The values that tie one round trip together, all derived from the browser's token. */
export function secretsOf(secretKey: string, token: string) {
  const secret = Buffer.from(secretKey, "base64");
  const made = (use: string) => {
    const key = Buffer.from(hkdfSync("sha256", secret, "", `single sign-on ${use}`, 32));
    return createHmac("sha256", key).update(token).digest("base64url");
  };
  return { state: made("state"), nonce: made("nonce"), verifier: made("verifier") };
}

/** Where to send the browser. Throws SignInRefused. */
export async function authorizationUrl(
  means: Means,
  { issuer, clientId }: IdentityProvider,
  { redirectUri, secrets, email }: {
    redirectUri: string;
    secrets: ReturnType<typeof secretsOf>;
    email: string;
  },
): Promise<string> {
  const { authorization_endpoint } = await discover(means, issuer);
  const url = new URL(authorization_endpoint);
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "openid email profile",
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: createHash("sha256").update(secrets.verifier).digest("base64url"),
    code_challenge_method: "S256",
    login_hint: email,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

const Claims = z.object({
  sub: z.string().min(1).max(300),
  sid: z.string().min(1).max(300).optional().catch(undefined),
  email: z.string().max(254),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
  name: z.string().max(1_000).optional().catch(undefined),
  nonce: z.string(),
  azp: z.string().optional(),
});

/** The person that a provider names. */
export interface Named {
  email: string;
  name: string;
  /** The provider's own name for the person, and for its session if it gives one. */
  subject: string;
  session: string | null;
}

/** The person that the provider names in exchange for a code. Throws SignInRefused. */
export async function redeem(
  means: Means,
  { issuer, clientId }: IdentityProvider,
  { code, redirectUri, secrets, clientSecret }: {
    code: string;
    redirectUri: string;
    secrets: ReturnType<typeof secretsOf>;
    clientSecret: string | null;
  },
): Promise<Named> {
  const described = await discover(means, issuer);
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: secrets.verifier,
    ...(clientSecret === null ? { client_id: clientId } : {}),
  });
  const basic = (text: string) => encodeURIComponent(text);
  const answer = await ask(means, issuer, {
    method: "POST",
    url: described.token_endpoint,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "accept": "application/json",
      ...(clientSecret === null ? {} : {
        authorization: `Basic ${
          Buffer.from(`${basic(clientId)}:${basic(clientSecret)}`).toString("base64")
        }`,
      }),
    },
    body: new TextEncoder().encode(form.toString()),
  });
  const token = z.object({ id_token: z.string() }).safeParse(answer);
  if (!token.success) throw new SignInRefused("refused");
  const read = Claims.safeParse(
    await signedClaims(means, described, clientId, token.data.id_token, ["exp", "sub"]),
  );
  if (!read.success) throw new SignInRefused("no_address");
  const claims = read.data;
  if (claims.nonce !== secrets.nonce) throw new SignInRefused("refused");
  if (claims.azp !== undefined && claims.azp !== clientId) throw new SignInRefused("refused");
  if (![undefined, true, "true"].includes(claims.email_verified as true)) {
    throw new SignInRefused("no_address");
  }
  const { email, name = "", sub: subject, sid: session = null } = claims;
  return { email, name, subject, session };
}

/**
 * The claims of a token that the provider has just signed for us; keys are fetched again if it uses
 * others. Throws SignInRefused.
 */
export async function signedClaims(
  means: Means,
  described: Described,
  clientId: string,
  token: string,
  requiredClaims: string[],
): Promise<JWTPayload> {
  for (const fresh of [false, true]) {
    const keys = await keysOf(means, described, fresh);
    try {
      const { payload, protectedHeader: { typ } } = await jwtVerify(
        token,
        createLocalJWKSet(keys),
        {
          issuer: described.issuer,
          audience: clientId,
          algorithms,
          currentDate: now(),
          clockTolerance: 60,
          maxTokenAge: "10 minutes",
          requiredClaims,
        },
      );
      // Neither an access token nor a token of the other kind is accepted as one of these.
      if (typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(typ)) {
        throw new SignInRefused("refused");
      }
      return payload;
    } catch (error) {
      if (error instanceof SignInRefused) throw error;
      if (error instanceof errors.JWKSNoMatchingKey && !fresh) continue;
      if (error instanceof errors.JWSSignatureVerificationFailed && !fresh) continue;
      throw new SignInRefused("refused");
    }
  }
  throw new SignInRefused("refused");
}

/** Whether a token claims a signature we accept: checked before any keys are fetched. */
export function isSignedAsWanted(token: string): boolean {
  try {
    return algorithms.includes(decodeProtectedHeader(token).alg ?? "");
  } catch {
    return false;
  }
}

interface Kept {
  until: number;
  /** Until when missing keys are not looked up again: junk must not make us ask the provider. */
  settled: number;
  keys: JSONWebKeySet;
}

/** Keys are fetched again after an hour, or if one is missing; every process has its own copy. */
const keptFor = 3_600_000;
/** The shortest time between look-ups of missing keys, in milliseconds. */
const settledFor = 60_000;
const kept = new Map<string, Kept>();

async function keysOf(
  means: Means,
  { issuer, jwks_uri }: Described,
  fresh: boolean,
): Promise<JSONWebKeySet> {
  const found = kept.get(jwks_uri);
  const at = now().getTime();
  if (found && (fresh ? found.settled : found.until) > at) return found.keys;
  if (found && fresh) found.settled = at + settledFor;
  const answer = await ask(means, issuer, { method: "GET", url: jwks_uri });
  const read = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })
    .safeParse(answer);
  if (!read.success) throw new SignInRefused("refused");
  const keys = read.data as JSONWebKeySet;
  if (kept.size > 500) kept.clear();
  kept.set(jwks_uri, { until: at + keptFor, settled: fresh ? at + settledFor : 0, keys });
  return keys;
}

const descriptions = new Map<string, { until: number; described: Described }>();

/** Like `discover`, but cached as long as keys are: for callers that can be triggered at will. */
export async function described(means: Means, issuer: string): Promise<Described> {
  const found = descriptions.get(issuer);
  if (found && found.until > now().getTime()) return found.described;
  return await discover(means, issuer);
}

/** The provider's description of itself, which must bear its own name. Throws SignInRefused. */
export async function discover(
  means: Means,
  issuer: string,
  timeoutMs = limits.timeoutMs,
): Promise<Described> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const read = Discovery.safeParse(await ask(means, issuer, { method: "GET", url }, timeoutMs));
  if (!read.success || read.data.issuer !== issuer) throw new SignInRefused("refused");
  if (descriptions.size > 500) descriptions.clear();
  descriptions.set(issuer, { until: now().getTime() + keptFor, described: read.data });
  return read.data;
}

/** Whether the provider's host is in the register and open. */
export async function isListed(sql: AnySql, issuer: string): Promise<boolean> {
  const found = await processors.lookupByHost(sql, hostOf(issuer));
  return found !== null && processors.isOpen(found);
}

function hostOf(address: string): processors.Host {
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname, port: Number(port || (protocol === "https:" ? 443 : 80)) };
}

/** Sends a request to the provider; only hosts in its register entry are reached. */
async function ask(
  { sql, egress }: Means,
  issuer: string,
  outgoing: Outgoing,
  timeoutMs = limits.timeoutMs,
): Promise<unknown> {
  const listed = await processors.lookupByHost(sql, hostOf(issuer));
  if (!listed || !processors.isOpen(listed)) throw new SignInRefused("unlisted");
  const { status, text } = await (async () => {
    const answer = await egress.request(listed.id, "security", outgoing, { ...limits, timeoutMs });
    return { status: answer.status, text: await answer.text() };
  })().catch(() => {
    throw new SignInRefused("unreachable");
  });
  if (status !== 200) throw new SignInRefused("refused");
  try {
    return JSON.parse(text);
  } catch {
    throw new SignInRefused("refused");
  }
}
