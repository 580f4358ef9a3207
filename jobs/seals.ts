/**
 * Seals at night, tenant by tenant, what an earlier version sealed otherwise with the tenant's own
 * key.
 */
import { type Scope, system, withScope } from "../db/scope.ts";
import { renew } from "../db/seal_renewals.ts";
import { plainJob } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

/** Seals again what is left; a second run finds nothing left. */
export const renewSeals = plainJob("renew_seals", async (tools) => {
  const { pool, signal, config, log } = tools;
  await inEachTenant(tools, async (tenantId) => {
    const run = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => {
      signal.throwIfAborted();
      return withScope(pool, { tenantId, actor: system }, work);
    };
    const { sealed, unreadable } = await renew(run, config);
    if (sealed > 0) log.info("secrets sealed again", { tenantId, count: sealed });
    if (unreadable > 0) log.warn("secrets that no key opens", { tenantId, count: unreadable });
  });
});
