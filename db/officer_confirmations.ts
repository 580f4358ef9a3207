/** The mails that confirm to the officer what was done, however the order was given. */
import * as caseItems from "./case_items.ts";
import * as caseLetters from "./case_letters.ts";
import type { LinkAction } from "./case_letters.ts";
import * as cases from "./cases.ts";
import type { Inbound } from "./inbound_settings.ts";
import type { Right } from "./letters.ts";
import * as mails from "./mails.ts";
import type { EffectOrder } from "./officer_effects.ts";
import * as officerCases from "./officer_cases.ts";
import * as officerOrders from "./officer_orders.ts";
import * as officers from "./officers.ts";
import * as rectifications from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/**
 * `corrected`: a recognition error was put right; a note decides nothing, nor does a correction to
 * be made (`rectify`).
 */
export type Action = LinkAction | "note" | "corrected" | "rectify" | EffectOrder["kind"];

/** An action, recorded in the transaction that carried it out. */
export interface Done {
  caseId: string;
  /** The letter that was answered or whose link was opened; null if there was none. */
  letterId: string | null;
  /** Null for a note. */
  itemId: string | null;
  action: Action;
  by: Pick<officerOrders.Orderer, "role"> & { way: "link" | "mail" | "page" };
  /** The basis of a refusal; of free text only the provision is told. */
  paragraph?: string;
  /** The right before and after the correction; `""`: it was not claimed. */
  corrected?: { before: Right; after: Right | "" };
  /** The record named as the one that is meant. */
  named?: string;
  /** The day on which a restriction ends, or who gets the data. */
  detail?: string;
}

/** What the letter says: a mail names the case, never the person. */
export interface Facts extends Pick<Done, "action" | "by" | "corrected" | "detail"> {
  locale: "de" | "en";
  number: string;
  /** The right decided on; null if the whole case, or nothing, was decided. */
  right: Right | null;
  /** The page of the record that was named; `""` if it has no page. */
  named: string | null;
  provision: string;
  /** The deadline by law, unless the period is suspended or nothing is left to do. */
  due: { day: string } | "paused" | "closed";
  canReply: boolean;
  /** If the approved correction still has to be entered: the page where that is done. */
  unnotedAt: string | null;
  at: Date;
}

/** Whether an approval has nothing to write yet, so that its execution does not begin. */
export async function waitsFor(
  scope: Scope,
  { action, caseId, itemId }: Pick<Done, "action" | "caseId" | "itemId">,
): Promise<boolean> {
  if (action !== "approve" || itemId === null) return false;
  return (await caseItems.find(scope, itemId)).right === "rectification" &&
    await rectifications.isUnnoted(scope, caseId);
}

/** Actions that concern the whole case: its period, its person. */
const ofCase: readonly Action[] = ["extend", "person", "note", "corrected"];

/**
 * Writes the letter to the outbox, for the address that orders of this role come from. An officer
 * who did not give the order learns of it and can answer with a note; for decisions made on the
 * page, in reply to the newest letter of the case.
 */
export async function send(
  scope: Scope,
  { inbound }: { inbound?: Inbound },
  done: Done,
  write: (facts: Facts) => Pick<mails.MailInput, "subject" | "text" | "html">,
): Promise<void> {
  const { caseId, letterId, itemId, action, by, corrected } = done;
  const to = await officers.addressOf(scope, by.role);
  const answerable = letterId ?? await caseLetters.newest(scope, caseId, by.role);
  const letter = answerable === null ? null : await caseLetters.lookup(scope, answerable);
  if (!to || letterId !== null && !letter) return;
  const replyTo = inbound && letter ? `${letter.replyPart}@${inbound.domain}` : undefined;
  const found = await cases.find(scope, caseId);
  const item = itemId === null || ofCase.includes(action)
    ? null
    : await caseItems.find(scope, itemId);
  const paragraph = done.paragraph ||
    (item && officerOrders.provisionOf(item.right, found.language));
  const due = found.status === "closed"
    ? "closed"
    : found.pausedAt
    ? "paused"
    : { day: found.dueOn };
  const facts: Facts = {
    locale: (await officers.find(scope)).language,
    number: found.number,
    action,
    by,
    corrected,
    detail: done.detail,
    right: item && item.right,
    provision: action === "refuse" ? officerOrders.provisionIn(paragraph ?? "") : "",
    due,
    canReply: replyTo !== undefined,
    named: !done.named
      ? null
      : scope.tenantId === officerCases.providerId
      ? ""
      : `/contacts/${done.named}`,
    unnotedAt: await waitsFor(scope, done) ? officerCases.deskOf(scope.tenantId) : null,
    at: scope.now,
  };
  await mails.send(scope.sql, {
    tenantId: officerCases.mailTenant(scope.tenantId),
    kind: "case_letter",
    to,
    replyTo,
    ...write(facts),
  });
}
