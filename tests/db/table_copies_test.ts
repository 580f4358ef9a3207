/** Loads by COPY: one that breaks off says why, and its connection answers again. */
import { equal, rejects } from "node:assert/strict";
import { hold, isLost } from "../../db/held_connections.ts";
import { openPool } from "../../db/pool.ts";
import { copyIn } from "../../db/table_copies.ts";
import { database } from "../support/db.ts";

const { ownerUrl } = await database();

/** Loads lines into a table that takes no number below one; then asks the connection something. */
async function load(source: Iterable<string> | AsyncIterable<Uint8Array>, error: object) {
  const pool = openPool(ownerUrl, { max: 1 });
  try {
    await pool`create temporary table taken (n int check (n > 0), line text)`;
    const loaded = pool.begin(async (sql) => {
      await copyIn(sql`copy taken from stdin`, source);
    });
    await rejects(loaded, error);
    equal((await pool`select count(*)::int as count from taken`)[0]!.count, 0);
    await pool.begin((sql) => copyIn(sql`copy taken from stdin`, ["1\ta\n", "2\tb\n"]));
    equal((await pool`select count(*)::int as count from taken`)[0]!.count, 2);
  } finally {
    await pool.end({ timeout: 1 });
  }
}

/** Many rows that PostgreSQL takes, and what happens before and after them. */
async function* rows(
  count: number,
  { before, after }: { before?: () => Promise<unknown>; after?: () => never },
) {
  await before?.();
  for (let n = 1; n <= count; n++) yield bytes.encode(`${n}\t${"x".repeat(60_000)}\n`);
  after?.();
}

const bytes = new TextEncoder();

Deno.test("a load whose last rows are refused says why", async () => {
  await load(["1\ta\n0\tb\n"], { code: "23514" });
});

Deno.test("a load that is refused in the middle says why", async () => {
  async function* refused() {
    yield bytes.encode("0\tb\n");
    yield* rows(200, {});
  }
  await load(refused(), { code: "23514" });
});

Deno.test("a load whose source breaks off says why", async () => {
  for (const count of [0, 1, 200]) {
    const after = () => {
      throw new Error("the disk is gone");
    };
    await load(rows(count, { after }), { message: "the disk is gone" });
  }
});

Deno.test("a load whose connection is lost ends, and the next gets another", async () => {
  const [pool, other] = [openPool(ownerUrl, { max: 1 }), openPool(ownerUrl, { max: 1 })];
  await other`create table zz_taken (n int, line text)`;
  try {
    for (const count of [0, 200]) {
      const held = await hold(pool);
      const [{ pid }] = await held<[{ pid: number }]>`select pg_backend_pid() as pid`;
      const before = async () => await other`select pg_terminate_backend(${pid})`;
      await rejects(copyIn(held`copy zz_taken from stdin`, rows(count, { before })), isLost);
      held.release();
      // postgres.js refuses a query once with what the ended connection said last.
      await pool`select 1`.catch(() => {});
      equal((await pool`select count(*)::int as count from zz_taken`)[0]!.count, 0);
    }
  } finally {
    await other`drop table zz_taken`;
    await Promise.all([pool, other].map((each) => each.end({ timeout: 1 })));
  }
});

Deno.test("a load that waits for a lock at its end is heard when it is cut off", async () => {
  const [pool, other] = [openPool(ownerUrl, { max: 1 }), openPool(ownerUrl, { max: 1 })];
  await other`create table zz_locked (n int primary key)`;
  try {
    await other.begin(async (theirs) => {
      await theirs`insert into zz_locked values (1)`;
      const loaded = pool.begin(async (sql) => {
        await sql`set local statement_timeout = 300`;
        await copyIn(sql`copy zz_locked from stdin`, ["1\n"]);
      });
      await rejects(loaded, { code: "57014" });
    });
    equal((await pool`select count(*)::int as count from zz_locked`)[0]!.count, 1);
  } finally {
    await other`drop table zz_locked`;
    await Promise.all([pool, other].map((each) => each.end({ timeout: 1 })));
  }
});
