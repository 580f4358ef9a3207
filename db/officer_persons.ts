/** Whom a request means, as the officer says it by mail. */
import type { Candidate } from "./candidates.ts";
import type { Party } from "./case_events.ts";
import * as findings from "./findings.ts";
import type { Scope } from "./scope.ts";

/**
 * The officer's word by mail: the numbers of a letter's list. False where the list was made anew
 * since, somebody has said so already, or a number is none of it.
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
 * The officer's word by mail, where nobody was found or somebody else: the record that is meant. False
 * while the search is on its way, and where somebody has said so already; that it is nobody is not
 * said for good, and later letters ask for the record again.
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
      set candidates = candidates || ${sql.json([named] as never)}
      where tenant_id = ${tenantId}
        and case_id = ${caseId}
    `;
  }
  const searchedAt = found.searchedAt.toISOString();
  await findings.confirm(scope, caseId, { searchedAt, ids: [id], hits: [] }, by);
  return true;
}
