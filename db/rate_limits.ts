/** How often is too often: counters in the database, shared by all processes, keyed by digests only. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { now } from "./clock.ts";
import { TooMany } from "./errors.ts";
import type { AnySql } from "./pool.ts";

const minute = 60_000;

/** Attempts allowed in a sliding window; `window` in milliseconds. */
export interface Limit {
  name: string;
  most: number;
  window: number;
}

/**
 * A wrong password counts against the account at one address prefix, against the prefix, and
 * against the account everywhere. Beyond the last, strange prefixes are slowed down to `slowed`:
 * prefixes from which the account has signed in before keep `known`, so nobody locks another out.
 */
export const signIn = {
  strange: { name: "sign_in_pair", most: 10, window: 15 * minute },
  slowed: { name: "sign_in_pair", most: 2, window: 15 * minute },
  known: { name: "sign_in_pair", most: 30, window: 15 * minute },
  prefix: { name: "sign_in_prefix", most: 100, window: 15 * minute },
  account: { name: "sign_in_account", most: 50, window: 60 * minute },
} satisfies Record<string, Limit>;

/**
 * Letters with a link to a new password: few to one account from one strange prefix, many more from
 * everywhere, as strangers must not use up the owner's own; prefixes known for the account always may.
 */
export const resets = {
  strange: { name: "reset_pair", most: 3, window: 60 * minute },
  known: { name: "reset_known", most: 10, window: 60 * minute },
  prefix: { name: "reset_prefix", most: 20, window: 60 * minute },
  account: { name: "reset_account", most: 60, window: 60 * minute },
} satisfies Record<string, Limit>;

/** Letters that a stranger can make us send, and guesses of a signed-in person's password. */
export const limits = {
  /** Wrong tokens of the API: no guess ever hits, but each costs a question. */
  apiTokens: { name: "api_tokens", most: 60, window: 15 * minute },
  approvals: { name: "approvals", most: 60, window: 15 * minute },
  invitations: { name: "invitations", most: 50, window: 60 * minute },
  /** An officer opens some hundred links in a busy hour, and so does the scanner of the mail. */
  officers: { name: "officers", most: 300, window: 15 * minute },
  links: { name: "links", most: 60, window: 15 * minute },
  /** Help with answers to one letter: a program that answers each mail of ours answers that, too. */
  officerHelp: { name: "officer_help", most: 10, window: 24 * 60 * minute },
  /** Answers that wait to be fetched, each with some wrong codes. */
  deliveries: { name: "deliveries", most: 60, window: 15 * minute },
  /** Claims of rights by form: from one network, for one address, and letters with a new code. */
  requests: { name: "requests", most: 20, window: 60 * minute },
  requestsFor: { name: "requests_for", most: 5, window: 60 * minute },
  requestCodes: { name: "request_codes", most: 10, window: 60 * minute },
  /** Codes of who gave the right password already, and challenges for passkeys. */
  factors: { name: "factors", most: 10, window: 15 * minute },
  passkeys: { name: "passkeys", most: 100, window: 15 * minute },
  /** What one house's directory asks: Entra ID sends up to 25 in a second. */
  directories: { name: "directories", most: 1_500, window: minute },
  /** Words of providers that sessions are over: a whole house may go home at once. */
  logouts: { name: "logouts", most: 1_000, window: 15 * minute },
  /** Forms of tenants filled in: from one network, and with one address. */
  formEntries: { name: "form_entries", most: 20, window: 60 * minute },
  /** Of a form that asks for work: entries of browsers that did none, from everywhere. */
  formEntriesBare: { name: "form_entries_bare", most: 20, window: 60 * minute },
  formEntriesOf: { name: "form_entries_of", most: 3, window: 60 * minute },
  reauthentication: { name: "reauthentication", most: 10, window: 15 * minute },
} satisfies Record<string, Limit>;

/** How long a prefix stays known after a sign-in, in milliseconds. */
const knownFor = 90 * 24 * 60 * minute;
const knownName = "sign_in_known";

