/** Bulk changes of very many records: the order keeps ids only, the job creates rows from them. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as bulkChanges from "../db/bulk_changes.ts";
import * as orders from "../db/bulk_orders.ts";
import * as users from "../db/users.ts";
import type { Filter } from "../db/record_filters.ts";
import type { Scope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { drain } from "./support/worker.ts";

const leads: Filter = { q: "", tag: null, owner: null, status: "lead", company: null };

async function add({ scope }: Person, count: number): Promise<void> {
  await scope(({ sql, tenantId, now }) =>
    sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Person ' || i, 'Test', 'sample', 'contract', 'sales',
        ${now}, ${now}, ${now}
      from generate_series(1, ${count}) as i
    `
  );
}

/** What becomes of a user who ordered a change that is under way. */
const ends = {
  demoted: (scope: Scope, id: string) => users.changeRole(scope, id, "read_only", "owner"),
  gone: (scope: Scope, id: string) => users.deactivate(scope, id, "owner"),
};

const order = (
  { scope }: Person,
  counted: number,
  wish: { action: "status" | "owner"; value: string } = { action: "status", value: "customer" },
) =>
  scope((given) =>
    bulkChanges.create(
      given,
      newId(),
      { kind: "contact", ...wish },
      { filter: leads },
      counted,
    )
  );

/** Rows created from an order, waiting ids, and records that already have the wanted value. */
const state = ({ scope }: Person, id: string) =>
  scope(async ({ sql, tenantId }) => {
    const [row] = await sql<[{ rows: number; waiting: number; customers: number }]>`
      select (
          select count(*)::int
          from bulk_change_rows
          where tenant_id = ${tenantId}
            and bulk_change_id = ${id}
        ) as rows,
        coalesce(cardinality(b.waiting), 0) as waiting,
        (
          select count(*)::int
          from contacts
          where tenant_id = ${tenantId}
            and status = 'customer'
        ) as customers
      from bulk_changes b
      where b.tenant_id = ${tenantId}
        and b.id = ${id}
    `;
    return [row.rows, row.waiting, row.customers];
  });

Deno.test("a bulk order for very many writes no row for each, and covers exactly those it was made for", async () => {
  const { alice, test } = await cast();
  await add(alice, 1_100);
  const { id, status } = await order(alice, 1_100);
  equal(status, "running");
  deepEqual(await state(alice, id), [0, 1_100, 0]);
  // Records added later are not included, deleted ones are left out.
  await add(alice, 3);
  await alice.scope(({ sql, tenantId }) =>
    sql`
      delete from contacts
      where tenant_id = ${tenantId}
        and last_name = 'Person 1100'
    `
  );
  const { done, failed } = await drain(test);
  deepEqual(failed, []);
  deepEqual(done.filter((name) => name.includes("bulk")), [
    "prepare_bulk_change",
    "change_in_bulk",
  ]);
  deepEqual(await state(alice, id), [1_099, 0, 1_099]);
  const { total, changed } = await alice.scope((scope) => bulkChanges.find(scope, id));
  deepEqual([total, changed], [1_100, 1_099]);
});

Deno.test("an order for very many that is sent twice at once is one", async () => {
  const { alice } = await cast();
  await add(alice, 1050);
  const id = newId();
  const wish = { kind: "contact", action: "status", value: "customer" } as const;
  const send = () =>
    alice.scope((given) => bulkChanges.create(given, id, wish, { filter: leads }, 1050));
  const made = [...await Promise.all([send(), send()]), await send()];
  deepEqual(made.map((each) => [each.id, each.status]), Array(3).fill([id, "running"]));
  await drain(alice.test);
  const { changed } = await alice.scope((given) => bulkChanges.find(given, id));
  equal(changed, 1050);
});

Deno.test("rows are made in parts, each record's once, also after a kill", async () => {
  const { alice, test } = await cast();
  await add(alice, 1_050);
  const { id } = await order(alice, 1_050);
  const unpack = () => alice.scope((scope) => orders.unpack(scope, id, 400));
  equal(await unpack(), false);
  deepEqual(await state(alice, id), [400, 650, 0]);
  await alice.scope(async (scope) => {
    await orders.unpack(scope, id, 400);
    throw new Error("killed");
  }).catch(() => {});
  deepEqual(await state(alice, id), [400, 650, 0]);
  equal(await unpack(), false);
  equal(await unpack(), true);
  deepEqual(await state(alice, id), [1_050, 0, 0]);
  // The job runs again for what was done by hand, and finds nothing to make.
  equal((await drain(test)).failed.length, 0);
  deepEqual(await state(alice, id), [1_050, 0, 1_050]);
});

