/** The rights claimed in a case: each has its own status and moves to its end in recorded steps. */
import * as caseFiles from "./case_files.ts";
import * as events from "./case_events.ts";
import type { Party } from "./case_events.ts";
import * as clocks from "./case_clocks.ts";
import type { Notice } from "./case_notices.ts";
import { Invalid, NotFound } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { Right } from "./letters.ts";
import { rights } from "./letters/rules.ts";
import * as restrictionEnds from "./restriction_ends.ts";
import type { Scope } from "./scope.ts";
import { type Ground, grounds, isFinal, type Status, steps } from "./case_statuses.ts";

export { type Ground, grounds, isFinal, type Status };

export interface CaseItem {
  id: string;
  caseId: string;
  right: Right;
  /** The sentence of the letter that claims it; empty for a form. */
  sentence: string;
  status: Status;
  /** The decision that waits for a second person. */
  proposal: "execute" | "refuse" | null;
  proposedBy: string | null;
  ground: Ground | null;
  paragraph: string;
  reason: string;
  closedAt: Date | null;
  version: number;
}

/** A decision by somebody; `extend` and `identity` affect the clock of the whole case. */
export type Decision =
  /** Continues; where two people have to decide (erasure), it first waits for the second. */
  | { kind: "approve" }
  | { kind: "refuse"; ground: Ground; paragraph: string; reason: string }
  | { kind: "extend"; reason: string }
  /** The identity is in doubt for a reason (Art. 12(6)); the clock stops. */
  | { kind: "identity"; reason: string }
  /** The doubt is settled; the clock restarts. */
  | { kind: "identified"; reason: string }
  /** A step forward or back within the work. */
  | { kind: "move"; to: "assignment" | "collection" | "review" }
  | { kind: "note"; text: string }
  /** Completed by hand. */
  | { kind: "done"; reason?: string }
  | { kind: "withdraw" | "forward"; reason: string };

/** The items of a case, in the order of the law. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<CaseItem[]> {
  return await sql<CaseItem[]>`
    select ${columns(sql)}
    from case_items i
    where i.tenant_id = ${tenantId}
      and i.case_id = ${caseId}
    order by i.id
    limit ${rights.length}
  `;
}

/** Returns an item. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<CaseItem> {
  return await read(scope, id, false);
}

async function read({ sql, tenantId }: Scope, id: string, locked: boolean): Promise<CaseItem> {
  const [row] = await sql<CaseItem[]>`
    select ${columns(sql)}
    from case_items i
    where i.tenant_id = ${tenantId}
      and i.id = ${id}
    ${locked ? sql`for update` : sql``}
  `;
  if (!row) throw new NotFound("case item");
  return row;
}

const columns = (sql: Scope["sql"]) =>
  sql`
    i.id, i.case_id, i.claimed_right as "right", i.sentence, i.status, i.proposal, i.proposed_by,
      i.ground, i.paragraph, i.reason, i.closed_at, i.version`;

/**
 * Applies a decision to an item and returns the changed item. Throws NotFound, and Invalid with
 * `case.closed`, `case.step` (not possible from this status), `case.four_eyes`, `required`, or an
 * error code of the clock.
 */
export async function decide(
  scope: Scope,
  caseId: string,
  itemId: string,
  decision: Decision,
  by: Party,
): Promise<CaseItem> {
  // Always lock the case first, so that concurrent decisions run one after the other.
  await clocks.lock(scope, caseId);
  const item = await read(scope, itemId, true);
  if (item.caseId !== caseId) throw new NotFound("case item");
  if (decision.kind === "note") {
    await events.append(scope, {
      caseId,
      itemId,
      action: "noted",
      reason: demanded(decision.text, "text"),
      by,
    });
    return item;
  }
  if (isFinal(item.status)) throw new Invalid("case.closed");
  switch (decision.kind) {
    case "approve":
      return await approve(scope, item, by);
    case "refuse":
      return await refuse(scope, item, decision, by);
    case "extend":
      await clocks.extend(scope, caseId, demanded(decision.reason), by);
      await enqueueNotice(scope, item, "extension");
      return item;
    case "identity":
      await clocks.pause(scope, caseId, demanded(decision.reason), by);
      await enqueueNotice(scope, item, "identity");
      return await move(scope, item, "identity", by, { reason: decision.reason });
    case "identified":
      if (item.status !== "identity") throw new Invalid("case.step");
      await clocks.resume(scope, caseId, demanded(decision.reason), by);
      return await move(scope, item, "collection", by, { reason: decision.reason });
    case "move":
      return await move(scope, item, decision.to, by);
    case "done":
      return await move(scope, item, "done", by, { reason: decision.reason ?? "" });
    case "withdraw":
      return await move(scope, item, "withdrawn", by, { reason: demanded(decision.reason) });
    case "forward":
      return await move(scope, item, "forwarded", by, { reason: demanded(decision.reason) });
  }
}

function demanded(text: string, field = "reason"): string {
  const trimmed = text.trim();
  if (trimmed === "") throw new Invalid("required", field);
  return trimmed;
}

/** The officer, or the deputy as stand-in, decides alone; nobody instructs them (Art. 38(3)). */
const alone = ({ kind }: Party): boolean => kind === "officer" || kind === "deputy";

