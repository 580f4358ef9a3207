/** Production before it may start: closed to all but the operator until the provider is complete. */
import * as provider from "../db/provider.ts";
import { GoingLive } from "../views/going_live.tsx";
import { page, type Services, web } from "./web.tsx";

/** What works before: the way in for the operator, the officer's links, what is public by law. */
const open = [
  "setup",
  "login",
  "logout",
  "passwords",
  "operator",
  "imprint",
  "privacy",
  "policy-approvals",
  "evidence-approvals",
  "case-links",
  "dpo",
  "p",
  "sign-in-domains",
  ".well-known",
];

/** Installations whose provider is complete; in production the form cannot empty it again. */
const complete = new WeakSet<Services>();

/** In production every page but those is 503 for all but operators, and says what is missing. */
export const untilComplete = web.createMiddleware(async (c, next) => {
  const services = c.get("services");
  if (services.config.appEnv !== "production" || complete.has(services)) return await next();
  const found = await provider.lookup(services.pool);
  const missing = found ? provider.missing(found) : [];
  if (found && missing.length === 0) complete.add(services);
  const part = c.req.path.split("/")[1]!;
  if (missing.length === 0 || c.get("session")?.operator || open.includes(part)) {
    return await next();
  }
  c.header("Cache-Control", "no-store");
  c.header("Retry-After", "3600");
  return await page(c, <GoingLive view={c.var.view} missing={missing} />, {
    title: "provider.waiting_title",
    status: 503,
    bare: true,
  });
});
