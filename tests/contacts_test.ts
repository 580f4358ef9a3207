/** Contacts through HTTP: what users do, and what others must not. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "deno-std/assert/mod.js";
import { now as clock } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { cast } from "./support/cast.ts";
import { type Client, errors, type Fields } from "./support/app.ts";
import { decode, idOf, text, values } from "./support/html.ts";

/** The fields of a contact as the form sends them. */
const anna: Fields = {
  salutation: "ms",
  title: "Dr.",
  firstName: "Anna",
  lastName: "Röder",
  addressForm: "formal",
  language: "de",
  origin: "inquiry",
  status: "lead",
  "emails.0.address": "anna.roeder@example.org",
  "emails.0.kind": "work",
  "phones.0.number": "040 12345678",
  "phones.0.kind": "work",
  "addresses.0.kind": "work",
  "addresses.0.street": "Hafenstraße 1",
  "addresses.0.postalCode": "20457",
  "addresses.0.city": "Hamburg",
  "addresses.0.country": "DE",
  "companies.0.name": "Nordwind Logistik GmbH",
  "companies.0.role": "Einkauf",
  newTags: "Messe, Newsletter",
};

async function create(client: Client, fields: Fields = {}): Promise<string> {
  const answer = await client.post("/contacts/new", { ...anna, ...fields });
  assertEquals(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

/** The form's fields as a browser would send the page's form back. */
async function formOf(client: Client, path: string): Promise<Record<string, string>> {
  const html = await (await client.get(path)).text();
  const fields: Record<string, string> = {};
  for (const name of ["id", "version", "source", "firstName", "lastName", "companies.0.id"]) {
    const [value] = values(html, name);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** What an edit sends: the whole record, as the browser has it. */
const edited = (version: string, fields: Fields): Fields => ({
  ...anna,
  source: "Anfrage der Person",
  legalBasis: "pre_contract",
  purpose: "sales",
  version,
  tags: ["Messe", "Newsletter"],
  newTags: "",
  ...fields,
});

Deno.test("a contact is created with all its details and shown on one page", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const page = await text(await alice.get(`/contacts/${id}`));
  for (
    const words of [
      "Dr. Anna Röder",
      "anna.roeder@example.org",
      "040 12345678",
      "Hafenstraße 1",
      "20457 Hamburg",
      "Nordwind Logistik GmbH",
      "Einkauf",
      "Messe",
      "Newsletter",
      "Sehr geehrte Frau Dr. Röder,",
      "Vertragsanbahnung",
      "Anfrage der Person",
      "Der Kontakt ist angelegt.",
    ]
  ) assertStringIncludes(page, words);
});

Deno.test("a contact without a source is refused beside the choice", async () => {
  const { alice } = await cast();
  const { origin: _, ...rest } = anna;
  const answer = await alice.post("/contacts/new", rest);
  assertEquals(answer.status, 422);
  assertStringIncludes(await text(answer), "Woher stammen die Daten? Diese Angabe fehlt.");
});

Deno.test("a contact without any name is refused", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/contacts/new", { ...anna, firstName: " ", lastName: "" });
  assertEquals(answer.status, 422);
  assertStringIncludes(await text(answer), "Geben Sie einen Vor- oder Nachnamen an.");
});

Deno.test("wrong e-mail, phone, birthday and website are all reported beside their fields at once", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/contacts/new", {
    ...anna,
    "emails.0.address": "anna@",
    "phones.0.number": "12",
    birthday: "31. Februar 1980",
    website: "javascript:alert(1)",
    "companies.0.name": "Nordlicht Handel",
    "companies.0.since": "0026-11-27",
  });
  assertEquals(answer.status, 422);
  const html = await answer.text();
  for (const id of ["f-emails-0-address", "f-phones-0-number", "f-birthday", "f-website"]) {
    assertStringIncludes(html, `id="${id}-error"`);
  }
  assertStringIncludes(html, "Geburtstag: Kein gültiger Geburtstag.");
  assertStringIncludes(html, "Firma, seit: Kein gültiges Datum.");
});

