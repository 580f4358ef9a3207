/** Custom fields: defined in the settings, used in forms and on pages, renamed and deleted everywhere. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as customFields from "../db/custom_fields.ts";
import { cast, type Person } from "./support/cast.ts";
import type { Fields } from "./support/app.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { idOf, text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const edited = (fields: Fields): Fields => ({
  firstName: "Anna",
  lastName: "Röder",
  source: "Anfrage",
  legalBasis: "pre_contract",
  purpose: "sales",
  version: "1",
  ...fields,
});

/** One field of every kind; their ids. */
async function everyKind(alice: Person): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (
    const kind of [
      "text",
      "long_text",
      "number",
      "money",
      "date",
      "yes_no",
      "link",
      "person",
    ]
  ) ids[kind] = await define(alice, { kind, labelDe: `Feld ${kind}` });
  const choices = { "choices.0.labelDe": "Gold", "choices.1.labelDe": "Silber" };
  ids.choice = await define(alice, { kind: "choice", labelDe: "Stufe", ...choices });
  ids.choices = await define(alice, { kind: "choices", labelDe: "Themen", ...choices });
  return ids;
}

const choiceIds = (person: Person, fieldId: string) =>
  person.scope(async ({ sql, tenantId }) =>
    (await sql<{ id: string }[]>`
      select id
      from custom_choices
      where tenant_id = ${tenantId}
        and field_id = ${fieldId}
      order by position
    `).map(({ id }) => id)
  );

Deno.test("a value of every kind is stored, shown, and in the form again", async () => {
  const { alice, bob } = await cast();
  const ids = await everyKind(alice);
  const [gold, silver] = await choiceIds(alice, ids.choice!);
  const [one, two] = await choiceIds(alice, ids.choices!);
  const other = await newContact(bob, { firstName: "Stefan", lastName: "Steuer" });
  const name = (kind: string) => fieldName(ids[kind]!);
  const contact = await newContact(bob, {
    [name("text")]: "  Ein Wort ",
    [name("long_text")]: "Zeile 1\r\nZeile 2",
    [name("number")]: "1.234,5",
    [name("money")]: "1.234,50 €",
    [name("date")]: "2026-12-31",
    [name("yes_no")]: "no",
    [name("link")]: "www.example.org/a",
    [name("person")]: "stefan steuer",
    [name("choice")]: silver!,
    [name("choices")]: [two!, one!],
  });
  assertEquals(await valuesIn(bob, "contact", contact), {
    [ids.text!]: ["Ein Wort"],
    [ids.long_text!]: ["Zeile 1\nZeile 2"],
    [ids.number!]: ["1234.5"],
    [ids.money!]: ["1234.50"],
    [ids.date!]: ["2026-12-31"],
    [ids.yes_no!]: ["no"],
    [ids.link!]: ["https://www.example.org/a"],
    [ids.person!]: [other],
    [ids.choice!]: [silver],
    [ids.choices!]: [one, two],
  });
  const page = await text(await bob.get(`/contacts/${contact}`));
  for (
    const shown of [
      "Ein Wort",
      "1.234,5",
      "1.234,50 €",
      "31.12.2026",
      "nein",
      "www.example.org/a",
      "Stefan Steuer",
      "Silber",
      "Gold, Silber",
    ]
  ) assertStringIncludes(page, shown);
  const form = await (await bob.get(`/contacts/${contact}/edit`)).text();
  assertStringIncludes(form, 'value="1234,5"');
  assertStringIncludes(form, 'value="1.234,50"');
  assertStringIncludes(form, `value="${silver}" selected`);
  assert(gold);
});

Deno.test("a fault is shown beside its field and nothing that was typed is lost", async () => {
  const { alice, bob } = await cast();
  const ids = await everyKind(alice);
  const must = await define(alice, { kind: "text", labelDe: "Muss", required: "on" });
  const wrong = {
    [fieldName(ids.number!)]: "zwölf",
    [fieldName(ids.money!)]: "-3",
    [fieldName(ids.date!)]: "2026-02-30",
    [fieldName(ids.link!)]: "javascript:alert(1)",
    [fieldName(ids.choice!)]: ids.text!,
    [fieldName(ids.person!)]: "Niemand Nirgends",
    [fieldName(must)]: "\0 ",
  };
  const answer = await bob.post("/contacts/new", {
    lastName: "Röder",
    origin: "inquiry",
    ...wrong,
  });
  assertEquals(answer.status, 422);
  const html = await answer.text();
  const faulty = Object.keys(wrong).filter((name) => name !== fieldName(ids.person!));
  for (const name of faulty) assertStringIncludes(html, `id="${domId(name)}-error"`);
  assertStringIncludes(html, 'value="zwölf"');
  const late = await bob.post("/contacts/new", {
    lastName: "Röder",
    origin: "inquiry",
    [fieldName(must)]: "da",
    [fieldName(ids.person!)]: "Niemand Nirgends",
  });
  assertEquals(late.status, 422);
  assertStringIncludes(await late.text(), "Diesen Kontakt gibt es nicht");
});

