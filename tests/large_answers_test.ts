/** Answers to rights of access about very much data: looked at quickly, made by a job, nothing unseen. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { elapsed, setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { exists } from "../db/vault.ts";
import { enqueue } from "../db/jobs.ts";
import { errors } from "./support/app.ts";
import { answered, prepared, seenBy } from "./support/answers.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { formOf, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { contactOf } from "./support/messages.ts";
import { drain } from "./support/worker.ts";
import { readZip } from "./support/zips.ts";

const { test } = await cast();
const { owner } = test.db;

/** Adds so many notes to a person, each with this text; returns their ids. */
async function notes(
  { tenantId }: Person,
  contactId: string,
  count: number,
  body = "Text",
): Promise<string[]> {
  const made = await owner<{ id: string }[]>`
    with made as (
      insert into activities (
        tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'note', 'Gespräch ' || n, ${body} || ' ' || n,
        now(), now(), now(), now()
      from generate_series(1, ${count}::int) n
      returning id
    ), linked as (
      insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
      select ${tenantId}, id, ${contactId}, ${contactId}, true, now()
      from made
    )
    select id
    from made
  `;
  return made.map(({ id }) => id);
}

const also = async ({ tenantId }: Person, activityId: string, contactId: string) => {
  await owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    values (${tenantId}, ${activityId}, ${contactId}, ${contactId}, true, now())
  `;
};

const dataOf = async (answer: Response) => (await readZip(answer)).get("Daten.json")!;
const wanted = { language: "de", words: "" };
const large = 2_100;

Deno.test("the page of a person with 70,000 activities takes seconds and little memory", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Vielgespräch" });
  for (let i = 0; i < 35; i++) await notes(alice, contact, 2_000, "Wort ".repeat(60));
  await owner`analyze activities, activity_links`;
  const way = `/contacts/${contact}/access`;
  await (await alice.get(way)).body?.cancel();
  const before = Deno.memoryUsage().heapUsed;
  const from = elapsed();
  const page = await (await alice.get(way)).text();
  const [ms, grown] = [elapsed() - from, Deno.memoryUsage().heapUsed - before];
  // Read whole, it took over ten times as long and several hundred megabytes.
  ok(ms < 12_000, `${ms} ms`);
  ok(grown < 60_000_000, `${grown} bytes`);
  ok(page.length < 60_000, `${page.length} characters`);
  match(page, /70\.000/);
  match(page, /im Hintergrund erstellt/);
  const posted = elapsed();
  equal((await answered(alice, contact, wanted)).status, 303);
  ok(elapsed() - posted < 24_000, `${elapsed() - posted} ms`);
  await drain(test);
  const again = await (await alice.get(way)).text();
  const answer = await alice.get(/\/access-archives\/[0-9a-f-]{36}/.exec(again)![0]);
  const { data } = JSON.parse(await dataOf(answer));
  equal(data.activities.length, 70_000);
});

Deno.test("a large answer covers what was chosen and whatever was not shown for a choice", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Lang" });
  const shown = await contactOf(alice, { lastName: "Gezeigtberg" });
  const [first] = await notes(alice, contact, large, "mit Gezeigtberg und tief@dritte.example");
  await also(alice, first!, shown);
  const way = `/contacts/${contact}/access`;
  const { words, _seen } = formOf(await (await alice.get(way)).text()) as Record<string, string>;
  match(words!, /Gezeigtberg/);
  // Somebody who becomes known after the choice, before the job: written in a text that was there.
  const [second] = await notes(alice, contact, 1, "Spaetlinghaus kam");
  await owner`update activities set created_at = now() - interval '1 day' where id = ${second!}`;
  const stale = await alice.post(way, { ...wanted, _seen: _seen! });
  equal(stale.status, 422, "a note has come since");
  match(await text(stale), /kam etwas hinzu oder wurde geändert/);
  const begun = await alice.post(way, {
    language: "de",
    words: words!.split("\n").filter((word) => !word.includes("Gezeigtberg")).join("\n"),
    _seen: await seenBy(alice, contact),
  });
  equal(begun.status, 303);
  await also(alice, second!, await contactOf(alice, { lastName: "Spaetlinghaus" }));
  const [later] = await notes(alice, contact, 1, "Nachtraeglich");
  await owner`update activities set created_at = now() + interval '1 hour' where id = ${later!}`;
  await drain(test);
  const page = await (await alice.get(way)).text();
  const data = await dataOf(await alice.get(/\/access-archives\/[0-9a-f-]{36}/.exec(page)![0]));
  ok(data.includes("Gezeigtberg"), "whoever decided to leave it readable is obeyed");
  ok(!data.includes("tief@dritte.example"), "it was chosen");
  ok(!data.includes("Spaetlinghaus"), "nobody has seen it");
  ok(!data.includes("Nachtraeglich"), "it came later");
  const told = await owner`
    select from changes where record_id = ${contact} and action = 'disclosed'
  `;
  equal(told.length, 1, "the history says that it was handed out");
});

Deno.test("an answer is not handed out when something has come or changed since it was looked at", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Kurz" });
  const [note] = await notes(alice, contact, 3);
  const way = `/contacts/${contact}/access`;
  equal((await alice.post(way, wanted)).status, 422, "nobody has looked");
  const changes: [string, () => Promise<unknown>][] = [
    ["a note was written", () => notes(alice, contact, 1, "Neues")],
    ["a note was changed", () => owner`update activities set body = 'anders' where id = ${note!}`],
    ["a file was added", () => put(alice, `/contacts/${contact}`, fileOf(pdf("x"), "Neu.pdf"))],
    ["another person was linked to it", async () => {
      await owner`update activities set body = 'Hinzugekommen war da' where id = ${note!}`;
      const _seen = await seenBy(alice, contact);
      await also(alice, note!, await contactOf(alice, { lastName: "Hinzugekommen" }));
      equal((await alice.post(way, { ...wanted, _seen })).status, 422, "linked");
    }],
  ];
  for (const [what, change] of changes) {
    const _seen = await seenBy(alice, contact);
    await change();
    const answer = await alice.post(way, { ...wanted, _seen });
    equal(answer.status, 422, what);
    const again = formOf(await answer.text()) as Record<string, string>;
    equal(again._seen, await seenBy(alice, contact), "it can be sent again");
  }
  const { words } = formOf(await (await alice.get(way)).text()) as Record<string, string>;
  match(words!, /Hinzugekommen/);
  equal((await answered(alice, contact, { ...wanted, language: "en" })).status, 200);
});

Deno.test("a prepared answer is for its tenant's admins alone, for 14 days, and goes with its person", async () => {
  const { alice, bob, charlie } = await cast();
  const { config } = test.services;
  const contact = await contactOf(alice, { lastName: "Vergaenglich" });
  await notes(alice, contact, large);
  const fetched = await prepared(alice, contact, { ...wanted, language: "en" });
  equal(fetched.status, 200);
  match(fetched.headers.get("Content-Disposition")!, /access-/, "named in its language");
  equal(fetched.headers.get("Cache-Control"), "no-store");
  await fetched.body?.cancel();
  const [row] = await owner<{ id: string; objectId: string; words: string[] }[]>`
    select id, object_id, words
    from access_archives
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual(row!.words, [], "the words of others are not kept longer than needed");
  const object = `records/${alice.tenantId}/${row!.objectId}`;
  ok(await exists(config, object));
  equal((await bob.get(`/access-archives/${row!.id}`)).status, 403);
  equal((await charlie.get(`/access-archives/${row!.id}`)).status, 404);
  equal((await alice.get(`/access-archives/${newId()}`)).status, 404);
  setOffset("P15D");
  try {
    await owner`update sessions set expires_at = now() + interval '90 days', last_seen_at = now() + interval '15 days'`;
    equal((await alice.get(`/access-archives/${row!.id}`)).status, 404);
    const page = await (await alice.get(`/contacts/${contact}/access`)).text();
    ok(!page.includes(row!.id), "nor is it offered any more");
  } finally {
    setOffset(undefined);
  }
  await owner`delete from contacts where tenant_id = ${alice.tenantId} and id = ${contact}`;
  deepEqual(await owner`select from access_archives where id = ${row!.id}`, []);
});