Deno.test("a birthday is typed and shown as the reader writes dates, with a year and without", async () => {
  const { alice } = await cast();
  const id = await create(alice, { birthday: "31.12." });
  const address = `/contacts/${id}`;
  assertStringIncludes(await text(await alice.get(address)), "Geburtstag 31.12. ");
  await alice.post("/account/language", { locale: "en" });
  assertStringIncludes(await text(await alice.get(address)), "Birthday 31/12 ");
  const form = await (await alice.get(`${address}/edit`)).text();
  assertStringIncludes(form, 'value="31/12"');
  const refused = await alice.post(`${address}/edit`, edited("1", { birthday: "12/31/1980" }));
  assertEquals(refused.status, 422);
  assertStringIncludes(await text(refused), "Examples: 31/12/1980 or 31/12");
  const saved = await alice.post(`${address}/edit`, edited("1", { birthday: "5/6/1980" }));
  assertEquals(saved.status, 303);
  assertStringIncludes(await text(await alice.get(address)), "Birthday 05/06/1980 ");
});

Deno.test("countries are in the order of the reader's alphabet, languages in their words", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const address = `/contacts/${id}`;
  const countries = async () => {
    const form = await (await alice.get(`${address}/edit`)).text();
    const [, list] = /name="addresses\.0\.country"[^>]*>(.*?)<\/select>/s.exec(form)!;
    return [...list!.matchAll(/>([^<>]+)<\/option>/g)].map(([, name]) => name!).slice(1);
  };
  const german = await countries();
  assertEquals(german.slice(0, 4), ["Deutschland", "Österreich", "Schweiz", "Albanien"]);
  assert(german.indexOf("Ungarn") > german.indexOf("Spanien"));
  const saved = await alice.post(`${address}/edit`, edited("1", { language: "fr" }));
  assertEquals(saved.status, 303);
  assertStringIncludes(
    await text(await alice.get(address)),
    "Sprache: Deutsch → Französisch",
  );
  await alice.post("/account/language", { locale: "en" });
  assertEquals((await countries()).slice(0, 4), ["Germany", "Austria", "Switzerland", "Albania"]);
  assertStringIncludes(await text(await alice.get(address)), "Language: German → French");
});

