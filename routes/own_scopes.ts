/** Requests that must not hold a transaction while data arrive: several Scopes, one after another. */
import { type Scope, type Who, withScope } from "../db/scope.ts";
import type { Ctx } from "./web.tsx";

/** Runs work in a Scope that pages and forms find as the request's; afterwards there is none again. */
export async function inScope<T>(
  c: Ctx,
  who: Who,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  try {
    return await withScope(c.var.services.pool, who, async (scope) => {
      c.set("scope", scope);
      return await work(scope);
    });
  } finally {
    // Its connection is another's from here on.
    c.set("scope", undefined as unknown as Scope);
  }
}
