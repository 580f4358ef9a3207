/** Keeps a version of the record of processing after each step of an operator that changes it. */
import * as versions from "../db/register_versions.ts";
import { web } from "./web.tsx";

/** For everything below `/operator`: whoever's step changed the record is named in its version. */
export const versioned = web.createMiddleware(async (c, next) => {
  const { session, services: { pool } } = c.var;
  if (c.req.method !== "POST" || !session) return await next();
  // What days or an update of the program have changed is not this operator's doing.
  await versions.keepProcessing(pool, { actor: "program" });
  await next();
  if (c.error || c.res.status !== 303) return;
  await versions.keepProcessing(pool, { actor: "operator", identityId: session.identityId });
});
