/** A complaint (Art. 77 GDPR): whom it goes to is told by letter; what it is about is answered by people. */
import type { CaseItem, Outcome } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Has the person told which authority is competent, and that the way to it is open. */
export async function execute(
  { sql, tenantId }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<Outcome> {
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return { status: "done" };
}
