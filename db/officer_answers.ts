/**
 * What happens to a reply to the officer's letter: an order is carried out, help is sent, or
 * nothing.
 */
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import * as caseCodes from "./case_codes.ts";
import * as caseLetters from "./case_letters.ts";
import { today } from "./clock.ts";
import type { Config } from "./config.ts";
import { clean } from "./email_addresses.ts";
import type { Done } from "./officer_confirmations.ts";
import * as namedRecords from "./named_records.ts";
import * as officerOrders from "./officer_orders.ts";
import type { Orderer } from "./officer_orders.ts";
import * as officerEffects from "./officer_effects.ts";
import { type Order, read, type Unclear } from "./officer_replies.ts";
import * as officerPersons from "./officer_persons.ts";
import * as officerRectifications from "./officer_rectifications.ts";
import * as officers from "./officers.ts";
import { type Authentication } from "./received_mails/authentications.ts";
import type { Contents } from "./received_mails/contents.ts";
import type { Scope } from "./scope.ts";

export type Why =
  | Unclear
  | officerRectifications.Fault
  | officerEffects.Fault
  | "late"
  | "sender"
  | "unknown"
  | "several";

/** What was done, who asks for new codes, or who is told why not; null if nobody gets an answer. */
export type Answered =
  | { done: Done }
  | { caseId: string; asks: Orderer["role"] }
  | { caseId: string; to: string; why: Why }
  | null;

/**
 * Receives a reply to a letter. Only the officer's own address ever gets an answer: a stranger or a
 * program learns nothing and changes nothing.
 */
export async function receive(
  scope: Scope,
  letterId: string,
  { contents, authentication }: { contents: Contents; authentication: Authentication },
  config: Pick<Config, "secretKey" | "dataDir" | "baseUrl">,
): Promise<Answered> {
  const { secretKey, baseUrl } = config;
  const letter = await caseLetters.lookup(scope, letterId);
  if (!letter || contents.kind !== "mail") return null;
  const sender = contents.from?.address ?? "";
  const role = await officers.roleOf(scope, sender, today());
  const { caseId } = letter;
  if (!role) {
    await caseEvents.append(scope, {
      caseId,
      action: "answered_by_stranger",
      by: { kind: "system", id: null },
    });
    return null;
  }
  const to = clean(sender);
  const unclear = (why: Why) => ({ caseId, to, why });
  if (authentication.dkim === "fail" || authentication.spf === "fail") {
    if (authentication.dkim !== "pass") return unclear("sender");
  }
  const { name, deputyName } = await officers.find(scope);
  const order = read(contents.text, [name, deputyName]);
  if (typeof order === "string") return unclear(order);
  const by = { role, way: "mail", authentication } as const;
  const done = (action: Done["action"], itemId: string | null = null, paragraph = "") => ({
    done: { caseId, letterId, itemId, action, by: { role, way: by.way }, paragraph },
  });
  if (order.kind === "note") {
    await officerOrders.note(scope, { caseId, by }, "noted", order.text);
    return done("note");
  }
  if (order.kind === "codes") return { caseId, asks: role };
  if (!letter.live) return unclear("late");
  const itemId = await caseCodes.match(scope, secretKey, letterId, order.code);
  const state = itemId && await caseLetters.stateOf(scope, letterId, itemId);
  if (!itemId || !state) return unclear("code");
  if (order.kind === "person" || order.kind === "rectify") {
    const item = await caseItems.find(scope, itemId);
    if (item.closedAt) return unclear("late");
    const { fault, named } = order.kind === "person"
      ? await settlePerson(scope, letter, order, { kind: role, id: null }, baseUrl)
      : { fault: await officerRectifications.note(scope, item, order.text), named: undefined };
    if (fault) return unclear(fault);
    await officerOrders.note(scope, { caseId, itemId, by }, "ordered_by_mail");
    return { done: { ...done(order.kind, itemId).done, named } };
  }
  if (order.kind === "lift" || order.kind === "transfer") {
    const asked = { caseId, itemId, state, order, by };
    const effect = await officerEffects.carryOut(scope, config, asked);
    if ("fault" in effect) return unclear(effect.fault);
    const detail = order.kind === "lift" ? order.on : effect.recipient;
    return { done: { ...done(order.kind, itemId).done, detail } };
  }
  const reason = "reason" in order ? order.reason : "";
  const paragraph = officerOrders.provisionIn(reason);
  const outcome = await officerOrders.carryOut(scope, {
    caseId,
    itemId,
    state,
    action: order.kind,
    reason,
    paragraph,
    by,
  });
  return outcome === "done" ? done(order.kind, itemId, paragraph) : unclear(outcome);
}

/** Settles who is meant; returns the record that was named, if one was, or why it cannot be done. */
async function settlePerson(
  scope: Scope,
  { caseId, createdAt }: caseLetters.Letter,
  order: Extract<Order, { kind: "person" }>,
  by: Party,
  baseUrl: string,
): Promise<{ fault?: Why; named?: string }> {
  if ("which" in order) {
    const listed = { which: order.which, listedAt: createdAt };
    return await officerPersons.choose(scope, caseId, listed, by) ? {} : { fault: "which" };
  }
  const record = await namedRecords.find(scope, order.named, baseUrl);
  if (typeof record === "string") return { fault: record };
  const { id } = record;
  return await officerPersons.name(scope, caseId, id, by) ? { named: id } : { fault: "which" };
}
