/** Exports everything of a tenant into one sealed archive. */
import * as dataKeys from "../db/data_keys.ts";
import { archive, type Written } from "../db/exports/archives.ts";
import { objectOf } from "../db/files.ts";
import { newId } from "../db/ids.ts";
import { longPool } from "../db/pool.ts";
import { system, withScope } from "../db/scope.ts";
import { isDiskFull } from "../db/storage.ts";
import * as tenantExports from "../db/tenant_exports.ts";
import * as vault from "../db/vault.ts";
import { plainJob } from "./job.ts";

/** Makes the archive from one snapshot; if interrupted, it leaves nothing and starts over. */
export const exportTenant = plainJob(
  "export_tenant",
  async ({ pool, config, log, tenantId }, { tenantExportId: id }) => {
    if (tenantId === null) throw new TypeError("export_tenant needs a tenant");
    const who = { tenantId, actor: system };
    if (!await withScope(pool, who, (scope) => tenantExports.isWaiting(scope, id))) return;
    const keyId = await withScope(pool, who, (scope) => dataKeys.current(scope, config));
    const objectId = newId();
    const written: Written = { rows: 0, files: 0 };
    try {
      const size = await withScope(longPool(pool), who, async (scope) => {
        const bytes = archive(scope, config, written);
        const name = objectOf(tenantId, objectId);
        return await vault.store(config, name, keyId, bytes, Number.MAX_SAFE_INTEGER);
      });
      await withScope(
        pool,
        who,
        (scope) => tenantExports.finish(scope, id, { objectId, size, rows: written.rows }),
      );
      log.info("tenant exported", { rows: written.rows, bytes: size });
    } catch (error) {
      const isFull = isDiskFull(error);
      if (!isFull && !(error instanceof vault.FileBroken)) throw error;
      log.error("a tenant was not exported", error, { tenantId });
      const code = isFull ? "disk_full" : "broken";
      await withScope(pool, who, (scope) => tenantExports.fail(scope, id, code));
    }
  },
);
