/**
 * What a claim stops at once, before anybody has looked at it: processing while it is restricted
 * (Art. 18), marketing (Art. 21(3)), and what rests on a withdrawn consent (Art. 7(3)).
 */
import * as caseEvents from "./case_events.ts";
import * as clocks from "./case_clocks.ts";
import * as caseItems from "./case_items.ts";
import type { CaseItem, Outcome } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import * as cases from "./cases.ts";
import { providerId } from "./controllers.ts";
import * as ownWords from "./erasure_words.ts";
import { hold } from "./held_records.ts";
import { enqueue } from "./jobs.ts";
import { dayOf } from "./local_times.ts";
import * as loginRights from "./login_rights.ts";
import * as objections from "./objections.ts";
import type { Person } from "./person_tables.ts";
import * as postalKeys from "./postal_keys.ts";
import { groundIn } from "./restriction_grounds.ts";
import * as restrictions from "./restrictions.ts";
import type { Means } from "./rights.ts";
import type { Scope } from "./scope.ts";
import * as suppressions from "./suppressions.ts";

const system = { kind: "system", id: null } as const;

/** An objection that mentions only advertising (Art. 21(2)) restricts nothing else. */
const advertising =
  /werb|newsletter|rundschreiben|marketing|advert|promotion|spam|publicit|prospection|pubblicit|reclame|reklam/i;

/** Stops what a claimed right stops at once, for the persons known so far; safe to repeat. */
export async function run(
  scope: Scope,
  secretKey: string,
  itemId: string,
  person: Person | null,
): Promise<void> {
  const item = await caseItems.find(scope, itemId);
  const found = await cases.find(scope, item.caseId);
  // A switchboard's number would bar colleagues from every list.
  const words = person ? await ownWords.of(scope, person) : [];
  const numbers = (person?.phones ?? []).filter((each) => words.includes(each));
  const places = (await postalKeys.ofContacts(scope, person?.contactIds ?? []))
    .map(({ key }) => key);
  const reached = [...addressesGiven(found), ...person?.emails ?? [], ...numbers, ...places];
  const addresses = [...new Set(reached)].filter(Boolean);
  if (item.right === "restriction") {
    const ground = groundIn(item.sentence || found.body) ?? await groundOf(scope, item);
    await restrict(scope, item, person?.contactIds ?? [], ground);
  } else if (item.right === "objection") {
    // Bar the address given, whoever it belongs to: it may be imported tomorrow.
    await bar(scope, secretKey, { item, person, addresses, reason: "objection" });
    const all = item.sentence || found.body;
    if (person && !advertising.test(all)) {
      await restrict(scope, item, await onInterest(scope, person), "objection");
    }
  } else if (item.right === "withdrawal") {
    await withdraw(scope, secretKey, item, person, addresses);
  }
}

/** Beyond advertising: what an objection stopped, `nothing`, or null if it was about no more. */
export type Reach = "interest" | "nothing" | null;

/** How far an objection reached that was carried out; also when its person has been erased since. */
export async function reachOf(
  scope: Scope,
  item: Pick<CaseItem, "id" | "caseId" | "right" | "sentence">,
  { body }: Pick<cases.Case, "body">,
): Promise<Reach> {
  if (item.right !== "objection" || advertising.test(item.sentence || body)) return null;
  return await hasStep(scope, item, "restricted") ? "interest" : "nothing";
}

/** What a request itself says of where its person can be reached, as it is barred. */
export const addressesGiven = (
  { personEmail, personName, personAddress }: Pick<
    cases.Case,
    "personEmail" | "personName" | "personAddress"
  >,
): string[] => [personEmail, ...postalKeys.keysOfText(personName, personAddress)].filter(Boolean);

async function restrict(
  scope: Scope,
  { id, caseId }: CaseItem,
  contactIds: readonly string[],
  ground: restrictions.Ground,
): Promise<void> {
  const count = await restrictions.impose(scope, { contactIds, ground, itemId: id });
  if (count === 0) return;
  await caseEvents.append(scope, { caseId, itemId: id, action: "restricted", by: system });
}

/** The ground that the case's other claims suggest; the officer sees it and may choose another. */
async function groundOf(scope: Scope, { caseId }: CaseItem): Promise<restrictions.Ground> {
  const rights = (await caseItems.list(scope, caseId)).map(({ right }) => right);
  if (rights.includes("rectification")) return "accuracy";
  if (rights.includes("objection")) return "objection";
  return rights.includes("erasure") ? "unlawful" : "claims";
}

