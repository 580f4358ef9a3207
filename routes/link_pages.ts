/** What pages behind a secret link have in common: not cached, not referred to, rate-limited. */
import * as rateLimits from "../db/rate_limits.ts";
import { counters, prefix } from "./sign_in.ts";
import { web } from "./web.tsx";

/** Keeps a page out of stores, referrers and search engines. */
export const unlisted = web.createMiddleware(async (c, next) => {
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "no-referrer");
  c.header("X-Robots-Tag", "noindex");
  await next();
});

/** Keeps a page out of stores alone. */
export const unstored = web.createMiddleware(async (c, next) => {
  c.header("Cache-Control", "no-store");
  await next();
});

/** Counts each look at a network's account, before anything is read. Throws TooMany. */
export const counted = (limit: rateLimits.Limit) =>
  web.createMiddleware(async (c, next) => {
    await rateLimits.count(counters(c), limit, prefix(c));
    await next();
  });
