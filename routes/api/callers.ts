/** What requests to the API have to pass: the token, its quota, the tenant's transaction, the right. */
import * as quotas from "../../db/api_quotas.ts";
import * as tokens from "../../db/api_tokens.ts";
import { Forbidden } from "../../db/errors.ts";
import * as rateLimits from "../../db/rate_limits.ts";
import type { Action } from "../../db/roles.ts";
import { type Who, withScope } from "../../db/scope.ts";
import * as bodies from "../bodies.ts";
import { unsent } from "../downloads.ts";
import { counters, prefix } from "../sign_in.ts";
import { type Ctx, web } from "../web.tsx";
import { Problem } from "./problems.ts";

/** Who asks; always set behind `identified`. */
export const callerOf = (c: Ctx): tokens.Caller => c.get("caller")!;

/** The caller as a Scope wants to know it. */
export function whoOf(c: Ctx): Who {
  const { tenantId, userId, narrowed, importing, fieldLimits } = callerOf(c);
  return { tenantId, actor: { kind: "user", userId, narrowed, importing }, limits: fieldLimits };
}

/**
 * Requires a valid token. Cookies are ignored: what a browser sends by
 * itself proves no program's wish. Wrong tokens are counted against the network they come from.
 */
export const identified = web.createMiddleware(async (c, next) => {
  c.header("Cache-Control", "no-store");
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "") ?? [];
  const caller = await tokens.lookup(c.get("services").pool, token);
  if (!caller) {
    c.header("WWW-Authenticate", 'Bearer realm="kompaktCRM"');
    if (token !== "") await rateLimits.count(counters(c), rateLimits.limits.apiTokens, prefix(c));
    throw new Problem("unauthorized");
  }
  c.set("caller", caller);
  await next();
});

const { most, window } = quotas.quota;

/** Applies each token's quota and reports what is left of it. */
export const withinQuota = web.createMiddleware(async (c, next) => {
  const { allowed, remaining, reset } = await quotas.spend(counters(c), callerOf(c).id);
  c.header("RateLimit-Policy", `"token";q=${most};w=${window / 1000}`);
  c.header("RateLimit", `"token";r=${remaining};t=${reset}`);
  if (!allowed) {
    c.header("Retry-After", String(reset));
    throw new Problem("throttled");
  }
  await next();
});

const reads = (c: Ctx) => c.req.method === "GET" || c.req.method === "HEAD";

/** Refuses what the phase of the tenant's contract does not allow any more. */
export const withinContract = web.createMiddleware(async (c, next) => {
  const { tenantPhase } = callerOf(c);
  const open = tenantPhase === "open" || (tenantPhase === "read_only" && reads(c));
  if (!open) throw new Problem("contract_over");
  await next();
});

/** Lets only tokens pass that open the right; asked before the transaction is opened. */
export const may = (action: Action) =>
  web.createMiddleware(async (c, next) => {
    if (!tokens.opens(callerOf(c), action)) throw new Forbidden(action);
    await next();
  });

/** Opens the tenant's transaction for the request; any throw rolls it back. */
export const scoped = web.createMiddleware(async (c, next) => {
  await withScope(c.get("services").pool, whoOf(c), async (scope) => {
    c.set("scope", scope);
    await tokens.touch(scope, callerOf(c));
    await next();
    // Hono has answered already; throwing again is what rolls back.
    if (c.error) throw c.error;
  }).catch(async (error) => {
    if (error === c.error) return;
    if (c.finalized) await unsent(c.res);
    throw error;
  });
});

/** Bytes of a JSON body: the longest notes and fifty addresses fit many times over. */
const largest = 256 * 1024;

/** Refuses a body that is too large while it arrives. */
export const bounded = bodies.bounded(largest, () => new Problem("too_large"));