const domId = (name: string) => `f-${name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;

Deno.test("companies and deals have fields of their own", async () => {
  const { alice, bob } = await cast();
  const ofCompany = await define(alice, { recordKind: "company", labelDe: "Betriebsgröße" });
  const ofDeal = await define(alice, { recordKind: "deal", kind: "date", labelDe: "Laufzeit bis" });
  const company = idOf(
    await bob.post("/companies/new", { name: "Nordwind GmbH", [fieldName(ofCompany)]: "groß" }),
  );
  const board = await (await bob.get("/deals/new")).text();
  const stage = /<option value="([0-9a-f-]{36})"/.exec(board.split('name="stageId"')[1]!)![1]!;
  const deal = idOf(
    await bob.post("/deals/new", {
      title: "Wartung",
      stageId: stage,
      [fieldName(ofDeal)]: "2027-01-31",
    }),
  );
  assertStringIncludes(await text(await bob.get(`/companies/${company}`)), "Betriebsgröße groß");
  assertStringIncludes(await text(await bob.get(`/deals/${deal}`)), "Laufzeit bis 31.01.2027");
  const contact = await text(await bob.get("/contacts/new"));
  assert(!contact.includes("Betriebsgröße") && !contact.includes("Laufzeit bis"));
});

Deno.test("an edit is one version, history shows values only where the category allows it", async () => {
  const { alice, bob } = await cast();
  const level = await define(alice, {
    kind: "choice",
    labelDe: "Stufe",
    "choices.0.labelDe": "Gold",
    "choices.1.labelDe": "Silber",
  });
  const size = await define(alice, { kind: "number", labelDe: "Fläche" });
  const sum = await define(alice, { kind: "money", labelDe: "Rahmen" });
  const note = await define(alice, { kind: "text", labelDe: "Geheimes", category: "content" });
  const [gold, silver] = await choiceIds(alice, level);
  const contact = await newContact(bob, { [fieldName(level)]: gold!, [fieldName(note)]: "alt" });
  const change = {
    ...{ [fieldName(level)]: silver!, [fieldName(note)]: "neu und geheim" },
    ...{ [fieldName(size)]: "-1.234,5", [fieldName(sum)]: "1234,50" },
  };
  assertEquals((await bob.post(`/contacts/${contact}/edit`, edited(change))).status, 303);
  const page = await text(await bob.get(`/contacts/${contact}?timeline=changes`));
  assertStringIncludes(page, "Stufe: Gold → Silber");
  assertStringIncludes(page, "Fläche: leer → -1.234,5");
  assertStringIncludes(page, "Rahmen: leer → 1.234,50 €");
  assertStringIncludes(page, "Geheimes");
  const [entry] = await alice.test.db.owner`
    select fields::text from changes where record_id = ${contact} and action = 'updated'
  `;
  assert(!entry!.fields.includes("geheim"));
  const stale = await bob.post(`/contacts/${contact}/edit`, edited({ [fieldName(level)]: gold! }));
  assertEquals(stale.status, 409);
  const conflict = await text(stale);
  assertStringIncludes(conflict, "Stufe");
  assertStringIncludes(conflict, "Silber");
});

Deno.test("a new label of a choice is shown everywhere and found by search", async () => {
  const { test, alice, bob } = await cast();
  const level = await define(alice, {
    kind: "choice",
    labelDe: "Stufe",
    "choices.0.labelDe": "Platinrang",
  });
  const [id] = await choiceIds(alice, level);
  const contact = await newContact(bob, { [fieldName(level)]: id! });
  assertStringIncludes(await text(await bob.get("/contacts?q=platinrang")), "Röder");
  const answer = await alice.post(`/settings/fields/${level}`, {
    labelDe: "Stufe",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
    "choices.0.id": id!,
    "choices.0.labelDe": "Diamantrang",
  });
  assertEquals(answer.status, 303);
  assertStringIncludes(await text(await bob.get(`/contacts/${contact}`)), "Diamantrang");
  await drain(test);
  assertStringIncludes(await text(await bob.get("/contacts?q=diamantrang")), "Röder");
  assert(!(await text(await bob.get("/contacts?q=platinrang"))).includes("Röder"));
});

Deno.test("a choice in use is removed only when confirmed, and then from every record", async () => {
  const { test, alice, bob } = await cast();
  const level = await define(alice, {
    kind: "choices",
    labelDe: "Themen",
    "choices.0.labelDe": "Messebesuch",
    "choices.1.labelDe": "Katalog",
  });
  const [one, two] = await choiceIds(alice, level);
  const contact = await newContact(bob, { [fieldName(level)]: [one!, two!] });
  const without = {
    labelDe: "Themen",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
    "choices.0.id": two!,
    "choices.0.labelDe": "Katalog",
  };
  const asked = await alice.post(`/settings/fields/${level}`, without);
  assertEquals(asked.status, 422);
  assertStringIncludes(await text(asked), "1 Mal gewählt");
  assertEquals(await valuesIn(bob, "contact", contact), { [level]: [one, two] });
  await alice.post(`/settings/fields/${level}`, { ...without, anyway: "on" });
  assertEquals(await valuesIn(bob, "contact", contact), { [level]: [two] });
  await drain(test);
  assert(!(await text(await bob.get("/contacts?q=messebesuch"))).includes("Röder"));
});

Deno.test("deleting a field asks with the count and takes values, search and history along", async () => {
  const { test, alice, bob } = await cast();
  const field = await define(alice, { kind: "number", labelDe: "Punkte" });
  const contact = await newContact(bob, { [fieldName(field)]: "4711" });
  await bob.post(`/contacts/${contact}/edit`, edited({ [fieldName(field)]: "4712" }));
  assertStringIncludes(await text(await bob.get("/contacts?q=4712")), "Röder");
  const asked = await text(await alice.get(`/settings/fields/${field}/deletion`));
  assertStringIncludes(asked, "bei 1 Eintrag einen Wert");
  assertEquals((await alice.post(`/settings/fields/${field}/deletion`)).status, 303);
  const page = await text(await bob.get(`/contacts/${contact}`));
  assert(!page.includes("4712"));
  assertStringIncludes(page, "gelöschtes Feld");
  await drain(test);
  const { owner } = test.db;
  const [left] = await owner`select count(*)::int from custom_values where field_id = ${field}`;
  const [fields] = await owner`select count(*)::int from custom_fields where id = ${field}`;
  assertEquals([left!.count, fields!.count], [0, 0]);
  const [history] = await owner`
    select string_agg(fields::text, '') as all from changes where record_id = ${contact}
  `;
  assert(!history!.all.includes("471"));
  assert(!(await text(await bob.get("/contacts?q=4712"))).includes("Röder"));
});

Deno.test("only admins define fields, labels are unique, and a form sent twice makes one", async () => {
  const { alice, bob, charlie } = await cast();
  assertEquals((await bob.get("/settings/fields")).status, 403);
  const id = crypto.randomUUID();
  const field = { id, recordKind: "contact", kind: "text", labelDe: "Größe" };
  const rest = { category: "work", purpose: "sales", legalBasis: "contract" };
  for (let i = 0; i < 2; i++) {
    assertEquals((await alice.post("/settings/fields/new", { ...field, ...rest })).status, 303);
  }
  const twin = await alice.post("/settings/fields/new", { ...field, ...rest, id: "" });
  assertEquals(twin.status, 422);
  assertStringIncludes(await text(twin), "Das gibt es schon.");
  const bare = await alice.post("/settings/fields/new", { ...field, id: "", labelDe: "Anderes" });
  assertEquals(bare.status, 422);
  assertStringIncludes(await text(bare), "Zweck: Diese Angabe fehlt.");
  assertEquals((await charlie.get(`/settings/fields/${id}`)).status, 404);
  const list = await text(await alice.get("/settings/fields"));
  assertStringIncludes(list, "groesse");
  const register = await (await alice.get("/settings/fields/records.csv")).text();
  assertStringIncludes(register, "Kontakt;Größe;");
  assertStringIncludes(register, ";Vertrieb;");
});

Deno.test("fields are put in order, and English readers see English labels", async () => {
  const { alice } = await cast();
  await define(alice, { labelDe: "Erstes", labelEn: "First" });
  const second = await define(alice, { labelDe: "Zweites" });
  await alice.post(`/settings/fields/${second}/position`, { by: "-1" });
  const form = await text(await alice.get("/contacts/new"));
  assert(form.indexOf("Zweites") < form.indexOf("Erstes"));
  await alice.test.db.owner`update identities set locale = 'en' where id = ${alice.identityId}`;
  const english = await text(await alice.get("/contacts/new"));
  assertStringIncludes(english, "First");
  assertStringIncludes(english, "Zweites");
});

Deno.test("a new field comes last, also after earlier ones were removed", async () => {
  const { alice } = await cast();
  const ids: string[] = [];
  for (const labelDe of ["A", "B", "C", "D"]) ids.push(await define(alice, { labelDe }));
  for (const id of ids.slice(0, 2)) await alice.scope((scope) => customFields.remove(scope, id));
  await define(alice, { labelDe: "E" });
  const fields = await alice.scope((scope) => customFields.list(scope, "contact"));
  assertEquals(fields.map(({ labelDe }) => labelDe), ["C", "D", "E"]);
});
