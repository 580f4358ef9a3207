/** Limits how often a program may call the API, with a shared database count drawn in batches. */
import { now } from "./clock.ts";
import { type Counters, digest } from "./rate_limits.ts";

/** Requests of one token per minute. */
export const quota = { most: 1_000, window: 60_000 } as const;

/** The requests each process draws at once: a write per request would cost more than its answer. */
const parcel = 20;
const name = "api_token";

interface Share {
  /** Drawn by this process and not used yet. */
  left: number;
  /** Drawn by all processes. */
  drawn: number;
}

/** What is left of a token's quota. */
export interface Allowance {
  allowed: boolean;
  remaining: number;
  /** Seconds until the next window begins. */
  reset: number;
}

/** This process's shares by token; a new window discards those of earlier ones. */
const shares = new Map<string, Share>();
let latest = 0;

/** Takes one request from a token's quota. */
export async function spend(counters: Counters, tokenId: string): Promise<Allowance> {
  const at = now().getTime();
  const start = Math.floor(at / quota.window) * quota.window;
  if (start !== latest) shares.clear();
  latest = start;
  const reset = Math.max(1, Math.ceil((start + quota.window - at) / 1000));
  const held = shares.get(tokenId);
  // Drawn requests are never returned, so once the quota is used up there is nothing to ask for.
  if (held && (held.left > 0 || held.drawn >= quota.most)) return use(held, reset);
  const drawn = await draw(counters, tokenId, start);
  const got = Math.max(0, parcel - Math.max(0, drawn - quota.most));
  // The next window may have begun meanwhile: what was drawn in this one counts for no other.
  const share = (start === latest ? shares.get(tokenId) : undefined) ?? { left: 0, drawn };
  share.left += got;
  share.drawn = Math.max(share.drawn, drawn);
  if (start === latest) shares.set(tokenId, share);
  return use(share, reset);
}

function use(share: Share, reset: number): Allowance {
  const allowed = share.left > 0;
  if (allowed) share.left--;
  return { allowed, remaining: Math.max(0, quota.most - share.drawn) + share.left, reset };
}

/** Draws a batch; returns how much all processes have drawn in this window. */
async function draw(counters: Counters, tokenId: string, start: number): Promise<number> {
  const [row] = await counters.sql<{ hits: number }[]>`
    insert into rate_limits as r (scope, key_digest, window_start, hits, expires_at)
    values (
      ${name}, ${digest(counters, name, tokenId)}, ${new Date(start)}, ${parcel}, ${new Date(
    start + 2 * quota.window,
  )}
    )
    on conflict (scope, key_digest, window_start) do update
    set hits = r.hits + ${parcel}
    returning r.hits
  `;
  return row!.hits;
}
