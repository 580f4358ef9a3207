/** Who has seen a contact: noted once a day for each user, shown to those who answer requests, deleted in time. */
import { deepEqual, equal, match } from "node:assert/strict";
import { setOffset, today } from "../db/clock.ts";
import * as looks from "../db/looks.ts";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const { test, alice, bob, charlie } = await cast();
const ids = await stock(alice, "looked");
const at = `/contacts/${ids.contact}`;
const seen = (who: Person) => who.scope((scope) => looks.list(scope, ids.contact));

Deno.test.afterAll(() => setOffset(undefined));

Deno.test("opening a contact is noted once a day for each user, and shown to those who answer requests", async () => {
  for (const who of [alice, bob, bob, charlie]) await who.get(at);
  const found = (await seen(alice)).looks;
  deepEqual(
    found.filter(({ day }) => day === today()).map(({ name }) => name).sort(),
    ["Alice Ahrens", "Bob Brandt"],
  );
  const shown = await text(await alice.get(`${at}/access`));
  match(shown, /Wer diesen Kontakt gesehen hat.*Bob Brandt/);
  match(shown, /Was gespeichert ist und wie lange.*Rechtsgrundlage.*Empfänger/);
  equal((await bob.get(`${at}/access`)).status, 403);
  deepEqual((await seen(charlie)).looks, []);
});

Deno.test("lists and searches note nobody, and a record that is not there neither", async () => {
  const { owner } = test.db;
  const count = async () =>
    (await owner<[{ n: number }]>`select count(*)::int as n from looks`)[0].n;
  const before = await count();
  await alice.get("/contacts");
  await alice.get("/search?q=looked");
  await alice.get(`/contacts/${newId()}`);
  equal(await count(), before);
});

Deno.test("the list is paged", async () => {
  const { owner } = test.db;
  await owner`
    insert into looks (tenant_id, contact_id, day, user_id)
    select ${alice.tenantId}, ${ids.contact}, ${today()}::date - n, ${bob.userId}
    from generate_series(1, 60) n
  `;
  const first = await (await alice.get(`${at}/access`)).text();
  const next = /href="([^"]*seen=[^"]*)"/.exec(first)![1]!;
  match(await text(await alice.get(next.replace("#looks", ""))), /Bob Brandt/);
  equal((await alice.get(`${at}/access?seen=x%00_y`)).status, 200);
});

Deno.test("after twelve months nobody knows any more", async () => {
  setOffset("P370D");
  await test.queue.send("remove_looks", { tenantId: null });
  await drain(test);
  setOffset(undefined);
  deepEqual((await seen(alice)).looks, []);
});
