/** Balancing tests: why a legitimate interest prevails (Art. 6(1)(f) GDPR), reviewed every year. */
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

/** The activity with its latest test and the day when it is due for review. */
export interface Due {
  activity: string;
  test: BalancingTest | null;
  dueOn: string | null;
  overdue: boolean;
}

/** Clause 3.3: a test older than this has to be repeated. */
const period = { months: 12 };

/** All of the tenant's processing activities based on a legitimate interest. */
export const activities = (): string[] =>
  records.list("controller").filter(({ basis }) => basis === "f").map(({ id }) => id);

/** What is due and when, one entry per activity based on Art. 6(1)(f). */
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

/**
 * Adds a review under the id its form was rendered with, so that sending it twice adds only one.
 * Older reviews stay unchanged.
 */
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