Deno.test("a bulk order of another number than was confirmed is refused completely", async () => {
  const { alice, test } = await cast();
  await add(alice, 1_101);
  await order(alice, 1_100).then(
    () => Promise.reject(new Error("it was taken")),
    ({ code }) => equal(code, "lists.bulk_recounted"),
  );
  deepEqual((await drain(test)).done.filter((name) => name.includes("bulk")), []);
});

Deno.test("a bulk order whose jobs gave up is continued within the hour, and kept no longer than others", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  await add(alice, 1_100);
  const { id } = await order(alice, 1_100);
  const lose = () =>
    owner`
      delete from jobs.job
      where data ->> 'bulkChangeId' = ${id}
    `;
  const sweep = async () => {
    await test.queue.send("resume_changes", { tenantId: null });
    await test.queue.send("erase_trash", { tenantId: alice.tenantId });
    const { failed } = await drain(test);
    deepEqual(failed, []);
  };
  await lose();
  await sweep();
  deepEqual(await state(alice, id), [0, 1_100, 0], "it may be under way still");
  await owner`update bulk_changes set created_at = created_at - interval '13 hours' where id = ${id}`;
  await sweep();
  deepEqual(await state(alice, id), [1_100, 0, 1_100]);
  equal((await alice.scope((scope) => bulkChanges.find(scope, id))).status, "done");

  const past = (interval: string) =>
    owner`
      update bulk_changes
      set status = 'undoing', undo_until = now() - ${interval}::interval
      where id = ${id}
    `;
  const isThere = async () => (await owner`select from bulk_changes where id = ${id}`).length === 1;
  await past("1 day");
  await owner`update bulk_changes set created_at = now() where id = ${id}`;
  await sweep();
  ok(await isThere(), "its undoing may be under way still");
  await past("8 days");
  await sweep();
  ok(!await isThere());
});

Deno.test("a change stops when its author loses the right to make it, and can be undone", async () => {
  for (const [name, end] of Object.entries(ends)) {
    const { alice, bob, test } = await cast();
    await add(alice, 1_050);
    const { id } = await order(bob, 1_050);
    await alice.scope((scope) => end(scope, bob.userId));
    deepEqual((await drain(test)).failed, [], name);
    const { status, changed } = await alice.scope((scope) => bulkChanges.find(scope, id));
    deepEqual([status, changed], ["done", 0], name);
    deepEqual((await state(alice, id))[2], 0, name);
  }
});

Deno.test("what was changed before that can be undone like any other change", async () => {
  const { alice, bob, test } = await cast();
  await add(alice, 2_100);
  const { id } = await order(bob, 2_100);
  while (!await bob.scope((scope) => orders.unpack(scope, id)));
  await bob.scope((scope) => bulkChanges.work(scope, id));
  await alice.scope((scope) => ends.demoted(scope, bob.userId));
  deepEqual((await drain(test)).failed, []);
  const { status, changed } = await alice.scope((scope) => bulkChanges.find(scope, id));
  deepEqual([status, changed, (await state(alice, id))[2]], ["done", 1_000, 1_000]);
  await alice.scope((scope) => bulkChanges.undo(scope, id, true));
  deepEqual((await drain(test)).failed, []);
  deepEqual((await state(alice, id))[2], 0);
});

Deno.test("users given records before that are notified, and the author is notified that it has ended", async () => {
  const { alice, bob, test } = await cast();
  await add(alice, 2_100);
  const { id } = await order(bob, 2_100, { action: "owner", value: alice.userId });
  while (!await bob.scope((scope) => orders.unpack(scope, id)));
  await bob.scope((scope) => bulkChanges.work(scope, id));
  await alice.scope((scope) => ends.demoted(scope, bob.userId));
  deepEqual((await drain(test)).failed, []);
  const notified = await test.db.owner`
    select user_id, kind, count
    from notifications
    where tenant_id = ${alice.tenantId}
      and kind in ('assigned', 'bulk_change_done')
    order by kind
  `;
  deepEqual(notified.map(({ userId, kind, count }) => [userId, kind, count]), [
    [alice.userId, "assigned", 1_000],
    [bob.userId, "bulk_change_done", 1],
  ]);
});
