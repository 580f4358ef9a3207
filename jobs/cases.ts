/** What was approved is done: each right by its own file, its outcome written to the case. */
import * as caseItems from "../db/case_items.ts";
import { executors } from "../db/rights.ts";
import { tenantJob } from "./job.ts";

/**
 * Carries an approved item out and ends it in the same transaction: killed midway, nothing has
 * happened and the queue runs it again. A right without an executor is ended by hand.
 */
export const executeRight = tenantJob("execute_right", async ({ scope, config }, { itemId }) => {
  const item = await caseItems.claim(scope, itemId);
  const execute = item && executors[item.right];
  if (!execute) return;
  const outcome = await execute(scope, item, config);
  if (outcome) await caseItems.finish(scope, item.id, outcome);
});
