/** A complaint (Art. 77 GDPR): a letter names the authority; people answer the complaint itself. */
import type { CaseItem, Outcome } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Tells the person which authority is competent, and that they are free to turn to it. */
export async function execute(
  { sql, tenantId }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<Outcome> {
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return { status: "done" };
}
