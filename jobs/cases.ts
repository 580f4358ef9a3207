/** Carries out approved requests: each right in its own file, the outcome recorded in the case. */
import * as caseItems from "../db/case_items.ts";
import type { CaseItem, Outcome } from "../db/case_items.ts";
import * as casePersons from "../db/case_persons.ts";
import { providerId } from "../db/controllers.ts";
import * as erasureObjects from "../db/erasure_objects.ts";
import * as readings from "../db/erasure_readings.ts";
import * as findings from "../db/findings.ts";
import type { Right } from "../db/letters.ts";
import { type Execute, executors, type Means } from "../db/rights.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as transmissions from "../db/transmissions.ts";
import type { Recipient } from "../db/transmissions.ts";
import * as accessAnswers from "./access_answers.ts";
import * as portability from "./portability.ts";
import { type Answer, handOver } from "./deliveries.ts";
import { plainJob } from "./job.ts";

/** Composes what a person gets; like `Execute` if there is nothing to pack. */
type Compose = (...given: Parameters<Execute>) => Promise<Answer | Outcome | null>;

/** The rights whose outcome is a document. They are here because only jobs have the wording. */
const composers: Partial<Record<Right, Compose>> = {
  access: accessAnswers.compose,
  portability: portability.compose,
};

/**
 * Carries out an approved item and closes it in the same transaction: if it is interrupted, nothing
 * has happened and the queue runs it again. Answers are packed between two transactions, again if
 * they change meanwhile. A right without an executor is closed by hand.
 */
export const executeRight = plainJob(
  "execute_right",
  async ({ pool, config, signal, tenantId }, { itemId }) => {
    if (tenantId === null) throw new TypeError("execute_right needs a tenant");
    const who = { tenantId, actor: system };
    const reading = await readings.prepare(pool, who, itemId, config);
    const objectsLeft = await erasureObjects.remove(pool, who, itemId, config);
    const means = { ...config, reading, objectsLeft };
    while (true) {
      signal.throwIfAborted();
      const answer = await withScope(pool, who, (scope) => execute(scope, itemId, means));
      if (!answer || await handOver(pool, who, means, itemId, answer)) return;
    }
  },
);

/** Carries an item out; an answer is returned to be packed, with its item still open. */
async function execute(scope: Scope, itemId: string, means: Means): Promise<Answer | null> {
  const item = await caseItems.claim(scope, itemId);
  const carryOut = item && ({ ...executors, ...composers })[item.right];
  if (!carryOut) return null;
  // The search resumes whatever is waiting for it.
  if (await findings.renew(scope, item.caseId)) return null;
  const recipients = await concerned(scope, item);
  const outcome = await carryOut(scope, item, means);
  if (!outcome || "parts" in outcome) return outcome;
  if (outcome.status !== "no_data") await transmissions.inform(scope, item, recipients);
  await caseItems.finish(scope, item.id, outcome);
  return null;
}

/** Who has to be informed (Art. 19), determined before the person may have been erased. */
async function concerned(scope: Scope, item: CaseItem): Promise<Recipient[]> {
  if (!transmissions.notifiedRights.includes(item.right) || scope.tenantId === providerId) {
    return [];
  }
  const person = await casePersons.resolve(scope, item.caseId);
  return await transmissions.recipientsOf(scope, person?.contactIds ?? []);
}
