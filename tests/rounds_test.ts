/** Rounds over all houses: what fails in one keeps no other waiting, and the round says so at its end. */
import { deepEqual, equal, rejects } from "node:assert/strict";
import { eraseTrash } from "../jobs/trash.ts";
import { Faults, inEachHouse } from "../jobs/rounds.ts";
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

Deno.test("a house whose trash cannot be erased keeps no other house's trash", async () => {
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

Deno.test("a round in which nothing succeeds any more ends, and so does one that is stopped", async () => {
  const test = await app();
  const faults = new Faults(toolsOf(test));
  const fail = () => Promise.reject(new Error("away"));
  for (let n = 0; n < 19; n++) equal(await faults.keep("019a-house", fail), false);
  equal(await faults.keep("019a-house", () => Promise.resolve()), true);
  for (let n = 0; n < 19; n++) equal(await faults.keep("019a-house", fail), false);
  await rejects(faults.keep("019a-house", fail), /away/);
  const stop = new AbortController();
  let turns = 0;
  await cast();
  await rejects(inEachHouse(toolsOf(test, stop.signal), () => {
    turns++;
    stop.abort();
    return Promise.reject(new Error("cut off"));
  }));
  equal(turns, 1);
});
