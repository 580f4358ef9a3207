/** Custom fields in files: exports of every format come back equal, imports fill, overwrite and undo. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { formats } from "../db/exports.ts";
import { type Answer, newContact as person, program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { each, settle } from "./support/field_rights.ts";
import { idOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const kinds = ["text", "long_text", "number", "money", "date", "yes_no", "link"];
const offered = { "choices.0.labelDe": "Gold, fein", "choices.1.labelDe": "Silber" };

/** The same fields in a tenant, by their labels; one is named like a built-in field. */
async function fields(alice: Person): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const kind of kinds) {
    ids[kind] = await define(alice, { kind, labelDe: `Eigenes ${kind}`, labelEn: `Own ${kind}` });
  }
  ids.choice = await define(alice, { kind: "choice", labelDe: "Stufe der Betreuung", ...offered });
  ids.choices = await define(alice, { kind: "choices", labelDe: "Themenkreise", ...offered });
  ids.notes = await define(alice, { kind: "text", labelDe: "Notizen" });
  return ids;
}

/** What a person's custom fields hold by the keys above, choices by their labels. */
async function held(person: Person, contact: string, ids: Record<string, string>) {
  const values = await valuesIn(person, "contact", contact);
  const choices = await person.scope(({ sql, tenantId }) =>
    sql<{ id: string; labelDe: string }[]>`
      select id, label_de from custom_choices where tenant_id = ${tenantId}
    `
  );
  const label = (value: string) => choices.find(({ id }) => id === value)?.labelDe ?? value;
  return Object.fromEntries(
    Object.entries(ids).map(([key, id]) => [key, (values[id] ?? []).map(label)]),
  );
}

const contactNamed = async (person: Person, lastName: string): Promise<string> =>
  (await person.scope(({ sql, tenantId }) =>
    sql<{ id: string }[]>`
      select id from contacts where tenant_id = ${tenantId} and last_name = ${lastName}
    `
  ))[0]!.id;

Deno.test("an export of any format brings custom fields back unchanged in another tenant", async () => {
  const { alice, charlie } = await cast();
  const [here, there] = [await fields(alice), await fields(charlie)];
  const form = await (await alice.get("/contacts/new")).text();
  const option = (field: string, label: string) => {
    const part = form.slice(form.indexOf(`name="${fieldName(field)}"`));
    return new RegExp(`value="([0-9a-f-]{36})"[^>]*>\\s*(?:<span>)?${label}`).exec(part)![1]!;
  };
  await newContact(alice, {
    lastName: "Rundweg",
    [fieldName(here.text!)]: "=Wort; mit, Zeichen",
    [fieldName(here.long_text!)]: "Eins\nzwei",
    [fieldName(here.number!)]: "-1,234",
    [fieldName(here.money!)]: "1.234,50",
    [fieldName(here.date!)]: "2026-02-03",
    [fieldName(here.yes_no!)]: "no",
    [fieldName(here.link!)]: "https://example.org/a?b=c",
    [fieldName(here.choice!)]: option(here.choice!, "Gold, fein"),
    [fieldName(here.choices!)]: [
      option(here.choices!, "Gold, fein"),
      option(here.choices!, "Silber"),
    ],
    [fieldName(here.notes!)]: "heißt wie ein anderes",
  });
  const contact = await contactNamed(alice, "Rundweg");
  const wanted = await held(alice, contact, here);
  assertEquals(wanted.choices, ["Gold, fein", "Silber"]);
  for (const format of formats) {
    const answer = await alice.post("/exports", { kind: "contacts", format, purpose: "move" });
    assertEquals(answer.status, 200);
    const name = `k.${format.startsWith("vcf") ? "vcf" : format === "excel_de" ? "csv" : format}`;
    const file = fileOf(new Uint8Array(await answer.arrayBuffer()), name);
    await importAll(charlie, file);
    const back = await contactNamed(charlie, "Rundweg");
    assertEquals(await held(charlie, back, there), wanted, format);
    const found = await text(await charlie.get("/contacts?q=heisst+wie"));
    assertStringIncludes(found, "Rundweg", format);
    await charlie.scope(({ sql, tenantId }) =>
      sql`delete from contacts where tenant_id = ${tenantId}`
    );
  }
});

Deno.test("a heading marked as a custom field is read as German, English and earlier files have it", async () => {
  const { alice } = await cast();
  const notes = await define(alice, { labelDe: "Notizen", labelEn: "Notes" });
  const headings = ["Notizen (eigenes Feld)", "Notes (custom field)", "Notes (own field)"];
  for (const [n, heading] of headings.entries()) {
    await importAll(alice, fileOf(`Nachname;${heading}\nMarke${n};Wert ${n}\n`, "marken.csv"));
    const contact = await contactNamed(alice, `Marke${n}`);
    assertEquals(await valuesIn(alice, "contact", contact), { [notes]: [`Wert ${n}`] }, heading);
  }
});