Deno.test("a birthday in the future is refused, and so is an address twice, in whatever case", async () => {
  const { alice } = await cast();
  const dayAt = (days: number) => {
    return new Date(clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  };
  const refused = await alice.post("/contacts/new", { ...anna, birthday: dayAt(3) });
  assertEquals(refused.status, 422);
  assertStringIncludes(await text(refused), "Geburtstag: Kein gültiger Geburtstag.");
  const id = await create(alice, {
    birthday: dayAt(-1),
    "emails.0.address": "Anna.Roeder@example.org",
    "emails.1.address": "anna.roeder@example.org",
    "emails.1.kind": "home",
  });
  const rows = await alice.scope(({ sql }) =>
    sql<{ address: string }[]>`select address from emails where contact_id = ${id}`
  );
  assertEquals(rows.map(({ address }) => address), ["Anna.Roeder@example.org"]);
});

Deno.test("a referral counts as collected elsewhere: the notice is due within a month", async () => {
  const { alice } = await cast();
  const id = await create(alice, { origin: "referral", sourceDetail: "Tagung" });
  const [row] = await alice.scope(({ sql }) =>
    sql<{ due: string; source: string; basis: string; days: number }[]>`
      select notice_due_on as due, source, legal_basis as basis,
        notice_due_on - (created_at at time zone 'Europe/Berlin')::date as days
      from contacts
      where id = ${id}
    `
  );
  assertEquals(row!.source, "Empfehlung: Tagung");
  assertEquals(row!.basis, "legitimate_interest");
  assert(row!.days >= 28 && row!.days <= 31);
});

Deno.test("rows are added and removed by the form's buttons, nothing typed is lost", async () => {
  const { alice } = await cast();
  const added = await (await alice.post("/contacts/new", { ...anna, _add: "emails" })).text();
  assertEquals(values(added, "emails.0.address"), ["anna.roeder@example.org"]);
  assertEquals(values(added, "emails.1.address"), [""]);
  assertEquals(values(added, "lastName"), ["Röder"]);
  const removed = await (await alice.post("/contacts/new", {
    ...anna,
    "emails.1.address": "zweite@example.org",
    _remove: "emails.0",
  })).text();
  assertEquals(values(removed, "emails.0.address"), ["zweite@example.org"]);
  assertEquals(values(removed, "emails.1.address"), []);
});

Deno.test("the same form sent twice makes one contact", async () => {
  const { alice, bob } = await cast();
  const { id } = await formOf(alice, "/contacts/new");
  const first = await create(alice, { id: id! });
  const second = await create(alice, { id: id! });
  assertEquals(first, second);
  const count = await alice.scope(({ sql }) => sql`select id from contacts`);
  assertEquals(count.length, 1);
  const others = await bob.post("/contacts/new", {
    ...anna,
    id: first,
    "emails.0.address": "bob@example.org",
    _anyway: "1",
  });
  assertEquals(others.status, 404);
});

Deno.test("an e-mail that somebody has already is warned of and can be kept", async () => {
  const { alice, bob } = await cast();
  const first = await create(alice);
  const warned = await bob.post("/contacts/new", {
    ...anna,
    firstName: "Andere",
    "emails.0.address": "Anna.Roeder@Example.org",
  });
  assertEquals(warned.status, 422);
  const html = await warned.text();
  assertStringIncludes(html, `href="/contacts/${first}"`);
  assertStringIncludes(html, "Trotzdem anlegen");
  const second = await create(bob, { firstName: "Andere", _anyway: "1" });
  assert(second !== first);
});

Deno.test("a contact in the trash does not block its e-mail", async () => {
  const { alice } = await cast();
  await alice.post(`/contacts/${await create(alice)}/deletion`);
  await create(alice);
});

Deno.test("a saved edit shows, raises the version and names the fields in the history", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice);
  const answer = await bob.post(
    `/contacts/${id}/edit`,
    edited("1", { lastName: "Röder-Blum", status: "customer" }),
  );
  assertEquals(answer.status, 303);
  const page = await text(await bob.get(`/contacts/${id}`));
  assertStringIncludes(page, "Dr. Anna Röder-Blum");
  assertStringIncludes(page, "Nachname");
  assertStringIncludes(page, "Status: Lead → Kundschaft");
  const [{ fields }] = await alice.scope(({ sql }) =>
    sql`select fields from changes where record_id = ${id} and action = 'updated'`
  ) as unknown as [{ fields: unknown }];
  assert(!JSON.stringify(fields).includes("Blum"), "history keeps no name");
});

Deno.test("saving without a change leaves version and history alone", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const html = await (await alice.get(`/contacts/${id}/edit`)).text();
  const companyId = values(html, "companies.0.id")[0]!;
  const answer = await alice.post(
    `/contacts/${id}/edit`,
    edited("1", {
      ownerId: "",
      "companies.0.id": companyId,
      "phones.0.number": values(html, "phones.0.number")[0]!,
    }),
  );
  assertEquals(answer.status, 303);
  const [{ version }] = await alice.scope(({ sql }) =>
    sql`select version from contacts where id = ${id}`
  ) as unknown as [{ version: number }];
  assertEquals(version, 1);
});

