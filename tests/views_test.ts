/** Saved views through HTTP: own and shared, changed and deleted, opening by default; columns. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import type { Client, Fields } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { decode, text, values } from "./support/html.ts";

/** Keeps a list; the address that the answer leads to, and the view's id. */
async function keep(client: Client, fields: Fields): Promise<{ to: string; id: string }> {
  const answer = await client.post("/views/new", { kind: "contact", query: "", ...fields });
  assertEquals(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  const to = answer.headers.get("Location")!;
  return { to, id: new URL(to, "http://x").searchParams.get("view")! };
}

/** The tabs above a list: each name, the current one with a star. */
async function tabs(client: Client, address = "/contacts"): Promise<string[]> {
  const html = await (await client.open(address)).text();
  const nav = /<nav class="tabs"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? "";
  return [...nav.matchAll(/<a ([^>]*)>([^<]*)/g)]
    .map(([, attributes, name]) => (attributes!.includes("aria-current") ? "*" : "") + name);
}

const headers = (html: string): string[] =>
  [...html.matchAll(/<th scope="col"(?! class="tick")[^>]*>(?:<a[^>]*>)?([^<]*)/g)].map((
    [, name],
  ) => decode(name!));

Deno.test("a list is kept under a name with filters, order and columns, in one writing", async () => {
  const { alice } = await cast();
  const query = "status=customer&owner=&sort=touch&cols=city&cols=&cols=email&place=Kiel&after=x";
  const form = await (await alice.get(`/views/new?kind=contact&${query}`)).text();
  const [kept] = values(form, "query");
  assertEquals(kept, "status=customer&place=Kiel&sort=touch&cols=city%2Cemail");
  const { to, id } = await keep(alice, { name: "Kiel", query: kept! });
  assertEquals(to, `/contacts?${kept}&view=${id}`);
  assertEquals(await tabs(alice), ["*Alle", "Kiel"]);
  assertEquals(await tabs(alice, to), ["Alle", "*Kiel"]);
  const page = await (await alice.get(to)).text();
  assertStringIncludes(page, "Ort oder PLZ: Kiel");
  assertStringIncludes(page, "Ansicht bearbeiten");
  assert(!page.includes("Änderung speichern"));
});

Deno.test("own views stay with their maker, shared ones are seen by all and changed by few", async () => {
  const { alice, bob, vera } = await cast();
  await keep(bob, { name: "Meine" });
  const { id } = await keep(bob, { name: "Unsere", query: "status=lead", shared: "on" });
  assertEquals(await tabs(bob), ["*Alle", "Meine", "Unsere"]);
  for (const other of [alice, vera]) assertEquals(await tabs(other), ["*Alle", "Unsere"]);
  // vera may make it her default and nothing else.
  const hers = await vera.post(`/views/${id}/edit`, { name: "Ihre", usual: "on" });
  assertEquals(hers.status, 303);
  assertEquals(await tabs(vera), ["Alle", "*Unsere"]);
  assertEquals((await vera.post(`/views/${id}/deletion`)).status, 403);
  // An admin may.
  await alice.post(`/views/${id}/edit`, { name: "Aller", shared: "on" });
  assertEquals(await tabs(bob), ["*Alle", "Aller", "Meine"]);
  // No longer shared: it opens for nobody else any more.
  await bob.post(`/views/${id}/edit`, { name: "Aller" });
  assertEquals(await tabs(vera), []);
  assertEquals((await alice.get(`/views/${id}/edit`)).status, 404);
});

Deno.test("whoever only reads keeps views, but shares none", async () => {
  const { alice, vera } = await cast();
  await keep(vera, { name: "Still", shared: "on" });
  assertEquals(await tabs(alice), []);
  assertEquals(await tabs(vera), ["*Alle", "Still"]);
});

Deno.test("the default view opens where nothing is asked for, and All leads past it", async () => {
  const { alice, bob } = await cast();
  const { to, id } = await keep(alice, {
    name: "Kundschaft",
    query: "status=customer",
    usual: "on",
  });
  const bare = await alice.get("/contacts");
  assertEquals([bare.status, bare.headers.get("Location")], [303, to]);
  assertEquals(await tabs(alice, "/contacts?view=all"), ["*Alle", "Kundschaft"]);
  const nothing = await (await alice.get(to)).text();
  const [, reset] = /href="([^"]+)"[^>]*>(?:(?!<\/a>).)*Zurücksetzen/s.exec(nothing) ?? [];
  assertEquals(reset, "/contacts?view=all");
  assertEquals((await alice.get("/contacts?status=lead")).status, 200);
  assertEquals((await bob.get("/contacts")).status, 200);
  assertEquals((await alice.get("/companies")).status, 200);
  // One default only: the next takes its place.
  const next = await keep(alice, { name: "Leads", query: "status=lead", usual: "on" });
  assertEquals((await alice.get("/contacts")).headers.get("Location"), next.to);
  await alice.post(`/views/${next.id}/deletion`);
  assertEquals((await alice.get("/contacts")).status, 200);
  await alice.post(`/views/${id}/edit`, { name: "Kundschaft", usual: "on" });
  assertEquals((await alice.get("/contacts")).headers.get("Location"), to);
});