Deno.test("exports of deals and companies include custom fields", async () => {
  const { alice } = await cast();
  const size = await define(alice, { recordKind: "company", labelDe: "Betriebsklasse" });
  idOf(await alice.post("/companies/new", { name: "Nordwind GmbH", [fieldName(size)]: "groß" }));
  const export1 = { kind: "companies", format: "excel_de", purpose: "move" };
  const companies = await (await alice.post("/exports", export1)).text();
  assert(/;Betriebsklasse\r\n/.test(companies) && /;groß\r\n/.test(companies));
  await define(alice, { recordKind: "deal", kind: "yes_no", labelDe: "Mit Wartung" });
  const deals = await (await alice.post("/exports", { ...export1, kind: "deals" })).text();
  assert(deals.includes(";Mit Wartung"));
});

Deno.test("an import fills what is empty or overwrites, warns of what does not fit, and is undone", async () => {
  const { test, alice } = await cast();
  const points = await define(alice, { kind: "number", labelDe: "Punktestand" });
  const mentor = await define(alice, { kind: "person", labelDe: "Empfehlung durch" });
  const contact = await newContact(alice, {
    "emails.0.address": "anna@example.org",
    [fieldName(points)]: "7",
  });
  const other = await newContact(alice, { firstName: "Stefan", lastName: "Steuer" });
  const rows = (points: string, mentor: string) =>
    fileOf(
      `Vorname;Nachname;E-Mail;Punktestand;Empfehlung durch\nAnna;Röder;anna@example.org;${points};${mentor}\n`,
    );
  await importAll(alice, rows("9", "Stefan Steuer"), { existing: "fill" });
  assertEquals(await valuesIn(alice, "contact", contact), { [points]: ["7"], [mentor]: [other] });
  const id = await importAll(alice, rows("9,5", ""), { existing: "overwrite" });
  assertEquals(await valuesIn(alice, "contact", contact), { [points]: ["9.5"], [mentor]: [other] });
  const page = await text(await alice.get(`/imports/${id}`));
  assertStringIncludes(page, "Eigene Felder");
  assertEquals((await alice.post(`/imports/${id}/undo`)).status, 303);
  await drain(test);
  assertEquals(await valuesIn(alice, "contact", contact), { [points]: ["7"], [mentor]: [other] });
  const fresh = fileOf(
    "Vorname;Nachname;Punktestand;Empfehlung durch\nNora;Neu;viele;Niemand Nirgends\n",
  );
  const odd = await text(await alice.get(`/imports/${await importAll(alice, fresh)}`));
  assertStringIncludes(odd, "„viele“ passt nicht zu diesem eigenen Feld");
  assertStringIncludes(odd, "„Niemand Nirgends“");
  assertEquals(await valuesIn(alice, "contact", await contactNamed(alice, "Neu")), {});
});

