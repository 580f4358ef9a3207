/** The turn of an erasure among the rights of a case. */
import * as caseItems from "./case_items.ts";
import type { CaseItem } from "./case_items.ts";
import type { Scope } from "./scope.ts";

/** Whether an answer that was asked for beside a right is still to be given: nobody is erased before. */
export async function isAnswerOpen(scope: Scope, { id, caseId }: CaseItem): Promise<boolean> {
  return (await caseItems.list(scope, caseId)).some((each) =>
    each.id !== id && each.closedAt === null &&
    (each.right === "access" || each.right === "portability")
  );
}
