/** Writes many rows for a test in one transaction without waiting for each other. */
import type { Sql } from "../../db/pool.ts";
import type { Person } from "./cast.ts";

/**
 * Runs `work` with a person whose owner's connection does so: inserts are sent without waiting,
 * anything else is answered. Throws the error of the first insert that fails.
 */
export async function written<T>(
  person: Person,
  work: (person: Person) => Promise<T>,
): Promise<T> {
  const { test } = person;
  return await test.db.owner.begin(async (sql) => {
    const sent: Promise<unknown>[] = [];
    const owner = new Proxy(sql, {
      apply(_, __, [first, ...values]: [TemplateStringsArray, ...never[]]) {
        const query = sql(first, ...values);
        if (!/^\s*insert into/.test(first.raw?.[0] ?? "")) return query;
        const done = query.then(() => {});
        done.catch(() => {});
        sent.push(done);
        return Promise.resolve([]);
      },
    }) as unknown as Sql;
    const writing = { ...person, test: { ...test, db: { ...test.db, owner } } };
    const made = await work(Object.setPrototypeOf(writing, Object.getPrototypeOf(person)));
    await Promise.all(sent);
    return made;
  }) as T;
}