Deno.test("a stale edit shows both values, loses nothing and can overwrite", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice);
  await alice.post(`/contacts/${id}/edit`, edited("1", { position: "Leitung" }));
  const mine = edited("1", {
    position: "Geschäftsführung",
    notes: "Ruft Dienstag an",
    "addresses.1.kind": "billing",
  });
  const stale = await bob.post(`/contacts/${id}/edit`, mine);
  assertEquals(stale.status, 409);
  const html = await stale.text();
  assertMatch(html, /Geschäftsführung[\s\S]*Leitung/);
  assertStringIncludes(html, "Ruft Dienstag an");
  const table = html.slice(html.indexOf("<table"), html.indexOf("</table>"));
  assert(!table.includes("Art"), "the kind of a row left blank differs in nothing");
  assertEquals(values(html, "position"), ["Geschäftsführung"]);
  assertEquals(values(html, "version"), ["2"]);
  const again = await bob.post(`/contacts/${id}/edit`, { ...mine, version: "2" });
  assertEquals(again.status, 303);
  assertStringIncludes(await text(await bob.get(`/contacts/${id}`)), "Geschäftsführung");
});

Deno.test("what was typed into a record that went to the trash meanwhile can be sent again", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice);
  const mine = edited("1", { ...await formOf(bob, `/contacts/${id}/edit`), position: "Vorstand" });
  await alice.post(`/contacts/${id}/deletion`);
  const late = await bob.post(`/contacts/${id}/edit`, mine);
  assertEquals(late.status, 404);
  const page = await late.text();
  assertMatch(page, /Nicht gespeichert/);
  assertMatch(page, /im Papierkorb/);
  assertEquals(values(page, "position"), ["Vorstand"]);
  await alice.post(`/trash/contacts/${id}/restoration`);
  const [, again] = /action="([^"]+again=[^"]+)"/.exec(page)!;
  const sent = await bob.post(decode(again!), mine);
  assertEquals(sent.status, 409, "restoring it was a change as well");
  const shown = await sent.text();
  assertEquals(values(shown, "position"), ["Vorstand"]);
  const [version] = values(shown, "version");
  const saved = await bob.post(`/contacts/${id}/edit`, { ...mine, version: version! });
  assertEquals(saved.status, 303);
  assertStringIncludes(await text(await bob.get(`/contacts/${id}`)), "Vorstand");
});

Deno.test("an unknown company is made, a known one is found however it is spelled", async () => {
  const { alice } = await cast();
  await create(alice, { "companies.0.name": "Müller Bau GmbH" });
  await create(alice, {
    _anyway: "1",
    "emails.0.address": "zwei@example.org",
    "companies.0.name": "Mueller Bau GmbH",
  });
  const companies = await alice.scope(({ sql }) => sql`select name from companies`);
  assertEquals(companies.map(({ name }) => name), ["Müller Bau GmbH"]);
  const list = await text(await alice.get("/companies"));
  assertStringIncludes(list, "Müller Bau GmbH");
});

Deno.test("objections are set and withdrawn by channel, each step in the history", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  await alice.post(`/contacts/${id}/objections`, { channels: ["email", "phone"] });
  await alice.post(`/contacts/${id}/objections`, { channels: "phone" });
  const page = await text(await alice.get(`/contacts/${id}`));
  assertStringIncludes(page, "Widerspruch vermerkt");
  assertStringIncludes(page, "Widerspruch zurückgenommen");
  const rows = await alice.scope(({ sql }) =>
    sql`select channel from objections where contact_id = ${id}`
  );
  assertEquals(rows.map(({ channel }) => channel), ["phone"]);
});

Deno.test("the notice is marked as sent with one button, and unmarked again", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  assertStringIncludes(await text(await alice.get(`/contacts/${id}`)), "Als informiert vermerken");
  await alice.post(`/contacts/${id}/notice`);
  const html = await (await alice.get(`/contacts/${id}`)).text();
  assertStringIncludes(html, "informiert am");
  assertStringIncludes(html, `/contacts/${id}/notice/withdrawal`);
  await alice.post(`/contacts/${id}/notice/withdrawal`);
  assertStringIncludes(await text(await alice.get(`/contacts/${id}`)), "Als informiert vermerken");
});

