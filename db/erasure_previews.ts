/** What an erasure would do, for the person who has to approve it. */
import { personOf } from "./candidates.ts";
import * as controllers from "./controllers.ts";
import * as plans from "./erasure_plans.ts";
import * as findings from "./findings.ts";
import * as loginRights from "./login_rights.ts";
import type { Scope } from "./scope.ts";

/** What an erasure would do now, and why that is still in doubt; null where it is certain. */
export interface Preview {
  plan: plans.Plan;
  /** `unconfirmed`: it is known who has the address, and the officer's approval is enough. */
  doubt: "unconfirmed" | "unclear" | null;
  /** Places of others that name the person, as long as nobody has confirmed any. */
  mentions: number;
}

/** The plan of a case for the person who has to approve it; null while nobody was found. */
export async function find(scope: Scope, caseId: string): Promise<Preview | null> {
  const found = await findings.lookup(scope, caseId);
  if (!found?.searchedAt) return null;
  const subject = await findings.subjectOf(scope, caseId);
  const known = subject.state === "known";
  const vouched = !found.confirmedAt && findings.haveTheAddress(found.candidates);
  const doubt = known ? null : vouched ? "unconfirmed" : "unclear";
  const ids = known ? subject.ids : found.confirmedAt ? [] : found.candidates.map(({ id }) => id);
  if (ids.length === 0) return null;
  const mentions = found.confirmedAt ? 0 : found.hits.length;
  const person = await personOf(scope, ids);
  if (scope.tenantId !== controllers.providerId) {
    return { plan: await plans.make(scope, person), doubt, mentions };
  }
  const tables = (await loginRights.counted(scope, person))
    .map(({ name, before }) => ({ name, count: before }));
  return { plan: { tables, kept: [], until: null }, doubt, mentions: 0 };
}
