/**
 * Rights that a letter answers: a complaint (Art. 77 GDPR) with the competent authority, and not to be
 * subject to automated decisions (Art. 22 GDPR), of which the program makes none. What else a person
 * asks there is answered by people.
 */
import type { CaseItem, Outcome } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Has the letter written. */
export async function execute(
  { sql, tenantId }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<Outcome> {
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return { status: "done" };
}
