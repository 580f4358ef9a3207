/** The trash: hidden, restored, gone for good after its days. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { eraseTrash } from "../jobs/trash.ts";
import * as trash from "../db/trash.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, put } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";

const fields = {
  firstName: "Jonas",
  lastName: "Weißhaupt",
  origin: "card",
  "emails.0.address": "jonas@example.org",
  "phones.0.number": "040 1234567",
  newTags: "VIP",
};

async function contact(person: Person): Promise<string> {
  return idOf(await person.post("/contacts/new", fields));
}

Deno.test("a deleted contact is gone from list, search, page and company", async () => {
  const { alice, bob } = await cast();
  const id = await contact(alice);
  const answer = await alice.post(`/contacts/${id}/deletion`);
  assertEquals(answer.status, 303);
  for (const path of ["/contacts", "/contacts?q=weisshaupt", "/search?q=jonas"]) {
    assert(!(await text(await bob.get(path))).includes("Weißhaupt"), path);
  }
  assertEquals((await bob.get(`/contacts/${id}`)).status, 404);
  assertEquals((await bob.post(`/contacts/${id}/edit`, fields)).status, 404);
});

Deno.test("the flash after deleting brings it back with one press", async () => {
  const { alice } = await cast();
  const id = await contact(alice);
  await alice.post(`/contacts/${id}/deletion`);
  const html = await (await alice.get("/contacts")).text();
  assertStringIncludes(html, `action="/trash/contacts/${id}/restoration"`);
  const back = await alice.post(`/trash/contacts/${id}/restoration`);
  assertEquals(back.headers.get("Location"), `/contacts/${id}`);
  const page = await text(await alice.get(`/contacts/${id}`));
  for (const words of ["Jonas Weißhaupt", "040 1234567", "VIP", "wiederhergestellt"]) {
    assertStringIncludes(page, words);
  }
  assertStringIncludes(await text(await alice.get("/contacts?q=weisshaupt")), "Weißhaupt");
});

Deno.test("the trash lists who, what and how many days are left", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await contact(alice);
  await alice.post(`/contacts/${id}/deletion`);
  const page = await text(await alice.get("/trash"));
  for (const words of ["Jonas Weißhaupt", "Kontakt", "von Alice Ahrens", "noch 7 Tage"]) {
    assertStringIncludes(page, words);
  }
  assertEquals((await vera.get("/trash")).status, 403);
  assertEquals((await charlie.post(`/trash/contacts/${id}/restoration`)).status, 404);
  assert(!(await text(await charlie.get("/trash"))).includes("Weißhaupt"));
});

Deno.test("the job erases what is past its days with all dependent rows, and nothing else", async () => {
  const { alice, bob, test } = await cast();
  const due = await contact(alice);
  const young = idOf(await bob.post("/contacts/new", { ...fields, _anyway: "1" }));
  for (const id of [due, young]) await alice.post(`/contacts/${id}/deletion`);
  await test.db.owner`
    update contacts
    set erase_after = now() - interval '1 minute'
    where id = ${due}
  `;
  const tools = {
    pool: test.db.app,
    config: test.services.config,
    log: test.services.log,
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof eraseTrash.run>[0];
  await eraseTrash.run(tools, { tenantId: null });
  await eraseTrash.run(tools, { tenantId: null });
  const left = await test.db.owner`
    select id
    from contacts
    where id in (${due}, ${young})
  `;
  assertEquals(left.map(({ id }) => id), [young]);
  for (const table of ["emails", "phones", "contact_tags"]) {
    const rows = await test.db.owner`
      select from ${test.db.owner(table)}
      where contact_id = ${due}
    `;
    assertEquals(rows.length, 0, table);
  }
  const history = await test.db.owner<{ action: string; fields: unknown; actorKind: string }[]>`
    select action, fields, actor_kind
    from changes
    where record_id = ${due}
    order by at, id
  `;
  assertEquals(history.map(({ action }) => action), ["created", "deleted", "erased"]);
  assertEquals(history.at(-1)!.actorKind, "system");
  assert(!JSON.stringify(history).includes("Weiß"), "history keeps no name");
  assertEquals((await alice.post(`/trash/contacts/${due}/restoration`)).status, 404);
});

Deno.test("the trash is paged both ways and shows each record once", async () => {
  const { alice } = await cast();
  const ids: string[] = [];
  await alice.scope(async ({ sql, tenantId, now }) => {
    const rows = await sql<{ id: string }[]>`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at, deleted_at, erase_after
      )
      select ${tenantId}, gen_random_uuid(), 'Person ' || i, 'Test', 'sample', 'contract', 'sales',
        ${now}, ${now}, ${now}, ${now}, ${now}::timestamptz + make_interval(secs => i / 3)
      from generate_series(1, 120) as i
      returning id
    `;
    ids.push(...rows.map(({ id }) => id));
  });
  const seen: string[] = [];
  let html = await (await alice.get("/trash")).text();
  for (;;) {
    seen.push(...[...html.matchAll(/id="trash-contact-([^"]+)"/g)].map((hit) => hit[1]!));
    const next = /href="([^"]+)" rel="next"/.exec(html)?.[1];
    if (!next) break;
    html = await (await alice.get(next)).text();
  }
  assertEquals(seen.length, 120);
  assertEquals([...seen].sort(), ids.sort());
  const previous = /href="([^"]+)" rel="prev"/.exec(html)![1]!;
  const back = await (await alice.get(previous)).text();
  const shown = [...back.matchAll(/id="trash-contact-([^"]+)"/g)].map((hit) => hit[1]!);
  assertEquals(shown, seen.slice(50, 100));
});

/** The names of a trash as its rows say them. */
const named = (html: string): string[] =>
  [...html.matchAll(/<th scope="row"[^>]*>([^<]*)/g)].map(([, name]) => name!);

