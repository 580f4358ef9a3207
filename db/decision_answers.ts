/**
 * Not to be subject to automated decisions (Art. 22 GDPR): the program makes none, which the letter
 * states; if people decided with the help of other programs, the officer answers by hand.
 */
import type { CaseItem, Outcome } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Tells the person that no decision about them is left to a program, and where to complain. */
export async function execute(
  { sql, tenantId }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<Outcome> {
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return { status: "done" };
}