Deno.test("programs read and write custom fields, each fault by its field", async () => {
  const { alice } = await cast();
  const gold = { "choices.0.labelDe": "Gold", "choices.1.labelDe": "Silber" };
  const points = await define(alice, { kind: "number", labelDe: "Punkte", required: "on" });
  await define(alice, { kind: "choices", labelDe: "Themen", ...gold });
  await define(alice, { kind: "person", labelDe: "Mentorin" });
  await define(alice, { recordKind: "company", kind: "yes_no", labelDe: "Bio" });
  await define(alice, { recordKind: "deal", kind: "date", labelDe: "Laufzeit" });
  const api = await program(alice);
  const other = await newContact(alice, { [fieldName(points)]: "1" });
  const refused = await api.post(
    "/contacts",
    person("Falsch", { custom: { themen: ["Blech"], mentorin: crypto.randomUUID(), fremd: "x" } }),
  );
  assertEquals([refused.status, refused.json.code], [422, "invalid"]);
  assertEquals(pointers(refused), ["/custom/fremd", "/custom/punkte", "/custom/themen/0"]);
  const nobody = { punkte: "12.50", mentorin: crypto.randomUUID() };
  assertEquals(pointers(await api.post("/contacts", person("Falsch", { custom: nobody }))), [
    "/custom/mentorin",
  ]);
  const custom = { punkte: "12.50", themen: ["Silber", "Gold"], mentorin: other };
  const made = await api.post("/contacts", person("Programm", { custom }));
  assertEquals(made.json.custom, {
    punkte: "12.5",
    themen: ["Gold", "Silber"],
    mentorin: other,
  });
  const at = `/contacts/${made.json.id}`;
  const etag = made.headers.get("ETag")!;
  const change = { custom: { punkte: "7", themen: null } };
  const changed = await api.patch(at, change, etag);
  assertEquals(changed.json.custom, { punkte: "7", themen: [], mentorin: other });
  assertEquals(changed.json.version, 2);
  assertEquals((await api.patch(at, change, etag)).status, 412);
  const fresh = changed.headers.get("ETag")!;
  for (const wrong of [{ punkte: null }, { punkte: "zwölf" }, { punkte: true }, { punkte: "" }]) {
    assertEquals(pointers(await api.patch(at, { custom: wrong }, fresh)), ["/custom/punkte"]);
  }
  const odd = await api.patch(at, { custom: { punkte: "zwölf" } }, fresh);
  assertEquals(odd.json.errors[0].code, "number");
  const history = await text(await alice.get(`${at}?timeline=changes`));
  assertStringIncludes(history, "Punkte: 12,5 → 7");
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${other}`;
  assertEquals((await api.get(at)).json.custom.mentorin, null);
  const firm = await api.post("/companies", { name: "Hof GmbH", custom: { bio: false } });
  assertEquals(firm.json.custom, { bio: false });
  const firmAt = `/companies/${firm.json.id}`;
  const grown = await api.patch(firmAt, { custom: { bio: true } }, firm.headers.get("ETag")!);
  assertEquals(grown.json.custom, { bio: true });
  const [stage] = (await api.get("/pipelines")).json.data[0].stages;
  const deal = { title: "Wartung", stageId: stage.id, custom: { laufzeit: "2027-01-31" } };
  const sold = await api.post("/deals", deal);
  assertEquals(sold.json.custom, { laufzeit: "2027-01-31" });
  const late = { custom: { laufzeit: "2027-02-30" } };
  const never = await api.patch(`/deals/${sold.json.id}`, late, sold.headers.get("ETag")!);
  assertEquals(pointers(never), ["/custom/laufzeit"]);
});

Deno.test("programs filter and sort lists by custom fields, under their names", async () => {
  const { alice, bob } = await cast();
  const levels = { "choices.0.labelDe": "Gold", "choices.1.labelDe": "Silber" };
  await define(alice, { kind: "number", labelDe: "Punkte" });
  await define(alice, { kind: "choice", labelDe: "Stufe", ...levels });
  await define(alice, { labelDe: "Hobby" });
  await define(alice, { kind: "yes_no", labelDe: "Stammkunde" });
  const secret = await define(alice, { labelDe: "Kennwort" });
  const api = await program(bob);
  const all = {
    Ahrens: { punkte: "12.5", stufe: "Gold", hobby: "Rudern an der Elbe", stammkunde: true },
    Behrens: { punkte: "7", stufe: "Silber", hobby: "Segeln", kennwort: "geheim" },
    Carstens: {},
  };
  for (const [name, custom] of Object.entries(all)) {
    assertEquals((await api.post("/contacts", person(name, { custom }))).status, 201);
  }
  const found = async (query: string) =>
    (await api.get(`/contacts?${query}`)).json.data
      .map(({ lastName }: { lastName: string }) => lastName).join(" ");
  const asked: Record<string, string> = {
    "custom.punkte=12.5": "Ahrens",
    "custom.punkte.from=7&custom.punkte.to=12": "Behrens",
    "custom.stufe=Silber": "Behrens",
    "custom.hobby=elbe": "Ahrens",
    "custom.stammkunde=true": "Ahrens",
    "custom.hobby.empty=1": "Carstens",
    "custom.hobby=segeln&custom.stufe=Gold": "",
    "sort=custom.punkte": "Behrens Ahrens Carstens",
    "sort=custom.punkte&dir=desc": "Ahrens Behrens Carstens",
  };
  for (const [query, names] of Object.entries(asked)) {
    assertEquals(await found(query), names, query);
  }
  for (let more = 1; more <= 9; more++) await api.post("/contacts", person(`Ohne ${more}`));
  const pageful = await api.get("/contacts?limit=10&sort=custom.punkte");
  assertEquals(pageful.json.data.length, 10);
  const rest = await api.get(pageful.json.next.replace("/api/v1", ""));
  assertEquals(rest.json.data.length, 2);
  await settle(alice, "contact", each([secret], "member", "hidden"));
  const wrong = ["custom.punkte=viele", "custom.hobby.from=a", "custom.stufe=Blech", "custom.x=1"];
  for (const query of [...wrong, "custom.kennwort=geheim", "sort=custom.x", "custom.a.b.c=1"]) {
    const { status, json } = await api.get(`/contacts?${query}`);
    assertEquals([status, json.code], [400, "unknown_parameter"], query);
    assertEquals(pointers({ json } as Answer), [query.split("=")[0]!], query);
  }
});

const pointers = ({ json }: Answer): string[] =>
  json.errors.map(({ pointer }: { pointer: string }) => pointer);
