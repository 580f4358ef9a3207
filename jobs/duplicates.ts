/** Searches for duplicates, one step per transaction: weekly in every tenant, and on request. */
import * as scans from "../db/duplicate_scans.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

/** Continues a search until it is finished. If interrupted, the next run resumes it. */
export const scanDuplicates = plainJob(
  "scan_duplicates",
  async ({ pool, signal, tenantId, log }, { scanId }) => {
    if (tenantId === null) throw new TypeError("scan_duplicates needs a tenant");
    for (let over = false; !over;) {
      signal.throwIfAborted();
      over = await withScope(
        pool,
        { tenantId, actor: system },
        (scope) => scans.work(scope, scanId),
      );
    }
    log.info("duplicates looked for", { tenantId });
  },
);

/** Starts the weekly search in every tenant. */
export const findDuplicates = plainJob("find_duplicates", async (tools) => {
  await inEachTenant(
    tools,
    (tenantId) => withScope(tools.pool, { tenantId, actor: system }, scans.start),
  );
});
