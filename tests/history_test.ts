/** A record's history: complete, paged, without personal values, closed to changes. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "deno-std/assert/mod.js";
import * as changes from "../db/changes.ts";
import { cast } from "./support/cast.ts";
import { decode, idOf, text } from "./support/html.ts";

const fields = { firstName: "Olga", lastName: "Brecht", origin: "card" };

Deno.test("history shows who did what and when, to read-only users too", async () => {
  const { alice, vera } = await cast();
  const id = idOf(await alice.post("/contacts/new", fields));
  const page = await text(await vera.get(`/contacts/${id}`));
  assertMatch(page, /angelegt \d\d\.\d\d\.\d{4}, \d\d:\d\d Alice Ahrens/);
});

Deno.test("history is paged: thirty at a time, the oldest at the end", async () => {
  const { alice } = await cast();
  const id = idOf(await alice.post("/contacts/new", fields));
  for (let i = 0; i < 20; i++) {
    await alice.post(`/contacts/${id}/notice`);
    await alice.post(`/contacts/${id}/notice/withdrawal`);
  }
  const html = await (await alice.get(`/contacts/${id}?timeline=all`)).text();
  assertEquals(html.match(/<p class="timeline-when">/g)?.length, 30);
  const older = decode(/href="([^"]*before=[^"]*)"/.exec(html)![1]!);
  const rest = await (await alice.get(older.split("#")[0]!)).text();
  assertEquals(rest.match(/<p class="timeline-when">/g)?.length, 11);
  assertStringIncludes(rest, "angelegt");
  assertStringIncludes(rest, "Neueste Einträge");
});

Deno.test("values are kept only for fields that reveal nothing about the person", async () => {
  const { alice } = await cast();
  const id = idOf(await alice.post("/contacts/new", fields));
  await alice.scope((scope) =>
    changes.record(scope, {
      kind: "contact",
      id,
      action: "updated",
      fields: [
        { name: "last_name", from: "Brecht", to: "Weigel" },
        { name: "emails", from: "a@example.org", to: "b@example.org" },
        { name: "status", from: "lead", to: "customer" },
      ],
    })
  );
  const { changes: [entry] } = await alice.scope((scope) => changes.list(scope, "contact", id));
  assertEquals(entry!.fields, [
    { name: "last_name" },
    { name: "emails" },
    { name: "status", from: "lead", to: "customer" },
  ]);
});

Deno.test("the serving role can neither change nor delete history", async () => {
  const { alice } = await cast();
  const id = idOf(await alice.post("/contacts/new", fields));
  await assertRejects(() =>
    alice.scope(({ sql }) => sql`update changes set action = 'nothing' where record_id = ${id}`)
  );
  await assertRejects(() =>
    alice.scope(({ sql }) => sql`delete from changes where record_id = ${id}`)
  );
});

Deno.test("another tenant sees none of it, whatever entry it asks from", async () => {
  const { alice, charlie } = await cast();
  const id = idOf(await alice.post("/contacts/new", fields));
  const own = await alice.scope((scope) => changes.list(scope, "contact", id));
  const other = await charlie.scope((scope) => changes.list(scope, "contact", id));
  assertEquals(own.changes.length, 1);
  assertEquals(other.changes.length, 0);
  const theirs = idOf(await charlie.post("/contacts/new", { ...fields, lastName: "Fremd" }));
  const page = await charlie.get(
    `/contacts/${theirs}?timeline=changes&before=1-${own.changes[0]!.id}`,
  );
  assertEquals(page.status, 200);
  assert(!(await text(page)).includes("Alice"));
});
