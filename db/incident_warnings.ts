/** When the officer and the operators are reminded of a breach whose 72 hours are running. */
import { now } from "./clock.ts";
import { deadlineOf, find, type Incident } from "./incidents.ts";
import type { AnySql } from "./pool.ts";

/** Hours left at which somebody is written to: at once, a day and six hours before, and after. */
const steps = [0, 6, 24, 72] as const;
export type Step = typeof steps[number];

export interface Warning {
  incident: Incident;
  step: Step;
}

/** The step that an open breach has reached. */
function stepOf(noticedAt: Date): Step {
  const left = (deadlineOf(noticedAt).getTime() - now().getTime()) / 3_600_000;
  return steps.find((each) => left <= each) ?? 72;
}

/**
 * The breaches whose next step was not announced yet: neither reported to the authority nor closed
 * with the reason why not. At most 100.
 */
export async function list(sql: AnySql): Promise<Warning[]> {
  const rows = await sql<{ id: string; noticedAt: Date; warnedHours: number | null }[]>`
    select id, noticed_at, warned_hours
    from incidents
    where told_at is null
      and closed_at is null
      and warned_hours is distinct from 0
    order by noticed_at, id
    limit 100
  `;
  const due = rows.filter(({ noticedAt, warnedHours }) =>
    warnedHours === null || stepOf(noticedAt) < warnedHours
  );
  return await Promise.all(
    due.map(async ({ id, noticedAt }) => ({
      incident: await find(sql, id),
      step: stepOf(noticedAt),
    })),
  );
}

/** Records that a step was announced; false if that was already done. */
export async function note(sql: AnySql, { incident, step }: Warning): Promise<boolean> {
  const { count } = await sql`
    update incidents
    set warned_hours = ${step}
    where id = ${incident.id}
      and (warned_hours is null or warned_hours > ${step})
  `;
  return count === 1;
}