/** The counters under one installation's secret. */
export interface Counters {
  sql: AnySql;
  /** 32 bytes in base64: without it the stored digests tell nothing, not even by trying all addresses. */
  secretKey: string;
}

/** Counts one attempt. Throws TooMany when it is one too many: those count too. */
export async function count(counters: Counters, limit: Limit, key: string): Promise<void> {
  const at = now();
  const hits = await add(counters, limit, key, at);
  if (hits.used > limit.most) throw new TooMany(secondsUntilFree(limit, hits, at));
}

/** Seconds until one more attempt passes, when none comes before: while the last windows slide out. */
function secondsUntilFree(
  { most, window }: Limit,
  { start, hits, before }: Hits,
  at: Date,
): number {
  const left = most - hits;
  const windows = left > 0 ? 1 - Math.min(1, left / before) : 2 - Math.min(1, most / hits);
  return Math.max(1, Math.floor((start.getTime() + windows * window - at.getTime()) / 1000) + 1);
}

/**
 * One account however its address is written: the locale of a database may hold `İ` for a capital
 * `i`, and each spelling would have its own tries.
 */
const accountOf = (email: string): string =>
  email.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Counts an attempt to sign in, before the password is looked at. Throws TooMany. */
export async function countSignIn(
  counters: Counters,
  email: string,
  prefix: string,
): Promise<void> {
  const account = accountOf(email);
  const pair = `${account} ${prefix}`;
  if (await isKnown(counters, pair)) {
    // Counted like all others, but a neighbour's guesses do not lock the owner out.
    await add(counters, signIn.prefix, prefix, now());
    await add(counters, signIn.account, account, now());
    return await count(counters, signIn.known, pair);
  }
  await count(counters, signIn.prefix, prefix);
  const everywhere = await add(counters, signIn.account, account, now());
  const limit = everywhere.used > signIn.account.most ? signIn.slowed : signIn.strange;
  await count(counters, limit, pair);
}

/** Counts a request for a new password's link. Throws TooMany. */
export async function countReset(
  counters: Counters,
  email: string,
  prefix: string,
): Promise<void> {
  const account = accountOf(email);
  const pair = `${account} ${prefix}`;
  if (await isKnown(counters, pair)) return await count(counters, resets.known, pair);
  await count(counters, resets.prefix, prefix);
  // The pair first: what is refused there does not count against the account.
  await count(counters, resets.strange, pair);
  await count(counters, resets.account, account);
}

/** Takes a right password's attempt back and remembers the prefix as known for 90 days. */
export async function forgiveSignIn(
  counters: Counters,
  email: string,
  prefix: string,
): Promise<void> {
  const account = accountOf(email);
  const pair = `${account} ${prefix}`;
  await counters.sql`
    delete from rate_limits
    where scope = ${signIn.strange.name}
      and key_digest = ${digest(counters, signIn.strange.name, pair)}
  `;
  await takeBack(counters, signIn.prefix, prefix);
  await takeBack(counters, signIn.account, account);
  await know(counters, email, prefix);
}

/** Remembers a prefix as one the account's owner comes from. */
export async function know(counters: Counters, email: string, prefix: string): Promise<void> {
  const pair = `${accountOf(email)} ${prefix}`;
  const expires = new Date(now().getTime() + knownFor);
  await counters.sql`
    insert into rate_limits (scope, key_digest, window_start, hits, expires_at)
    values (${knownName}, ${digest(counters, knownName, pair)}, ${new Date(0)}, 1, ${expires})
    on conflict (scope, key_digest, window_start) do update
    set expires_at = excluded.expires_at
  `;
}

/** Remembers a device of an account for 90 days; whether it was known before. */
export async function knowDevice(counters: Counters, key: string): Promise<boolean> {
  const expires = new Date(now().getTime() + knownFor);
  const [row] = await counters.sql<[{ fresh: boolean }]>`
    insert into rate_limits (scope, key_digest, window_start, hits, expires_at)
    values ('device', ${digest(counters, "device", key)}, ${new Date(0)}, 1, ${expires})
    on conflict (scope, key_digest, window_start) do update
    set expires_at = excluded.expires_at
    returning xmax = 0 as fresh
  `;
  return !row.fresh;
}

