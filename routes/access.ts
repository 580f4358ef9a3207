/** Who asked, and the line in the access log, which alone holds IP addresses. */
import { isIP } from "node:net";
import { matchedRoutes } from "hono/route";
import { elapsed } from "../db/clock.ts";
import { type Ctx, web } from "./web.tsx";

/** Notes the visitor's address; a proxy's word counts only when it comes from this machine. */
export const address = web.createMiddleware(async (c, next) => {
  c.set("ip", visitorAddress(c));
  await next();
});

/** Writes one line per answered request. */
export const accessLog = web.createMiddleware(async (c, next) => {
  const from = elapsed();
  await next();
  const who = c.var.session ?? c.var.caller;
  c.var.services.access.request({
    method: c.req.method,
    route: pattern(c),
    status: c.res.status,
    ms: Math.round((elapsed() - from) * 10) / 10,
    ip: c.var.ip,
    userId: who?.userId ?? undefined,
    tenantId: who?.tenantId ?? undefined,
  });
});

/** The pattern of the route that answered; middleware matches every path and says nothing. */
export function pattern(c: Ctx): string {
  if (c.var.route === undefined) {
    c.set("route", matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none");
  }
  return c.var.route!;
}

function visitorAddress(c: Ctx): string {
  const { remoteAddr } = (c.env ?? {}) as { remoteAddr?: Deno.NetAddr };
  // Where HOST is `::` an IPv4 peer comes in this dress.
  const peer = (remoteAddr?.hostname ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  const forwarded = c.req.header("X-Forwarded-For")?.split(",").at(-1)?.trim();
  const local = peer === "" || peer === "::1" || peer.startsWith("127.");
  return local && forwarded && isIP(forwarded) && !forwarded.includes("%") ? forwarded : peer;
}
