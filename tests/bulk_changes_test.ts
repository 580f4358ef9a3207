/** Bulk changes through HTTP: counted first, made at once or by the job, undone. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "deno-std/assert/mod.js";
import * as tags from "../db/tags.ts";
import type { Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";
import { merge } from "./support/merging.ts";
import { drain } from "./support/worker.ts";

/** So many contacts named Name1, Name2, …, with their ids in that order. */
async function stock(person: Person, count: number): Promise<string[]> {
  return await person.scope(async ({ sql, tenantId }) => {
    await sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Name' || lpad(n::text, 5, '0'), 'Test', 'sample',
        'contract', 'sales', '2026-01-01', '2026-01-01', '2026-01-01'
      from generate_series(1, ${count}) n
    `;
    await sql`
      select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId}))
    `;
    const rows = await sql<{ id: string }[]>`
      select id
      from contacts
      where tenant_id = ${tenantId}
      order by last_name
    `;
    return rows.map(({ id }) => id);
  });
}

/** The confirmation that the list's bar leads to, as a form to be sent. */
async function confirm(person: Person, fields: Record<string, string | string[]>): Promise<Fields> {
  const query = new URLSearchParams({ kind: "contact" });
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) query.append(name, each);
  }
  const answer = await person.get(`/bulk-changes/new?${query}`);
  assertEquals(answer.status, 200);
  const html = await answer.text();
  const names = ["kind", "action", "list", "counted", "all", "ids"];
  return Object.fromEntries(names.flatMap((name) => {
    const found = values(html, name);
    return found.length === 0 ? [] : [[name, found.length === 1 ? found[0]! : found]];
  }));
}

/** Sends a confirmed change; where it leads, and the address that takes it back. */
async function change(person: Person, form: Fields): Promise<{ undo: string; words: string }> {
  const answer = await person.post("/bulk-changes/new", form);
  assertEquals(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  const html = await (await person.get(answer.headers.get("Location")!)).text();
  const undo =
    /action="(\/bulk-changes\/[^"]+\/undo[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const words = /class="flash[\s\S]*?<p>([^<]*)/.exec(html)?.[1] ?? "";
  return { undo, words };
}

interface Row {
  status: string;
  ownerId: string | null;
  version: number;
  deleted: boolean;
  tags: string[];
}

async function rows(person: Person): Promise<Row[]> {
  return await person.scope(({ sql, tenantId }) =>
    sql<Row[]>`
      select p.status, p.owner_id, p.version, p.deleted_at is not null as deleted,
        array(
          select t.name
          from contact_tags x
          join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
          where x.tenant_id = p.tenant_id
            and x.contact_id = p.id
        ) as tags
      from contacts p
      where p.tenant_id = ${tenantId}
      order by p.last_name
    `
  );
}

const history = async (person: Person, id: string): Promise<string> =>
  await text(await person.get(`/contacts/${id}`));

Deno.test("the list offers ticks and actions to writers, but not to read-only users", async () => {
  const { alice, vera } = await cast();
  const ids = await stock(alice, 2);
  const html = await (await alice.get("/contacts?status=lead")).text();
  assertEquals(values(html, "ids"), ids);
  assertEquals(values(html, "list"), ["status=lead"]);
  assertStringIncludes(html, 'form="bulk-form"');
  const hers = await (await vera.get("/contacts")).text();
  assertEquals(values(hers, "ids"), []);
  assert(!hers.includes("bulk-form"));
});

/** The words of the tick that takes all that a list shows. */
async function allWords(person: Person, address: string): Promise<string> {
  const html = await (await person.get(address)).text();
  return /name="all"[^>]*><span>([^<]*)</.exec(html)![1]!;
}

Deno.test("the tick for all says how many that is, as far as the list has counted", async () => {
  const { alice } = await cast();
  await stock(alice, 1);
  assertEquals(await allWords(alice, "/contacts"), "diesen Treffer");
  await stock(alice, 1_010);
  assertEquals(await allWords(alice, "/contacts"), "alle 1.011 Treffer");
  assertEquals(await allWords(alice, "/contacts?q=name0001"), "alle 10 Treffer");
  assertEquals(await allWords(alice, "/contacts?q=name"), "alle Treffer, mehr als 1.000");
  await alice.post("/account/language", { locale: "en", back: "/contacts" });
  assertEquals(await allWords(alice, "/contacts"), "all 1,011 results");
});

Deno.test("a status is set on ticked rows, recorded in each history, and undone", async () => {
  const { alice } = await cast();
  const ids = await stock(alice, 3);
  const form = await confirm(alice, { action: "status", ids: ids.slice(0, 2) });
  assertEquals(form.counted, "2");
  const { undo, words } = await change(alice, { ...form, value: "customer" });
  assertEquals(words, "2 Einträge sind geändert.");
  const after = await rows(alice);
  assertEquals(after.map(({ status }) => status), ["customer", "customer", "lead"]);
  assertEquals(after.map(({ version }) => version), [2, 2, 1]);
  assertStringIncludes(await history(alice, ids[0]!), "Alice Ahrens");
  assertEquals((await alice.post(undo)).status, 303);
  assertEquals((await rows(alice)).map(({ status }) => status), ["lead", "lead", "lead"]);
  // Only once.
  assertEquals((await alice.post(undo)).status, 404);
});

Deno.test("a change of nothing is no success, and of some it says how many it left", async () => {
  const { alice } = await cast();
  const ids = await stock(alice, 2);
  const asked = { action: "status", ids };
  await change(alice, { ...await confirm(alice, { ...asked, ids: [ids[0]!] }), value: "customer" });
  const some = await change(alice, { ...await confirm(alice, asked), value: "customer" });
  assertEquals(some.words, "1 Eintrag ist geändert. Unverändert: 1.");
  assert(some.undo !== "");
  const none = await change(alice, { ...await confirm(alice, asked), value: "customer" });
  assertStringIncludes(none.words, "Nichts geändert");
  assertEquals(none.undo, "");
});

Deno.test("undoing leads back to the list it was made in, its filter, order and columns", async () => {
  const { alice } = await cast();
  const ids = await stock(alice, 2);
  const list = "status=lead&sort=created&dir=asc&cols=city";
  const form = await confirm(alice, { action: "status", ids: [ids[0]!], list });
  const answer = await alice.post("/bulk-changes/new", { ...form, value: "customer" });
  const made = answer.headers.get("Location")!;
  assertStringIncludes(made, "status=lead");
  assertStringIncludes(made, "sort=created");
  const html = (await (await alice.get(made)).text()).replaceAll("&amp;", "&");
  const undo = /action="(\/bulk-changes\/[^"]+\/undo[^"]*)"/.exec(html)![1]!;
  const undone = await alice.post(undo);
  assertEquals(undone.headers.get("Location"), made);
  const page = (await (await alice.get(undo.replace("/undo", ""))).text()).replaceAll("&amp;", "&");
  assertStringIncludes(page, `href="${made}"`);
});

Deno.test("undoing leaves alone what somebody changed since, and what was so before", async () => {
  const { alice } = await cast();
  const ids = await stock(alice, 3);
  await change(alice, {
    ...await confirm(alice, { action: "status", ids: [ids[0]!] }),
    value: "partner",
  });
  const all = { ...await confirm(alice, { action: "status", all: "1" }), value: "partner" };
  const { undo, words } = await change(alice, all);
  assertEquals(words, "2 Einträge sind geändert. Unverändert: 1.");
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      update contacts
      set status = 'former'
      where tenant_id = ${tenantId}
        and id = ${ids[1]!}
    `;
  });
  await alice.post(undo);
  assertEquals((await rows(alice)).map(({ status }) => status), ["partner", "former", "lead"]);
});

