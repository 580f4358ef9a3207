/** What was approved is done: each right by its own file, its outcome written to the case. */
import * as caseItems from "../db/case_items.ts";
import type { Right } from "../db/letters.ts";
import { type Execute, executors } from "../db/rights.ts";
import * as accessAnswers from "./access_answers.ts";
import * as portability from "./portability.ts";
import { tenantJob } from "./job.ts";

/** Those whose outcome is a document: only jobs see the words for it. */
const withLetters: Partial<Record<Right, Execute>> = {
  access: accessAnswers.execute,
  portability: portability.execute,
};

/**
 * Carries an approved item out and ends it in the same transaction: killed midway, nothing has
 * happened and the queue runs it again. A right without an executor is ended by hand.
 */
export const executeRight = tenantJob("execute_right", async ({ scope, config }, { itemId }) => {
  const item = await caseItems.claim(scope, itemId);
  const execute = item && ({ ...executors, ...withLetters })[item.right];
  if (!execute) return;
  const outcome = await execute(scope, item, config);
  if (outcome) await caseItems.finish(scope, item.id, outcome);
});
