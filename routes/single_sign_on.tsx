/** Signing in through a tenant's own identity provider: the way there, and back with its answer. */
import { setCookie } from "hono/cookie";
import { z } from "zod";
import * as directoryUsers from "../db/directory_users.ts";
import * as providers from "../db/identity_providers.ts";
import * as figures from "../db/measure_figures.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as sessions from "../db/sessions.ts";
import * as logouts from "../db/provider_logouts.ts";
import * as oidc from "../db/single_sign_on.ts";
import * as tokens from "../db/tokens.ts";
import * as users from "../db/users.ts";
import { LeavePage, RefusedPage, SingleSignOnPage } from "../views/single_sign_on.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { cookieName, sessionToken } from "./guards.ts";
import { unstored } from "./link_pages.ts";
import { logoutRedirectUri, redirectUri } from "./provider_addresses.ts";
import { attributes, counters, localPath, prefix, signIn } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

const Address = z.object({ email: fields.email });

export default web.createApp()
  .use(unstored)
  .get("/", (c) => show(c, emptyForm))
  .post("/", async (c) => {
    const read = await readForm(c, Address);
    if (!read.ok) return await show(c, read.form, 422);
    await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
    return await leave(c, read.form, read.value.email);
  })
  .get("/answer", async (c) => {
    try {
      return await comeBack(c);
    } catch (error) {
      if (!(error instanceof oidc.SignInRefused)) throw error;
      await figures.countFailure(c.var.services.pool, "failed");
      return await page(c, <RefusedPage view={c.var.view} code={error.code} />, {
        title: "single_sign_on.refused_title",
        status: 422,
        bare: true,
      });
    }
  });

export const meansOf = (c: Ctx) => ({
  sql: c.var.services.pool,
  egress: c.var.services.egress,
});

const within = <T,>(c: Ctx, tenantId: string, work: (scope: Scope) => Promise<T>) =>
  withScope(c.var.services.pool, { tenantId, actor: system }, work);

/** Sends the browser to the provider responsible for the address. */
async function leave(c: Ctx, form: FormState, email: string): Promise<Response> {
  const { pool, config } = c.var.services;
  const tenantId = await providers.tenantOf(pool, email);
  const provider = tenantId ? await within(c, tenantId, providers.lookup) : null;
  const refuse = (code: string) => show(c, invalid(form, { email: code }), 422);
  if (!tenantId || !provider) return await refuse("single_sign_on.no_provider");
  const token = await tokens.issue(pool, { kind: "single_sign_on", tenantId });
  try {
    const url = await oidc.authorizationUrl(meansOf(c), provider, {
      redirectUri: redirectUri(c),
      secrets: oidc.secretsOf(config.secretKey, token),
      email,
    });
    const { session } = c.var;
    if (session) await sessions.remove(pool, session.identityId, session.id);
    // The cookie of the later session; where to go afterwards waits behind the token in it.
    const next = localPath(c.req.query("next"), "/start");
    const maxAge = tokens.lifetimes.single_sign_on / 1000;
    setCookie(c, cookieName(c), `${token}.${next}`, { ...attributes(c), maxAge });
    return await leadAway(c, url, "single_sign_on.leave_title");
  } catch (error) {
    if (!(error instanceof oidc.SignInRefused)) throw error;
    return await refuse(`single_sign_on.${error.code}`);
  }
}

/** Not by a redirect: browsers apply form-action to wherever a form's answer redirects. */
async function leadAway(
  c: Ctx,
  url: string,
  title: "single_sign_on.leave_title" | "single_sign_on.logout_title",
): Promise<Response> {
  c.header("Refresh", `0; url=${url}`);
  c.header("Referrer-Policy", "no-referrer");
  c.set("session", null);
  return await page(c, <LeavePage view={c.var.view} url={url} title={title} />, {
    title,
    bare: true,
  });
}

/** After the session has ended here: the way to where it ends at the provider, if there is one. */
export async function leadOut(c: Ctx, session: sessions.Session): Promise<Response | null> {
  if (session.factor !== "single_sign_on" || !session.tenantId) return null;
  const provider = await within(c, session.tenantId, providers.lookup);
  if (!provider) return null;
  const backTo = logoutRedirectUri(c);
  const url = await logouts.endSessionUrl(meansOf(c), provider, { email: session.email, backTo });
  return url ? await leadAway(c, url, "single_sign_on.logout_title") : null;
}

/** Signs in the person the provider names, for that tenant only. Throws SignInRefused. */
async function comeBack(c: Ctx): Promise<Response> {
  const { pool, config } = c.var.services;
  const [token = "", ...next] = (sessionToken(c) ?? "").split(".");
  const secrets = oidc.secretsOf(config.secretKey, token);
  const { state, code, iss } = c.req.query();
  if (state !== secrets.state) throw new oidc.SignInRefused("refused");
  const used = await tokens.use(pool, "single_sign_on", token);
  if (!used?.tenantId || !code || code.length > 4_000) throw new oidc.SignInRefused("refused");
  const { tenantId } = used;
  const [provider, clientSecret] = await within(c, tenantId, async (scope) =>
    [
      await providers.lookup(scope),
      await providers.secretOf(scope, config),
    ] as const);
  if (!provider || (iss !== undefined && iss !== provider.issuer)) {
    throw new oidc.SignInRefused("refused");
  }
  const named = await oidc.redeem(meansOf(c), provider, {
    code,
    redirectUri: redirectUri(c),
    secrets,
    clientSecret,
  });
  const { issuer } = provider;
  const names = {
    subject: logouts.digestOf(issuer, named.subject),
    session: named.session === null ? null : logouts.digestOf(issuer, named.session),
  };
  const identityId = await within(c, tenantId, async (scope) => {
    const admitted = await admit(scope, provider, named, c);
    if (!await users.vouch(scope, admitted, names.subject)) {
      throw new oidc.SignInRefused("another");
    }
    return admitted;
  });
  await signIn(c, { identityId, tenantId, factor: "single_sign_on", provider: names });
  return c.redirect(localPath(next.join("."), "/start"), 303);
}

/** The identity of the person named, who is a user of the tenant or may become one. */
async function admit(
  scope: Scope,
  provider: providers.IdentityProvider,
  { email, name }: { email: string; name: string },
  c: Ctx,
): Promise<string> {
  const address = fields.email.safeParse(email);
  if (!address.success) throw new oidc.SignInRefused("no_address");
  // A provider only counts for domains that its own tenant has confirmed.
  if (!await providers.speaksFor(scope, address.data)) throw new oidc.SignInRefused("foreign");
  const user = await users.lookup(scope, address.data);
  if (user) {
    if (user.deactivatedAt) throw new oidc.SignInRefused("unknown");
    return user.identityId;
  }
  if (!provider.newRole) throw new oidc.SignInRefused("unknown");
  const called = fields.name().safeParse(name);
  const { identityId } = await directoryUsers.create(scope, provider.newRole, {
    name: called.success ? called.data : address.data.split("@")[0]!,
    email: address.data,
    locale: c.var.view.locale,
  });
  return identityId;
}

const show = (c: Ctx, form: FormState, status: 200 | 422 = 200) =>
  page(
    c,
    <SingleSignOnPage view={c.var.view} form={form} next={c.req.query("next")} />,
    { title: "single_sign_on.title", status, bare: true },
  );