Deno.test("vera reads without buttons and may not write", async () => {
  const { alice, vera } = await cast();
  const id = await create(alice);
  const html = await (await vera.get(`/contacts/${id}`)).text();
  for (const button of ["/edit", "/deletion", "/notice", "/objections"]) {
    assert(!html.includes(button), button);
  }
  assert(!(await (await vera.get("/contacts")).text()).includes("/contacts/new"));
  for (const path of ["/contacts/new", `/contacts/${id}/edit`]) {
    assertEquals((await vera.get(path)).status, 403);
    assertEquals((await vera.post(path, anna)).status, 403);
  }
  for (const action of ["deletion", "notice", "notice/withdrawal", "objections"]) {
    assertEquals((await vera.post(`/contacts/${id}/${action}`)).status, 403);
  }
});

Deno.test("charlie finds nothing of another tenant", async () => {
  const { alice, charlie } = await cast();
  const id = await create(alice);
  for (const path of [`/contacts/${id}`, `/contacts/${id}/edit`]) {
    assertEquals((await charlie.get(path)).status, 404);
  }
  for (const action of ["edit", "deletion", "notice", "notice/withdrawal", "objections"]) {
    const answer = await charlie.post(`/contacts/${id}/${action}`, edited("1", {}));
    assertEquals(answer.status, 404, action);
  }
  assert(!(await text(await charlie.get("/contacts"))).includes("Röder"));
  assertEquals((await alice.get(`/contacts/${id}`)).status, 200);
});

Deno.test("a visitor is sent to the log-in", async () => {
  const { visitor } = await cast();
  const answer = await visitor.get("/contacts");
  assertEquals(answer.status, 303);
  assertMatch(answer.headers.get("Location")!, /^\/login/);
});

Deno.test("nothing that is sent or asked for ends in a server error", async () => {
  const { alice } = await cast();
  const id = await create(alice);
  const odd = ["\0", "\ud800", "x".repeat(3000), "%00", "' or 1=1 --", "-1", "﷽", "{}", "[]"];
  for (const value of odd) {
    const asked = encodeURIComponent(value.toWellFormed());
    for (
      const path of [
        `/contacts?q=${asked}&tag=${asked}&owner=${asked}&status=${asked}&company=${asked}`,
        `/contacts?after=${asked}&before=${asked}&sort=${asked}&dir=${asked}`,
        `/contacts/${asked}`,
        `/contacts/${id}?timeline=${asked}&before=${asked}`,
        `/search?q=${asked}`,
        `/companies/names?x=${asked}`,
        `/trash?after=${asked}`,
      ]
    ) assert((await alice.get(path)).status < 500, path);
    const broken = Object.fromEntries(Object.keys(anna).map((name) => [name, value]));
    assert((await alice.post("/contacts/new", broken)).status < 500);
    for (const name of Object.keys(anna)) {
      const answer = await alice.post("/contacts/new", { ...anna, _anyway: "1", [name]: value });
      assert(answer.status < 500, `${name} ${JSON.stringify(value)}`);
    }
    assert((await alice.post(`/contacts/${id}/edit`, edited(value, {}))).status < 500);
  }
  const odder: Fields = {
    ...anna,
    emails: "x",
    "phones.0": "y",
    "__proto__.x": "z",
    "a.b.c.d.e": "1",
  };
  assert((await alice.post("/contacts/new", odder)).status < 500);
  assert((await alice.post("/contacts/new", { ...anna, ownerId: newId() })).status === 422);
  assertEquals(errors, []);
});

Deno.test("POST /contacts/new names a missing name and a missing source at once", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/contacts/new", { firstName: "", lastName: "", status: "lead" });
  assertEquals(answer.status, 422);
  const shown = await text(answer);
  assertMatch(shown, /Woher stammen die Daten\?/);
  assertMatch(shown, /2 Angaben/);
});
