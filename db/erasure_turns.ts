/** The turn of an erasure: among the rights of a case, and after an import that is at work. */
import * as caseItems from "./case_items.ts";
import type { CaseItem } from "./case_items.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/** Milliseconds after which it is looked again whether an import has ended. */
const pause = 30_000;

/** Has the erasure called again in a while. */
export async function wait(
  { sql, tenantId, now }: Scope,
  { id: itemId, caseId }: CaseItem,
): Promise<null> {
  const startAfter = new Date(now.getTime() + pause);
  await enqueue(sql, "execute_right", tenantId, { caseId, itemId }, { startAfter });
  return null;
}

/** Whether an answer that was asked for beside a right is still to be given: nobody is erased before. */
export async function isAnswerOpen(scope: Scope, { id, caseId }: CaseItem): Promise<boolean> {
  return (await caseItems.list(scope, caseId)).some((each) =>
    each.id !== id && each.closedAt === null &&
    (each.right === "access" || each.right === "portability")
  );
}
