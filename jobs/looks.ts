/** Who looked at whom is forgotten after its months. */
import * as looks from "../db/looks.ts";
import { system, withScope } from "../db/scope.ts";
import { houseJob } from "./job.ts";
import { inEachHouse } from "./rounds.ts";

/** Removes what was noted long ago, tenant by tenant, a batch at a time. */
export const removeLooks = houseJob("remove_looks", async (tools) => {
  const { pool, signal, log } = tools;
  await inEachHouse(tools, async (tenantId) => {
    for (let count = looks.batch; count === looks.batch;) {
      signal.throwIfAborted();
      count = await withScope(pool, { tenantId, actor: system }, looks.removeExpired);
      if (count > 0) log.info("looks removed", { tenantId, count });
    }
  });
});
