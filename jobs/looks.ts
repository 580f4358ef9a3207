/** Who looked at whom is forgotten after its months. */
import * as looks from "../db/looks.ts";
import { system, withScope } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import { houseJob } from "./job.ts";

/** Removes what was noted long ago, tenant by tenant, a batch at a time. */
export const removeLooks = houseJob("remove_looks", async ({ pool, signal, log }) => {
  for await (const tenantId of tenants.each(pool, signal)) {
    for (let count = looks.batch; count === looks.batch;) {
      signal.throwIfAborted();
      count = await withScope(pool, { tenantId, actor: system }, looks.removeExpired);
      if (count > 0) log.info("looks removed", { tenantId, count });
    }
  }
});
