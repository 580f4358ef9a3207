/** Custom fields in lists: filters, columns, sorting, search, saved views that outlive their fields. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { formOf, text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

/** So many contacts, of which every third has no value, the others one between 0 and 40. */
async function stock(person: Person, field: string, count: number): Promise<void> {
  await person.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Toni', 'Person ' || lpad(i::text, 4, '0'), 'Test',
        'sample', 'contract', 'sales', ${now}, ${now}, ${now}
      from generate_series(1, ${count}) as i
    `;
    await sql`
      insert into custom_values (tenant_id, id, field_id, kind, contact_id, value)
      select tenant_id, gen_random_uuid(), ${field}, 'number', id,
        (right(last_name, 4)::int * 7 % 41)::text
      from contacts
      where tenant_id = ${tenantId}
        and right(last_name, 4)::int % 3 > 0
    `;
    await sql`select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId}))`;
  });
}

const names = (html: string) =>
  [...html.matchAll(/Person (\d{4}), Toni<\/a>/g)].map((hit) => Number(hit[1]));
const link = (html: string, rel: "next" | "prev") =>
  new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1]?.replaceAll("&amp;", "&");

/** Every page from the first by "next", then back by "previous": both ways the same rows. */
async function walk(person: Person, path: string): Promise<number[]> {
  const pages: number[][] = [];
  let html = await (await person.get(path)).text();
  for (;;) {
    pages.push(names(html));
    const next = link(html, "next");
    if (!next) break;
    html = await (await person.get(next)).text();
  }
  for (const before of pages.slice(0, -1).reverse()) {
    html = await (await person.get(link(html, "prev")!)).text();
    assertEquals(names(html), before);
  }
  return pages.flat();
}

const value = (n: number) => n * 7 % 41;

Deno.test("a list sorted by a custom field pages both ways, those without a value come last", async () => {
  const { alice, bob } = await cast();
  const field = await define(alice, { kind: "number", labelDe: "Punkte" });
  await stock(alice, field, 130);
  const all = Array.from({ length: 130 }, (_, i) => i + 1);
  const without = all.filter((n) => n % 3 === 0);
  for (const direction of ["asc", "desc"]) {
    const found = await walk(bob, `/contacts?sort=custom:${field}&dir=${direction}`);
    assertEquals(new Set(found).size, 130);
    assertEquals(found.slice(-without.length), without);
    const values = found.slice(0, -without.length).map(value);
    const sorted = [...values].sort((a, b) => direction === "asc" ? a - b : b - a);
    assertEquals(values, sorted);
  }
  const searched = await walk(bob, `/contacts?q=Person&sort=custom:${field}&dir=desc`);
  assertEquals(searched, await walk(bob, `/contacts?sort=custom:${field}&dir=desc`));
  const few = await walk(bob, `/contacts?q=Person+000&sort=custom:${field}`);
  assertEquals(few, [1, 7, 2, 8, 4, 5, 3, 6, 9]);
  const narrowed = await walk(bob, `/contacts?sort=custom:${field}&custom.${field}.from=30`);
  assertEquals(narrowed.map(value), narrowed.map(value).sort((a, b) => a - b));
  assert(narrowed.length > 0 && narrowed.every((n) => value(n) >= 30 && n % 3 > 0));
});

Deno.test("ranges and empty fields narrow list, search and count alike", async () => {
  const { alice, bob } = await cast();
  const field = await define(alice, { kind: "number", labelDe: "Punkte" });
  await stock(alice, field, 120);
  const all = Array.from({ length: 120 }, (_, i) => i + 1);
  const wanted = all.filter((n) => n % 3 > 0 && value(n) >= 10 && value(n) <= 20);
  for (const q of ["", "&q=toni"]) {
    const range = `custom.${field}.from=10&custom.${field}.to=20,0${q}`;
    assertEquals((await walk(bob, `/contacts?${range}`)).sort((a, b) => a - b), wanted);
    const empty = await walk(bob, `/contacts?custom.${field}.empty=1${q}`);
    assertEquals(empty, all.filter((n) => n % 3 === 0));
  }
  const page = await text(await bob.get(`/contacts?custom.${field}.from=10`));
  assertStringIncludes(page, "Punkte: ab 10");
});

Deno.test("choices, texts and persons are filtered by what they say", async () => {
  const { alice, bob } = await cast();
  const level = await define(alice, {
    kind: "choices",
    labelDe: "Themen",
    "choices.0.labelDe": "Gold",
    "choices.1.labelDe": "Silber",
  });
  const word = await define(alice, { labelDe: "Wort" });
  const mentor = await define(alice, { kind: "person", labelDe: "Empfohlen von" });
  const form = await (await bob.get("/contacts/new")).text();
  const [gold, silver] = [
    ...form.matchAll(/value="([0-9a-f-]{36})"[^>]*>\s*<span>(?:Gold|Silber)/g),
  ]
    .map((hit) => hit[1]!);
  await newContact(bob, { lastName: "Größe", firstName: "Götz" });
  await newContact(bob, {
    lastName: "Treffer",
    [fieldName(level)]: [gold!, silver!],
    [fieldName(word)]: "Äpfel und Öl",
    [fieldName(mentor)]: "Götz Größe",
  });
  const hit = async (query: string) =>
    (await text(await bob.get(`/contacts?${query}`))).includes("Treffer, Anna");
  for (const q of ["", "&q=treffer"]) {
    assert(await hit(`custom.${level}.is=${gold}${q}`), q);
    assert(await hit(`custom.${level}.is=${silver}&custom.${word}.like=aepfel${q}`), q);
    assert(await hit(`custom.${mentor}.like=groesse${q}`), q);
    assert(!await hit(`custom.${word}.like=birne${q}`), q);
    assert(!await hit(`custom.${level}.is=${newId()}${q}`), q);
  }
  assert(await hit("q=oel"));
  const fewer = { labelDe: "Themen", category: "classification", purpose: "sales" };
  const kept = { "choices.0.id": silver!, "choices.0.labelDe": "Silber", anyway: "on" };
  await alice.post(`/settings/fields/${level}`, { ...fewer, ...kept, legalBasis: "contract" });
  assert(!await hit(`custom.${level}.is=${gold}`));
  assert(await hit(`sort=custom:${level}`), "who has lost the first of two choices is still there");
  assertStringIncludes(
    await text(await alice.get(`/settings/fields/${level}/deletion`)),
    "bei 1 Eintrag einen Wert",
  );
});

Deno.test("a column shows the values of the page, and can be chosen and sorted by", async () => {
  const { alice, bob } = await cast();
  const field = await define(alice, { kind: "money", labelDe: "Jahresumsatz" });
  await newContact(bob, { [fieldName(field)]: "12.500,00" });
  const plain = await text(await bob.get("/contacts"));
  assert(!plain.includes("12.500,00"));
  const shown = await (await bob.get(`/contacts?cols=company&cols=custom:${field}`)).text();
  assert(/12\.500,00\s&#8364;/.test(shown));
  assertStringIncludes(shown, `sort=custom%3A${field}`);
  assertStringIncludes(await text(await bob.get("/companies")), "Spalten");
});

Deno.test("English readers find numbers in a form with their own sign, and save the same ones", async () => {
  const { alice } = await cast();
  const field = await define(alice, { kind: "number", labelDe: "Punkte" });
  const contact = await newContact(alice, { [fieldName(field)]: "1,125" });
  await alice.test.db.owner`update identities set locale = 'en' where id = ${alice.identityId}`;
  const at = `/contacts/${contact}/edit`;
  const form = formOf(await (await alice.get(at)).text());
  assertEquals(form[fieldName(field)], "1.1250");
  assertEquals((await alice.post(at, form)).status, 303);
  assertEquals((await valuesIn(alice, "contact", contact))[field], ["1.125"]);
});

Deno.test("a saved view outlives its field: filter, column and order are ignored", async () => {
  const { test, alice, bob } = await cast();
  const field = await define(alice, { kind: "number", labelDe: "Punkte" });
  await newContact(bob, { [fieldName(field)]: "3" });
  const query = `cols=company,custom:${field}&sort=custom:${field}&custom.${field}.from=2`;
  await bob.post("/views/new", { kind: "contact", query, name: "Punktejagd" });
  await alice.post(`/settings/fields/${field}/deletion`);
  for (const q of ["", "&q=anna"]) {
    const page = await text(await bob.get(`/contacts?${query}${q}`));
    assertStringIncludes(page, "Röder, Anna");
    assertStringIncludes(page, "gelöschtes Feld");
  }
  await drain(test);
  assertStringIncludes(await text(await bob.get(`/contacts?${query}`)), "Röder, Anna");
});

Deno.test("whatever an address asks of custom fields, the answer is a list", async () => {
  const { bob } = await cast();
  for (
    const query of [
      `custom.${newId()}.from=NaN`,
      `custom.${newId()}.from=99999999999999999999`,
      `custom.x.is=1&custom.${newId()}.is=%00`,
      `custom.${newId()}.like=%25_%5C&q=a`,
      `sort=custom:${newId()}&dir=desc&after=${newId()}`,
      `sort=custom:&cols=custom:1,custom:${newId()}`,
      Array.from({ length: 30 }, () => `custom.${newId()}.empty=1`).join("&"),
    ]
  ) {
    for (const list of ["/contacts", "/companies", "/deals"]) {
      const answer = await bob.get(`${list}?${query}`);
      await answer.body?.cancel();
      assertEquals(answer.status, 200, `${list}?${query}`);
    }
  }
});