async function trashed(person: Person, noun: string, of: Record<string, string>): Promise<string> {
  const id = idOf(await person.post(`/${noun}/new`, of));
  await person.post(`/${noun}/${id}/deletion`);
  return id;
}

Deno.test("the trash is searched by name, however it is spelled, and narrowed to a kind", async () => {
  const { alice } = await cast();
  await alice.post(`/contacts/${await contact(alice)}/deletion`);
  await trashed(alice, "companies", { name: "Möbel Weiß" });
  await trashed(alice, "activities", { kind: "task", subject: "Weißwand", body: "Jonas fragen" });
  const found = async (query: string) =>
    named(await (await alice.get(`/trash?${query}`)).text()).sort();
  assertEquals(await found("q=weiss"), ["Jonas Weißhaupt", "Möbel Weiß", "Weißwand"]);
  assertEquals(await found("q=weiss&kind=company"), ["Möbel Weiß"]);
  assertEquals(await found("kind=activity"), ["Weißwand"]);
  assertEquals(await found("q=jonas"), ["Jonas Weißhaupt"], "names alone");
  assertEquals(await found("q=example.org"), [], "names alone");
  const none = await text(await alice.get("/trash?q=nirgends"));
  assertStringIncludes(none, "Nichts im Papierkorb passt dazu.");
});

Deno.test("a search in the trash is paged, and its pages keep it", async () => {
  const { alice } = await cast();
  await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into activities (
        tenant_id, id, kind, subject, at, created_at, updated_at, deleted_at, erase_after
      )
      select ${tenantId}, gen_random_uuid(), 'task', 'Suche ' || i, ${now}, ${now}, ${now}, ${now},
        ${now}::timestamptz + make_interval(days => 1, secs => i)
      from generate_series(1, 60) as i
    `;
  });
  const first = await (await alice.get("/trash?q=suche&kind=activity")).text();
  assertEquals(named(first).length, 50);
  const next = /href="([^"]+)" rel="next"/.exec(first)![1]!.replaceAll("&amp;", "&");
  assertStringIncludes(next, "q=suche&kind=activity");
  assertEquals(named(await (await alice.get(next)).text()).length, 10);
});

Deno.test("ticked rows are restored together; what cannot be is reported, and the search stays", async () => {
  const { alice, vera, charlie } = await cast();
  const person = await contact(alice);
  await alice.post(`/contacts/${person}/deletion`);
  const company = await trashed(alice, "companies", { name: "Möbel Kern" });
  const task = await trashed(alice, "activities", { kind: "task", subject: "Aufräumen" });
  const html = await (await alice.get("/trash")).text();
  assertStringIncludes(html, `value="company:${company}"`);
  const items = [`contact:${person}`, `company:${company}`, `activity:${task}`];
  const sent = { list: "q=m%C3%B6bel&kind=company", items };
  assertEquals((await vera.post("/trash/restoration", sent)).status, 403);
  await charlie.post("/trash/restoration", sent);
  assertStringIncludes(await text(await charlie.get("/trash")), "Nichts wiederhergestellt");
  const gone = "activity:00000000-0000-4000-8000-000000000000";
  const answer = await alice.post("/trash/restoration", { ...sent, items: [...items, gone] });
  assertEquals(answer.headers.get("Location"), "/trash?q=m%C3%B6bel&kind=company");
  const after = await text(await alice.get("/trash"));
  assertStringIncludes(after, "3 Einträge sind wiederhergestellt. Nicht möglich war es bei 1.");
  for (const path of [`/contacts/${person}`, `/companies/${company}`, `/activities/${task}`]) {
    assertEquals((await alice.get(path)).status, 200, path);
  }
  assertStringIncludes(await text(await alice.get("/contacts?q=weisshaupt")), "Weißhaupt");
  assertStringIncludes(await text(await alice.get(`/companies/${company}`)), "wiederhergestellt");
  await alice.post("/trash/restoration", { items: "odd" });
  assertStringIncludes(await text(await alice.get("/trash")), "Wählen Sie erst Einträge aus.");
});

Deno.test("a file is restored after the record it belongs to, when ticked with it", async () => {
  const { alice } = await cast();
  const company = idOf(await alice.post("/companies/new", { name: "Möbel Kern" }));
  const file = await put(alice, `/companies/${company}`, fileOf("Zeichnung", "plan.txt"));
  await alice.post(`/files/${file}/deletion`);
  await alice.post(`/companies/${company}/deletion`);
  const items = [`file:${file}`, `company:${company}`];
  await alice.post("/trash/restoration", { items });
  assertStringIncludes(await text(await alice.get(`/companies/${company}`)), "plan.txt");
});

Deno.test("records are restored in the order of their ids, whatever their order on disk", async () => {
  const { alice, test } = await cast();
  const ids = await Promise.all(
    ["Anna", "Bert"].map(async (firstName) =>
      idOf(await alice.post("/contacts/new", { ...fields, firstName, _anyway: "1" }))
    ),
  );
  ids.sort();
  for (const id of ids.toReversed()) await alice.post(`/contacts/${id}/deletion`);
  let restored: Promise<string[]>;
  await alice.scope(async (scope) => {
    const lock = (id: string) => scope.sql`select from contacts where id = ${id} for update`;
    await lock(ids[0]!);
    restored = alice.scope(async (other) => {
      await other.sql`set local enable_indexscan = off`;
      await other.sql`set local enable_bitmapscan = off`;
      return await trash.restoreAll(other, "contact", ids);
    });
    restored.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
    await lock(ids[1]!);
  });
  assertEquals((await restored!).toSorted(), ids);
});