/** The person's contacts that are processed on a legitimate interest (Art. 21(1)). */
async function onInterest({ sql, tenantId }: Scope, { contactIds }: Person): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = any(${[...contactIds]}::uuid[])
      and legal_basis = 'legitimate_interest'
  `;
  return rows.map(({ id }) => id);
}

async function bar(
  scope: Scope,
  secretKey: string,
  { item, person, addresses, reason }: {
    item: CaseItem;
    person: Person | null;
    addresses: readonly string[];
    reason: "objection" | "withdrawal";
  },
): Promise<void> {
  const hash = suppressions.hasher(secretKey, scope.tenantId);
  const hashes = suppressions.hasherOfAll(secretKey, scope.tenantId);
  const known = await suppressions.among(scope, hashes, addresses, "email");
  const open = addresses.filter((each) => !known.has(each));
  // An address that was barred for mail only is barred for everything from here on.
  for (const each of addresses) await suppressions.add(scope, hash(each), "all", reason);
  for (const id of person?.contactIds ?? []) await objections.add(scope, id, "all");
  if (open.length === 0) return;
  const { id, caseId } = item;
  await caseEvents.append(scope, { caseId, itemId: id, action: "marketing_stopped", by: system });
}

/** Ends every consent of the person; what rested on consent alone stops with it. */
async function withdraw(
  scope: Scope,
  secretKey: string,
  item: CaseItem,
  person: Person | null,
  addresses: readonly string[],
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const ids = [...person?.contactIds ?? []].toSorted();
  // As whoever withdraws one of them on its page does; the other way round both would wait.
  for (const id of ids) await hold(scope, "contacts", id);
  const { count } = await sql`
    update consents
    set withdrawn_at = ${now}
    where tenant_id = ${tenantId}
      and contact_id = any(${ids}::uuid[])
      and withdrawn_at is null
  `;
  await bar(scope, secretKey, { item, person, addresses, reason: "withdrawal" });
  if (count === 0) return;
  await caseEvents.append(scope, {
    caseId: item.caseId,
    itemId: item.id,
    action: "consents_ended",
    reason: String(count),
    by: system,
  });
}

/** Carries out a granted claim for good; the person is informed. */
export async function execute(
  scope: Scope,
  item: CaseItem,
  { secretKey }: Pick<Means, "secretKey">,
): Promise<Outcome | null> {
  const { sql, tenantId } = scope;
  if (tenantId === providerId) return await loginRights.execute(scope, item);
  const { id, caseId } = item;
  const settled = await casePersons.settle(scope, caseId);
  if (settled.state === "unclear") return null;
  const person = settled.state === "known" ? settled.person : null;
  await run(scope, secretKey, id, person);
  await enqueue(sql, "write_person", tenantId, { caseId, itemId: id, notice: "result" });
  const done = person || await hasStep(scope, item, "consents_ended");
  return { status: done ? "done" : "no_data" };
}

/** Whether a step of a right was taken, also of a person who has been erased since. */
async function hasStep(
  { sql, tenantId }: Scope,
  { id, caseId }: Pick<CaseItem, "id" | "caseId">,
  action: "restricted" | "consents_ended",
): Promise<boolean> {
  const found = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and item_id = ${id}
      and action = ${action}
    limit 1
  `;
  return found.length > 0;
}

/** Maximum number of overdue restrictions lifted in one night. */
const most = 100;

/**
 * Lifts restrictions whose end date has passed and whose person knows of it, in case nothing else
 * did: the paper letter was posted later, or a backup was restored, which contains no queue.
 */
export async function liftDue(scope: Scope): Promise<void> {
  const caseIds = new Set((await listDue(scope)).map(({ caseId }) => caseId));
  // All cases before the first step is recorded: whoever decides on one locks it, then the chain.
  for (const caseId of caseIds) await clocks.lock(scope, caseId);
  for (const each of await listDue(scope)) {
    if (caseIds.has(each.caseId)) await restrictions.lift(scope, each, system);
  }
}

/** The restrictions to be lifted, by case. */
async function listDue({ sql, tenantId, now }: Scope) {
  return await sql<{ caseId: string; itemId: string }[]>`
    select distinct i.case_id, i.id as item_id
    from restrictions r
    join case_items i on i.tenant_id = r.tenant_id and i.id = r.item_id
    where r.tenant_id = ${tenantId}
      and r.lifted_at is null
      and r.told_at is not null
      and r.lift_on < ${dayOf(now)}
    order by i.case_id, i.id
    limit ${most}
  `;
}
