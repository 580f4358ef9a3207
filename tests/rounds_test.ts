/** Rounds over all tenants: what fails in one keeps no other waiting, and the round reports it at its end. */
import { deepEqual, equal, rejects } from "node:assert/strict";
import { mailNotifications } from "../jobs/notifications.ts";
import { eraseTrash } from "../jobs/trash.ts";
import { Faults, inEachTenant } from "../jobs/rounds.ts";
import { app, type TestApp } from "./support/app.ts";
import { type Person } from "./support/cast.ts";
import { cast } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

const toolsOf = ({ services }: TestApp, signal = new AbortController().signal) => ({
  pool: services.pool,
  config: services.config,
  log: services.log,
  egress: services.egress,
  signal,
});

/** A contact whose days in the trash are over; its id. */
async function due(person: Person): Promise<string> {
  const fields = { firstName: "Jonas", lastName: "Fällig", origin: "card" };
  const id = idOf(await person.post("/contacts/new", fields));
  await person.post(`/contacts/${id}/deletion`);
  const past = await person.test.db.owner`
    update contacts
    set erase_after = now() - interval '1 minute'
    where id = ${id}
  `;
  equal(past.count, 1);
  return id;
}

const isThere = async ({ test }: Person, id: string) =>
  (await test.db.owner`select from contacts where id = ${id}`).length === 1;

Deno.test("a tenant whose trash cannot be erased keeps no other tenant's trash waiting", async () => {
  const { alice, charlie, test } = await cast();
  // The round goes by ids: the one that fails comes first.
  const [broken, whole] = [alice, charlie].sort((a, b) => a.tenantId! < b.tenantId! ? -1 : 1);
  const [stays, goes] = [await due(broken!), await due(whole!)];
  const { owner } = test.db;
  const name = `fail_erasure_${broken!.tenantId!.replaceAll("-", "")}`;
  await owner.unsafe(`
    create function ${name}() returns trigger language plpgsql
    as $$ begin raise exception 'no erasure'; end $$;
    create trigger ${name} before delete on contacts
    for each row when (old.tenant_id = '${broken!.tenantId}') execute function ${name}();
  `);
  try {
    await rejects(eraseTrash.run(toolsOf(test), { tenantId: null }), /no erasure/);
    deepEqual([await isThere(broken!, stays), await isThere(whole!, goes)], [true, false]);
  } finally {
    await owner.unsafe(`drop trigger ${name} on contacts; drop function ${name}()`);
  }
  await eraseTrash.run(toolsOf(test), { tenantId: null });
  equal(await isThere(broken!, stays), false, "the next round does it");
});

Deno.test("a tenant of very many that cannot be mailed keeps no other tenant's letters waiting", async () => {
  const { alice, charlie, test } = await cast();
  const { owner } = test.db;
  await owner`
    with made as (
      insert into identities (id, email, name, created_at)
      select gen_random_uuid(), 'viele.' || i || '.' || gen_random_uuid() || '@example.org', 'Viele', now()
      from generate_series(1, 110) as i
      returning id
    )
    insert into users (tenant_id, id, identity_id, role, created_at)
    select ${alice.tenantId}, gen_random_uuid(), id, 'member', now()
    from made
  `;
  const due = (of: Person, waits: string) =>
    owner`
      insert into notifications (
        tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at
      )
      select tenant_id, gen_random_uuid(), id, 'assigned', 'contact', true, true,
        now() - ${waits}::interval
      from users
      where tenant_id = ${of.tenantId}
    `;
  const waiting = async ({ tenantId }: Person) => {
    const rows = await owner`
      select from notifications where tenant_id = ${tenantId} and mail_due
    `;
    return rows.length;
  };
  await due(alice, "3 days");
  await due(charlie, "2 days");
  const before = await waiting(alice);
  equal(before > 110, true);
  const name = `fail_letters_${alice.tenantId!.replaceAll("-", "")}`;
  await owner.unsafe(`
    create function ${name}() returns trigger language plpgsql
    as $$ begin raise exception 'no letter'; end $$;
    create trigger ${name} before update on notifications
    for each row when (old.tenant_id = '${alice.tenantId}') execute function ${name}();
  `);
  try {
    await rejects(mailNotifications.run(toolsOf(test), { tenantId: null }), /no letter/);
    deepEqual([await waiting(alice), await waiting(charlie)], [before, 0]);
  } finally {
    await owner.unsafe(`drop trigger ${name} on notifications; drop function ${name}()`);
  }
  await mailNotifications.run(toolsOf(test), { tenantId: null });
  equal(await waiting(alice), 0, "the next round writes to them");
});

Deno.test("a letter that cannot be written keeps no other of the same tenant waiting", async () => {
  const { alice, bob, test } = await cast();
  const { owner } = test.db;
  await owner`
    insert into notifications (
      tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at
    )
    select tenant_id, gen_random_uuid(), id, 'assigned', 'contact', true, true,
      now() - case when id = ${alice.userId} then interval '9 days' else interval '1 day' end
    from users
    where tenant_id = ${alice.tenantId}
  `;
  const waiting = async () => {
    const rows = await owner<{ userId: string }[]>`
      select distinct user_id from notifications where tenant_id = ${alice.tenantId} and mail_due
    `;
    return rows.map(({ userId }) => userId);
  };
  equal((await waiting()).includes(bob.userId!), true);
  const name = `fail_letter_${alice.userId!.replaceAll("-", "")}`;
  await owner.unsafe(`
    create function ${name}() returns trigger language plpgsql
    as $$ begin raise exception 'no letter'; end $$;
    create trigger ${name} before update on notifications
    for each row when (old.user_id = '${alice.userId}') execute function ${name}();
  `);
  try {
    await rejects(mailNotifications.run(toolsOf(test), { tenantId: null }), /no letter/);
    deepEqual(await waiting(), [alice.userId]);
  } finally {
    await owner.unsafe(`drop trigger ${name} on notifications; drop function ${name}()`);
  }
});

Deno.test("a round in which nothing succeeds any more ends, and so does one that is stopped", async () => {
  const test = await app();
  const faults = new Faults(toolsOf(test));
  const fail = () => Promise.reject(new Error("away"));
  let tenants = 0;
  const next = (turn: () => Promise<unknown>) => faults.keep(`tenant ${tenants++}`, turn);
  for (let n = 0; n < 19; n++) equal(await next(fail), false);
  equal(await next(() => Promise.resolve()), true);
  for (let n = 0; n < 19; n++) equal(await next(fail), false);
  for (let n = 0; n < 2; n++) equal(await faults.keep("tenant 0", fail), false);
  equal(await faults.keep("tenant 0", () => Promise.resolve()), false, "three faults are enough");
  await rejects(next(fail), /away/);
  const stop = new AbortController();
  let turns = 0;
  await cast();
  await rejects(inEachTenant(toolsOf(test, stop.signal), () => {
    turns++;
    stop.abort();
    return Promise.reject(new Error("cut off"));
  }));
  equal(turns, 1);
});
