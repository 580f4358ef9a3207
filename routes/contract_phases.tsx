/** What a contract still allows: everything, reading and exporting, or only withdrawing the notice. */
import { ContractOver } from "../views/contracts/over.tsx";
import { isEveryones } from "./everyones.ts";
import { page, web } from "./web.tsx";

/** Reached whatever the contract says: the way out, the person's own account, what is not the tenant's. */
const always = ["login", "logout", "account", "confirmation", "tenants", "operator", "dpo"];

/** Pages of a user's account whose data belong to the tenant: nothing is added there, but things can be ended. */
const tenantPages = /^\/account\/(address|calendar-feed|tokens|mail(\/check|\/signatures)?)$/;

/**
 * Actions still allowed while the tenant is read-only: exports, notifications, and what data subjects
 * have a right to: answers to requests, noting objections and withdrawals, informing them.
 */
const whileReading = ["exports", "notifications", "search", "me"];
const rights =
  /^\/(settings\/(contract|requests|officer|processors)(\/|$)|contacts\/[^/]+\/(access|objections|notice(\/withdrawal)?|consents\/withdrawal)$)/;

/** Refuses what the phase of the tenant's contract does not allow, with a page that says why. */
export const withinContract = web.createMiddleware(async (c, next) => {
  const session = c.get("session");
  const phase = session?.tenantPhase ?? "open";
  if (phase === "open") return await next();
  const part = c.req.path.split("/")[1]!;
  const reads = c.req.method === "GET" || c.req.method === "HEAD";
  const open = c.req.path === "/" || isEveryones(c.req.path) ||
    (always.includes(part) && (reads || !tenantPages.test(c.req.path))) ||
    (session?.role === "owner" && /^\/settings\/contract(\/|$)/.test(c.req.path)) ||
    (phase === "read_only" && (reads || whileReading.includes(part) || rights.test(c.req.path)));
  if (open) {
    c.set("goesOn", phase === "read_only" && rights.test(c.req.path));
    return await next();
  }
  c.header("Cache-Control", "no-store");
  return await page(
    c,
    <ContractOver
      view={c.var.view}
      phase={phase}
      endsOn={session!.contractEndsOn}
      owner={session!.role === "owner"}
    />,
    { title: "contracts.over_title", status: 403, bare: phase !== "read_only" },
  );
});
