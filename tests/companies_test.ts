/** Companies through HTTP, and what a company's change does to its persons. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { cast } from "./support/cast.ts";
import type { Client, Fields } from "./support/app.ts";
import { idOf, text, values } from "./support/html.ts";

const nord: Fields = {
  name: "Nordwind Logistik GmbH",
  industry: "Spedition",
  status: "customer",
  vatId: "de 136 695 976",
  registerCourt: "Amtsgericht Hamburg",
  registerNumber: "hrb 12345",
  website: "www.nordwind.example",
  "emails.0.address": "info@nordwind.example",
  "phones.0.number": "040 9876543",
};

async function create(client: Client, fields: Fields = {}): Promise<string> {
  const answer = await client.post("/companies/new", { ...nord, ...fields });
  assertEquals(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

const person = (company: string): Fields => ({
  firstName: "Ines",
  lastName: "Quast",
  origin: "card",
  "companies.0.name": company,
});

Deno.test("a company shows what was entered, tidied, and its legal form read from the name", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const page = await text(await alice.get(`/companies/${id}`));
  for (
    const words of ["GmbH", "DE136695976", "Amtsgericht Hamburg, HRB 12345", "040 9876543"]
  ) assertStringIncludes(page, words);
  const html = await (await alice.get(`/companies/${id}`)).text();
  assertStringIncludes(html, 'href="https://www.nordwind.example"');
  const none = { website: "", vatId: "", "emails.0.address": "", "phones.0.number": "" };
  const bare = { name: "Kern", ...none };
  const reached = await text(await alice.get(`/companies/${await create(alice, bare)}`));
  assertStringIncludes(reached, "Erreichbar unter Keine E-Mail-Adresse, Telefonnummer");
});

Deno.test("a wrong check digit, a wrong format and a wrong register number get different messages", async () => {
  const { alice } = await cast();
  const refuse = async (fields: Fields) => {
    const answer = await alice.post("/companies/new", { ...nord, ...fields });
    assertEquals(answer.status, 422);
    return await text(answer);
  };
  assertStringIncludes(await refuse({ vatId: "DE136695977" }), "Prüfziffer");
  assertStringIncludes(await refuse({ vatId: "DE12" }), "Keine gültige USt-IdNr.");
  assertStringIncludes(await refuse({ registerNumber: "HRB X" }), "Keine gültige Registernummer");
  assertStringIncludes(await refuse({ name: "" }), "Name: Diese Angabe fehlt.");
});

Deno.test("a company of the same name is warned of and can be made all the same", async () => {
  const { alice } = await cast();
  await create(alice);
  const warned = await alice.post("/companies/new", { ...nord, name: "NORDWIND-Logistik GmbH" });
  assertEquals(warned.status, 422);
  assertStringIncludes(
    await text(warned),
    "Diese Firma gibt es vielleicht schon: Nordwind Logistik GmbH",
  );
  await create(alice, { _anyway: "1" });
});

Deno.test("a person of the company is made from its page and listed there", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const form = await (await alice.get("/contacts/new?company=Nordwind+Logistik+GmbH")).text();
  assertEquals(values(form, "companies.0.name"), ["Nordwind Logistik GmbH"]);
  const called = { ...person("Nordwind Logistik GmbH"), "phones.0.number": "040 123456" };
  const contact = idOf(await alice.post("/contacts/new", called));
  const page = await (await alice.get(`/companies/${id}`)).text();
  assertStringIncludes(page, `href="/contacts/${contact}"`);
  const number = '<a class="call" href="tel:+4940123456">040 123456</a>';
  assertStringIncludes(page, `<span class="phone-line">${number}</span>`);
  const list = await text(await alice.get(`/contacts?company=${id}`));
  assertStringIncludes(list, "Quast, Ines");
});

Deno.test("a renamed company is found by its persons' search and shown in their list", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  await alice.post("/contacts/new", person("Nordwind Logistik GmbH"));
  await alice.post(`/companies/${id}/edit`, { ...nord, version: "1", name: "Südlicht Fracht AG" });
  assertStringIncludes(await text(await alice.get("/contacts?q=suedlicht")), "Quast, Ines");
  assert(!(await text(await alice.get("/contacts?q=nordwind"))).includes("Quast"));
});

Deno.test("a deleted company leaves its persons, and comes back with them", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const contact = idOf(await alice.post("/contacts/new", person("Nordwind Logistik GmbH")));
  await alice.post(`/companies/${id}/deletion`);
  assertEquals((await alice.get(`/companies/${id}`)).status, 404);
  assert(!(await text(await alice.get(`/contacts/${contact}`))).includes("Nordwind"));
  assert(!(await text(await alice.get("/contacts?q=nordwind"))).includes("Quast"));
  await alice.post(`/trash/companies/${id}/restoration`);
  assertStringIncludes(await text(await alice.get(`/contacts/${contact}`)), "Nordwind");
  assertStringIncludes(await text(await alice.get("/contacts?q=nordwind")), "Quast");
});

Deno.test("a stale edit of a company shows both values", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice);
  await alice.post(`/companies/${id}/edit`, { ...nord, version: "1", industry: "Seefracht" });
  const stale = await bob.post(`/companies/${id}/edit`, {
    ...nord,
    version: "1",
    industry: "Luftfracht",
  });
  assertEquals(stale.status, 409);
  const html = await stale.text();
  assertStringIncludes(html, "Seefracht");
  assertEquals(values(html, "industry"), ["Luftfracht"]);
  assertEquals(values(html, "version"), ["2"]);
});

Deno.test("names are offered while typing, as options", async () => {
  const { alice, charlie } = await cast();
  await create(alice);
  const html = await (await alice.get("/companies/names?companies.0.name=ordwi")).text();
  assertStringIncludes(html, '<option value="Nordwind Logistik GmbH"');
  assert(!html.includes("<html"));
  assertEquals(await (await charlie.get("/companies/names?x=ordwi")).text(), "");
});

Deno.test("vera reads companies and may not write, charlie finds none", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await create(alice);
  assertEquals((await vera.get(`/companies/${id}`)).status, 200);
  assertEquals((await vera.get("/companies/new")).status, 403);
  assertEquals((await vera.post(`/companies/${id}/edit`, nord)).status, 403);
  assertEquals((await vera.post(`/companies/${id}/deletion`)).status, 403);
  assertEquals((await charlie.get(`/companies/${id}`)).status, 404);
  assertEquals((await charlie.post(`/companies/${id}/edit`, nord)).status, 404);
  assertEquals((await charlie.post(`/companies/${id}/deletion`)).status, 404);
});
