/** Rows are there for those who wait for them, and for nobody longer. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { getHeapSpaceStatistics } from "node:v8";
import { openPool, type Sql } from "../../db/pool.ts";
import { app } from "../support/app.ts";

const test = await app();

async function withPool(work: (pool: Sql) => Promise<void>): Promise<void> {
  const pool = openPool(test.db.appUrl, { max: 2 });
  await work(pool).finally(() => pool.end());
}

const numbers = (pool: Sql, count: number) =>
  pool<{ n: number; text: string }[]>`
    select n, repeat('x', 200) || n as text
    from generate_series(1, ${count}::int) n
  `;

Deno.test("all who wait for a query get its rows", () =>
  withPool(async (pool) => {
    const query = numbers(pool, 2);
    const [first, second, third] = await Promise.all([
      query,
      query.then((rows) => rows.length),
      query.catch(() => null),
    ]);
    deepEqual([first.map(({ n }) => n), second, third], [[1, 2], 2, first]);
    equal(first.count, 2);
    equal((await numbers(pool, 3).finally(() => {})).length, 3);
  }));

Deno.test("a late caller is refused after the rows, unless there were none", () =>
  withPool(async (pool) => {
    const query = numbers(pool, 2);
    await query;
    await rejects(async () => await query, /read when they come/);
    const none = numbers(pool, 0);
    await none;
    deepEqual([...await none], []);
  }));

Deno.test("errors, cursors, rows one by one and several statements are as they were", () =>
  withPool(async (pool) => {
    await rejects(async () => await pool`select 1 / 0`, { code: "22012" });
    equal(await pool`select 1 / 0`.catch(() => "caught"), "caught");
    const batches: number[] = [];
    for await (const rows of numbers(pool, 5).cursor(2)) batches.push(rows.length);
    deepEqual(batches, [2, 2, 1]);
    let sum = 0;
    await numbers(pool, 4).forEach(({ n }) => sum += n);
    equal(sum, 10);
    const both = await pool.unsafe("select 1 as a; select 2 as b");
    deepEqual(both.map((rows) => ({ ...rows[0] })), [{ a: 1 }, { b: 2 }]);
    deepEqual(await numbers(pool, 1).values().then((rows) => [...rows][0]!.length), 2);
  }));

Deno.test("rows that were read do not grow old", () =>
  withPool(async (pool) => {
    const old = () =>
      getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space")!
        .space_used_size;
    for (let warm = 0; warm < 200; warm++) await numbers(pool, 100);
    const before = old();
    let read = 0;
    for (let more = 0; more < 1_500; more++) read += (await numbers(pool, 100)).length;
    equal(read, 150_000);
    // Kept, they would be more than thirty megabytes.
    ok(old() - before < 10_000_000, `${(old() - before) / 1e6} MB stayed`);
  }));
