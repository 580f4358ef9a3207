/** Starting and ending a session in this browser, and where to go from there. */
import { deleteCookie, setCookie } from "hono/cookie";
import { now } from "../db/clock.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import * as mails from "../db/mails.ts";
import { neighbourhoodOf, prefixOf } from "../db/network_prefixes.ts";
import * as passwords from "../db/passwords.ts";
import type { AnySql, Sql } from "../db/pool.ts";
import type { ProviderNames } from "../db/provider_logouts.ts";
import * as sessions from "../db/sessions.ts";
import * as demands from "../db/sign_in_demands.ts";
import * as tenants from "../db/tenants.ts";
import * as tokens from "../db/tokens.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as users from "../db/users.ts";
import { deviceOf } from "../views/account/devices.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { newDevice } from "../views/mail/factors.tsx";
import { cookieName, sessionToken } from "./guards.ts";
import type { Ctx } from "./web.tsx";

/** An identity whose password was right, and the hash that proved it. */
export type Proven = Pick<identities.Identity, "id"> & { passwordHash: string };

/** What the cookie of a session is bound to. */
export const attributes = (c: Ctx) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Lax" as const,
  secure: c.var.services.config.appEnv === "production",
});

/**
 * Starts a session under a new token; one that this browser had before ends. With `passwordHash`
 * only while that password applies: if it was changed since it was typed, nothing starts, and the
 * answer is false.
 */
export async function signIn(
  c: Ctx,
  { identityId, tenantId, factor, provider, passwordHash, ...input }: {
    identityId: string;
    tenantId: string | null;
    factor: sessions.Factor;
    provider?: ProviderNames;
    passwordHash?: string;
    /** When the person last proved to be the one; unset: just now. */
    provenAt?: Date;
  },
): Promise<boolean> {
  const { session, services, ip } = c.var;
  if (session) await sessions.remove(services.pool, session.identityId, session.id);
  const userAgent = c.req.header("User-Agent") ?? "";
  const provenAt = input.provenAt ??
    (factor === "single_sign_on" ? await provenByProvider(c, identityId, tenantId) : now());
  const who = { identityId, tenantId, ip, userAgent, factor, provenAt, provider };
  const token = await whileHeld(c, identityId, passwordHash, (sql) => sessions.create(sql, who));
  if (token === null) return false;
  if (tenantId) await users.meet(services.pool, tenantId, identityId);
  services.audit.info("signed in", { identityId, tenantId: tenantId ?? undefined });
  const maxAge = sessions.absoluteEnd / 1000;
  setCookie(c, cookieName(c), token, { ...attributes(c), maxAge });
  await welcomeDevice(c, identityId, factor);
  return true;
}

/** What a password opens, made only while it applies; null if it was changed meanwhile. */
async function whileHeld(
  c: Ctx,
  identityId: string,
  passwordHash: string | undefined,
  make: (sql: AnySql) => Promise<string>,
): Promise<string | null> {
  const { pool } = c.var.services;
  if (passwordHash === undefined) return await make(pool);
  return await pool.begin(async (sql) =>
    await identities.holdsPassword(sql, identityId, passwordHash) ? await make(sql) : null
  );
}

/**
 * Since when a person who signs in through a tenant's provider counts as confirmed. It counts for
 * nothing if they have a password or factors, belong to another tenant too or run the installation:
 * a passkey that the provider could add would let it in there.
 */
async function provenByProvider(
  c: Ctx,
  identityId: string,
  tenantId: string | null,
): Promise<Date> {
  const { pool } = c.var.services;
  const { passwordHash, operator } = await identities.find(pool, identityId);
  const own = operator || passwordHash !== null ||
    factors.guards(await factors.find(pool, identityId)) ||
    (await tenants.memberships(pool, identityId)).some((each) => each.tenantId !== tenantId);
  return own ? new Date(now().getTime() - 86_400_000) : now();
}

/** What distinguishes devices, as far as it stays the same from day to day. */
function marksOf(userAgent: string, ip: string): string[] {
  const { browser = "", system = "" } = deviceOf(userAgent) ?? {};
  return [browser, system, neighbourhoodOf(ip)];
}

/**
 * Whether an identity without any known device is already signed in on this one: devices are noted
 * only since a certain version, and afresh after `SECRET_KEY` was replaced. One mail too many is
 * better than a stranger who goes unreported.
 */
async function isFromBefore(c: Ctx, identityId: string): Promise<boolean> {
  const own = marksOf(c.req.header("User-Agent") ?? "", c.var.ip).join();
  const running = await sessions.list(c.var.services.pool, identityId);
  const alike = running.filter(({ userAgent, ip }) => marksOf(userAgent, ip).join() === own);
  // One of them is the session that has just begun.
  return alike.length > 1;
}

/**
 * Mails the person about a device, or a part of the network, from which nobody has signed in for 90
 * days; not after a link from a mail, which people use the first time.
 */
