/** Custom fields under the rights of persons, in changes of many records, in templates and for machines. */
import * as accessJson from "../db/access_json.ts";
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as accessPackages from "../db/access_packages.ts";
import { columnOf } from "../db/custom_columns.ts";
import * as customFields from "../db/custom_fields.ts";
import * as customValues from "../db/custom_values.ts";
import * as erasurePlans from "../db/erasure_plans.ts";
import * as erasureRows from "../db/erasure_rows.ts";
import * as caseItems from "../db/case_items.ts";
import { newId } from "../db/ids.ts";
import * as portability from "../db/portability.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { request } from "./support/officers.ts";
import { drain } from "./support/worker.ts";

const choice = {
  kind: "choice",
  labelDe: "Betreuungsstufe",
  "choices.0.labelDe": "Gold",
  "choices.1.labelDe": "Silber",
};

const choicesOf = (person: Person, id: string) =>
  person.scope(async (scope) =>
    (await customFields.find(scope, id)).choices.map((choice) => choice.id)
  );

const personOf = (alice: Person, contact: string) =>
  alice.scope((scope) => accessPackages.findPerson(scope, contact));

Deno.test("access names label, value, purpose and basis of every custom field", async () => {
  const { alice, bob } = await cast();
  const level = await define(alice, {
    ...choice,
    purpose: "marketing",
    legalBasis: "consent",
    labelEn: "Level of care",
    "choices.0.labelEn": "Golden",
  });
  const hobby = await define(alice, { labelDe: "Lieblingshafen" });
  const [gold] = await choicesOf(alice, level);
  const contact = await newContact(bob, {
    [fieldName(level)]: gold!,
    [fieldName(hobby)]: "Travemünde",
  });
  const person = await personOf(alice, contact);
  const { config } = alice.test.services;
  const found = await alice.scope((scope) => accessPackages.read(scope, config, person));
  const json = accessJson.toJson(found, new Date(0));
  const own = (json.data as Record<string, Record<string, unknown>[]>).custom_values!;
  const shown = own.map((row) => [row.field_id, row.value, row.purpose, row.legal_basis]).sort();
  assertEquals(shown, [
    ["Betreuungsstufe", "Gold", "marketing", "consent"],
    ["Lieblingshafen", "Travemünde", "sales", "contract"],
  ]);
  const english = await alice.scope((scope) => accessPackages.read(scope, config, person, "en"));
  const rows = english.tables.find(({ table }) => table === "custom_values")!.rows;
  // What has no English name keeps its German one.
  assertEquals(rows.map((row) => [row.field_id, row.value]).sort(), [
    ["Level of care", "Golden"],
    ["Lieblingshafen", "Travemünde"],
  ]);
});

Deno.test("portability includes what a person provided, not what the tenant derived from it", async () => {
  const { alice, bob } = await cast();
  const given = await define(alice, { labelDe: "Wunschfarbe", provided: "on" });
  const made = await define(alice, { labelDe: "Einschätzung" });
  const contact = await newContact(bob, {
    origin: "customer",
    [fieldName(given)]: "Seegrün",
    [fieldName(made)]: "schwierig",
  });
  const person = await personOf(alice, contact);
  const document = await alice.scope((scope) =>
    portability.read(scope, "http://localhost:8000", person)
  );
  assertEquals(document!.persons[0]!.custom, [
    { name: "wunschfarbe", label: "Wunschfarbe", value: "Seegrün" },
  ]);
  const csv = portability.toCsv(document!);
  assert(csv.includes("Wunschfarbe") && csv.includes("Seegrün") && !csv.includes("schwierig"));
  const columns = await alice.scope(async (scope) =>
    (await customFields.list(scope)).map(columnOf)
  );
  assertEquals(columns.map((column) => column.inPortabilityExport), [true, false]);
  assert(columns.every((column) => column.inAccessExport && column.erasure === "cascade"));
});

