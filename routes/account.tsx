/** One's own account: name, address, password, display, sessions. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as changes from "../db/email_changes.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as inboundAddresses from "../db/inbound_addresses.ts";
import * as mails from "../db/mails.ts";
import * as preferences from "../db/notification_preferences.ts";
import * as policyNotices from "../db/policy_notices.ts";
import * as passwords from "../db/passwords.ts";
import { withScope } from "../db/scope.ts";
import * as sessions from "../db/sessions.ts";
import * as demands from "../db/sign_in_demands.ts";
import * as tokens from "../db/tokens.ts";
import { type AccountForms, AccountPage } from "../views/account/page.tsx";
import { emailChange, emailChanged } from "../views/mail/email_changes.tsx";
import { path } from "../views/path.ts";
import { emptyForm } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { confirmedByFactor } from "./confirmed.tsx";
import { signedIn } from "./guards.ts";
import { notifyOwner } from "./passwords.tsx";
import { isOwnPassword, localPath } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Name = z.object({ name: fields.name() });
const Email = z.object({ email: fields.email, current: fields.password });
const Password = z.object({ old: fields.password, password: fields.password });
const Locale = z.object({ locale: z.enum(["de", "en"]) });
const Theme = z.object({ theme: z.enum(["auto", "light", "dark"]) });

export default web.createApp()
  .use(signedIn)
  .get("/", (c) => show(c))
  .get(
    "/:part{name|email|password|display|theme|language|notifications}",
    (c) => c.redirect("/account", 303),
  )
  .post("/name", async (c) => {
    const read = await readForm(c, Name);
    if (!read.ok) return await show(c, { name: read.form });
    await identities.rename(c.var.services.pool, c.var.session!.identityId, read.value.name);
    return await redirect(c, "/account", { kind: "ok", key: "account.name_saved" });
  })
  .post("/email", confirmedByFactor, async (c) => {
    const read = await readForm(c, Email);
    if (!read.ok) return await show(c, { email: read.form });
    const { email, current } = read.value;
    const identity = await self(c);
    const refuse = (faults: Record<string, string>) =>
      show(c, { email: invalid(read.form, faults) });
    if (email.toLowerCase() === identity.email.toLowerCase()) {
      return await refuse({ email: "account.same_email" });
    }
    if (!await isOwnPassword(c, current)) return await refuse({ current: "passwords.wrong" });
    if (!await demands.allows(c.var.services.pool, identity.id, email)) {
      return await refuse({ email: "single_sign_on.address_kept" });
    }
    await requestEmail(c, identity, email);
    return await redirect(c, "/account", { kind: "info", key: "account.email_sent" });
  })
  .post("/password", confirmedByFactor, async (c) => {
    const read = await readForm(c, Password);
    if (!read.ok) return await show(c, { password: read.form });
    const identity = await self(c);
    const { old, password } = read.value;
    const refuse = (faults: Record<string, string>) =>
      show(c, { password: invalid(read.form, faults) });
    if (!await isOwnPassword(c, old)) return await refuse({ old: "passwords.wrong" });
    const weak = await passwords.fault(password, [identity.name, identity.email]);
    if (weak) return await refuse({ password: weak });
    await setPassword(c, identity, password);
    return await redirect(c, "/account", { kind: "ok", key: "account.password_saved" });
  })
  .post("/display", async (c) => {
    const read = await readForm(c, Locale.extend(Theme.shape));
    if (read.ok) {
      const { identityId, id } = c.var.session!;
      await identities.speak(c.var.services.pool, identityId, read.value.locale);
      await sessions.paint(c.var.services.pool, id, read.value.theme);
    }
    return c.redirect("/account", 303);
  })
  .post("/policy", async (c) => {
    await policyNotices.acknowledge(c.var.services.pool, c.var.session!.identityId);
    return await back(c);
  })
  .post("/theme", async (c) => {
    const read = await readForm(c, Theme);
    if (read.ok) await sessions.paint(c.var.services.pool, c.var.session!.id, read.value.theme);
    return await back(c);
  })
  .post("/language", async (c) => {
    const { pool } = c.var.services;
    const read = await readForm(c, Locale);
    if (read.ok) await identities.speak(pool, c.var.session!.identityId, read.value.locale);
    return await back(c);
  })
  .post("/sessions/end", async (c) => {
    const { identityId, id } = c.var.session!;
    const count = await sessions.removeAll(c.var.services.pool, identityId, id);
    const flash = { kind: "ok", key: "account.sessions_ended", params: { count } } as const;
    return await redirect(c, "/account", flash);
  })
  .post(`/sessions/${fields.idPart}/end`, async (c) => {
    const { pool } = c.var.services;
    if (!await sessions.remove(pool, c.var.session!.identityId, c.req.param("id"))) {
      throw new NotFound("session");
    }
    return await redirect(c, "/account", { kind: "ok", key: "account.session_ended" });
  });

const self = (c: Ctx) => identities.find(c.var.services.pool, c.var.session!.identityId);

/** Back to the page the menu was opened on. */
async function back(c: Ctx): Promise<Response> {
  const { back } = await c.req.parseBody();
  return c.redirect(localPath(typeof back === "string" ? back : undefined, "/account"), 303);
}

