/** What others added to a user's records, on their start page: activities, mails and files. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as additions from "../db/start_additions.ts";
import type { Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { decode, idOf, text } from "./support/html.ts";
import { arrive, letter } from "./support/letters.ts";
import { addressOf, contactOf } from "./support/messages.ts";
import { sight } from "./support/sights.ts";

/** What the start page shows of each changed record: its name, and what was done by whom. */
async function changed(who: Person): Promise<string[][]> {
  const html = await (await who.get("/start")).text();
  const section = /<section class="panel" id="changed">[\s\S]*?<\/section>/.exec(html)?.[0] ?? "";
  return [...section.matchAll(/<li><a href="[^"]+">([^<]+)[\s\S]*?line-detail">([^<]+)</g)]
    .map(([, name, detail]) => [decode(name!), decode(detail!)]);
}

/** Lets a person have been away since an hour ago. */
const away = ({ test }: Cast, who: Person) =>
  test.db.owner`
    update identities
    set away_since = now() - interval '1 hour'
    where id = ${who.identityId}
  `;

async function add(by: Person, about: string, fields: Fields): Promise<string> {
  const answer = await by.post("/activities/new", {
    ...{ id: newId(), kind: "note", ownerId: by.userId, about: `contact:${about}` },
    ...fields,
  });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

const nora = (who: Person, lastName: string) =>
  contactOf(who, { firstName: "Nora", lastName, ownerId: who.userId });

Deno.test("notes, activities, mails and files that others added are shown by record", async () => {
  const all = await cast();
  const { alice, bob } = all;
  const own = await nora(bob, "Eigen");
  const opened = await nora(alice, "Geöffnet");
  const other = await nora(alice, "Fremd");
  await (await bob.get(`/contacts/${opened}`)).body?.cancel();
  await away(all, bob);
  deepEqual(await changed(bob), []);
  await add(bob, own, { subject: "Selbst notiert" });
  await put(bob, `/contacts/${own}`, fileOf(pdf(), "Selbst.pdf"));
  deepEqual(await changed(bob), [], "own entries are known");

  await add(alice, other, { subject: "Betrifft andere" });
  await add(alice, own, { subject: "Wünscht Muster" });
  await put(alice, `/contacts/${own}`, fileOf(pdf(), "Plan.pdf"));
  await arrive(alice, letter({ from: `Nora <${addressOf(own)}>`, to: "wir@haus.example" }));
  const [[name, detail]] = await changed(bob) as [[string, string]];
  equal(name, "Nora Eigen");
  const parts = detail.split(/, | · /).sort();
  const added = ["Datei: Plan.pdf", "E-Mail: Anfrage", "Notiz: Wünscht Muster"];
  deepEqual(parts, ["Alice Ahrens", ...added, "Nora"].sort());
  const call = await add(alice, opened, { kind: "call", subject: "Preise", dueDay: "2030-01-02" });
  equal((await changed(bob))[0]?.join(" "), "Nora Geöffnet Anruf: Preise · Alice Ahrens");
  await bob.post(`/activities/${call}/completion`);
  equal((await changed(bob)).length, 1, "what the user changed afterwards is seen");
});

Deno.test("additions stand beside changed fields, a few of each record", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  const own = await nora(bob, "Eigen");
  await away(all, bob);
  for (let n = 0; n < 3; n++) await add(alice, own, { subject: `Nr. ${n} ${"x".repeat(100)}` });
  await test.db.owner`
    insert into changes (tenant_id, id, record_kind, record_id, action, fields, actor_kind, actor_id, at)
    values (${bob.tenantId}, ${newId()}, 'contact', ${own}, 'updated',
      '[{"name": "status"}, {"name": "position"}]', 'user', ${alice.userId}, now())
  `;
  await test.db.owner`
    update contacts set updated_at = now(), updated_by = ${alice.userId} where id = ${own}
  `;
  const [[name, detail]] = await changed(bob) as [[string, string]];
  equal(name, "Nora Eigen");
  match(detail, /^Notiz: Nr\. 2 x{54}…, Notiz: Nr\. 1 .*, Position, … · Alice Ahrens$/);
});

Deno.test("what a user may not see is not among what others added", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  const [own, shut, hers] = [
    await nora(bob, "Eigen"),
    await nora(bob, "Zu"),
    await nora(alice, "A"),
  ];
  await (await bob.get(`/contacts/${hers}`)).body?.cancel();
  await away(all, bob);
  await add(alice, own, { subject: "Beide", about: [`contact:${own}`, `contact:${shut}`] });
  await add(alice, shut, { subject: "Gesperrt" });
  await put(alice, `/contacts/${shut}`, fileOf(pdf(), "Geheim.pdf"));
  await arrive(alice, letter({ from: `Nora <${addressOf(shut)}>`, to: "wir@haus.example" }));
  await add(alice, hers, { subject: "Ihres" });
  const gone = await add(alice, own, { subject: "Gelöscht" });
  await alice.post(`/activities/${gone}/deletion`);
  const plan = await put(alice, `/contacts/${own}`, fileOf(pdf(), "Gelöscht.pdf"));
  await alice.post(`/files/${plan}/deletion`);
  deepEqual((await changed(bob)).map(([name]) => name).sort(), ["Nora A", "Nora Eigen", "Nora Zu"]);
  await test.db.owner`update contacts set restricted_at = now() where id = ${shut}`;
  deepEqual(await changed(bob), [["Nora A", "Notiz: Ihres · Alice Ahrens"]]);
  await sight(alice, "own");
  deepEqual(await changed(bob), []);
  await add(alice, own, { subject: "Für Bob" });
  deepEqual(await changed(bob), [["Nora Eigen", "Notiz: Für Bob · Alice Ahrens"]]);
  equal((await changed(all.charlie)).length, 0);
});

