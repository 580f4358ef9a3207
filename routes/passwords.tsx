/** Forgotten passwords: the request, and the page behind the mailed link. */
import { z } from "zod";
import * as identities from "../db/identities.ts";
import * as mails from "../db/mails.ts";
import * as passwords from "../db/passwords.ts";
import * as resets from "../db/password_resets.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as tokens from "../db/tokens.ts";
import { passwordChanged } from "../views/mail/passwords.tsx";
import { LinkGone, RequestPage, RequestSent, SetPage } from "../views/passwords.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { counted, unstored } from "./link_pages.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

const Request = z.object({ email: fields.email });
const Choice = z.object({ password: fields.password });

export default web.createApp()
  .get("/new", (c) => showRequest(c, emptyForm))
  .post("/new", async (c) => {
    const read = await readForm(c, Request);
    if (!read.ok) return await showRequest(c, read.form, 422);
    const { email } = read.value;
    await rateLimits.countReset(counters(c), email, prefix(c));
    await resets.request(c.var.services.pool, email);
    return await page(c, <RequestSent view={c.var.view} />, {
      title: "passwords.request_sent_title",
      bare: true,
    });
  })
  .use(`/${fields.tokenPart}`, counted(rateLimits.limits.links), unstored)
  .get(`/${fields.tokenPart}`, async (c) => {
    const token = await tokens.lookup(c.var.services.pool, "password_reset", c.req.param("token"));
    return token?.identityId ? await showSet(c, emptyForm) : await gone(c);
  })
  .post(`/${fields.tokenPart}`, async (c) => {
    const { pool } = c.var.services;
    const text = c.req.param("token");
    const token = await tokens.lookup(pool, "password_reset", text);
    if (!token?.identityId) return await gone(c);
    const read = await readForm(c, Choice);
    if (!read.ok) return await showSet(c, read.form, 422);
    const { name, email } = await identities.find(pool, token.identityId);
    const fault = await passwords.fault(read.value.password, [name, email]);
    if (fault) return await showSet(c, invalid(read.form, { password: fault }), 422);
    const done = await resets.complete(pool, text, await passwords.hash(read.value.password));
    if (!done) return await gone(c);
    await rateLimits.know(counters(c), done.email, prefix(c));
    await notifyOwner(c, done);
    return c.redirect("/login?notice=password_changed", 303);
  });

/** Notifies the owner of an account by mail that its password was changed. */
export async function notifyOwner(
  c: Ctx,
  { email, name, locale }: identities.Identity,
): Promise<void> {
  const { pool, config } = c.var.services;
  const letter = passwordChanged({ locale, name, baseUrl: config.baseUrl });
  await pool.begin(async (sql) => {
    await mails.send(sql, { tenantId: null, kind: "password_changed", to: email, ...letter });
  });
}

const showRequest = (c: Ctx, form: FormState, status: 200 | 422 = 200) =>
  page(c, <RequestPage view={c.var.view} form={form} />, {
    title: "passwords.request_title",
    status,
    bare: true,
  });

const showSet = (c: Ctx, form: FormState, status: 200 | 422 = 200) =>
  page(c, <SetPage view={c.var.view} form={form} />, {
    title: "passwords.set_title",
    status,
    bare: true,
  });

const gone = (c: Ctx) =>
  page(c, <LinkGone view={c.var.view} />, {
    title: "passwords.gone_title",
    status: 410,
    bare: true,
  });
