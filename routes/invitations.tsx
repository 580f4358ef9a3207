/** Accepting an invitation: with a new identity, or with the one the address already has. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as invitations from "../db/invitations.ts";
import * as mails from "../db/mails.ts";
import * as passwords from "../db/passwords.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as sessions from "../db/sessions.ts";
import * as demands from "../db/sign_in_demands.ts";
import { InvitationGone, InvitationPage, type Invited } from "../views/invitations.tsx";
import { factorsEnded } from "../views/mail/factors.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { counted, unstored } from "./link_pages.ts";
import { sessionToken } from "./guards.ts";
import { signIn } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Person = z.object({ name: fields.name(), password: fields.password });
const Named = Person.pick({ name: true });

export default web.createApp()
  .use(counted(rateLimits.limits.links), unstored)
  .get(`/${fields.tokenPart}`, async (c) => {
    const opened = await open(c);
    return opened ? await show(c, opened, emptyForm) : await gone(c);
  })
  .post(`/${fields.tokenPart}`, async (c) => {
    const opened = await open(c);
    if (!opened) return await gone(c);
    if (await demands.awaits(c.var.services.pool, opened)) return await lead(c, opened);
    if (!opened.identityId) return await join(c, opened);
    if (opened.identityId !== c.var.session?.identityId) return await show(c, opened, emptyForm);
    return await enter(c, opened);
  });

/** Makes the identity that the address does not have yet. */
async function join(c: Ctx, opened: invitations.Opened): Promise<Response> {
  const read = await readForm(c, Person);
  if (!read.ok) return await show(c, opened, read.form, 422);
  const { name, password } = read.value;
  const fault = await passwords.fault(password, [name, opened.email]);
  if (fault) return await show(c, opened, invalid(read.form, { password: fault }), 422);
  const passwordHash = await passwords.hash(password);
  return await enter(c, opened, { name, passwordHash, locale: c.var.view.locale });
}

/** Admits a person who will sign in through the tenant's provider: it proves who they are, not the link. */
async function lead(c: Ctx, opened: invitations.Opened): Promise<Response> {
  if (opened.identityId) return await enter(c, opened);
  const read = await readForm(c, Named);
  if (!read.ok) return await show(c, opened, read.form, 422);
  return await enter(c, opened, {
    name: read.value.name,
    passwordHash: null,
    locale: c.var.view.locale,
  });
}

async function enter(
  c: Ctx,
  opened: invitations.Opened,
  person?: Parameters<typeof invitations.accept>[3],
): Promise<Response> {
  try {
    const { pool } = c.var.services;
    const guarded = opened.identityId !== null &&
      factors.guards(await factors.find(pool, opened.identityId));
    const accepted = await invitations.accept(pool, c.req.param("token")!, opened, person);
    if (guarded) await tellIfEnded(c, accepted.identityId, opened.tenantName);
    const demand = await demands.lookup(pool, accepted.identityId);
    if (demand?.tenantId === accepted.tenantId) {
      return c.redirect(demand.isOnly ? "/login/single-sign-on" : "/tenants", 303);
    }
    // A tenant's identity provider vouches for nobody in another tenant.
    const { session } = c.var;
    if (session?.factor === "single_sign_on" && session.tenantId !== accepted.tenantId) {
      return await redirect(c, "/tenants", { kind: "error", key: "single_sign_on.other_tenant" });
    }
    // It was begun with a factor that has ended with this.
    if (session && !await sessions.lookup(pool, sessionToken(c) ?? "")) {
      return c.redirect("/login", 303);
    }
    // An existing session keeps the confirmation it was begun with.
    const { factor = "link", confirmedAt } = ownOf(c, accepted.identityId) ?? {};
    await signIn(c, { ...accepted, factor, provenAt: confirmedAt });
  } catch (error) {
    if (error instanceof NotFound) return await gone(c);
    throw error;
  }
  return c.redirect("/start", 303);
}

/** Writes to a person whose factors have just ended, as another tenant's provider could use them. */
async function tellIfEnded(c: Ctx, identityId: string, tenant: string): Promise<void> {
  const { pool, config: { baseUrl } } = c.var.services;
  if (factors.guards(await factors.find(pool, identityId))) return;
  const { locale, name, email } = await identities.find(pool, identityId);
  const letter = factorsEnded({ locale, name, baseUrl, tenant });
  await pool.begin((sql) =>
    mails.send(sql, { tenantId: null, kind: "factors_changed", to: email, ...letter })
  );
}

const ownOf = ({ var: { session } }: Ctx, identityId: string) =>
  session?.identityId === identityId ? session : null;

const open = (c: Ctx) => invitations.lookup(c.var.services.pool, c.req.param("token")!);

async function show(
  c: Ctx,
  opened: invitations.Opened,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const invited: Invited = {
    ...opened,
    isKnown: opened.identityId !== null,
    state: await demands.awaits(c.var.services.pool, opened)
      ? "provider"
      : !opened.identityId
      ? "unknown"
      : opened.identityId === c.var.session?.identityId
      ? "ready"
      : "known",
    path: c.req.path,
  };
  const { view } = c.var;
  const title = view.t("invitations.title", { tenant: opened.tenantName });
  const node = <InvitationPage view={view} form={form} invited={invited} />;
  return await page(c, node, { title: { text: title }, status, bare: true });
}

const gone = (c: Ctx) =>
  page(c, <InvitationGone view={c.var.view} />, {
    title: "invitations.gone_title",
    status: 410,
    bare: true,
  });
