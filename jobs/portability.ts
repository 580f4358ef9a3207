/** Hands out the data that a person has provided, to them or to the recipient they name. */
import { bodyOf } from "../db/archives.ts";
import * as caseItems from "../db/case_items.ts";
import type { CaseItem, Outcome } from "../db/case_items.ts";
import * as casePersons from "../db/case_persons.ts";
import * as cases from "../db/cases.ts";
import { enqueue } from "../db/jobs.ts";
import * as portability from "../db/portability.ts";
import type { Means } from "../db/rights.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as pushes from "../db/transfer_pushes.ts";
import type { Answer } from "./deliveries.ts";
import { plainJob } from "./job.ts";

/**
 * The data as JSON, CSV and vCard. Somebody unknown to us gets an answer saying so. If none of a
 * person's data is covered, the item goes back to review: otherwise the answer would be empty or
 * missing (Art. 12(4)).
 */
export async function compose(
  scope: Scope,
  item: CaseItem,
  means: Means,
): Promise<Answer | Outcome | null> {
  const settled = await casePersons.settle(scope, item.caseId);
  if (settled.state === "unclear") return null;
  if (settled.state === "nobody") {
    const { id: itemId, caseId } = item;
    await enqueue(scope.sql, "write_person", scope.tenantId, { caseId, itemId, notice: "result" });
    return { status: "no_data" };
  }
  const document = await portability.read(scope, means.baseUrl, settled.person);
  if (!document) {
    await caseItems.move(scope, item, "review", { kind: "system", id: null });
    return null;
  }
  const { number } = await cases.find(scope, item.caseId);
  return {
    parts: [
      { name: `${number}.json`, body: bodyOf(JSON.stringify(document, null, 2)) },
      { name: `${number}.csv`, body: bodyOf(portability.toCsv(document)) },
      { name: `${number}.vcf`, body: bodyOf(portability.toCards(document)) },
    ],
    outcome: { status: "done" },
    settle: (after) => casePersons.isStill(after, item.caseId, settled),
  };
}

/**
 * Sends a person's data to a controller in the register, holding no database connection meanwhile.
 */
export const pushTransfer = plainJob(
  "push_transfer",
  async ({ pool, egress, config, tenantId }, { transferId }) => {
    if (tenantId === null) throw new TypeError("push_transfer needs a tenant");
    const who = { tenantId, actor: system };
    const waiting = await withScope(
      pool,
      who,
      (scope) => pushes.prepare(scope, config, transferId),
    );
    if (!waiting) return;
    const fault = await pushes.send(egress, waiting);
    await withScope(pool, who, (scope) => pushes.settle(scope, transferId, fault));
  },
);
