/** An order of the officer, carried out: the decision, its evidence, and the letter it owes the person. */
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import type { LinkAction } from "./case_letters.ts";
import { Invalid } from "./errors.ts";
import type { Right } from "./letters.ts";
import * as officerCases from "./officer_cases.ts";
import type { Authentication } from "./received_mails/authentications.ts";
import type { Scope } from "./scope.ts";

/** Who orders, and by which way it came. */
export interface Orderer {
  role: "officer" | "deputy";
  way: "link" | "mail" | "page";
  /** What the mailbox said of the sender; of mails only. */
  authentication?: Authentication;
}

export interface Order {
  caseId: string;
  itemId: string;
  action: LinkAction;
  /** The state of the item that the order was given for. */
  state: string;
  reason: string;
  /** The provision that a refusal rests on; the right's own limits where none is named. */
  paragraph: string;
  by: Orderer;
}

/** `late`: something else was decided meanwhile. */
export type Outcome = "done" | "late" | "not_possible";

/** Carries an order out within the caller's transaction. */
export async function carryOut(scope: Scope, order: Order): Promise<Outcome> {
  const { caseId, itemId, action, reason, by } = order;
  const item = await officerCases.describe(scope, itemId, true);
  if (!item?.open || item.state !== order.state) return "late";
  if (!item.actions.includes(action)) return "not_possible";
  const paragraph = order.paragraph || provisionOf(item.right, item.language);
  // Whom a request means is no step of a right: it is said by numbers or on the page.
  if (action === "person") return "not_possible";
  try {
    await caseItems.decide(
      scope,
      caseId,
      itemId,
      { kind: action, reason, paragraph, ground: "other" },
      party(by),
    );
  } catch (error) {
    if (error instanceof Invalid) return "not_possible";
    throw error;
  }
  await note(scope, { caseId, itemId, by }, `ordered_by_${by.way}`);
  return "done";
}

const party = ({ role }: Orderer): caseEvents.Party => ({ kind: role, id: null });

/** Adds a step that decides nothing: a note, or by which way an order came. */
export async function note(
  scope: Scope,
  { caseId, itemId, by }: { caseId: string; itemId?: string; by: Orderer },
  action: "noted" | `ordered_by_${Orderer["way"]}`,
  text = "",
): Promise<void> {
  const { authentication } = by;
  const proof = authentication && `DKIM ${authentication.dkim}, SPF ${authentication.spf}`;
  const reason = [text, proof].filter(Boolean).join("\n");
  await caseEvents.append(scope, { caseId, itemId, action, reason, by: party(by) });
}

/** Provisions with the limits of each right. */
const provisions: Readonly<Record<Right, string>> = {
  access: "Art. 15(4), 12(5)",
  rectification: "Art. 16",
  erasure: "Art. 17(3)",
  restriction: "Art. 18(1)",
  portability: "Art. 20(1), (4)",
  objection: "Art. 21(1)",
  withdrawal: "Art. 7(3)",
  complaint: "Art. 77",
};

/** The provision with a right's limits, as the language writes it. */
export function provisionOf(right: Right, language: string): string {
  const provision = provisions[right];
  if (language !== "de") return `${provision} GDPR`;
  return `${
    provision.replace(/\(\d\)/g, (part) => ` Abs. ${part.slice(1, -1)}`).replace(
      /, +Abs/g,
      " und Abs",
    )
  } DSGVO`;
}

/** The provision that a reason names, or nothing. */
export function provisionIn(reason: string): string {
  const found =
    /(?:§{1,2}\s*\d+[a-z]?|Art(?:\.|ikel|icle)?\s*\d+)[^\n;]{0,80}?(?:DS-?GVO|GDPR|BDSG|HGB|AO)\b/i
      .exec(reason);
  return found?.[0] ?? "";
}
