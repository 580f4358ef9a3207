/** Which roles need a second factor: the setting, and where people without one are sent. */
import { z } from "zod";
import * as directoryTokens from "../db/directory_tokens.ts";
import * as factors from "../db/factors.ts";
import * as providers from "../db/identity_providers.ts";
import { type Role, roles } from "../db/roles.ts";
import type { Scope } from "../db/scope.ts";
import * as demands from "../db/sign_in_demands.ts";
import * as oidc from "../db/single_sign_on.ts";
import { SignInSettings } from "../views/factors/settings.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { confirmed } from "./confirmed.tsx";
import { isEveryones } from "./everyones.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { logoutRedirectUri, logoutUri, redirectUri } from "./provider_addresses.ts";
import { baseOf } from "./scim/answers.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const role = z.enum(roles as [typeof roles[number]]);
const Demand = z.object({
  roles: z.preprocess((value) => value === undefined ? [] : [value].flat(), z.array(role)),
});

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", (c) => showSettings(c, {}))
  .post("/", confirmed, async (c) => {
    const read = await readForm(c, Demand);
    if (!read.ok) return await showSettings(c, { roles: read.form }, 422);
    const say = (_: string, value: string) =>
      value.split("\n").map((each) => c.var.view.t(`team.role_${each as Role}`)).join(", ");
    const race = raced(read.form, await stored(c.var.scope), say);
    if (race) return await showSettings(c, { roles: race }, 422);
    await factors.demand(c.var.scope, read.value.roles);
    return await redirect(c, "/settings/sign-in", { kind: "ok", key: "factors.settings_saved" });
  });

const stored = async (scope: Scope): Promise<FormState["values"]> => ({
  roles: await factors.demanded(scope),
});

/** The page of a tenant's sign-in settings, with the forms that were refused. */
export async function showSettings(
  c: Ctx,
  forms: {
    roles?: FormState;
    provider?: FormState;
    demand?: FormState;
    domain?: FormState;
    directory?: FormState;
    /** A token of the directory that was just made. */
    token?: string;
  },
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const provider = await providers.lookup(scope);
  const { issuer = "", clientId = "", newRole = null } = provider ?? {};
  const form = forms.roles ?? marked({ values: await stored(scope), errors: {} });
  const props = {
    view,
    provider,
    listed: provider && await oidc.isListed(scope.sql, issuer),
    addresses: {
      redirect_uri: redirectUri(c),
      logout_redirect_uri: logoutRedirectUri(c),
      logout_uri: logoutUri(c),
    },
    domains: await providers.domains(scope),
    form: forms.provider ?? { values: { issuer, clientId, newRole: newRole ?? "" }, errors: {} },
    demand: {
      view,
      made: await demands.isMade(scope),
      form: forms.demand,
    },
    domainForm: forms.domain ?? emptyForm,
  };
  const directory = {
    view,
    form: forms.directory ?? { values: { days: "365" }, errors: {} },
    tokens: await directoryTokens.list(scope),
    token: forms.token ?? null,
    lifetimes: directoryTokens.lifetimes,
    address: baseOf(c),
  };
  if (forms.token) c.header("Cache-Control", "no-store");
  return await page(
    c,
    <SignInSettings view={view} form={form} provider={props} directory={directory} />,
    { title: "factors.settings", status },
  );
}

/** What people who still need a factor reach of their own: setting one up, signing out, other tenants. */
const open =
  /^\/(account(\/factors.*|\/language|\/theme)?|confirmation.*|logout|tenants|login.*|notifications\/(stream|unread))$/;

/** Sends people who still need a second factor to the page that sets one up. */
export const untilEnrolled = web.createMiddleware(async (c, next) => {
  const { path } = c.req;
  if (!c.get("session")?.owesFactor || isEveryones(path) || open.test(path)) return await next();
  return c.redirect("/account/factors", 303);
});
