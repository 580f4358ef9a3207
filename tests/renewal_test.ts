/** A database reused from one test file for the next is as new, or is not reused. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { cast } from "./support/cast.ts";
import { database } from "./support/db.ts";
import { beginningOf, renew } from "./support/renewal.ts";

const { owner } = await database();
const beginning = await beginningOf(owner);

Deno.test("nothing is left of what a test file has written", async () => {
  const { alice } = await cast();
  const contact = { firstName: "Ida", lastName: "Kern", origin: "card", newTags: "Messe" };
  equal((await alice.post("/contacts/new", contact)).status, 303);
  ok((await beginningOf(owner)).kept.includes("contacts"));
  equal(await renew(owner, beginning), true);
  deepEqual(await beginningOf(owner), beginning);
});

Deno.test("a test file that changed initial rows, or is unfinished, leaves no reusable database", async () => {
  const renewed = () => renew(owner, beginning);
  for (
    const [change, back] of [
      ["create table stray ()", "drop table stray"],
      ["create policy stray on contacts using (true)", "drop policy stray on contacts"],
      ["create function stray() returns int return 1", "drop function stray"],
      [
        "update processors set location = location || 'x'",
        "update processors set location = rtrim(location, 'x')",
      ],
      [
        "insert into schema_migrations select 9999, 'x', 'x', now()",
        "delete from schema_migrations where number = 9999",
      ],
    ]
  ) {
    await owner.unsafe(change!);
    equal(await renewed(), false, change);
    await owner.unsafe(back!);
    equal(await renewed(), true, back);
  }
  await owner.begin(async (sql) => {
    await sql`select 1`;
    equal(await renewed(), false);
  });
  const session = await owner.reserve();
  for (
    const [change, back] of [
      ["create temporary table contacts ()", "drop table pg_temp.contacts"],
      ["select pg_advisory_lock(77)", "select pg_advisory_unlock(77)"],
    ]
  ) {
    await session.unsafe(change!);
    equal(await renewed(), false, change);
    await session.unsafe(back!);
    equal(await renewed(), true, back);
  }
  session.release();
});