/** Writes to both addresses; whether the new one belongs to somebody else already is not revealed. */
async function requestEmail(c: Ctx, identity: identities.Identity, email: string): Promise<void> {
  const { pool, config: { baseUrl } } = c.var.services;
  const { locale, name } = identity;
  await pool.begin(async (sql) => {
    const token = await changes.request(sql, identity.id, email);
    const link = baseUrl + path`/email-changes/${token}`;
    const confirm = emailChange({ locale, name, baseUrl, link });
    const announce = emailChanged({ locale, name, baseUrl });
    const own = { tenantId: null } as const;
    await mails.send(sql, { ...own, kind: "email_change", to: email, ...confirm });
    await mails.send(sql, { ...own, kind: "email_changed", to: identity.email, ...announce });
  });
}

/** The new password ends every other session and every open link of the identity. */
async function setPassword(c: Ctx, identity: identities.Identity, password: string): Promise<void> {
  const passwordHash = await passwords.hash(password);
  await c.var.services.pool.begin(async (sql) => {
    await identities.setPassword(sql, identity.id, passwordHash);
    await tokens.revoke(sql, "password_reset", identity.id);
    await tokens.revoke(sql, "email_change", identity.id);
    await tokens.revoke(sql, "second_factor", identity.id);
    await sessions.removeAll(sql, identity.id, c.var.session!.id);
  });
  await notifyOwner(c, identity);
}

async function show(c: Ctx, forms: Partial<AccountForms> = {}): Promise<Response> {
  const { session, view, services } = c.var;
  const name = { values: { name: session!.name }, errors: {} };
  const status = Object.keys(forms).length > 0 ? 422 : 200;
  return await page(
    c,
    <AccountPage
      view={view}
      email={session!.email}
      forms={{ name, email: emptyForm, password: emptyForm, ...forms }}
      guarded={factors.guards(await factors.find(services.pool, session!.identityId))}
      preferences={await chosen(c)}
      sessions={await sessions.list(services.pool, session!.identityId)}
      here={session!.id}
      operator={session!.operator}
      inboundAddress={await inboundAddress(c)}
    />,
    { title: "account.title", status },
  );
}

/** The person's notification settings in the current tenant; null without one. */
async function chosen(c: Ctx): Promise<preferences.Preferences | null> {
  const { tenantId, userId } = c.var.session!;
  if (!tenantId) return null;
  const actor = { kind: "user", userId } as const;
  return await withScope(c.var.services.pool, { tenantId, actor }, preferences.list);
}

/** The address for copies; undefined if no mail is received here or nobody may have one. */
async function inboundAddress(c: Ctx): Promise<string | null | undefined> {
  const { session, view, services: { pool, config } } = c.var;
  const { tenantId, userId } = session!;
  if (!config.inbound || !tenantId || !userId || !view.can("mail_accounts.manage")) {
    return undefined;
  }
  const who = { tenantId, actor: { kind: "user", userId } } as const;
  const found = await withScope(pool, who, (scope) => inboundAddresses.lookup(scope, userId));
  return found && `${found.localPart}@${config.inbound.domain}`;
}
