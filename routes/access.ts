/** The visitor's address, and the line in the access log, the only log with IP addresses. */
import { isIP } from "node:net";
import { matchedRoutes } from "hono/route";
import { elapsed } from "../db/clock.ts";
import { countRequest } from "../db/meters.ts";
import { type Ctx, web } from "./web.tsx";

/** Notes the visitor's address; a proxy's word counts only when it comes from this machine. */
export const address = web.createMiddleware(async (c, next) => {
  c.set("ip", visitorAddress(c));
  await next();
});

/** Writes one line per answered request. */
export const accessLog = web.createMiddleware(async (c, next) => {
  const from = elapsed();
  const requestId = requestIdOf(c);
  c.set("requestId", requestId);
  await next();
  const who = c.get("session") ?? c.get("caller");
  c.res.headers.set("X-Request-Id", requestId);
  const ms = Math.round((elapsed() - from) * 10) / 10;
  countRequest(c.req.method, c.res.status, ms);
  c.get("services").access.request({
    method: c.req.method,
    route: pattern(c),
    status: c.res.status,
    ms,
    requestId,
    ip: c.get("ip"),
    userId: who?.userId ?? undefined,
    tenantId: who?.tenantId ?? c.get("directory")?.tenantId,
  });
});

/** The pattern of the route that answered; middleware matches every path and says nothing. */
export function pattern(c: Ctx): string {
  if (c.get("route") === undefined) {
    c.set("route", matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none");
  }
  return c.get("route")!;
}

/** The proxy's word for a request, so that its log and ours meet; else a new one. */
function requestIdOf(c: Ctx): string {
  const given = c.req.header("X-Request-Id");
  return given && isLocal(peerOf(c)) && /^[\w.-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}

/** Whose connection it is. Where HOST is `::` an IPv4 peer comes in a dress of its own. */
function peerOf(c: Ctx): string {
  const { remoteAddr } = (c.env ?? {}) as { remoteAddr?: Deno.NetAddr };
  return (remoteAddr?.hostname ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
}

const isLocal = (peer: string) => peer === "" || peer === "::1" || peer.startsWith("127.");

function visitorAddress(c: Ctx): string {
  const peer = peerOf(c);
  const forwarded = c.req.header("X-Forwarded-For")?.split(",").at(-1)?.trim();
  return isLocal(peer) && forwarded && isIP(forwarded) && !forwarded.includes("%")
    ? forwarded
    : peer;
}
