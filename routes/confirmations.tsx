/** Proving anew to be the one, before deeds that weigh: by code or passkey, else by the password. */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { now } from "../db/clock.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as passkeys from "../db/passkeys.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as sessions from "../db/sessions.ts";
import { ConfirmationPage } from "../views/factors/confirmation.tsx";
import { query } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { signedIn } from "./guards.ts";
import { unstored } from "./link_pages.ts";
import { prove } from "./factor_step.tsx";
import { counters, isOwnPassword, localPath, prefix } from "./sign_in.ts";
import { type Ctx, page, web } from "./web.tsx";

/** How long a proof stands, in milliseconds: for one sitting at such deeds. */
export const standing = 10 * 60_000;

/** Whether the person at hand proved it just now. */
export const isConfirmed = (c: Ctx): boolean =>
  now().getTime() - c.var.session!.confirmedAt.getTime() <= standing;

/**
 * Lets only those pass who proved just now to be the one. A page is come back to; what was posted
 * is carried along and posted again, so that nothing typed is lost.
 */
export const confirmed = web.createMiddleware(async (c, next) => {
  return await askFirst(c) ?? await next();
});

/** The page that asks for the proof, where none stands: for deeds of which only some weigh so much. */
export async function askFirst(c: Ctx): Promise<Response | null> {
  if (isConfirmed(c)) return null;
  if (c.req.method === "GET") {
    return c.redirect(query("/confirmation", { to: pathOf(c) }), 303);
  }
  return await ask(c, pathOf(c), emptyForm, await carried(c));
}

/** Whether more than a password guards the person at hand. */
export async function isGuarded(c: Ctx): Promise<boolean> {
  return factors.guards(await factors.find(counters(c).sql, c.var.session!.identityId));
}

/** The same for deeds whose form asks for the password already: only who has more is asked for it. */
export const confirmedByFactor = web.createMiddleware(async (c, next) => {
  if (isConfirmed(c) || !await isGuarded(c)) return await next();
  return await confirmed(c, next);
});

const pathOf = (c: Ctx) => c.req.path + new URL(c.req.url).search;

type Carried = readonly [name: string, value: string][];
const own = "confirmation.";

/** What was posted, save our own fields. */
async function carried(c: Ctx): Promise<Carried> {
  const body = await c.req.parseBody({ all: true });
  return Object.entries(body).flatMap(([name, value]) =>
    name.startsWith(own)
      ? []
      : [value].flat().flatMap((one) =>
        typeof one === "string" ? [[name, one] as [string, string]] : []
      )
  );
}

/** What only a deed posted in this very session has: no link makes anybody post what it likes. */
function sealOf(c: Ctx, to: string): string {
  const secret = Buffer.from(c.var.services.config.secretKey, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, c.var.session!.id, "confirmations", 32));
  return createHmac("sha256", key).update(to).digest("base64url");
}

const isSealed = (c: Ctx, to: string, seal: string) => {
  const [a, b] = [Buffer.from(sealOf(c, to)), Buffer.from(seal)];
  return a.length === b.length && timingSafeEqual(a, b);
};

export default web.createApp()
  .use(signedIn, unstored)
  .get("/", (c) => ask(c, target(c), emptyForm, null))
  .post("/", async (c) => {
    const body = await c.req.parseBody();
    const text = (name: string) => {
      const value = body[own + name];
      return typeof value === "string" ? value.replaceAll("\0", "").trim().slice(0, 20_000) : "";
    };
    const to = target(c);
    const posted = text("seal") !== "";
    if (posted && !isSealed(c, to, text("seal"))) return c.redirect("/account", 303);
    const fault = await faultOf(c, text);
    if (fault) return await ask(c, to, fault, posted ? await carried(c) : null, 422);
    // Posted once more, fields and all, by the browser itself.
    return c.redirect(to, posted ? 307 : 303);
  })
  .post("/challenges", async (c) => {
    const { pool, config } = c.var.services;
    await rateLimits.count(counters(c), rateLimits.limits.passkeys, prefix(c));
    const { identityId } = c.var.session!;
    return c.json(await passkeys.signInOptions(pool, config.baseUrl, identityId));
  });

const target = (c: Ctx) => localPath(c.req.query("to"), "/account");

/** What is wrong with the proof; null when it stands, from now on. */
async function faultOf(c: Ctx, text: (name: string) => string): Promise<FormState | null> {
  const { pool } = c.var.services;
  const { id, identityId } = c.var.session!;
  const refuse = (name: string, code: string): FormState => ({
    values: {},
    errors: { [own + name]: code },
  });
  if (factors.guards(await factors.find(pool, identityId))) {
    const proof = { code: text("code").slice(0, 60), response: text("response") };
    if (proof.code === "" && proof.response === "") return refuse("code", "required");
    const factor = await prove(c, identityId, proof);
    if (!factor) return refuse("code", "factors.wrong");
    await sessions.confirm(pool, id, factor);
    return null;
  }
  if (text("password") === "") return refuse("password", "required");
  if (!await isOwnPassword(c, text("password"))) return refuse("password", "passwords.wrong");
  await sessions.confirm(pool, id);
  return null;
}

async function ask(
  c: Ctx,
  to: string,
  form: FormState,
  fields: Carried | null,
  status: 200 | 422 = fields ? 422 : 200,
): Promise<Response> {
  const { view, session } = c.var;
  const { sql } = counters(c);
  const has = await factors.find(sql, session!.identityId);
  const { passwordHash } = await identities.find(sql, session!.identityId);
  return await page(
    c,
    <ConfirmationPage
      view={view}
      form={form}
      factors={has}
      password={passwordHash !== null}
      action={query("/confirmation", { to })}
      carried={fields ? [...fields, [`${own}seal`, sealOf(c, to)]] : []}
    />,
    { title: "factors.confirm_title", status },
  );
}
