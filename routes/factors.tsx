/** One's own second factors: an app, passkeys, recovery codes; each change needs confirmation. */
import { encodeQR } from "qr";
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as mails from "../db/mails.ts";
import * as passkeys from "../db/passkeys.ts";
import type { Tx } from "../db/pool.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as recoveryCodes from "../db/recovery_codes.ts";
import * as sessions from "../db/sessions.ts";
import * as totp from "../db/totp.ts";
import * as vouchedFactors from "../db/vouched_factors.ts";
import { AppPage, CodesPage, FactorsPage, NewPasskeyPage } from "../views/factors/page.tsx";
import { factorsChanged } from "../views/mail/factors.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { confirmed } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { signedIn } from "./guards.ts";
import { unstored } from "./link_pages.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const home = "/account/factors";
const Code = z.object({ code: fields.line(20).pipe(z.string().min(1)) });
const Key = z.object({ name: fields.name(100), response: z.string().max(40_000) });

export default web.createApp()
  .use(signedIn, unstored)
  .get("/", async (c) => {
    const { view, session, services: { pool } } = c.var;
    const has = await factors.find(pool, session!.identityId);
    const keys = await passkeys.list(pool, session!.identityId);
    const owed = session!.owesFactor
      ? "tenant" as const
      : await factors.owedByOperator(pool, session!)
      ? "operator" as const
      : null;
    const props = { view, factors: has, passkeys: keys, owed };
    return await page(c, <FactorsPage {...props} />, { title: "factors.title" });
  })
  .get("/app", confirmed, (c) => showApp(c, emptyForm))
  .post("/app", confirmed, async (c) => {
    const read = await readForm(c, Code);
    if (!read.ok) return await showApp(c, read.form, 422);
    await rateLimits.count(counters(c), rateLimits.limits.factors, c.var.session!.identityId);
    const { secretKey } = c.var.services.config;
    const done = await change(c, "totp", async (sql, identityId) => {
      const right = await totp.confirm({ sql, secretKey }, identityId, read.value.code);
      if (!right) throw new Invalid("factors.wrong", "code");
    });
    if (done.fault) return await showApp(c, invalid(read.form, done.fault), 422);
    return await finished(c, done.codes);
  })
  .post("/app/removal", confirmed, async (c) => {
    await change(c, null, (sql, identityId) => totp.remove(sql, identityId));
    return await redirect(c, home, { kind: "ok", key: "factors.removed" });
  })
  .get("/passkeys", confirmed, (c) => showKey(c, emptyForm))
  .post("/passkeys", confirmed, async (c) => {
    const read = await readForm(c, Key);
    if (!read.ok) return await showKey(c, read.form, 422);
    const { baseUrl } = c.var.services.config;
    const done = await change(
      c,
      "passkey",
      (sql, identityId) => passkeys.register(sql, baseUrl, { identityId, ...read.value }),
    );
    if (done.fault) return await showKey(c, invalid(read.form, { "": done.fault.response! }), 422);
    return await finished(c, done.codes);
  })
  .post("/passkeys/challenges", async (c) => {
    const { session, services: { pool, config } } = c.var;
    await rateLimits.count(counters(c), rateLimits.limits.passkeys, prefix(c));
    return c.json(await passkeys.registrationOptions(pool, config.baseUrl, session!));
  })
  .post(`/passkeys/${fields.idPart}/removal`, confirmed, async (c) => {
    const id = c.req.param("id");
    await change(c, null, (sql, identityId) => passkeys.remove(sql, identityId, id));
    return await redirect(c, home, { kind: "ok", key: "factors.removed" });
  })
  .get("/codes", (c) => c.redirect(home, 303))
  .post("/codes", confirmed, async (c) => {
    const { session, services: { pool, config } } = c.var;
    const { identityId } = session!;
    if (!factors.guards(await factors.find(pool, identityId))) return c.redirect(home, 303);
    const codes = await pool.begin(async (sql) => {
      await notifyOwner(c, sql);
      return await recoveryCodes.renew({ sql, secretKey: config.secretKey }, identityId);
    });
    return await finished(c, codes);
  });

/**
 * Changes the factors, notifies the person by mail, ends the other sessions. With the first factor
 * come the codes for who loses it; after the last the session is one of a password again.
 */
async function change(
  c: Ctx,
  gained: "totp" | "passkey" | null,
  work: (sql: Tx, identityId: string) => Promise<void>,
): Promise<{ codes: string[] | null; fault: Record<string, string> | null }> {
  const { session, services: { pool, config: { secretKey } } } = c.var;
  const { id, identityId } = session!;
  try {
    const codes = await pool.begin(async (sql) => {
      const first = !factors.guards(await factors.find(sql, identityId));
      if (gained) await vouchedFactors.note(sql, session!);
      await work(sql, identityId);
      await factors.tidy(sql, identityId);
      const guarded = factors.guards(await factors.find(sql, identityId));
      if (gained || !guarded) await sessions.confirm(sql, id, gained ?? "password");
      await sessions.removeAll(sql, identityId, id);
      await notifyOwner(c, sql);
      return gained && first ? await recoveryCodes.renew({ sql, secretKey }, identityId) : null;
    });
    return { codes, fault: null };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { codes: null, fault: { [error.field]: error.code } };
  }
}

async function notifyOwner(c: Ctx, sql: Tx): Promise<void> {
  const { session, services: { config: { baseUrl } } } = c.var;
  const { email, name, locale } = session!;
  const letter = factorsChanged({ locale, name, baseUrl });
  await mails.send(sql, { tenantId: null, kind: "factors_changed", to: email, ...letter });
}

/** The codes, where there are new ones: they are shown this once. */
async function finished(c: Ctx, codes: string[] | null): Promise<Response> {
  if (!codes) return await redirect(c, home, { kind: "ok", key: "factors.added" });
  const node = <CodesPage view={c.var.view} codes={codes} />;
  return await page(c, node, { title: "factors.codes_title" });
}

async function showApp(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, session, services: { pool, config } } = c.var;
  const { identityId, email } = session!;
  const keys = { sql: pool, secretKey: config.secretKey };
  const enrolment = await totp.begin(keys, identityId, email);
  if (!enrolment) return c.redirect(home, 303);
  const squares = encodeQR(enrolment.uri, "raw", { border: 4 });
  const props = { view, form, secret: enrolment.secret, squares };
  return await page(c, <AppPage {...props} />, { title: "factors.app_title", status });
}

async function showKey(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const node = <NewPasskeyPage view={c.var.view} form={form} />;
  return await page(c, node, { title: "factors.passkey_new", status });
}
