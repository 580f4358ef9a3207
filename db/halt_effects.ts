/** What a claim has stopped before anybody decides on it, and what is left to a decision. */
import type { CaseItem } from "./case_items.ts";
import { addressesGiven, reachOf } from "./halts.ts";
import * as casePersons from "./case_persons.ts";
import * as cases from "./cases.ts";
import { providerId } from "./controllers.ts";
import * as findings from "./findings.ts";
import * as portability from "./portability.ts";
import type { Scope } from "./scope.ts";

/** A sentence of the catalogue `officers`: what has happened, and what each decision does. */
export type Effect =
  | "complaint"
  | "decision"
  | "objection"
  | "objection_interest"
  | "objection_login"
  | "objection_nobody"
  | "objection_nothing"
  | "portability"
  | "restriction"
  | "restriction_open"
  | "withdrawal"
  | "withdrawal_login"
  | "withdrawal_nobody";

/** The effect of an open item; null where other words say it, or there is none. */
export async function lookup(
  scope: Scope,
  item: Pick<CaseItem, "id" | "caseId" | "right" | "sentence">,
): Promise<Effect | null> {
  const { id, caseId, right } = item;
  if (right === "complaint" || right === "decision") return right;
  if (right === "portability") return await tellsOfTransfer(scope, caseId) ? right : null;
  if (right !== "objection" && right !== "restriction" && right !== "withdrawal") return null;
  const login = scope.tenantId === providerId;
  const nobody = (await findings.subjectOf(scope, caseId)).state === "nobody";
  if (nobody) {
    if (login || right === "restriction") return null;
    const given = addressesGiven(await cases.find(scope, caseId));
    return given.length > 0 ? `${right}_nobody` : null;
  }
  if (login && right !== "restriction") return `${right}_login`;
  if (right === "withdrawal") return right;
  const restricted = await isRestricted(scope, id);
  if (right === "restriction") return restricted ? right : "restriction_open";
  if (restricted) return "objection_interest";
  const reach = await reachOf(scope, item, await cases.find(scope, caseId));
  if (reach === null || await casePersons.lookup(scope, caseId) === null) return right;
  return "objection_nothing";
}

/** Whether somebody is there whose data could be handed to another controller (Art. 20(2)). */
const tellsOfTransfer = async (scope: Scope, caseId: string): Promise<boolean> =>
  scope.tenantId !== providerId &&
  (await findings.subjectOf(scope, caseId)).state !== "nobody" &&
  !await portability.isUncovered(scope, caseId);

async function isRestricted({ sql, tenantId }: Scope, itemId: string): Promise<boolean> {
  const rows = await sql`
    select
    from restrictions
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and lifted_at is null
    limit 1
  `;
  return rows.length > 0;
}
