/** What remains of requests once their evidence is erased: how many rights ended how, by year. */
import type { Status } from "./case_statuses.ts";
import type { Right } from "./letters.ts";
import type { Scope } from "./scope.ts";

export interface Counter {
  year: number;
  right: Right;
  outcome: Status;
  count: number;
  /** How many of them were answered within the statutory period. */
  inTime: number;
}

/** The number of years shown. */
const years = 30;

/** The counters, newest year first, all channels together. */
export async function list({ sql, tenantId, now }: Scope): Promise<Counter[]> {
  return await sql<Counter[]>`
    select year, claimed_right as "right", outcome, sum(count)::int as count,
      coalesce(sum(count) filter (where in_time), 0)::int as in_time
    from case_counters
    where tenant_id = ${tenantId}
      and year > ${now.getUTCFullYear() - years}
    group by year, claimed_right, outcome
    order by year desc, claimed_right, outcome
    limit 1000
  `;
}
