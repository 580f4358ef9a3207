/** Changes of very many records, and their undoing, a batch per transaction. */
import * as bulkChanges from "../db/bulk_changes.ts";
import { type Actor, system, withScope } from "../db/scope.ts";
import { houseJob } from "./job.ts";

/** Goes on with a change until nothing is left of it; stopped midway it goes on next time. */
export const changeInBulk = houseJob(
  "change_in_bulk",
  async ({ pool, signal, tenantId, log }, { bulkChangeId }) => {
    if (tenantId === null) throw new TypeError("change_in_bulk needs a tenant");
    const asSystem = { tenantId, actor: system };
    const { createdBy } = await withScope(
      pool,
      asSystem,
      (scope) => bulkChanges.find(scope, bulkChangeId),
    );
    const actor: Actor = createdBy ? { kind: "user", userId: createdBy } : system;
    for (let finished = false; !finished;) {
      signal.throwIfAborted();
      finished = await withScope(
        pool,
        { tenantId, actor },
        (scope) => bulkChanges.work(scope, bulkChangeId),
      );
    }
    log.info("records changed in bulk", { tenantId });
  },
);