Deno.test("additions are read along indexes, a bounded number of them", async () => {
  const { alice, bob } = await cast();
  const plan = await bob.scope(async (scope) => {
    await scope.sql`set local enable_seqscan = off`;
    await scope.sql`set local enable_sort = off`;
    return await scope.sql`explain select ${additions.some(scope, new Date(now().getTime() - 1))}`;
  });
  for (const index of ["activities_changed", "messages_at", "files_at"]) {
    ok(JSON.stringify(plan).includes(index), index);
  }
  const own = await nora(bob, "Eigen");
  for (let n = 0; n < 3; n++) await add(alice, own, { subject: `Nr. ${n}` });
  await alice.test.db.owner`
    insert into activities (
      tenant_id, id, kind, subject, done_at, at, created_at, updated_at, updated_by
    )
    select ${alice.tenantId}, gen_random_uuid(), 'note', 'Viele', now(), now(), now(), now(),
      ${alice.userId}
    from generate_series(1, 250)
  `;
  const read = await bob.scope((scope) =>
    additions.latest(scope, new Date(now().getTime() - 60_000))
  );
  deepEqual(read, { rows: [], more: true }, "only the newest two hundred are looked at");
});

/** All lines of the page of what others did, page by page. */
async function reviewed(who: Person): Promise<string[][]> {
  const pages = [];
  for (let at: string | undefined = "/start/changes"; at !== undefined;) {
    const html: string = await (await who.get(at)).text();
    pages.push(
      [...html.matchAll(/<li><a href="[^"]+">[^<]+[\s\S]*?line-detail">([^<]+)</g)]
        .map(([, detail]) => decode(detail!)),
    );
    at = /href="(\/start\/changes\?before=[^"]+)"/.exec(html)?.[1];
  }
  return pages;
}

Deno.test("what others added before their latest two hundred is counted and paged through", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  const own = await nora(bob, "Eigen");
  await away(all, bob);
  // All at one instant, as an import or a change of many notes it.
  await test.db.owner`
    with made as (
      insert into activities (
        tenant_id, id, kind, subject, done_at, at, created_at, updated_at, updated_by
      )
      select ${alice.tenantId}, gen_random_uuid(), 'note', 'Eigene ' || n, now(), now(), now(),
        now() - interval '1 minute', ${alice.userId}
      from generate_series(1, 90) n
      returning tenant_id, id
    )
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    select tenant_id, id, ${own}, ${own}, true, now()
    from made
  `;
  await test.db.owner`
    insert into activities (
      tenant_id, id, kind, subject, done_at, at, created_at, updated_at, updated_by
    )
    select ${alice.tenantId}, gen_random_uuid(), 'note', 'Fremde', now(), now(), now(), now(),
      ${alice.userId}
    from generate_series(1, 2100)
  `;
  const start = await text(await bob.get("/start"));
  match(start, /Geändert seit .* Unter dem Neuesten ist nichts, was Sie betrifft/);
  match(await text(await bob.get("/start/changes")), /Hier ist nichts, was Sie betrifft\. Älteres/);
  await test.db.owner`
    delete from activities
    where ctid in (
      select ctid from activities where tenant_id = ${alice.tenantId} and subject = 'Fremde' limit 1800
    )
  `;
  match(await text(await bob.get("/start/changes")), / 90 Aktivitäten, E-Mails und Dateien/);
  const pages = await reviewed(bob);
  deepEqual(pages.map(({ length }) => length), [40, 40, 10]);
  equal(new Set(pages.flat()).size, 90, "each once");
  await away(all, all.charlie);
  deepEqual(await reviewed(all.charlie), [[]]);
  // A date that no calendar has, and one that PostgreSQL has not.
  for (const day of ["2026-02-30", "0000-01-01", "9999-12-31"]) {
    const place = `${day}T00:00:00.000000Z_${newId()}_${newId()}`;
    equal((await bob.get(`/start/changes?before=${place}`)).status, 200, day);
  }
});

Deno.test("a count that ends at its limit is said to be more", async () => {
  const all = await cast();
  const { alice, bob } = all;
  for (const name of ["Eins", "Zwei", "Drei"]) {
    await add(alice, await nora(bob, name), { subject: "Anruf" });
  }
  const since = new Date(now().getTime() - 3_600_000);
  const count = (most: number) =>
    bob.scope((scope) => additions.count(scope, { since, before: null, lookedAt: 100, most }));
  deepEqual(await count(10), { count: 3, more: false });
  deepEqual(await count(3), { count: 3, more: true });
  deepEqual(await count(2), { count: 2, more: true });
});
