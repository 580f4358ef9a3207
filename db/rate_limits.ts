/** Rate limits: counters in the database, shared by all processes, keyed by digests only. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { now } from "./clock.ts";
import { TooMany } from "./errors.ts";
import { siteOf } from "./network_prefixes.ts";
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
 * against the account everywhere. Beyond that last limit unknown networks (by `siteOf`) are slowed
 * down to `slowed`; prefixes from which the account has signed in keep `known`, so nobody can lock
 * another person out.
 */
export const signIn = {
  strange: { name: "sign_in_pair", most: 10, window: 15 * minute },
  slowed: { name: "sign_in_pair", most: 2, window: 15 * minute },
  known: { name: "sign_in_pair", most: 30, window: 15 * minute },
  prefix: { name: "sign_in_prefix", most: 100, window: 15 * minute },
  account: { name: "sign_in_account", most: 50, window: 60 * minute },
} satisfies Record<string, Limit>;

/**
 * Mails with a link to reset a password: few to one account from one unknown prefix, many more from
 * all of them, as strangers must not use up the owner's own; known prefixes are always allowed.
 */
const resets = {
  strange: { name: "reset_pair", most: 3, window: 60 * minute },
  known: { name: "reset_known", most: 10, window: 60 * minute },
  prefix: { name: "reset_prefix", most: 20, window: 60 * minute },
  account: { name: "reset_account", most: 60, window: 60 * minute },
} satisfies Record<string, Limit>;

/** Mails that a stranger can make us send, and guesses at a signed-in person's password. */
export const limits = {
  /** Wrong API tokens: guessing is hopeless, but each attempt costs a query. */
  apiTokens: { name: "api_tokens", most: 60, window: 15 * minute },
  approvals: { name: "approvals", most: 60, window: 15 * minute },
  invitations: { name: "invitations", most: 50, window: 60 * minute },
  /** An officer opens some hundred links in a busy hour, and so does the mail scanner. */
  officers: { name: "officers", most: 300, window: 15 * minute },
  links: { name: "links", most: 60, window: 15 * minute },
  /**
   * Receipts of requests by mail, from one controller and from all: anybody can name a stranger as
   * the sender, and a program that answers every mail would answer these for ever.
   */
  receipts: { name: "receipts", most: 5, window: 24 * 60 * minute },
  receiptsFromAll: { name: "receipts_from_all", most: 50, window: 24 * 60 * minute },
  /** Help replies per letter: a program that answers every mail would answer these as well. */
  officerHelp: { name: "officer_help", most: 10, window: 24 * 60 * minute },
  /** Answers waiting to be picked up, each with a few wrong codes. */
  deliveries: { name: "deliveries", most: 60, window: 15 * minute },
  /**
   * Requests by form: from one network and from one site (`siteOf`), for one address to one
   * controller and to all of them, as each is a mail to it, and mails with a new code.
   */
  requests: { name: "requests", most: 20, window: 60 * minute },
  requestsOfSite: { name: "requests_of_site", most: 60, window: 60 * minute },
  requestsFor: { name: "requests_for", most: 5, window: 60 * minute },
  requestsForAll: { name: "requests_for_all", most: 10, window: 60 * minute },
  requestCodes: { name: "request_codes", most: 10, window: 60 * minute },
  /** The same for one request from all networks: each is a mail to its person, and ends older codes. */
  requestCodesFor: { name: "request_codes_for", most: 20, window: 60 * minute },
  /** Second-factor codes after a correct password, and challenges for passkeys. */
  factors: { name: "factors", most: 10, window: 15 * minute },
  passkeys: { name: "passkeys", most: 100, window: 15 * minute },
  /** Requests by one tenant's directory: Entra ID sends up to 25 per second. */
  directories: { name: "directories", most: 1_500, window: minute },
  /** Log-outs sent by providers: a whole company may go home at the same time. */
  logouts: { name: "logouts", most: 1_000, window: 15 * minute },
  /** Entries in tenants' forms: from one network, and with one address. */
  formEntries: { name: "form_entries", most: 20, window: 60 * minute },
  /** Entries in a form with proof of work from browsers that did none, from anywhere. */
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
  /** 32 bytes in base64: without it the digests reveal nothing, even by trying all addresses. */
  secretKey: string;
}

/** Counts one attempt. Throws TooMany if it exceeds the limit; such attempts count as well. */
export async function count(counters: Counters, limit: Limit, key: string): Promise<void> {
  const at = now();
  const hits = await add(counters, limit, key, at);
  if (hits.used > limit.most) throw new TooMany(secondsUntilFree(limit, hits, at));
}

/** The same, for those who leave something out in silence: whether it exceeds the limit. */
export async function isExceeded(
  counters: Counters,
  limit: Limit,
  key: string,
): Promise<boolean> {
  return (await add(counters, limit, key, now())).used > limit.most;
}

/** Seconds until another attempt is allowed if none is made before, as the window slides on. */
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
 * One account regardless of how its address is written: a database locale may take `İ` for a
 * capital `i`, and each spelling would get its own attempts.
 */
const accountOf = (email: string): string =>
  email.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Counts an attempt to sign in, before the password is checked. Throws TooMany. */
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
  if (everywhere.used <= signIn.account.most) return await count(counters, signIn.strange, pair);
  await count(counters, signIn.slowed, `${account} ${siteOf(prefix)}`);
}

/** Counts a request for a password reset link. Throws TooMany. */
export async function countReset(counters: Counters, email: string, prefix: string): Promise<void> {
  const account = accountOf(email);
  const pair = `${account} ${prefix}`;
  if (await isKnown(counters, pair)) return await count(counters, resets.known, pair);
  await count(counters, resets.prefix, prefix);
  // The pair first: requests refused there do not count against the account.
  await count(counters, resets.strange, pair);
  await count(counters, resets.account, account);
}

/** Takes back the attempt of a correct password and remembers the prefix as known for 90 days. */
export async function forgiveSignIn(
  counters: Counters,
  email: string,
  prefix: string,
): Promise<void> {
  const account = accountOf(email);
  const { name } = signIn.strange;
  const keys = [prefix, siteOf(prefix)].map((each) => digest(counters, name, `${account} ${each}`));
  await counters.sql`
    delete from rate_limits
    where scope = ${name}
      and key_digest in ${counters.sql(keys)}
  `;
  await takeBack(counters, signIn.prefix, prefix);
  await takeBack(counters, signIn.account, account);
  await know(counters, email, prefix);
}

/** Remembers a prefix as one that the account's owner uses. */
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

/** Remembers a device of an account for 90 days; returns whether it was already known. */
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

/** Whether a key occurs for the first time within so many milliseconds; it is known from now on. */
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
  /** When the current window began. */
  start: Date;
  hits: number;
  /** Hits of the previous window. */
  before: number;
  /** Hits that count now. */
  used: number;
}

/**
 * Adds one to the current window; the previous one counts by the share that the sliding window
 * overlaps.
 */
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

/** The stored name of a counter's key: without the secret nobody can tell which key it was. */
export const digest = ({ secretKey }: Counters, name: string, key: string) =>
  new Uint8Array(
    createHmac("sha256", Buffer.from(secretKey, "base64")).update(`rate limit ${name} ${key}`)
      .digest(),
  );

/** Removes counters whose window is over; returns their number. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const { count } = await sql`delete from rate_limits where expires_at <= ${now()}`;
  return count;
}