async function approve(scope: Scope, item: CaseItem, by: Party): Promise<CaseItem> {
  if (item.status === "approval") {
    if (!alone(by) && by.id !== null && by.id === item.proposedBy) {
      throw new Invalid("case.four_eyes");
    }
    return await move(scope, item, item.proposal === "refuse" ? "refused" : "execution", by);
  }
  if (item.right !== "erasure" || alone(by)) return await move(scope, item, "execution", by);
  return await move(scope, item, "approval", by, { proposal: "execute" });
}

async function refuse(
  scope: Scope,
  item: CaseItem,
  decision: Extract<Decision, { kind: "refuse" }>,
  by: Party,
): Promise<CaseItem> {
  const grounded = {
    ground: decision.ground,
    paragraph: demanded(decision.paragraph, "paragraph"),
    reason: demanded(decision.reason),
  };
  if (alone(by)) return await move(scope, item, "refused", by, grounded);
  if (item.status === "approval") throw new Invalid("case.step");
  return await move(scope, item, "approval", by, { ...grounded, proposal: "refuse" });
}

/** The result of carrying out a right; `proof` identifies its certificate or digest. */
export interface Outcome {
  status: "done" | "partial" | "no_data";
  reason?: string;
  proof?: string;
}

/**
 * Completes an item that was carried out. Throws NotFound, and Invalid unless it is in execution.
 */
export async function finish(
  scope: Scope,
  itemId: string,
  outcome: Outcome,
  by: Party = { kind: "system", id: null },
): Promise<CaseItem> {
  const { caseId } = await find(scope, itemId);
  await clocks.lock(scope, caseId);
  let item = await read(scope, itemId, true);
  if (item.status === "execution") {
    item = await move(scope, item, "proof", by, { reason: outcome.proof ?? "" });
  }
  return await move(scope, item, outcome.status, by, { reason: outcome.reason ?? "" });
}

/** An item to be carried out, locked for this transaction; null unless it is still in execution. */
export async function claim(scope: Scope, itemId: string): Promise<CaseItem | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<{ caseId: string }[]>`
    select case_id
    from case_items
    where tenant_id = ${tenantId}
      and id = ${itemId}
  `;
  if (!row) return null;
  await clocks.lock(scope, row.caseId);
  const item = await read(scope, itemId, true);
  return item.status === "execution" ? item : null;
}

/** The notice is queued in the deciding transaction: neither happens without the other. */
const enqueueNotice = ({ sql, tenantId }: Scope, { id, caseId }: CaseItem, notice: Notice) =>
  enqueue(sql, "write_person", tenantId, { caseId, itemId: id, notice });

interface More {
  reason?: string;
  ground?: Ground;
  paragraph?: string;
  proposal?: "execute" | "refuse";
}

/** Takes one step; closes the case with its last item. Throws Invalid if it is not allowed. */
export async function move(
  scope: Scope,
  item: CaseItem,
  to: Status,
  by: Party,
  more: More = {},
): Promise<CaseItem> {
  const { sql, tenantId, now } = scope;
  if (!steps[item.status].includes(to)) throw new Invalid("case.step");
  const proposal = to === "approval" ? more.proposal ?? "execute" : null;
  await sql`
    update case_items
    set status = ${to}, proposal = ${proposal}, proposed_by = ${proposal && by.id},
      ground = ${more.ground ?? item.ground}, paragraph = ${more.paragraph ?? item.paragraph},
      reason = ${more.reason || item.reason}, closed_at = ${isFinal(to) ? now : null},
      updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${item.id}
  `;
  await events.append(scope, {
    caseId: item.caseId,
    itemId: item.id,
    action: "moved",
    from: item.status,
    to,
    reason: more.reason,
    by,
  });
  if (item.status === "identity" && to !== "identity") {
    await caseFiles.removePapers(scope, item.caseId, by);
    await clocks.resumeIfSettled(scope, item.caseId, by);
  }
  if (to === "refused") await enqueueNotice(scope, item, "refusal");
  if (to === "forwarded") await enqueueNotice(scope, item, "forwarded");
  // Lift the restriction that the claim alone caused, but not before the person is told (Art.
  // 18(3)).
  if (["refused", "withdrawn", "dropped", "forwarded"].includes(to)) {
    await restrictionEnds.announceSoon(scope, item, by);
  }
  if (to === "execution") {
    await enqueue(sql, "execute_right", tenantId, { caseId: item.caseId, itemId: item.id });
  }
  // Nobody is erased before the answer is given.
  if (isFinal(to)) await resume(scope, item.caseId, item.id);
  // Striking a misread right does not close the case: the letter's real claim may still be missing.
  if (isFinal(to) && to !== "dropped") await clocks.closeIfDone(scope, item.caseId, by);
  return await find(scope, item.id);
}

/** Resumes approved items that were waiting for something; `except` is an item to leave out. */
export async function resume(
  { sql, tenantId }: Scope,
  caseId: string,
  except: string | null = null,
): Promise<void> {
  const waiting = await sql<{ id: string }[]>`
    select id
    from case_items
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and status = 'execution'
      and id is distinct from ${except}::uuid
    limit ${rights.length}
  `;
  for (const { id: itemId } of waiting) {
    await enqueue(sql, "execute_right", tenantId, { caseId, itemId });
  }
}
