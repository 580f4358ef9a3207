/** Deletes the records of who viewed whose data after their retention period. */
import * as looks from "../db/looks.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

/** Deletes old records, tenant by tenant, one batch at a time. */
export const removeLooks = plainJob("remove_looks", async (tools) => {
  const { pool, signal, log } = tools;
  await inEachTenant(tools, async (tenantId) => {
    for (let count = looks.batch; count === looks.batch;) {
      signal.throwIfAborted();
      count = await withScope(pool, { tenantId, actor: system }, looks.removeExpired);
      if (count > 0) log.info("looks removed", { tenantId, count });
    }
  });
});
