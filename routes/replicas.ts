/** Which pages are read from the replica, and for which users: everybody sees what they have just written. */
import type { Sql } from "../db/pool.ts";
import { type Ctx, web } from "./web.tsx";

/** Lists, search and reports; a record's own page is read where it is written. */
const readPages = /^\/(contacts|companies|deals|activities|tasks|search|reports(\/.*)?)\/?$/;

/** Notes after each write how far the database has come, so that its author's next pages show it. */
export const rememberWrites = web.createMiddleware(async (c, next) => {
  await next();
  const { services: { replica }, session } = c.var;
  if (!replica || !session || c.req.method === "GET" || c.req.method === "HEAD") return;
  // If it cannot be recorded, the page may be stale at worst: nobody is kept from working.
  await replica.remember(session.id).catch(() => {});
});

/** Where the request's transaction is opened. */
export async function poolFor(c: Ctx): Promise<Sql> {
  const { pool, replica } = c.get("services");
  const session = c.get("session");
  // A message that is shown once is taken away by showing it.
  if (!replica || !session || session.flash || c.req.method !== "GET") return pool;
  // What somebody may see no more must not be read where that is not known yet.
  if (session.narrowed) return pool;
  if (!readPages.test(c.req.path)) return pool;
  return await replica.servesSession(session.id) ? replica.pool : pool;
}