/** Whether something comes for the first time in so many milliseconds; from now on it is known. */
export async function isFirst(counters: Counters, key: string, ms: number): Promise<boolean> {
  const at = now();
  const rows = await counters.sql`
    insert into rate_limits as r (scope, key_digest, window_start, hits, expires_at)
    values (
      'once', ${digest(counters, "once", key)}, ${new Date(0)}, 1, ${new Date(at.getTime() + ms)}
    )
    on conflict (scope, key_digest, window_start) do update
    set expires_at = excluded.expires_at
    where r.expires_at <= ${at}
    returning hits
  `;
  return rows.length > 0;
}

async function isKnown(counters: Counters, pair: string): Promise<boolean> {
  const rows = await counters.sql`
    select
    from rate_limits
    where scope = ${knownName}
      and key_digest = ${digest(counters, knownName, pair)}
      and expires_at > ${now()}
  `;
  return rows.length > 0;
}

interface Hits {
  /** When the window at hand began. */
  start: Date;
  hits: number;
  /** Those of the window before. */
  before: number;
  /** Those that count now. */
  used: number;
}

/** Adds one to the window at hand; the last window counts by the share that the sliding one overlaps. */
async function add(
  counters: Counters,
  { name, window }: Limit,
  key: string,
  at: Date,
): Promise<Hits> {
  const start = new Date(Math.floor(at.getTime() / window) * window);
  const last = new Date(start.getTime() - window);
  const overlap = 1 - (at.getTime() - start.getTime()) / window;
  const keyDigest = digest(counters, name, key);
  const [row] = await counters.sql<{ hits: number; before: number }[]>`
    insert into rate_limits as r (scope, key_digest, window_start, hits, expires_at)
    values (${name}, ${keyDigest}, ${start}, 1, ${new Date(start.getTime() + 2 * window)})
    on conflict (scope, key_digest, window_start) do update
    set hits = r.hits + 1
    returning r.hits, coalesce((
      select l.hits
      from rate_limits l
      where l.scope = ${name}
        and l.key_digest = ${keyDigest}
        and l.window_start = ${last}
    ), 0) as before
  `;
  return { start, ...row!, used: row!.hits + Math.floor(row!.before * overlap) };
}

async function takeBack(counters: Counters, { name, window }: Limit, key: string): Promise<void> {
  const start = new Date(Math.floor(now().getTime() / window) * window);
  await counters.sql`
    update rate_limits
    set hits = greatest(hits - 1, 0)
    where scope = ${name}
      and key_digest = ${digest(counters, name, key)}
      and window_start = ${start}
  `;
}

/** By what a counter knows its key: nobody without the secret can tell which key it was. */
export const digest = ({ secretKey }: Counters, name: string, key: string) =>
  new Uint8Array(
    createHmac("sha256", Buffer.from(secretKey, "base64")).update(`rate limit ${name} ${key}`)
      .digest(),
  );

/** The network an address belongs to: /24 of IPv4, /56 of IPv6, which is what one customer gets. */
export function prefixOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip);
  if (v4) return `${v4[1]}.0/24`;
  if (!ip.includes(":")) return ip;
  const [head = "", tail] = ip.toLowerCase().split("%")[0]!.split("::", 2);
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array(zeros).fill("0"), ...right].map((g) => g.padStart(4, "0"));
  return `${groups.slice(0, 3).join(":")}:${(groups[3] ?? "0000").slice(0, 2)}00::/56`;
}

/** What is left of a network where addresses change by the day: /16 of IPv4, /32 of IPv6. */
export const neighbourhoodOf = (ip: string): string =>
  prefixOf(ip).replace(/^(\d+\.\d+)\..*$/, "$1").replace(/^([^:]*:[^:]*):.*$/, "$1");

/** Removes counters whose window is over; the number of them. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const { count } = await sql`delete from rate_limits where expires_at <= ${now()}`;
  return count;
}
