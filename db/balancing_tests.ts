/** Balancing tests: why a legitimate interest outweighs (Art. 6(1)(f) GDPR), reviewed every year. */
import { now, today } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import * as records from "./processing_records.ts";

export interface BalancingTest {
  id: string;
  activity: string;
  interest: string;
  necessity: string;
  balance: string;
  reviewer: string;
  reviewedOn: string;
}

/** The activity with its newest test, and the day on which it is due again. */
export interface Due {
  activity: string;
  test: BalancingTest | null;
  dueOn: string | null;
  overdue: boolean;
}

/** Clause 3.3: a test older than this has to be made anew. */
const period = { months: 12 };

/** Every activity of the house that rests on a legitimate interest. */
export const activities = (): string[] =>
  records.list("controller").filter(({ basis }) => basis === "f").map(({ id }) => id);

/** What is due and when, an entry per activity on Art. 6(1)(f). */
export async function list(sql: AnySql): Promise<Due[]> {
  const newest = await sql<BalancingTest[]>`
    select distinct on (activity) id, activity, interest, necessity, balance, reviewer, reviewed_on
    from balancing_tests
    where activity = any (${activities()})
    order by activity, reviewed_on desc, id desc
  `;
  return activities().map((activity) => {
    const test = newest.find((each) => each.activity === activity) ?? null;
    const dueOn = test && Temporal.PlainDate.from(test.reviewedOn).add(period).toString();
    return { activity, test, dueOn, overdue: dueOn === null || dueOn < today() };
  });
}

/** Adds a review under the id its form was made with: sent again, it is one. Older ones stay as they are. */
export async function create(
  sql: AnySql,
  input: BalancingTest,
  identityId: string | null,
): Promise<void> {
  await sql`
    insert into balancing_tests ${sql({ ...input, createdAt: now(), createdBy: identityId })}
    on conflict (id) do nothing
  `;
}
