/**
 * The end of a restriction is announced first (Art. 18(3) GDPR): it waits until the notice is out,
 * and then for the days that the person was to be left.
 */
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import { Invalid } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import { addDays, dayOf, daysBetween } from "./local_times.ts";
import * as restrictions from "./restrictions.ts";
import type { Scope } from "./scope.ts";

/** The days a person is left at least, so that they can go to court. */
export const notice = 7;

interface End {
  caseId: string;
  itemId: string;
  /** The day from which the restriction may end. */
  on: string;
}

/**
 * Announces the end of a right's restriction, or another end than the one announced: the person
 * gets a message, or a letter on paper. Throws Invalid: `case.step` if there is no restriction or
 * this end is announced, `case.end_soon` for a day that leaves too little time.
 */
export async function announce(scope: Scope, end: End, by: Party): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { caseId, itemId, on } = end;
  if (on < addDays(dayOf(now), notice)) throw new Invalid("case.end_soon", "on");
  const { count } = await sql`
    update restrictions
    set lift_on = ${on}, told_at = null
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and lifted_at is null
      and lift_on is distinct from ${on}::date
  `;
  if (count === 0) throw new Invalid("case.step", "on");
  await caseEvents.append(scope, { caseId, itemId, action: "restriction_ends", reason: on, by });
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "restriction" });
  await schedule(scope, end);
}

/** An end as it is told to the person. */
export interface Announced {
  on: string;
  /** From today. */
  days: number;
  /** Whether another end was announced before. */
  renewed: boolean;
}

/** The announced end of a right's restriction; null if there is none. */
export async function lookup(scope: Scope, itemId: string): Promise<Announced | null> {
  const { sql, tenantId, now } = scope;
  const found = await restrictions.lookup(scope, itemId);
  if (!found?.liftOn) return null;
  const announced = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and action = 'restriction_ends'
    limit 2
  `;
  const days = daysBetween(dayOf(now), found.liftOn);
  return { on: found.liftOn, days, renewed: announced.length > 1 };
}

async function schedule({ sql, tenantId }: Scope, { caseId, itemId, on }: End): Promise<void> {
  const startAfter = new Date(`${on}T06:00:00Z`);
  await enqueue(sql, "lift_restriction", tenantId, { caseId, itemId }, { startAfter });
}

/** Announces the end of a right's restriction, if it has one; for claims that are not granted. */
export async function announceSoon(
  scope: Scope,
  { id, caseId }: { id: string; caseId: string },
  by: Party,
): Promise<void> {
  const found = await restrictions.lookup(scope, id);
  if (!found || found.liftedAt || found.liftOn) return;
  await announce(scope, { caseId, itemId: id, on: addDays(dayOf(scope.now), notice) }, by);
}

/**
 * The right whose restriction a letter of a case announced the end of, by when that was written;
 * null if there is none, or it was set or announced anew later.
 */
export async function announcedBy(
  { sql, tenantId }: Scope,
  caseId: string,
  writtenAt: Date,
): Promise<string | null> {
  const [last] = await sql<{ itemId: string; renewed: boolean }[]>`
    select e.item_id, exists (
      select
      from case_events l
      where l.tenant_id = e.tenant_id
        and l.case_id = e.case_id
        and l.item_id = e.item_id
        and l.action in ('restriction_ends', 'told_restriction', 'written_restriction')
        and l.seq > e.seq
    ) as renewed
    from case_events e
    where e.tenant_id = ${tenantId}
      and e.case_id = ${caseId}
      and e.action in ('told_restriction', 'written_restriction')
      and e.at <= ${writtenAt}
    order by e.seq desc
    limit 1
  `;
  return last && !last.renewed ? last.itemId : null;
}

/**
 * Notes that the letter of an end, written at a time, has left the house. Where it is late, the end
 * moves, so that the person has the days that the announcement left them. Safe to repeat.
 */
export async function noteNotified(scope: Scope, caseId: string, writtenAt: Date): Promise<void> {
  const { sql, tenantId, now } = scope;
  const itemId = await announcedBy(scope, caseId, writtenAt);
  const found = itemId && await restrictions.lookup(scope, itemId);
  if (!itemId || !found || !found.liftOn || found.toldAt || found.liftedAt) return;
  const [announced] = await sql<[{ at: Date }]>`
    select at
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and item_id = ${itemId}
      and action = 'restriction_ends'
    order by seq desc
    limit 1
  `;
  const left = addDays(dayOf(now), daysBetween(dayOf(announced.at), found.liftOn));
  const on = left > found.liftOn ? left : found.liftOn;
  await sql`
    update restrictions
    set told_at = ${now}, lift_on = ${on}
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and lifted_at is null
  `;
  if (on !== found.liftOn) await schedule(scope, { caseId, itemId, on });
}

/** The letter of an end reached nobody: it has to be announced anew. */
export async function withdraw(scope: Scope, caseId: string, writtenAt: Date): Promise<void> {
  const { sql, tenantId } = scope;
  await sql`
    update restrictions
    set told_at = null, lift_on = null
    where tenant_id = ${tenantId}
      and item_id = ${await announcedBy(scope, caseId, writtenAt)}
      and lifted_at is null
  `;
}
