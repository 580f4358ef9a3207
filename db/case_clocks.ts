/**
 * The clock of a case: can be extended once, with reasons and before the deadline; stops while an
 * identity is in doubt.
 */
import * as events from "./case_events.ts";
import * as caseFiles from "./case_files.ts";
import type { Party } from "./case_events.ts";
import { datesOf } from "./cases.ts";
import * as controllers from "./controllers.ts";
import { Invalid, NotFound } from "./errors.ts";
import { dayOf, daysBetween } from "./local_times.ts";
import { retentionClasses } from "./retention_classes.ts";
import type { Scope } from "./scope.ts";

interface Clock {
  status: "open" | "closed";
  receivedOn: string;
  dueOn: string;
  extendedAt: Date | null;
  pausedAt: Date | null;
  pausedDays: number;
  land: string;
}

/** Locks a case until the transaction ends. Throws NotFound. */
export async function lock({ sql, tenantId }: Scope, caseId: string): Promise<Clock> {
  const [row] = await sql<Clock[]>`
    select status, received_on, due_on, extended_at, paused_at, paused_days, land
    from cases
    where tenant_id = ${tenantId}
      and id = ${caseId}
    for update
  `;
  if (!row) throw new NotFound("case");
  return row;
}

/**
 * Extends to three months from receipt (Art. 12(3) sentence 2). Throws Invalid: `case.extended` if
 * already extended, `case.extension_late` after the first month, not counting paused days.
 */
export async function extend(
  scope: Scope,
  caseId: string,
  reason: string,
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const clock = await lock(scope, caseId);
  if (clock.status === "closed") throw new Invalid("case.closed");
  if (clock.extendedAt) throw new Invalid("case.extended");
  const { dueOn } = await reckoned(scope, { ...clock, pausedDays: pausedUntil(clock, now) });
  if (dayOf(now) > dueOn) throw new Invalid("case.extension_late");
  await sql`
    update cases
    set extended_at = ${now}, extension_reason = ${reason}
    where tenant_id = ${tenantId}
      and id = ${caseId}
  `;
  await reckon(scope, caseId, { ...clock, extendedAt: now });
  await events.append(scope, { caseId, action: "extended", reason, by });
}

/**
 * Stops the clock while the person is asked for proof of identity; a second doubt changes nothing.
 */
export async function pause(
  scope: Scope,
  caseId: string,
  reason: string,
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { pausedAt } = await lock(scope, caseId);
  if (pausedAt) return;
  await sql`
    update cases
    set paused_at = ${now}, updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${caseId}
  `;
  await events.append(scope, { caseId, action: "paused", reason, by });
}

/** Restarts the clock: adds the whole days for which it was stopped. */
export async function resume(
  scope: Scope,
  caseId: string,
  reason: string,
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const clock = await lock(scope, caseId);
  if (!clock.pausedAt) return;
  const pausedDays = pausedUntil(clock, now);
  await sql`
    update cases
    set paused_at = null, paused_days = ${pausedDays}
    where tenant_id = ${tenantId}
      and id = ${caseId}
  `;
  await reckon(scope, caseId, { ...clock, pausedDays });
  await events.append(scope, { caseId, action: "resumed", reason, by });
}

/** Restarts the clock when no item is waiting for an identity any more. */
export async function resumeIfSettled(scope: Scope, caseId: string, by: Party): Promise<void> {
  const { sql, tenantId } = scope;
  const waiting = await sql`
    select
    from case_items
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and status = 'identity'
    limit 1
  `;
  if (waiting.length === 0) await resume(scope, caseId, "", by);
}

/** The whole days for which a clock was stopped, up to now. */
function pausedUntil({ pausedAt, pausedDays }: Clock, now: Date): number {
  const stands = pausedAt ? daysBetween(dayOf(pausedAt), dayOf(now)) : 0;
  return Math.min(pausedDays + Math.max(stands, 0), 366);
}

async function reckoned(scope: Scope, clock: Clock) {
  const { country } = await controllers.find(scope);
  const { receivedOn, extendedAt, pausedDays, land } = clock;
  return await datesOf({ receivedOn, extended: extendedAt !== null, pausedDays }, {
    country,
    land,
  });
}

async function reckon(scope: Scope, caseId: string, clock: Clock): Promise<void> {
  const { sql, tenantId, now } = scope;
  const dates = await reckoned(scope, clock);
  await sql`
    update cases
    set ${sql(dates)}, updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${caseId}
  `;
}

/**
 * Closes a case whose items have all ended; its evidence is kept until the end of the third year.
 */
export async function closeIfDone(scope: Scope, caseId: string, by: Party): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { count } = await sql`
    update cases
    set status = 'closed', closed_at = ${now}, erase_after = ${evidenceEnd(dayOf(now))},
      updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${caseId}
      and status = 'open'
      and not exists (
        select
        from case_items i
        where i.tenant_id = ${tenantId}
          and i.case_id = ${caseId}
          and i.closed_at is null
      )
  `;
  if (count === 0) return;
  await caseFiles.removeAll(scope, caseId);
  await events.append(scope, { caseId, action: "closed", to: "closed", by });
}

/** The last day the evidence of a case is kept: the end of the third year after it was closed. */
export function evidenceEnd(closedOn: string): string {
  const end = Temporal.PlainDate.from(closedOn).add(retentionClasses.case.period);
  return end.with({ month: 12, day: 31 }).toString();
}
