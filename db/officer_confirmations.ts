/** What the officer is told by mail of a deed, whichever way the order came. */
import * as caseItems from "./case_items.ts";
import * as caseLetters from "./case_letters.ts";
import type { LinkAction } from "./case_letters.ts";
import * as cases from "./cases.ts";
import type { Inbound } from "./inbound_settings.ts";
import type { Right } from "./letters.ts";
import * as mails from "./mails.ts";
import * as officerCases from "./officer_cases.ts";
import * as officerOrders from "./officer_orders.ts";
import * as officers from "./officers.ts";
import * as rectifications from "./rectifications.ts";
import type { Scope } from "./scope.ts";

/** `corrected`: what the recognition got wrong was put right; a note decides nothing, nor what is noted to write. */
export type Deed = LinkAction | "note" | "corrected" | "rectify";

/** A deed that was done, within the transaction that did it. */
export interface Done {
  caseId: string;
  /** The letter that was answered, or whose link was opened; null where there was none. */
  letterId: string | null;
  /** None of a note. */
  itemId: string | null;
  deed: Deed;
  by: Pick<officerOrders.Orderer, "role"> & { way: "link" | "mail" | "page" };
  /** What a refusal rests on; of free words the provision alone is told. */
  paragraph?: string;
  /** The right before and after it was put right; `""`: it was not claimed. */
  corrected?: { before: Right; after: Right | "" };
  /** The record that was named as the one that is meant. */
  named?: string;
}

/** What the letter says: a mail names the case and never the person. */
export interface Facts extends Pick<Done, "deed" | "by" | "corrected"> {
  locale: "de" | "en";
  number: string;
  /** What was decided of; null where it is of the whole case, or of nothing. */
  right: Right | null;
  /** The page of the record that was named; `""` of one without a page. */
  named: string | null;
  provision: string;
  /** The last day by law, unless the period rests or nothing is left to do. */
  due: { day: string } | "paused" | "closed";
  canReply: boolean;
  /** Where what was approved waits for a change to be noted: the desk at which that is done. */
  unnotedAt: string | null;
  at: Date;
}

/** Whether an approval has nothing to write yet: its execution does not begin. */
export async function waitsFor(
  scope: Scope,
  { deed, caseId, itemId }: Pick<Done, "deed" | "caseId" | "itemId">,
): Promise<boolean> {
  if (deed !== "approve" || itemId === null) return false;
  return (await caseItems.find(scope, itemId)).right === "rectification" &&
    await rectifications.isUnnoted(scope, caseId);
}

/** What is said of the case as a whole: its clock, its person. */
const ofCase: readonly Deed[] = ["extend", "person", "note", "corrected"];

/**
 * Writes the letter into the outbox, to the address that orders of this role come from. Whoever did
 * not give the order learns of it, and answers with a note: of what was decided on the page, by the
 * newest letter of the case.
 */
export async function send(
  scope: Scope,
  { inbound }: { inbound?: Inbound },
  done: Done,
  write: (facts: Facts) => Pick<mails.MailInput, "subject" | "text" | "html">,
): Promise<void> {
  const { caseId, letterId, itemId, deed, by, corrected } = done;
  const to = await officers.addressOf(scope, by.role);
  const answerable = letterId ?? await caseLetters.newest(scope, caseId, by.role);
  const letter = answerable === null ? null : await caseLetters.lookup(scope, answerable);
  if (!to || letterId !== null && !letter) return;
  const replyTo = inbound && letter ? `${letter.replyPart}@${inbound.domain}` : undefined;
  const found = await cases.find(scope, caseId);
  const item = itemId === null || ofCase.includes(deed)
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
    deed,
    by,
    corrected,
    right: item && item.right,
    provision: deed === "refuse" ? officerOrders.provisionIn(paragraph ?? "") : "",
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