async function welcomeDevice(c: Ctx, identityId: string, factor: sessions.Factor): Promise<void> {
  const { services: { pool, config: { baseUrl } } } = c.var;
  const userAgent = c.req.header("User-Agent") ?? "";
  const found = deviceOf(userAgent);
  const key = [identityId, ...marksOf(userAgent, c.var.ip)].join(" ");
  const first = !await rateLimits.knowDevice(counters(c), identityId);
  if (await rateLimits.knowDevice(counters(c), key) || factor === "link") return;
  const { locale, name, email } = await identities.find(pool, identityId);
  if (first && await isFromBefore(c, identityId)) return;
  const t = translator(locale);
  const device = found ? t("account.device", { ...found }) : t("account.device_unknown");
  const when = formatter(locale, now()).dateTime(now());
  const letter = newDevice({ locale, name, baseUrl, device, when });
  await pool.begin(async (sql) => {
    await mails.send(sql, { tenantId: null, kind: "new_device", to: email, ...letter });
  });
}

/**
 * Halfway in: the password was right, the second factor is still to come. The session's cookie holds
 * the token of this step, which opens nothing else. False if the password was changed meanwhile.
 */
export async function beginStep(
  c: Ctx,
  { id: identityId, passwordHash }: Proven,
): Promise<boolean> {
  const { session, services: { pool } } = c.var;
  if (session) await sessions.remove(pool, session.identityId, session.id);
  const input = { kind: "second_factor", identityId } as const;
  const token = await whileHeld(c, identityId, passwordHash, (sql) => tokens.issue(sql, input));
  if (token === null) return false;
  const maxAge = tokens.lifetimes.second_factor / 1000;
  setCookie(c, cookieName(c), token, { ...attributes(c), maxAge });
  return true;
}

/** The identity of a log-in that is halfway, or null. */
export async function stepOf(c: Ctx): Promise<string | null> {
  const token = sessionToken(c);
  if (!token) return null;
  const found = await tokens.lookup(c.var.services.pool, "second_factor", token);
  return found?.identityId ?? null;
}

/** Ends the step; of two at once only one is let on. */
export async function endStep(c: Ctx): Promise<boolean> {
  const token = sessionToken(c) ?? "";
  return await tokens.use(c.var.services.pool, "second_factor", token) !== null;
}

/**
 * Ends what the browser keeps of a session. Its cache is cleared, as a page kept for Back must not
 * outlive the session; other apps on the host keep their cookies.
 */
export function forget(c: Ctx): void {
  deleteCookie(c, cookieName(c), attributes(c));
  c.header("Clear-Site-Data", '"cache", "storage"');
}

/** Ends the session on the server and in the browser. */
export async function signOut(c: Ctx): Promise<void> {
  const { session, services } = c.var;
  if (session) {
    const { identityId, tenantId } = session;
    await sessions.remove(services.pool, identityId, session.id);
    services.audit.info("signed out", { identityId, tenantId: tenantId ?? undefined });
  }
  forget(c);
}

/** Whether neither password nor passkey lets an identity in: its only tenant accepts neither. */
export const isBound = async (pool: Sql, identityId: string): Promise<boolean> =>
  (await demands.lookup(pool, identityId))?.isOnly ?? false;

/**
 * The tenant to open for an identity that did not sign in through a provider: the last one, the only
 * one, or null to let it choose; never one that accepts only its own provider.
 */
export async function tenantFor(pool: Sql, identityId: string): Promise<string | null> {
  const demand = await demands.lookup(pool, identityId);
  const memberships = (await tenants.memberships(pool, identityId))
    .filter(({ tenantId }) => tenantId !== demand?.tenantId);
  const last = await sessions.lastTenant(pool, identityId);
  const again = memberships.find(({ tenantId }) => tenantId === last);
  return (again ?? (memberships.length === 1 ? memberships[0] : undefined))?.tenantId ?? null;
}

/** A path of this site out of a text from outside, or the fallback: never another host. */
export function localPath(text: string | undefined, fallback: string): string {
  const base = "http://local.invalid";
  if (!text?.startsWith("/") || text.length > 2000) return fallback;
  const url = URL.parse(text, base);
  if (url?.origin !== base || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search;
}

/**
 * The counters that limit attempts, on the scope's connection if there is one: requests that hold one
 * and wait for another could block the whole process.
 */
export const counters = (c: Ctx): rateLimits.Counters => ({
  sql: c.var.scope?.sql ?? c.var.services.pool,
  secretKey: c.var.services.config.secretKey,
});

/** The network the visitor comes from. */
export const prefix = (c: Ctx): string => prefixOf(c.var.ip);

/** Asks for the password again before what a thief of the session would do. Throws TooMany. */
export async function isOwnPassword(c: Ctx, password: string): Promise<boolean> {
  const { identityId } = c.var.session!;
  const { sql, secretKey } = counters(c);
  await rateLimits.count({ sql, secretKey }, rateLimits.limits.reauthentication, identityId);
  const { passwordHash } = await identities.find(sql, identityId);
  return await passwords.verify(passwordHash, password);
}
