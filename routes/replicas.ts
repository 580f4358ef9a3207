/** Which pages are read from a copy of the database, and for whom: nobody misses what they wrote. */
import { getCookie, setCookie } from "hono/cookie";
import type { Sql } from "../db/pool.ts";
import { type Ctx, web } from "./web.tsx";

/** Lists, search and reports; a record's own page is read where it is written. */
const readPages = /^\/(contacts|companies|deals|activities|tasks|search|reports(\/.*)?)\/?$/;
const cookie = "written";
/** No copy that is used is further behind. */
const seconds = 60;

/** Notes after each deed how far the database has come, so that its actor's next pages show it. */
export const rememberWrites = web.createMiddleware(async (c, next) => {
  await next();
  const { services: { replica, config }, session } = c.var;
  if (!replica || !session || c.req.method === "GET" || c.req.method === "HEAD") return;
  const at = await replica.written().catch(() => null);
  if (at === null) return;
  setCookie(c, cookie, at, {
    path: "/",
    maxAge: seconds,
    httpOnly: true,
    sameSite: "Lax",
    secure: config.appEnv === "production",
  });
});

/** Where the request's transaction is opened. */
export async function poolFor(c: Ctx): Promise<Sql> {
  const { services: { pool, replica }, session } = c.var;
  // A message that is shown once is taken away by showing it.
  if (!replica || session?.flash || c.req.method !== "GET") return pool;
  // What somebody may see no more must not be read where that is not known yet.
  if (session?.narrowed) return pool;
  if (!readPages.test(c.req.path)) return pool;
  return await replica.serves(getCookie(c, cookie) ?? null) ? replica.pool : pool;
}