Deno.test("a tag is given to all results of a filter, found by the search, and taken off again", async () => {
  const { alice } = await cast();
  await stock(alice, 3);
  await change(alice, {
    ...await confirm(alice, { action: "status", all: "1", list: "q=name00002" }),
    value: "customer",
  });
  const form = await confirm(alice, { action: "tag", all: "1", list: "status=lead" });
  assertEquals(form.counted, "2");
  const { undo } = await change(alice, { ...form, newTag: "Rundbrief" });
  const tagged = async () => (await rows(alice)).map(({ tags }) => tags.join());
  assertEquals(await tagged(), ["Rundbrief", "", "Rundbrief"]);
  assertStringIncludes(await text(await alice.get("/contacts?q=rundbrief")), "Name00003");
  const taking = await confirm(alice, { action: "untag", all: "1" });
  const [tag] = await alice.scope(({ sql, tenantId }) =>
    sql<{ id: string }[]>`
      select id
      from tags
      where tenant_id = ${tenantId}
    `
  );
  const taken = await change(alice, { ...taking, value: tag!.id });
  assertEquals(taken.words, "2 Einträge sind geändert. Unverändert: 1.");
  assertEquals(await tagged(), ["", "", ""]);
  await alice.post(taken.undo);
  assertEquals(await tagged(), ["Rundbrief", "", "Rundbrief"]);
  await alice.post(undo);
  assertEquals(await tagged(), ["", "", ""]);
  const missed = await text(await alice.get("/contacts?q=rundbrief"));
  assertStringIncludes(missed, "Kein Kontakt passt");
});

