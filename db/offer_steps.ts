/**
 * The steps of an offer: issued under its number, sent, decided; or replaced by its next version.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import * as changes from "./changes.ts";
import * as dealItems from "./deal_items.ts";
import { Invalid } from "./errors.ts";
import { dayOf } from "./local_times.ts";
import * as numberRanges from "./number_ranges.ts";
import * as offerRetentions from "./offer_retentions.ts";
import * as offerSettings from "./offer_settings.ts";
import * as offers from "./offers.ts";
import type { Offer } from "./offers.ts";
import type { Scope } from "./scope.ts";

/**
 * Issues a draft, replacing all versions before it; `write` creates the document. Throws NotFound,
 * or Invalid if another version was accepted, its last day has passed or there is nothing to offer.
 */
export async function issue(
  scope: Scope,
  id: string,
  write: (offer: Offer) => Uint8Array,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const draft = await hold(scope, id);
  // Submitted twice, it is issued once.
  if (draft.state !== "draft") return;
  if (isAccepted(draft)) throw new Invalid("offers.undecidable", "");
  const issuedOn = dayOf(now);
  if (draft.validUntil < issuedOn) throw new Invalid("offers.past_draft", "");
  const ready = await completed(scope, draft);
  const number = draft.number ?? await numberRanges.take(
    scope,
    (await offerSettings.find(scope)).numberFormat,
    (each) => isTaken(scope, each),
  );
  const paper = Buffer.from(write({ ...ready, number, issuedOn, state: "issued" }));
  const digest = createHash("sha256").update(paper).digest();
  await sql`
    update offers
    set state = 'issued', number = ${number}, issued_on = ${issuedOn}, paper = ${paper},
      paper_digest = ${digest}, items = ${sql.json(ready.items)}, gross = ${ready.gross},
      currency = ${ready.currency}, net_cents = ${ready.sums.netCents},
      vat_cents = ${ready.sums.vatCents}, version = version + 1, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await sql`
    update offers
    set state = 'replaced', version = version + 1, updated_at = ${now}
    where tenant_id = ${tenantId}
      and first_id = ${draft.firstId}
      and id <> ${id}
      and state in ('issued', 'sent')
  `;
  await note(scope, { ...draft, number }, "offer_issued");
}

/** The draft with its deal's current lines and sums. Throws Invalid if it has none. */
export async function completed(scope: Scope, draft: Offer): Promise<Offer> {
  if (draft.state !== "draft" || draft.dealId === null) return draft;
  const { items, gross, sums } = await dealItems.list(scope, draft.dealId);
  const [deal] = await scope.sql<[{ currency: string }]>`
    select currency
    from deals
    where tenant_id = ${scope.tenantId}
      and id = ${draft.dealId}
  `;
  if (items.length === 0) throw new Invalid("offers.no_items", "");
  return { ...draft, items, gross, sums, currency: deal.currency };
}

const isTaken = async ({ sql, tenantId }: Scope, number: string): Promise<boolean> => {
  const rows = await sql`
    select
    from offers
    where tenant_id = ${tenantId}
      and number = ${number}
    limit 1
  `;
  return rows.length > 0;
};

type Family = Awaited<ReturnType<typeof offers.find>>;

/** Locks an offer's versions until the transaction ends. Throws NotFound. */
async function hold(scope: Scope, id: string): Promise<Family> {
  const { sql, tenantId } = scope;
  await sql`
    select id
    from offers
    where tenant_id = ${tenantId}
      and first_id = (
        select first_id
        from offers
        where tenant_id = ${tenantId}
          and id = ${id}
      )
    order by version_no
    for update
  `;
  return await offers.find(scope, id);
}

const isAccepted = ({ versions }: Family) => versions.some(({ state }) => state === "accepted");

/**
 * The mail that an offer is attached to so far; locked so that nobody else can set one until the
 * transaction ends.
 */
export async function holdMail(scope: Scope, id: string): Promise<string | null> {
  return (await hold(scope, id)).messageId;
}

/** Sets the mail that an issued offer is attached to; the offer counts as sent when the mail is. */
export async function goWith(scope: Scope, id: string, messageId: string): Promise<void> {
  await scope.sql`
    update offers
    set message_id = ${messageId}
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
}

