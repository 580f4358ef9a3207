/** The trash: out of sight, back again, gone for good after its days. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { eraseTrash } from "../jobs/trash.ts";
import { cast, type Person } from "./support/cast.ts";
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

Deno.test("the job erases what is past its days with all that hangs on it, and nothing else", async () => {
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
