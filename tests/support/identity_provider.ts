/** A tenant's identity provider on this machine: discovery, keys that rotate, codes valid once. */
import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { fake } from "./processors.ts";

type Claims = Record<string, unknown>;

/** What the next token states falsely. */
export interface Lies {
  claims?: Claims;
  issuer?: string;
  audience?: string;
  /** Signed by a key that nobody published. */
  forged?: true;
  /** Without any signature. */
  unsigned?: true;
  issuedAt?: Date;
}

export async function identityProvider(secret: string | null = "geheim & Öl") {
  let keys: { id: string; privateKey: CryptoKey; jwk: JWK }[] = [];
  const codes = new Map<string, { query: URLSearchParams; claims: Claims }>();
  const state = {
    lies: {} as Lies,
    discovered: 0,
    fetched: 0,
    asked: 0,
    issuer: "",
    /** Where sessions end there; empty for nowhere. */
    ending: "",
  };

  /** Rotates the keys, as providers do, with the old ones still published or not. */
  const rotate = async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const id = newId();
    const jwk = { ...await exportJWK(publicKey), kid: id, alg: "ES256", use: "sig" };
    keys = [{ id, privateKey, jwk }];
  };
  await rotate();

  async function tokenFor({ query, claims }: { query: URLSearchParams; claims: Claims }) {
    const { lies } = state;
    const payload = { sub: "7", nonce: query.get("nonce"), ...claims, ...lies.claims };
    const at = lies.issuedAt ?? now();
    if (lies.unsigned) {
      const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, "");
      const seconds = Math.floor(at.getTime() / 1000);
      const all = { ...payload, iss: server.url, aud: query.get("client_id"), iat: seconds };
      return `${part({ alg: "none" })}.${part({ ...all, exp: seconds + 300 })}.`;
    }
    const key = lies.forged ? (await generateKeyPair("ES256")).privateKey : keys[0]!.privateKey;
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: "ES256", kid: keys[0]!.id })
      .setIssuer(lies.issuer ?? server.url)
      .setAudience(lies.audience ?? query.get("client_id")!)
      .setIssuedAt(at)
      .setExpirationTime(new Date(at.getTime() + 300_000))
      .sign(key);
  }

  const server = fake(async (request, body) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration") {
      state.discovered++;
      return Response.json({
        issuer: state.issuer || server.url,
        authorization_endpoint: `${server.url}/authorize`,
        token_endpoint: `${server.url}/token`,
        jwks_uri: `${server.url}/keys`,
        ...(state.ending === "" ? {} : { end_session_endpoint: state.ending }),
      });
    }
    if (pathname === "/keys") {
      state.fetched++;
      return Response.json({ keys: keys.map(({ jwk }) => jwk) });
    }
    if (pathname !== "/token") return new Response(null, { status: 404 });
    state.asked++;
    const form = new URLSearchParams(new TextDecoder().decode(body));
    const found = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const wanted = secret === null ? null : `Basic ${
      btoa(
        `${encodeURIComponent(found?.query.get("client_id") ?? "")}:${encodeURIComponent(secret)}`,
      )
    }`;
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const right = found && request.headers.get("authorization") === wanted &&
      challenge === found.query.get("code_challenge") &&
      form.get("redirect_uri") === found.query.get("redirect_uri");
    if (!right) return Response.json({ error: "invalid_grant" }, { status: 400 });
    return Response.json({ id_token: await tokenFor(found), token_type: "Bearer" });
  });

  return {
    url: server.url,
    port: server.port,
    state,
    rotate,
    /**
     * A token saying that a session has ended; `changed` overwrites claims or, if undefined,
     * removes them.
     */
    async logoutToken(claims: Claims, changed: Claims = {}, forged = false): Promise<string> {
      const key = forged ? (await generateKeyPair("ES256")).privateKey : keys[0]!.privateKey;
      const seconds = Math.floor(now().getTime() / 1000);
      const all = {
        iss: server.url,
        aud: "crm",
        iat: seconds,
        exp: seconds + 120,
        jti: newId(),
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
        ...claims,
        ...changed,
      };
      return await new SignJWT(all)
        .setProtectedHeader({ alg: "ES256", kid: keys[0]!.id, typ: "logout+jwt" }).sign(key);
    },
    /** What the person's browser brings back after logging in at the provider. */
    answer(url: string, claims: Claims): string {
      const { searchParams: query } = new URL(url);
      const code = newId();
      codes.set(code, { query, claims });
      const back = new URL(query.get("redirect_uri")!);
      back.search = new URLSearchParams({ code, state: query.get("state")! }).toString();
      return back.pathname + back.search;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
