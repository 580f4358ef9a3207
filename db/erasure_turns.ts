/**
 * When an erasure may run: in its order among the rights of a case, and after any running import.
 */
import * as caseItems from "./case_items.ts";
import type { CaseItem } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Milliseconds to wait before checking again whether an import has ended. */
const pause = 30_000;

/** Schedules the erasure to run again after a while. */
export async function wait(
  { sql, tenantId, now }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<null> {
  const startAfter = new Date(now.getTime() + pause);
  await enqueue(sql, "execute_right", tenantId, { caseId, itemId }, { startAfter });
  return null;
}

/**
 * Whether an answer that was requested along with this right is still due: until then nobody is
 * erased.
 */
export async function isAnswerOpen(scope: Scope, { id, caseId }: CaseItem): Promise<boolean> {
  return (await caseItems.list(scope, caseId)).some((each) =>
    each.id !== id && each.closedAt === null &&
    (each.right === "access" || each.right === "portability")
  );
}