Deno.test("a changed list can be written over its view, or the view only be renamed", async () => {
  const { alice } = await cast();
  const { id, to } = await keep(alice, { name: "Kiel", query: "place=Kiel" });
  const page = await (await alice.get(`${to}&status=lead`)).text();
  assertStringIncludes(page, "Änderung speichern");
  assertStringIncludes(page, "Als Ansicht speichern");
  const now = "status=lead&place=Kiel";
  const form = await (await alice.get(`/views/${id}/edit?${now}`)).text();
  assertEquals(values(form, "query"), [now]);
  const renamed = await alice.post(`/views/${id}/edit`, { name: "Förde", query: now });
  assertEquals(renamed.headers.get("Location"), `/contacts?place=Kiel&view=${id}`);
  const renewed = await alice.post(`/views/${id}/edit`, { name: "Förde", query: now, renew: "on" });
  assertEquals(renewed.headers.get("Location"), `/contacts?${now}&view=${id}`);
  assertEquals(await tabs(alice), ["*Alle", "Förde"]);
});

Deno.test("a view kept by several presses at once is one, and no crowd of presses passes the bound", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const presses = Array.from({ length: 6 }, () => keep(bob, { name: "Kiel", query: "place=Kiel" }));
  assertEquals(new Set((await Promise.all(presses)).map(({ id }) => id)).size, 1);
  assertEquals(await tabs(bob), ["*Alle", "Kiel"]);
  await owner`
    insert into views (tenant_id, id, kind, name, query, shared, user_id, created_at, updated_at)
    select tenant_id, gen_random_uuid(), kind, 'Nr. ' || n, query, false, user_id, created_at, updated_at
    from views, generate_series(2, 49) n
    where tenant_id = ${bob.tenantId}
  `;
  const more = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      bob.post("/views/new", { kind: "contact", query: "", name: `Neu ${n}` })
    ),
  );
  assertEquals(more.map(({ status }) => status).sort(), [303, 422, 422, 422]);
});

Deno.test("what others share takes none of one's own places, and never one's own from sight", async () => {
  const { alice, bob, test: { db: { owner } } } = await cast();
  await keep(alice, { name: "Aal", query: "place=Kiel", shared: "on" });
  await owner`
    insert into views (tenant_id, id, kind, name, query, shared, user_id, created_at, updated_at)
    select tenant_id, gen_random_uuid(), kind, 'Aal ' || n, query, true, user_id, created_at, updated_at
    from views, generate_series(1, 120) n
    where tenant_id = ${alice.tenantId}
  `;
  await keep(bob, { name: "Zuletzt", query: "place=Kiel" });
  const shown = await tabs(bob);
  assertEquals([shown.includes("Zuletzt"), shown.includes("Aal")], [true, true]);
});

Deno.test("a taken or missing name is reported beside the field, and nothing is kept", async () => {
  const { alice } = await cast();
  await keep(alice, { name: "Kiel" });
  const taken = await alice.post("/views/new", { kind: "contact", query: "", name: "KIEL" });
  assertEquals(taken.status, 422);
  assertStringIncludes(await text(taken), "Name:");
  const missing = await alice.post("/views/new", { kind: "contact", query: "", name: " " });
  assertEquals(missing.status, 422);
  assertEquals((await alice.post("/views/new", { kind: "planet", name: "X" })).status, 422);
  assertEquals(await tabs(alice), ["*Alle", "Kiel"]);
  // The same name serves for the other list.
  assertEquals(
    (await keep(alice, { kind: "company", name: "Kiel" })).to.split("?")[0],
    "/companies",
  );
});

Deno.test("views of another tenant are not found", async () => {
  const { alice, charlie } = await cast();
  const { id } = await keep(alice, { name: "Kiel", shared: "on" });
  assertEquals((await charlie.get(`/views/${id}/edit`)).status, 404);
  assertEquals((await charlie.post(`/views/${id}/edit`, { name: "X" })).status, 404);
  assertEquals((await charlie.post(`/views/${id}/deletion`)).status, 404);
  assertEquals(await tabs(charlie, `/contacts?view=${id}`), []);
});

Deno.test("columns are chosen and ordered by the address; the name always comes first", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { lastName: "Kranich", origin: "card", ownerId: alice.userId });
  const shown = async (address: string) => headers(await (await alice.get(address)).text());
  const usual = ["Name", "Firma", "E-Mail", "Telefon", "Ort", "Schlagwörter", "Status"];
  assertEquals((await shown("/contacts")).slice(0, 7), usual);
  assertEquals(await shown("/contacts?cols=owner,city&cols=name&cols=owner&cols=x"), [
    "Name",
    "Zuständig",
    "Ort",
  ]);
  assertStringIncludes(await text(await alice.get("/contacts?cols=owner")), "Alice Ahrens");
  const html = await (await alice.get("/contacts?cols=owner,created&status=lead")).text();
  // What is chosen stays through sorting, filtering and paging.
  assertStringIncludes(decode(html), "/contacts?status=lead&sort=created&cols=owner%2Ccreated");
  assertEquals(values(html, "cols"), ["owner,created"]);
});
