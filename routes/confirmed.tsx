/** Sensitive actions are open only to people who have just confirmed their identity. */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { now } from "../db/clock.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import { ConfirmationPage, SignedOutPage } from "../views/factors/confirmation.tsx";
import { query } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { pathOf } from "./addresses.ts";
import { isSecret } from "./fields.ts";
import { counters } from "./sign_in.ts";
import { type Ctx, page, web } from "./web.tsx";

/** How long a confirmation holds, in milliseconds: long enough for several such actions. */
const standing = 10 * 60_000;

/** Whether this person has just confirmed their identity. */
export const isConfirmed = (c: Ctx): boolean =>
  now().getTime() - c.var.session!.confirmedAt.getTime() <= standing;

/**
 * Requires a recent confirmation. Afterwards a page is shown again; posted fields are carried along
 * and posted again, so that nothing typed is lost.
 */
export const confirmed = web.createMiddleware(async (c, next) => {
  return await askFirst(c) ?? await next();
});

/** The page that asks for confirmation if there is none; for actions that only sometimes need it. */
export async function askFirst(c: Ctx): Promise<Response | null> {
  if (isConfirmed(c)) return null;
  if (c.req.method === "GET") {
    return c.redirect(query("/confirmation", { to: pathOf(c) }), 303);
  }
  return await ask(c, pathOf(c), emptyForm, await carried(c));
}

/** Whether more than a password protects this person's account. */
export async function isGuarded(c: Ctx): Promise<boolean> {
  return factors.guards(await factors.find(counters(c).sql, c.var.session!.identityId));
}

/** The same for actions whose form asks for the password anyway: only asks people with a factor. */
export const confirmedByFactor = web.createMiddleware(async (c, next) => {
  if (isConfirmed(c) || !await isGuarded(c)) return await next();
  return await confirmed(c, next);
});

/** Fields as they were posted. */
export type Carried = readonly [name: string, value: string][];
/** The prefix of the page's own field names. */
export const own = "confirmation.";

/** What was posted, except our own fields and secrets: the action's own form asks for those again. */
export async function carried(c: Ctx): Promise<Carried> {
  const body = await c.req.parseBody({ all: true });
  return Object.entries(body).flatMap(([name, value]) =>
    name.startsWith(own)
      ? []
      : [value].flat().flatMap((one) =>
        typeof one === "string" && (one === "" || !isSecret(name))
          ? [[name, one] as [string, string]]
          : []
      )
  );
}

/** Actions that answer with a file: the page that asked stays, and says so. */
const downloads: readonly string[] = ["/exports"];

/** How long carried fields can be posted on, in milliseconds: long enough to sign in again. */
const sealedFor = 60 * 60_000;

/**
 * Only a form posted by this person in this tenant gets a seal, so no link can make anybody post
 * anything. Not bound to the session, as signing in again may be the confirmation asked for.
 */
function sealOf(c: Ctx, to: string, at: string): string {
  const secret = Buffer.from(c.var.services.config.secretKey, "base64");
  const { identityId, tenantId } = c.var.session!;
  const key = Buffer.from(hkdfSync("sha256", secret, identityId, "confirmations", 32));
  const said = `${at} ${tenantId ?? ""} ${to}`;
  const mac = createHmac("sha256", key).update(said).digest("base64url");
  return `${at}.${mac}`;
}

/** Whether a seal was made for this address by this person, within the last hour. */
export const isSealed = (c: Ctx, to: string, seal: string): boolean => {
  const [at = ""] = seal.split(".", 1);
  const age = now().getTime() - parseInt(at, 36);
  if (!(age >= 0 && age <= sealedFor)) return false;
  const [a, b] = [Buffer.from(sealOf(c, to, at)), Buffer.from(seal)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The page that asks for the proof; with `fields` it posts them on afterwards. */
export async function ask(
  c: Ctx,
  to: string,
  form: FormState,
  fields: Carried | null,
  status: 200 | 422 = fields ? 422 : 200,
): Promise<Response> {
  const { view, session } = c.var;
  if (fields) c.header("Cache-Control", "no-store");
  const { sql } = counters(c);
  const has = await factors.find(sql, session!.identityId);
  const { passwordHash } = await identities.find(sql, session!.identityId);
  return await page(
    c,
    <ConfirmationPage
      view={view}
      form={form}
      factors={has}
      guarded={factors.guards(has)}
      password={passwordHash !== null}
      action={query("/confirmation", { to })}
      next={to}
      download={downloads.includes(to)}
      carried={fields
        ? [...fields, [`${own}seal`, sealOf(c, to, now().getTime().toString(36))]]
        : []}
    />,
    { title: "factors.confirm_title", status },
  );
}

/**
 * What was posted when the session had ended meanwhile: it waits in the page, as it came, until its
 * person has signed in beside it; whether the seal is theirs is looked at then.
 */
export async function askToSignIn(c: Ctx, to: string, seal: string): Promise<Response> {
  const { view } = c.var;
  return await page(
    c,
    <SignedOutPage
      view={view}
      action={query("/confirmation", { to })}
      carried={[...await carried(c), [`${own}seal`, seal]]}
    />,
    { title: "factors.confirm_title", status: 422, bare: true },
  );
}
