/** Who a request means, as the officer answers by mail. */
import type { Candidate } from "./candidates.ts";
import type { Party } from "./case_events.ts";
import * as findings from "./findings.ts";
import type { Scope } from "./scope.ts";

/**
 * The officer's answer by mail: numbers from the letter's list. False if the list has been renewed
 * since, somebody has already answered, or a number is not on it.
 */
export async function choose(
  scope: Scope,
  caseId: string,
  { which, listedAt }: { which: readonly number[]; listedAt: Date },
  by: Party,
): Promise<boolean> {
  const found = await findings.lookup(scope, caseId);
  if (!found?.searchedAt || found.confirmedAt || found.searchedAt > listedAt) return false;
  const ids = which.map((number) => found.candidates[number - 1]?.id);
  if (ids.some((id) => id === undefined)) return false;
  const searchedAt = found.searchedAt.toISOString();
  await findings.confirm(scope, caseId, { searchedAt, ids: ids as string[], hits: [] }, by);
  return true;
}

/**
 * The officer's answer by mail when nobody or the wrong person was found: the record that is meant.
 * False while the search is running and when somebody has already answered; an answer "nobody" is
 * not final, and later letters ask for the record again.
 */
export async function name(
  scope: Scope,
  caseId: string,
  id: string,
  by: Party,
): Promise<boolean> {
  const { sql, tenantId } = scope;
  const found = await findings.lookup(scope, caseId);
  if (!found?.searchedAt || found.confirmedIds.length + found.confirmedHits.length > 0) {
    return false;
  }
  if (!found.candidates.some((each) => each.id === id)) {
    const named: Candidate = { id, by: ["named"] };
    await sql`
      update case_findings
      set candidates = candidates || ${sql.json([named])}
      where tenant_id = ${tenantId}
        and case_id = ${caseId}
    `;
  }
  const searchedAt = found.searchedAt.toISOString();
  await findings.confirm(scope, caseId, { searchedAt, ids: [id], hits: [] }, by);
  return true;
}
