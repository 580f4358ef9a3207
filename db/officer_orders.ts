/** Carries out an officer's order: the decision, its evidence, and the letter due to the person. */
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import type { LinkAction } from "./case_letters.ts";
import { Invalid } from "./errors.ts";
import type { Right } from "./letters.ts";
import * as officerCases from "./officer_cases.ts";
import type { Authentication } from "./received_mails/authentications.ts";
import type { Scope } from "./scope.ts";

/** Who gave the order, and in which way. */
export interface Orderer {
  role: "officer" | "deputy";
  way: "link" | "mail" | "page";
  /** How the mailbox authenticated the sender; only for mails. */
  authentication?: Authentication;
}

export interface Order {
  caseId: string;
  itemId: string;
  action: LinkAction;
  /** The state of the item when the order was given. */
  state: string;
  reason: string;
  /** The provision that a refusal is based on; the right's own limits if none is named. */
  paragraph: string;
  by: Orderer;
}

/** `late`: something else was decided meanwhile. */
export type Outcome = "done" | "late" | "not_possible";

/** Carries out an order in the caller's transaction. */
export async function carryOut(scope: Scope, order: Order): Promise<Outcome> {
  const { caseId, itemId, action, reason, by } = order;
  const item = await officerCases.describe(scope, itemId, true);
  if (!item?.open || item.state !== order.state) return "late";
  if (!item.actions.includes(action)) return "not_possible";
  const paragraph = order.paragraph || provisionOf(item.right, item.language);
  // Who a request means is not a step of a right: it is answered by numbers or on the page.
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

/** Adds a step that decides nothing: a note, or how an order was given. */
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

/** The provisions that limit each right. */
const provisions: Readonly<Record<Right, string>> = {
  access: "Art. 15(4), 12(5)",
  rectification: "Art. 16",
  erasure: "Art. 17(3)",
  restriction: "Art. 18(1)",
  portability: "Art. 20(1), (4)",
  objection: "Art. 21(1)",
  decision: "Art. 22(2)",
  withdrawal: "Art. 7(3)",
  complaint: "Art. 77",
};

/** The provision that limits a right, as written in the language. */
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

/** The provision that a reason names, or an empty text. */
export function provisionIn(reason: string): string {
  const found =
    /(?:§{1,2}\s*\d+[a-z]?|Art(?:\.|ikel|icle)?\s*\d+)[^\n;]{0,80}?(?:DS-?GVO|GDPR|BDSG|HGB|AO)\b/i
      .exec(reason);
  return found?.[0] ?? "";
}
