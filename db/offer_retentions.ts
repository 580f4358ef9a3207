/**
 * How long offers are kept: one that became a contract is a commercial letter, six years from the
 * end of its year (HGB 257, AO 147); any other is erased with its deal or the person it is for.
 */
import { newId } from "./ids.ts";
import { addDays, dayOf } from "./local_times.ts";
import type { Offer } from "./offers.ts";
import { endOf } from "./record_classes.ts";
import type { Scope } from "./scope.ts";

/** Offers erased in one transaction. */
const batch = 500;

/** The last day for which an offer accepted on a given day is kept. */
export const lastDay = (acceptedOn: string): string => addDays(endOf("letter", acceptedOn), -1);

type Papers = Pick<Offer, "number" | "dealId" | "contactId" | "companyId">;

/** Keeps the records around an accepted offer as long as the offer itself. */
export async function oblige(scope: Scope, offer: Papers): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const base = { tenantId, class: "letter", reference: offer.number!, startsOn: dayOf(now) };
  for (const column of ["dealId", "contactId", "companyId"] as const) {
    const recordId = offer[column];
    if (recordId === null) continue;
    const row = { ...base, id: newId(), [column]: recordId, createdBy: actor.userId };
    await sql`insert into retention_duties ${sql({ ...row, createdAt: now } as never)}`;
  }
}

/** Reverses `oblige`. */
export async function release({ sql, tenantId }: Scope, offer: Papers): Promise<void> {
  await sql`
    delete from retention_duties
    where tenant_id = ${tenantId}
      and class = 'letter'
      and reference = ${offer.number}
      and coalesce(deal_id, contact_id, company_id) = any(
        ${[offer.dealId, offer.contactId, offer.companyId].filter((id) => id !== null)}::uuid[]
      )
  `;
}

/** Removes the offers of erased deals, except those that the law keeps. */
export async function forget(
  { sql, tenantId, now }: Scope,
  dealIds: readonly string[],
): Promise<void> {
  if (dealIds.length === 0) return;
  await sql`
    delete from offers
    where tenant_id = ${tenantId}
      and deal_id = any(${[...dealIds]}::uuid[])
      and coalesce(kept_until < ${dayOf(now)}, true)
  `;
}

/**
 * Removes offers to erased persons themselves, without a company, except those that the law keeps.
 */
export async function forgetOf(
  { sql, tenantId, now }: Scope,
  contactIds: readonly string[],
): Promise<void> {
  if (contactIds.length === 0) return;
  await sql`
    delete from offers
    where tenant_id = ${tenantId}
      and contact_id = any(${[...contactIds]}::uuid[])
      and company_id is null
      and coalesce(kept_until < ${dayOf(now)}, true)
  `;
}

/**
 * Erases at most a batch of kept offers whose retention is over and whose deal is gone; returns how
 * many.
 */
export async function erase({ sql, tenantId, now }: Scope): Promise<number> {
  const { count } = await sql`
    delete from offers
    where tenant_id = ${tenantId}
      and id in (
        select id
        from offers
        where tenant_id = ${tenantId}
          and kept_until < ${dayOf(now)}
          and deal_id is null
        order by kept_until
        limit ${batch}
      )
  `;
  return count;
}

/** The offers to persons that the law keeps, with their last days. */
export async function kept(
  { sql, tenantId, now }: Scope,
  contactIds: readonly string[],
): Promise<{ id: string; until: string }[]> {
  return await sql<{ id: string; until: string }[]>`
    select id, kept_until::text as until
    from offers
    where tenant_id = ${tenantId}
      and contact_id = any(${[...contactIds]}::uuid[])
      and kept_until >= ${dayOf(now)}
  `;
}

/** Allows the rest of the transaction to make persons unreadable in issued offers. */
export async function unlock({ sql }: Scope): Promise<void> {
  await sql`set local app.erases = 'on'`;
}

/** Reduces the address on a company's offers to the company's name: it may also name the person. */
export async function readdress(
  { sql, tenantId }: Scope,
  contactIds: readonly string[],
  kept: readonly string[],
): Promise<void> {
  await sql`
    update offers o
    set recipient = f.name
    from companies f
    where o.tenant_id = ${tenantId}
      and o.contact_id = any(${[...contactIds]}::uuid[])
      and o.id <> all(${[...kept]}::uuid[])
      and f.tenant_id = o.tenant_id
      and f.id = o.company_id
  `;
}

/**
 * Removes the documents of offers whose text was masked: they are generated again from that text.
 */
export async function withoutPapers(
  { sql, tenantId }: Scope,
  ids: readonly string[],
): Promise<void> {
  await sql`
    update offers
    set paper = null, paper_digest = null
    where tenant_id = ${tenantId}
      and id = any(${[...ids]}::uuid[])
      and paper is not null
  `;
}