Deno.test("a right of rectification writes a custom field, with its history and its search", async () => {
  const { test, alice } = await cast();
  const level = await define(alice, choice);
  const [gold, silver] = await choicesOf(alice, level);
  const email = `${newId()}@person.example`;
  const contact = await newContact(alice, {
    origin: "customer",
    "emails.0.address": email,
    [fieldName(level)]: gold!,
  });
  const { id } = await request(test, alice.tenantId, ["rectification"], { personEmail: email });
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const at = `/settings/requests/items/${item!.id}`;
  assertStringIncludes(
    await text(await alice.get(`/settings/requests/${id}`)),
    "Betreuungsstufe: Gold",
  );
  const note = (value: string) =>
    alice.post(`${at}/rectification`, {
      id: newId(),
      what: `${contact} custom.${level} Gold`,
      value,
      proof: "Vertrag lag vor",
    });
  assertEquals((await note("Bronze")).status, 422);
  assertEquals((await note("silber")).status, 303);
  const prefix = `item_${item!.id.slice(-12)}`;
  const { version } = await alice.scope((scope) => caseItems.find(scope, item!.id));
  await alice.post(`${at}/decision`, {
    version: String(version),
    [`${prefix}.action`]: "approve",
    [`${prefix}.reason`]: "",
    [`${prefix}.paragraph`]: "",
    [`${prefix}.ground`]: "",
  });
  await drain(test);
  assertEquals(await valuesIn(alice, "contact", contact), { [level]: [silver] });
  assertStringIncludes(await text(await alice.get("/contacts?q=silber")), "Röder");
  assertStringIncludes(
    await text(await alice.get(`/contacts/${contact}?timeline=changes`)),
    "Betreuungsstufe",
  );
});

Deno.test("an erasure covers custom values and mentions, and makes deals' texts unreadable", async () => {
  const { alice } = await cast();
  const word = await define(alice, { labelDe: "Wort" });
  const mentor = await define(alice, { kind: "person", labelDe: "Empfohlen von" });
  const remark = await define(alice, { recordKind: "deal", labelDe: "Vermerk" });
  const contact = await newContact(alice, { lastName: "Vergesslich", [fieldName(word)]: "x" });
  const other = await newContact(alice, { [fieldName(mentor)]: "Anna Vergesslich" });
  const board = await (await alice.get("/deals/new")).text();
  const stage = /<option value="([0-9a-f-]{36})"/.exec(board.split('name="stageId"')[1]!)![1]!;
  const deal = idOf(
    await alice.post("/deals/new", {
      title: "Wartung",
      stageId: stage,
      contactIds: contact,
      [fieldName(remark)]: "mit Anna Vergesslich besprochen",
    }),
  );
  const file = await put(alice, `/deals/${deal}`, fileOf(pdf(), "Brief an Vergesslich.pdf"));
  const person = await personOf(alice, contact);
  const plan = await alice.scope((scope) => erasurePlans.make(scope, person));
  assertEquals(plan.tables.find(({ name }) => name === "custom_values")?.count, 2);
  await alice.scope((scope) => erasureRows.maskShared(scope, person, []));
  const [masked] = (await valuesIn(alice, "deal", deal))[remark]!;
  assert(!masked!.includes("Vergesslich") && masked!.endsWith("besprochen"));
  assert(!(await text(await alice.get("/deals?q=vergesslich"))).includes("Wartung"));
  const [kept] = await alice.test.db.owner`select name, search from files where id = ${file}`;
  assertEquals([kept!.name, kept!.search.trim()], ["Brief an █████.pdf", "brief an █████ pdf"]);
  await alice.test.db.owner`delete from contacts where id = ${contact}`;
  assertEquals(await valuesIn(alice, "contact", other), {});
});