Deno.test("an owner is set or removed; somebody of another tenant cannot be set", async () => {
  const { alice, bob, charlie } = await cast();
  await stock(alice, 2);
  const form = await confirm(alice, { action: "owner", all: "1" });
  const page = await (await alice.get("/bulk-changes/new?kind=contact&action=owner&all=1")).text();
  assertMatch(page, new RegExp(`value="${alice.userId}" selected`), "oneself, not nobody");
  await change(alice, { ...form, value: bob.userId });
  assertEquals((await rows(alice)).map(({ ownerId }) => ownerId), [bob.userId, bob.userId]);
  const refused = await alice.post("/bulk-changes/new", { ...form, value: charlie.userId });
  assertEquals(refused.status, 422);
  const { undo } = await change(alice, { ...form, value: "" });
  assertEquals((await rows(alice)).map(({ ownerId }) => ownerId), [null, null]);
  await alice.post(undo);
  assertEquals((await rows(alice)).map(({ ownerId }) => ownerId), [bob.userId, bob.userId]);
});

Deno.test("deleted records are in the trash and can be restored with one click", async () => {
  const { alice } = await cast();
  await stock(alice, 3);
  const { undo } = await change(alice, await confirm(alice, { action: "delete", all: "1" }));
  assertEquals((await rows(alice)).map(({ deleted }) => deleted), [true, true, true]);
  assertStringIncludes(await text(await alice.get("/trash")), "Name00001");
  await alice.post(undo);
  assertEquals((await rows(alice)).map(({ deleted }) => deleted), [false, false, false]);
});

Deno.test("a restored record that was merged or deleted again since is not brought back by the undo", async () => {
  const { alice, test } = await cast();
  const ids = await stock(alice, 4);
  const { undo } = await change(
    alice,
    await confirm(alice, { action: "delete", ids: ids.slice(1) }),
  );
  for (const id of ids.slice(2)) await alice.post(`/trash/contacts/${id}/restoration`);
  await test.db.owner`update contacts set created_at = '2025-01-01' where id = ${ids[0]!}`;
  await merge(alice, "contact", [ids[0]!, ids[2]!]);
  await alice.post(`/contacts/${ids[3]}/deletion`);
  await alice.post(undo);
  assertEquals((await rows(alice)).map(({ deleted }) => deleted), [false, false, true, true]);
  const [merged] = await test.db.owner`select merged_into from contacts where id = ${ids[2]!}`;
  assertEquals(merged!.mergedInto, ids[0]);
});

Deno.test("nothing happens when the count is no longer what was confirmed", async () => {
  const { alice } = await cast();
  await stock(alice, 2);
  const form = await confirm(alice, { action: "delete", all: "1" });
  await alice.post("/contacts/new", { lastName: "Neu", origin: "card", ownerId: "" });
  const answer = await alice.post("/bulk-changes/new", form);
  assertEquals(answer.status, 422);
  const page = await text(answer);
  assertStringIncludes(page, "Die Auswahl hat sich inzwischen geändert.");
  assertStringIncludes(page, "3 Kontakte sind ausgewählt.");
  assertEquals((await rows(alice)).some(({ deleted }) => deleted), false);
});

Deno.test("restricted persons are neither counted nor touched", async () => {
  const { alice, test } = await cast();
  const ids = await stock(alice, 2);
  await test.db.owner`update contacts set restricted_at = '2026-01-01' where id = ${ids[0]!}`;
  const form = await confirm(alice, { action: "status", ids });
  assertEquals(form.counted, "1");
  await change(alice, { ...form, value: "former" });
  const found = await test.db.owner<{ status: string }[]>`
    select status from contacts where tenant_id = ${alice.tenantId} order by last_name
  `;
  assertEquals(found.map(({ status }) => status), ["lead", "former"]);
});

