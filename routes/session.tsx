/** Signing in and out. */
import { z } from "zod";
import { TooMany } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as figures from "../db/measure_figures.ts";
import * as passkeys from "../db/passkeys.ts";
import * as passwords from "../db/passwords.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { query } from "../views/path.ts";
import { loginNotices, LoginPage } from "../views/sessions.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import factorStep from "./factor_step.tsx";
import * as fields from "./fields.ts";
import singleSignOn, { leadOut } from "./single_sign_on.tsx";
import {
  beginStep,
  counters,
  isBound,
  localPath,
  prefix,
  type Proven,
  signIn,
  signOut,
  tenantFor,
} from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

const Input = z.object({
  email: fields.line(254).pipe(z.string().min(1)),
  password: fields.password,
});

/** What a passkey signed, as the browser writes it. */
const Signed = z.object({ response: z.string().max(20_000) });

const show = (c: Ctx, form: FormState, status: 200 | 422 = 200) => {
  const notice = c.req.method === "GET"
    ? loginNotices.find((each) => each === c.req.query("notice"))
    : undefined;
  return page(
    c,
    <LoginPage view={c.var.view} form={form} notice={notice} next={c.req.query("next")} />,
    {
      title: "sessions.title",
      status,
      bare: true,
    },
  );
};

export const login = web.createApp()
  .get("/", (c) => c.var.session ? c.redirect(next(c), 303) : show(c, emptyForm))
  .post("/", async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const identity = await recognise(c, read.value);
    const refuse = () => show(c, invalid(read.form, { "": "sessions.failed" }), 422);
    if (!identity) return await refuse();
    const { pool } = c.var.services;
    // Only shown to people who know the password: nobody else may learn who works where.
    if (await isBound(pool, identity.id)) return await refuseBound(c, read.form);
    if (factors.guards(await factors.find(pool, identity.id))) {
      if (!await beginStep(c, identity)) return await refuse();
      return c.redirect(query("/login/factor", { next: c.req.query("next") ?? "" }), 303);
    }
    const tenantId = await tenantFor(pool, identity.id);
    const { id: identityId, passwordHash } = identity;
    const isIn = await signIn(c, { identityId, tenantId, factor: "password", passwordHash });
    return isIn ? c.redirect(next(c), 303) : await refuse();
  })
  .post("/passkeys", async (c) => {
    const { pool, config } = c.var.services;
    await rateLimits.count(counters(c), rateLimits.limits.passkeys, prefix(c));
    const read = await readForm(c, Signed);
    const identityId = read.ok
      ? await passkeys.verify(pool, config.baseUrl, read.value.response)
      : null;
    if (!identityId) {
      await figures.countFailure(pool, "failed");
      return await show(c, { values: {}, errors: { "": "sessions.passkey_failed" } }, 422);
    }
    if (await isBound(pool, identityId)) return await refuseBound(c, emptyForm);
    const tenantId = await tenantFor(pool, identityId);
    await signIn(c, { identityId, tenantId, factor: "passkey" });
    return c.redirect(next(c), 303);
  })
  .post("/passkeys/challenges", async (c) => {
    const { pool, config } = c.var.services;
    await rateLimits.count(counters(c), rateLimits.limits.passkeys, prefix(c));
    c.header("Cache-Control", "no-store");
    return c.json(await passkeys.signInOptions(pool, config.baseUrl));
  })
  .route("/factor", factorStep)
  .route("/single-sign-on", singleSignOn);

export const logout = web.createApp()
  .post("/", async (c) => {
    const { session } = c.var;
    await signOut(c);
    const out = session && await leadOut(c, session);
    return out ?? c.redirect("/login?notice=signed_out", 303);
  });

/** Says how to sign in to people whose only tenant no longer accepts the way they used. */
async function refuseBound(c: Ctx, form: FormState): Promise<Response> {
  await figures.countFailure(c.var.services.pool, "failed");
  return await show(c, invalid(form, { "": "single_sign_on.demanded" }), 422);
}

const next = (c: Ctx) => localPath(c.req.query("next"), "/start");

/** The identity, if the password is right; unknown addresses take as long. Throws TooMany. */
async function recognise(
  c: Ctx,
  { email, password }: z.output<typeof Input>,
): Promise<Proven | null> {
  const { pool } = c.var.services;
  try {
    await rateLimits.countSignIn(counters(c), email, prefix(c));
  } catch (error) {
    if (error instanceof TooMany) await figures.countFailure(pool, "limited");
    throw error;
  }
  const identity = await identities.lookup(pool, email);
  if (!await passwords.verify(identity?.passwordHash ?? null, password) || !identity) {
    await figures.countFailure(pool, "failed");
    // The address is not logged: it may be a password typed into the wrong field.
    c.var.services.audit.warn("sign-in refused", { identityId: identity?.id });
    return null;
  }
  await rateLimits.forgiveSignIn(counters(c), email, prefix(c));
  const { id, passwordHash } = identity as Proven;
  if (!passwords.isOutdated(passwordHash)) return { id, passwordHash };
  await identities.rehash(pool, id, passwordHash, await passwords.hash(password));
  // Another log-in may have renewed it at the same time, or somebody changed it.
  const { passwordHash: kept } = await identities.find(pool, id);
  return kept && await passwords.verify(kept, password) ? { id, passwordHash: kept } : null;
}
