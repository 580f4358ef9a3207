/** The security headers: nothing from other origins, nothing inline, no frames; and HEAD. */
import { web } from "./web.tsx";

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Sets the security headers on every answer; HSTS in production. */
export const securityHeaders = web.createMiddleware(async (c, next) => {
  await next();
  const { headers } = c.res;
  // A file that is fetched, and what is shown in a frame, is stricter by itself.
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", policy);
  headers.set("X-Content-Type-Options", "nosniff");
  // A page behind a one-time link is stricter by itself.
  if (!headers.has("Referrer-Policy")) headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  headers.append("Vary", "HX-Request-Type");
  const personal = c.get("session") || headers.has("Set-Cookie");
  if (personal && !headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  if (c.get("services").config.appEnv === "production") {
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
});

/** Ends the body that an answer to HEAD does not carry: a file or a stream would stay open behind it. */
export const withoutBody = web.createMiddleware(async (c, next) => {
  await next();
  if (c.req.method === "HEAD") await c.res.body?.cancel();
});