Deno.test("more than a thousand are changed by the job, which the page follows, and undone by it", async () => {
  const { alice, test } = await cast();
  await stock(alice, 2_100);
  await test.db.owner`
    update contacts
    set status = 'supplier'
    where id = (select id from contacts where tenant_id = ${alice.tenantId} limit 1)
  `;
  const form = await confirm(alice, { action: "status", all: "1" });
  assertEquals(form.counted, "2100");
  const answer = await alice.post("/bulk-changes/new", { ...form, value: "supplier" });
  const page = answer.headers.get("Location")!;
  assertStringIncludes(page, "/bulk-changes/");
  assertStringIncludes(await text(await alice.get(page)), "0 von 2.100");
  assertEquals((await drain(test)).failed, []);
  assertStringIncludes(
    await text(await alice.get(page)),
    "2.099 Einträge sind geändert. 1 bleibt, wie er war",
  );
  const statuses = async () => [...new Set((await rows(alice)).map(({ status }) => status))];
  assertEquals(await statuses(), ["supplier"]);
  await alice.post(`${page}/undo`);
  assertEquals((await drain(test)).failed, []);
  assertEquals((await statuses()).sort(), ["lead", "supplier"]);
  const [entries] = await test.db.owner<[{ count: number }]>`
    select count(*)::int from changes where tenant_id = ${alice.tenantId} and action = 'updated'
  `;
  assertEquals(entries.count, 4_198);
});

Deno.test("companies are changed too, and their persons' search texts with them", async () => {
  const { alice } = await cast();
  const made = await alice.post("/companies/new", { name: "Werft Kiel", ownerId: "" });
  const person = { lastName: "Quast", origin: "card", "companies.0.name": "Werft Kiel" };
  await alice.post("/contacts/new", person);
  const form = await confirm(alice, { kind: "company", action: "delete", ids: [idOf(made)] });
  const { undo } = await change(alice, form);
  const found = async () => await text(await alice.get("/contacts?q=werft"));
  assertStringIncludes(await found(), "Kein Kontakt passt");
  await alice.post(undo);
  assertStringIncludes(await found(), "Quast");
});

Deno.test("with nothing ticked the list comes back with a message; vera may not, charlie finds none", async () => {
  const { alice, bob, vera, charlie } = await cast();
  const ids = await stock(alice, 2);
  const none = await alice.get("/bulk-changes/new?kind=contact&action=status&list=status%3Dlead");
  assertEquals([none.status, none.headers.get("Location")], [303, "/contacts?status=lead"]);
  assertStringIncludes(await text(await alice.get("/contacts")), "Wählen Sie erst Einträge aus");
  const form = await confirm(alice, { action: "status", ids });
  const confirmed = { ...form, value: "former" };
  assertEquals((await vera.post("/bulk-changes/new", confirmed)).status, 403);
  assertEquals((await charlie.post("/bulk-changes/new", confirmed)).status, 422);
  const { undo } = await change(alice, confirmed);
  assertEquals((await bob.post(undo)).status, 403);
  assertEquals((await charlie.post(undo)).status, 404);
  assertEquals((await rows(alice)).map(({ status }) => status), ["former", "former"]);
});

Deno.test("after thirty days nothing can be undone, and the night removes what was kept for it", async () => {
  const { alice, test } = await cast();
  const ids = await stock(alice, 1);
  const form = await confirm(alice, { action: "status", ids });
  const { undo } = await change(alice, { ...form, value: "former" });
  await test.db
    .owner`update bulk_changes set undo_until = '2026-01-01' where tenant_id = ${alice.tenantId}`;
  assertEquals((await alice.post(undo)).status, 404);
  await test.queue.send("erase_trash", { tenantId: null });
  await drain(test);
  const [left] = await test.db.owner<[{ count: number }]>`
    select count(*)::int from bulk_change_rows where tenant_id = ${alice.tenantId}
  `;
  assertEquals(left.count, 0);
});

Deno.test("undoing removes the tag that the change had made, unless somebody uses it", async () => {
  const { alice } = await cast();
  const ids = await stock(alice, 3);
  const names = async () => (await alice.scope(tags.list)).rows.map(({ name }) => name);
  const form = await confirm(alice, { action: "tag", ids: ids.slice(0, 2) });
  const first = await change(alice, { ...form, newTag: "Rundbreif" });
  assertEquals((await alice.post(first.undo)).status, 303);
  assertEquals(await names(), []);
  const used = await change(alice, { ...form, newTag: "Rundbrief" });
  const third = await confirm(alice, { action: "tag", ids: [ids[2]!] });
  const later = await change(alice, { ...third, newTag: "Rundbrief" });
  assertEquals((await alice.post(used.undo)).status, 303);
  assertEquals(await names(), ["Rundbrief"], "the third still carries it");
  assertEquals((await alice.post(later.undo)).status, 303);
  assertEquals(await names(), ["Rundbrief"], "this change only found it");
});
