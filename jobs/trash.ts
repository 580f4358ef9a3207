/**
 * Erases expired contents of the trash, tenant by tenant in batches, and ends the time for undoing.
 */
import * as bulkChanges from "../db/bulk_changes.ts";
import * as files from "../db/files.ts";
import * as inbox from "../db/inbox.ts";
import * as offers from "../db/offer_retentions.ts";
import * as mergeEnds from "../db/merge_ends.ts";
import * as retainedPersons from "../db/retained_persons.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as trash from "../db/trash.ts";
import { plainJob, type Tools } from "./job.ts";
import { inEachTenant } from "./rounds.ts";

/** Erases what is due in every tenant's trash, or in one. If interrupted, the next run resumes. */
export const eraseTrash = plainJob("erase_trash", async ({ tenantId, ...tools }) => {
  if (tenantId !== null) return await erase(tools, tenantId);
  await inEachTenant(tools, (id) => erase(tools, id));
});

async function erase({ pool, signal, log, config }: Tools, tenantId: string): Promise<void> {
  await withScope(pool, { tenantId, actor: system }, bulkChanges.removeExpired);
  const actions = [
    files.erase,
    offers.erase,
    ...trash.kinds.map((kind) => (scope: Scope) => trash.erase(scope, kind, config.secretKey)),
  ];
  for (const action of actions) {
    for (let count = trash.batch; count === trash.batch;) {
      if (signal.aborted) return;
      count = await withScope(pool, { tenantId, actor: system }, action);
      if (count > 0) log.info("trash erased", { tenantId, count });
    }
  }
  for (const action of [mergeEnds.removeExpired, inbox.expire, retainedPersons.erase]) {
    for (let count = 1; count > 0;) {
      if (signal.aborted) return;
      count = await withScope(pool, { tenantId, actor: system }, action);
    }
  }
}
