/** Bytes of files follow their rows: what no row knows any more is taken out of the storage. */
import * as sweeps from "../db/file_sweeps.ts";
import { system, withScope } from "../db/scope.ts";
import * as tenantExports from "../db/tenant_exports.ts";
import { houseJob } from "./job.ts";

/** Sweeps one tenant's files, or all that have any, those of tenants that are gone included. */
export const sweepFiles = houseJob("sweep_files", async ({ tenantId, pool, config, ...tools }) => {
  const sweep = async (id: string) => {
    await withScope(pool, { tenantId: id, actor: system }, tenantExports.removeOld);
    const count = await sweeps.run(pool, config.dataDir, id);
    if (count > 0) tools.log.info("files swept", { tenantId: id, count });
  };
  if (tenantId !== null) return await sweep(tenantId);
  for await (const id of sweeps.tenantsWithBytes(config.dataDir)) {
    if (tools.signal.aborted) return;
    await sweep(id);
  }
});