Deno.test("a restricted person in a custom field is named nowhere, and kept when the record is saved", async () => {
  const { test, alice, bob } = await cast();
  const mentor = await define(alice, { kind: "person", labelDe: "Empfohlen von" });
  const hidden = await newContact(bob, { firstName: "Rita", lastName: "Ruhig" });
  const bearer = await newContact(bob, { [fieldName(mentor)]: "Rita Ruhig" });
  await test.db.owner`update contacts set restricted_at = now() where id = ${hidden}`;
  for (
    const path of [
      `/contacts/${bearer}`,
      `/contacts/${bearer}/edit`,
      `/contacts?cols=custom:${mentor}`,
    ]
  ) assert(!(await text(await bob.get(path))).includes("Ruhig"), path);
  const empty = await text(await bob.get(`/contacts?custom.${mentor}.like=ruhig`));
  assert(!empty.includes("Röder"));
  const file = await bob.post("/exports", { kind: "contacts", format: "csv", purpose: "move" });
  assert(!(await file.text()).includes("Ruhig"));
  const saved = await bob.post(`/contacts/${bearer}/edit`, {
    ...{ firstName: "Anna", lastName: "Röder", source: "x", legalBasis: "contract" },
    ...{ purpose: "sales", version: "1", position: "neu", [fieldName(mentor)]: "" },
  });
  assertEquals(saved.status, 303);
  assertEquals(await valuesIn(bob, "contact", bearer), { [mentor]: [hidden] });
});

Deno.test("a custom field of many records is set at once, and the undo restores each value", async () => {
  const { alice, bob } = await cast();
  const level = await define(alice, choice);
  const [gold, silver] = await choicesOf(alice, level);
  const one = await newContact(bob, { [fieldName(level)]: gold! });
  const two = await newContact(bob);
  const asked = { kind: "contact", action: `custom:${level}`, ids: [one, two] };
  const page = await text(
    await bob.get(`/bulk-changes/new?${new URLSearchParams([
      ["kind", "contact"],
      ["action", asked.action],
      ["ids", one],
      ["ids", two],
    ])}`),
  );
  assertStringIncludes(page, "„Betreuungsstufe“ ändern");
  const wrong = { ...asked, counted: "2", [fieldName(level)]: one };
  assertEquals((await bob.post("/bulk-changes/new", wrong)).status, 422);
  const wish = { ...asked, counted: "2", [fieldName(level)]: silver! };
  assertEquals((await bob.post("/bulk-changes/new", wish)).status, 303);
  assertEquals(await valuesIn(bob, "contact", two), { [level]: [silver] });
  assertStringIncludes(await text(await bob.get("/contacts?q=silber")), "2 Einträge");
  const history = await text(await bob.get(`/contacts/${one}?timeline=changes`));
  assertStringIncludes(history, "Betreuungsstufe: Gold → Silber");
  const [change] = await alice.test.db.owner`
    select id from bulk_changes where tenant_id = ${alice.tenantId}
  `;
  assertEquals((await bob.post(`/bulk-changes/${change!.id}/undo`)).status, 303);
  assertEquals(await valuesIn(bob, "contact", one), { [level]: [gold] });
  assertEquals(await valuesIn(bob, "contact", two), {});
});

Deno.test("templates find custom fields by their names, in the reader's words", async () => {
  const { alice } = await cast();
  const level = await define(alice, { ...choice, labelEn: "Care level" });
  const worth = await define(alice, { kind: "money", labelDe: "Wert" });
  const until = await define(alice, { kind: "date", labelDe: "Läuft bis" });
  const active = await define(alice, { kind: "yes_no", labelDe: "Aktiv" });
  const mentor = await define(alice, { kind: "person", labelDe: "Pate" });
  const [gold] = await choicesOf(alice, level);
  await newContact(alice, { firstName: "Paul", lastName: "Pate" });
  const contact = await newContact(alice, {
    [fieldName(level)]: gold!,
    [fieldName(worth)]: "1.234,50",
    [fieldName(until)]: "31.01.2027",
    [fieldName(active)]: "no",
    [fieldName(mentor)]: "Paul Pate",
  });
  const words = (locale: "de" | "en") =>
    alice.scope((scope) => customValues.named(scope, "contact", contact, locale));
  assertEquals(await words("de"), {
    betreuungsstufe: "Gold",
    wert: "1.234,50\u00a0€",
    laeuft_bis: "31.01.2027",
    aktiv: "nein",
    pate: "Paul Pate",
  });
  assertEquals((await words("en")).aktiv, "no");
});
