/**
 * Alerts those responsible for a tenant when its officer leaves a request unanswered (Art. 12(3),
 * 24 GDPR).
 */
import * as caseEvents from "./case_events.ts";
import { providerId } from "./controllers.ts";
import type { DueLetter } from "./due_letters.ts";
import * as incidentSigns from "./incident_signs.ts";
import * as notices from "./retention_notices.ts";
import type { Scope } from "./scope.ts";

/** `warned` before the last day, `alarmed` once it has passed. */
export type Alarm = "warned" | "alarmed";

/** Days before the deadline from which an officer's silence concerns the tenant. */
const near = 3;
/** When to repeat an overdue alarm, in milliseconds: weekly, with some tolerance. */
const repeatAfter = 6.5 * 86_400_000;

/** The alarm to send besides a letter to the officer, or null. */
export async function alarmOf(
  { sql, tenantId, now }: Scope,
  { caseId, kind, occasion }: DueLetter,
): Promise<Alarm | null> {
  if (kind === "reminder") {
    return Number(occasion.slice(occasion.lastIndexOf(" "))) <= near ? "warned" : null;
  }
  if (kind !== "overdue") return null;
  const recent = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and action = 'house_alarmed'
      and at > ${new Date(now.getTime() - repeatAfter)}
    limit 1
  `;
  return recent.length === 0 ? "alarmed" : null;
}

/** An authority's letter that has lain for a week concerns the house at every later reminder. */
export const alarmOfAuthority = (
  { kind }: DueLetter,
  { receivedOn }: { receivedOn: string },
  day: string,
): Alarm | null => {
  const { days } = Temporal.PlainDate.from(receivedOn).until(day, { largestUnit: "day" });
  return kind !== "new" && days >= 7 ? "warned" : null;
};

/** Who is alerted: owners and admins, or the provider's operators; not the letter's recipient. */
export async function listReaders(scope: Scope, officer: string): Promise<notices.Admin[]> {
  const all = scope.tenantId === providerId
    ? await incidentSigns.listOperators(scope.sql)
    : await notices.listAdmins(scope);
  return all.filter(({ email }) => email.toLowerCase() !== officer.toLowerCase());
}

/** Records in the case that the tenant was alerted. */
export async function note(scope: Scope, caseId: string, alarm: Alarm): Promise<void> {
  await caseEvents.append(scope, {
    caseId,
    action: `house_${alarm}`,
    by: { kind: "system", id: null },
  });
}
