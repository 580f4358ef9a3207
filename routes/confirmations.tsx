/** The pages that ask people to confirm their identity: by code or passkey, or else by password. */
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as passkeys from "../db/passkeys.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as sessions from "../db/sessions.ts";
import { ProvenPage } from "../views/factors/confirmation.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { ask, askToSignIn, carried, isConfirmed, isSealed, own } from "./confirmed.tsx";
import { prove } from "./factor_step.tsx";
import { signedIn } from "./guards.ts";
import { unstored } from "./link_pages.ts";
import { counters, isOwnPassword, localPath, prefix } from "./sign_in.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(unstored)
  .get("/", signedIn, (c) => ask(c, target(c), emptyForm, null))
  .get(
    "/proof",
    signedIn,
    (c) => page(c, <ProvenPage view={c.var.view} />, { title: "factors.proven_title", bare: true }),
  )
  .post("/", async (c) => {
    const body = await c.req.parseBody();
    const text = (name: string) => {
      const value = body[own + name];
      return typeof value === "string" ? value.replaceAll("\0", "").trim().slice(0, 20_000) : "";
    };
    const to = target(c);
    const posted = text("seal") !== "";
    if (!c.var.session) {
      return posted ? await askToSignIn(c, to, text("seal")) : c.redirect("/login?next=%2F", 303);
    }
    if (posted && !isSealed(c, to, text("seal"))) return c.redirect("/account", 303);
    const fault = await faultOf(c, text);
    if (fault) return await ask(c, to, fault, posted ? await carried(c) : null, 422);
    // Posted once more, fields and all, by the browser itself.
    return c.redirect(to, posted ? 307 : 303);
  })
  .post("/challenges", signedIn, async (c) => {
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
  // People who have signed in again in another tab need not type anything here.
  const silent = ["code", "response", "password"].every((name) => text(name) === "");
  if (silent && isConfirmed(c)) return null;
  if (factors.guards(await factors.find(pool, identityId))) {
    const proof = { code: text("code").slice(0, 60), response: text("response") };
    if (proof.code === "" && proof.response === "") return refuse("code", "required");
    const factor = await prove(c, identityId, proof);
    if (!factor) return refuse("code", "factors.wrong");
    await sessions.confirm(pool, id, factor);
    return null;
  }
  const { passwordHash } = await identities.find(pool, identityId);
  if (passwordHash === null) return { values: {}, errors: { "": "factors.not_proven" } };
  if (text("password") === "") return refuse("password", "required");
  if (!await isOwnPassword(c, text("password"))) return refuse("password", "passwords.wrong");
  await sessions.confirm(pool, id);
  return null;
}
