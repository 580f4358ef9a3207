/**
 * Corrects what recognition got wrong: which rights are claimed, which cases belong to one person,
 * letters without a claim.
 */
import * as events from "./case_events.ts";
import type { Party } from "./case_events.ts";
import * as clocks from "./case_clocks.ts";
import * as items from "./case_items.ts";
import { steps } from "./case_statuses.ts";
import * as cases from "./cases.ts";
import { Invalid } from "./errors.ts";
import type { Right } from "./letters.ts";
import type { Scope } from "./scope.ts";

/** Adds a right that recognition missed; restores one that was struck. Throws Invalid. */
export async function add(
  scope: Scope,
  caseId: string,
  right: Right,
  by: Party,
  sentence = "",
): Promise<void> {
  await lockOpen(scope, caseId);
  const there = (await items.list(scope, caseId)).find((item) => item.right === right);
  if (there?.status === "dropped") await items.move(scope, there, "new", by);
  else await cases.addItems(scope, caseId, [{ right, sentence }], by);
}

/**
 * Strikes a right that was only recognised. Throws NotFound, and Invalid: `case.ticked` if the
 * person chose it in the form, `case.step` once it is being carried out.
 */
export async function drop(scope: Scope, itemId: string, by: Party): Promise<void> {
  await strike(scope, itemId, by);
  const { caseId } = await items.find(scope, itemId);
  const rest = await items.list(scope, caseId);
  if (rest.some(({ status }) => items.isFinal(status) && status !== "dropped")) {
    await clocks.closeIfDone(scope, caseId, by);
  }
}

/** Replaces a right by another, with its sentence. Throws as `drop` does. */
export async function replace(
  scope: Scope,
  itemId: string,
  right: Right,
  by: Party,
): Promise<void> {
  const { caseId, sentence, right: before } = await items.find(scope, itemId);
  if (before === right) return;
  await strike(scope, itemId, by);
  await add(scope, caseId, right, by, sentence);
}

/** Whether a right was only recognised, and nothing has been done about it yet. */
export const isDroppable = (item: items.CaseItem, channel: cases.Channel): boolean =>
  steps[item.status].includes("dropped") && !isTicked(item, channel);

/** What the person ticked is claimed, whatever anybody thinks of it. */
const isTicked = ({ sentence }: items.CaseItem, channel: cases.Channel): boolean =>
  channel === "form" && sentence === "";

async function strike(scope: Scope, itemId: string, by: Party): Promise<void> {
  const { caseId } = await items.find(scope, itemId);
  await lockOpen(scope, caseId);
  const [{ channel }, item] = [await cases.find(scope, caseId), await items.find(scope, itemId)];
  if (isTicked(item, channel)) throw new Invalid("case.ticked");
  await items.move(scope, item, "dropped", by);
}

/**
 * Links a case to an earlier one of the same person, by its number; without a number, removes the
 * link. Throws Invalid `case.unknown` if no other case has the number.
 */
export async function link(
  scope: Scope,
  caseId: string,
  number: string,
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const found = await cases.find(scope, caseId);
  const other = number === "" ? null : await cases.lookup(scope, number);
  // Link all cases of a person to the same one, so that each shows the others.
  const root = other && (other.duplicateOf ?? other.id);
  if (number !== "" && (!root || root === caseId)) throw new Invalid("case.unknown", "number");
  if (root === found.duplicateOf) return;
  await sql`
    update cases
    set duplicate_of = ${root}, updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and (id = ${caseId} or (duplicate_of = ${caseId} and ${root}::uuid is not null))
  `;
  const action = root ? "linked" : "unlinked";
  await events.append(scope, { caseId, action, reason: other?.number ?? "", by });
}

/**
 * Closes a case in which nothing is claimed, with a reason. Throws Invalid while a right is open.
 */
export async function dismiss(
  scope: Scope,
  caseId: string,
  reason: string,
  by: Party,
): Promise<void> {
  await lockOpen(scope, caseId);
  const open = (await items.list(scope, caseId)).some(({ status }) => !items.isFinal(status));
  if (open) throw new Invalid("case.step");
  await events.append(scope, { caseId, action: "dismissed", reason, by });
  await clocks.closeIfDone(scope, caseId, by);
}

/** Always lock the case first, so that concurrent corrections run one after the other. */
async function lockOpen(scope: Scope, caseId: string): Promise<void> {
  if ((await clocks.lock(scope, caseId)).status === "closed") throw new Invalid("case.closed");
}