Deno.test("a form that is sent twice makes one answer, by the last choice", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Doppelt" });
  await notes(alice, contact, large, "Falkenhorst kam");
  equal((await answered(alice, contact, wanted)).status, 303);
  const answer = await prepared(alice, contact, { language: "de", words: "Falkenhorst" });
  ok(!(await dataOf(answer)).includes("Falkenhorst"));
  const rows = await owner`
    select status
    from access_archives
    where tenant_id = ${alice.tenantId}
      and contact_id = ${contact}
  `;
  deepEqual(rows.map(({ status }) => status), ["done"]);
  deepEqual(errors, []);
});

Deno.test("a person erased while the answer is made gets none, and nothing is left of it", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Weg" });
  await notes(alice, contact, large);
  equal((await answered(alice, contact, wanted)).status, 303);
  await owner`delete from contacts where tenant_id = ${alice.tenantId} and id = ${contact}`;
  await drain(test);
  deepEqual(await owner`select from access_archives where tenant_id = ${alice.tenantId}`, []);
  deepEqual(errors, []);
});

Deno.test("an answer that cannot be made says so, by mail too, and can be ordered again", async () => {
  const { alice } = await cast();
  const box = await mailbox();
  const contact = await contactOf(alice, { lastName: "Gescheitert" });
  await notes(alice, contact, large);
  const way = `/contacts/${contact}/access`;
  const told = async () =>
    (await box.collect(test, alice.email))
      .filter(({ subject }) => /Auskunft konnte nicht erstellt werden/.test(subject!));
  equal((await answered(alice, contact, { ...wanted, words: "Falkenhorst" })).status, 303);
  // A fault that comes again however often it is tried.
  await owner`alter table holds rename to holds_away`;
  try {
    deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  } finally {
    await owner`alter table holds_away rename to holds`;
  }
  equal(errors.splice(0).length, 1, "it is in the log");
  const page = await text(await alice.get(way));
  match(page, /gescheitert/);
  match(page, /Sie können die Auskunft oben noch einmal erstellen lassen/);
  const [mail, ...more] = await told();
  deepEqual(more, []);
  match(mail!.text!, new RegExp(`/contacts/${contact}/access`));
  ok(!mail!.text!.includes("Gescheitert"), "no mail names the person");

  equal((await answered(alice, contact, wanted)).status, 303);
  await owner`delete from jobs.job where name = 'prepare_access'`;
  const lost = () => enqueue(owner, "resume_changes", null, {});
  await lost();
  await drain(test, { smtpUrl: box.smtpUrl });
  equal((await told()).length, 1, "it may still be tried");
  await owner`
    update access_archives
    set created_at = created_at - interval '25 hours'
    where status = 'waiting'
      and tenant_id = ${alice.tenantId}
  `;
  await lost();
  await drain(test, { smtpUrl: box.smtpUrl });
  equal((await told()).length, 2);
  const rows = await owner<{ status: string; words: string[] }[]>`
    select status, words from access_archives where tenant_id = ${alice.tenantId}
  `;
  deepEqual(rows.map(({ status, words }) => [status, words]), [["failed", []], ["failed", []]]);
  equal((await prepared(alice, contact, wanted)).status, 200);
});