/** Records that an offer's mail was sent; does nothing for other mails. */
export async function noteMailed(scope: Scope, messageId: string): Promise<void> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string }[]>`
    select id
    from offers
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
      and state = 'issued'
  `;
  for (const { id } of rows) await markSent(scope, id);
}

/** Records that an issued offer was sent; safe to repeat. */
export async function markSent(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  const [row] = await sql<Noted[]>`
    update offers
    set state = 'sent', sent_at = ${now}, version = version + 1, updated_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and state = 'issued'
    returning number, deal_id, contact_id, company_id
  `;
  if (row) await note(scope, row, "offer_sent");
}

/**
 * Records the decision on an issued offer; resubmitting changes nothing. An accepted one is kept as
 * the law requires. Throws NotFound, or Invalid if it can no longer be decided.
 */
export async function decide(
  scope: Scope,
  id: string,
  state: "accepted" | "declined",
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const offer = await hold(scope, id);
  if (offer.state === state) return;
  if (!["issued", "sent", "expired"].includes(offer.state)) {
    throw new Invalid("offers.undecidable", "");
  }
  const keptUntil = state === "accepted" ? offerRetentions.lastDay(dayOf(now)) : null;
  await sql`
    update offers
    set state = ${state}, decided_at = ${now}, kept_until = ${keptUntil}, version = version + 1,
      updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (state === "accepted") await offerRetentions.oblige(scope, offer);
  await note(scope, offer, `offer_${state}`);
}

/**
 * Withdraws a decision recorded by mistake; if a later version was issued meanwhile, that one
 * replaces it. Throws NotFound or Invalid.
 */
export async function reopen(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const offer = await hold(scope, id);
  const decided = offer.state === "accepted" || offer.state === "declined";
  // Without its deal only the law keeps it, and that reason must not be removed.
  if (!decided || offer.dealId === null) {
    throw new Invalid("offers.undecidable", "");
  }
  const replaced = offer.versions.some(({ versionNo, state }) =>
    versionNo > offer.versionNo && state !== "draft"
  );
  await sql`
    update offers
    set state = case when ${replaced} then 'replaced' when sent_at is null then 'issued'
      else 'sent' end, decided_at = null, kept_until = null, version = version + 1,
      updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await offerRetentions.release(scope, offer);
  await note(scope, offer, "offer_reopened");
}

/**
 * Starts the next version of an issued offer as a draft under the id of its button, with the same
 * number; returns the id of the existing draft if there is one. Throws NotFound, or Invalid if one
 * was accepted.
 */
export async function renew(
  scope: Scope,
  id: string,
  newId: string,
  validUntil: string,
): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const offer = await hold(scope, id);
  const [last] = await sql<{ id: string; state: string; versionNo: number }[]>`
    select id, state, version_no
    from offers
    where tenant_id = ${tenantId}
      and first_id = ${offer.firstId}
    order by version_no desc
    limit 1
  `;
  if (last!.state === "draft") return last!.id;
  if (isAccepted(offer) || offer.dealId === null) {
    throw new Invalid("offers.undecidable", "");
  }
  const { firstId, number, dealId, contactId, companyId, language, recipient, subject } = offer;
  await sql`insert into offers ${
    sql({
      ...{ tenantId, id: newId, firstId, versionNo: last!.versionNo + 1, number },
      ...{ dealId, contactId, companyId, language, recipient, subject, validUntil },
      ...{ opening: offer.opening, closing: offer.closing, currency: offer.currency },
      ...{ createdAt: now, createdBy: actor.userId, updatedAt: now, updatedBy: actor.userId },
    })
  }`;
  return newId;
}

type Noted = Pick<Offer, "number" | "dealId" | "contactId" | "companyId">;

/** Adds a step to the histories of all records that the offer concerns; they form its timeline. */
async function note(scope: Scope, offer: Noted, action: string): Promise<void> {
  const fields = [{ name: "offer_number", to: offer.number }];
  for (const kind of ["deal", "contact", "company"] as const) {
    const id = offer[`${kind}Id`];
    if (id !== null) await changes.record(scope, { kind, id, action, fields });
  }
  if (offer.dealId === null) return;
  await scope.sql`
    update deals
    set last_touch_at = ${scope.now}
    where tenant_id = ${scope.tenantId}
      and id = ${offer.dealId}
  `;
}
