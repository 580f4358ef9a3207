/** Removes the bytes of files that no row refers to any more from the storage. */
import { codeOf } from "../db/adapters/answers.ts";
import type { Config } from "../db/config.ts";
import { sweepVersions } from "../db/file_moves.ts";
import * as places from "../db/file_places.ts";
import { bucketOf } from "../db/file_storages.ts";
import * as sweeps from "../db/file_sweeps.ts";
import type { Sql } from "../db/pool.ts";
import { system, withScope } from "../db/scope.ts";
import { endArchives } from "./histories.ts";
import { plainJob, type Tools } from "./job.ts";
import { Faults } from "./rounds.ts";

/**
 * Sweeps the files of one tenant, or of all that have any, including tenants that no longer exist.
 */
export const sweepFiles = plainJob("sweep_files", async ({ tenantId, pool, config, ...tools }) => {
  const sweep = async (id: string) => {
    await withScope(
      pool,
      { tenantId: id, actor: system },
      (scope) => endArchives(scope, config.baseUrl),
    );
    const count = await sweeps.run(pool, config, id);
    if (count > 0) tools.log.info("files swept", { tenantId: id, count });
  };
  if (tenantId !== null) return await sweep(tenantId);
  // First, because an unreachable bucket ends the sweep below.
  if (places.holdsFiles(await places.find(pool))) await lookForVersions(pool, config, tools);
  const faults = new Faults(tools);
  for await (const id of sweeps.tenantsWithBytes(config)) {
    if (tools.signal.aborted) return;
    await faults.keep(id, () => sweep(id));
  }
  faults.end();
});

/**
 * Removes old versions in the bucket as well; what is left is recorded for the proof of clause 5.2.
 */
async function lookForVersions(
  pool: Sql,
  { secretKey }: Config,
  { egress, log }: Pick<Tools, "egress" | "log">,
): Promise<void> {
  try {
    const bucket = await bucketOf(pool, secretKey, egress, "files", 3);
    if (!bucket) return await places.noteLook(pool, { surplus: 0, errorCode: "closed" });
    const surplus = await sweepVersions(bucket);
    await places.noteLook(pool, { surplus, errorCode: null });
    if (surplus > 0) log.warn("old versions stay in the bucket", { count: surplus });
  } catch (error) {
    await places.noteLook(pool, { surplus: 0, errorCode: codeOf(error) });
    log.error("the bucket could not be looked at", error);
  }
}
