/** Where a request comes from: only this site's own pages may change anything. */
import { Forbidden } from "../db/errors.ts";
import { type Ctx, web } from "./web.tsx";

/**
 * Refuses what another site sends, whatever its content type. Browsers name the sender of every
 * form; a program that names none is refused too and has to send `Origin`.
 */
export const ownOrigin = web.createMiddleware(async (c, next) => {
  const safe = c.req.method === "GET" || c.req.method === "HEAD";
  if (!safe && !isOwn(c) && !isOneClick(c)) throw new Forbidden("origin");
  await next();
});

/** A mail program's own button comes from no page (RFC 8058): its link is the whole right to press it. */
const isOneClick = (c: Ctx): boolean => /^\/unsubscriptions\/[A-Za-z0-9_-]{43}$/.test(c.req.path);

/** What the browser says of the sender counts; older ones, and those without TLS, send an origin only. */
function isOwn(c: Ctx): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site) return site === "same-origin";
  return c.req.header("Origin") === new URL(c.var.services.config.baseUrl).origin;
}
