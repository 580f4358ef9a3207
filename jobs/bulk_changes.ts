/** Changes very many records, or undoes such a change, one batch per transaction. */
import * as bulkChanges from "../db/bulk_changes.ts";
import * as orders from "../db/bulk_orders.ts";
import { type Actor, type Scope, system, withScope } from "../db/scope.ts";
import { plainJob, type Tools } from "./job.ts";

/** Creates the rows of an ordered change so that it can begin. */
export const prepareBulkChange = plainJob(
  "prepare_bulk_change",
  async (tools, { bulkChangeId }) => {
    await inBatches(tools, bulkChangeId, (scope) => orders.unpack(scope, bulkChangeId));
  },
);

/** Continues a change until nothing is left to do. If interrupted, the next run resumes it. */
export const changeInBulk = plainJob(
  "change_in_bulk",
  async (tools, { bulkChangeId }) => {
    const tenantId = await inBatches(
      tools,
      bulkChangeId,
      (scope) => bulkChanges.work(scope, bulkChangeId),
    );
    tools.log.info("records changed in bulk", { tenantId });
  },
);

/**
 * Runs one transaction after another as the user who ordered the change, until the work reports
 * that it is done or the user no longer has the right to it. Returns the tenant's id.
 */
async function inBatches(
  { pool, signal, tenantId }: Tools & { tenantId: string | null },
  id: string,
  work: (scope: Scope) => Promise<boolean>,
): Promise<string> {
  if (tenantId === null) throw new TypeError("a change in bulk needs a tenant");
  const asSystem = { tenantId, actor: system };
  const { createdBy } = await withScope(pool, asSystem, (scope) => bulkChanges.find(scope, id));
  const actor: Actor = createdBy ? { kind: "user", userId: createdBy } : system;
  for (let finished = false; !finished;) {
    signal.throwIfAborted();
    finished = !await withScope(pool, asSystem, (scope) => bulkChanges.mayGoOn(scope, id)) ||
      await withScope(pool, { tenantId, actor }, work);
  }
  return tenantId;
}
