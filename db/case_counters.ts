/** What remains of requests whose evidence is over: how many rights ended how, by year. */
import type { Status } from "./case_statuses.ts";
import type { Right } from "./letters.ts";
import type { Scope } from "./scope.ts";

export interface Counter {
  year: number;
  right: Right;
  outcome: Status;
  count: number;
  /** Of them within the period of the law. */
  inTime: number;
}

/** Years that are shown. */
const years = 30;

/** The newest years first, of every channel together. */
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
