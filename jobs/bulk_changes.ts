/** Changes of very many records, and their undoing, a batch per transaction. */
import * as bulkChanges from "../db/bulk_changes.ts";
import * as orders from "../db/bulk_orders.ts";
import { type Actor, type Scope, system, withScope } from "../db/scope.ts";
import { houseJob, type Tools } from "./job.ts";

/** Makes the rows of a change that was ordered, so that it can begin. */
export const prepareBulkChange = houseJob(
  "prepare_bulk_change",
  async (tools, { bulkChangeId }) => {
    await inBatches(tools, bulkChangeId, (scope) => orders.unpack(scope, bulkChangeId));
  },
);

/** Goes on with a change until nothing is left of it; stopped midway it goes on next time. */
export const changeInBulk = houseJob(
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
 * Does it as the user who ordered it, a transaction each time, until it says that it is done or that user
 * may no more what was ordered; whose.
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
