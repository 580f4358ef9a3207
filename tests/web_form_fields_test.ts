/** Custom fields in web forms: chosen by an admin, shown to the visitor, kept with the entry, never forced. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as accessPackages from "../db/access_packages.ts";
import * as contacts from "../db/contacts.ts";
import * as customFields from "../db/custom_fields.ts";
import { newId } from "../db/ids.ts";
import * as entries from "../db/web_form_entries.ts";
import type { Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { settle } from "./support/field_rights.ts";
import { text, values } from "./support/html.ts";
import { contactsOf, entry, fill, linkIn, make, settings, stranger } from "./support/web_forms.ts";
import { drain } from "./support/worker.ts";

/** What a form's settings send for custom fields, in this order; those that are needed end with `!`. */
const asks = (...ids: string[]): Fields =>
  Object.fromEntries(ids.flatMap((id, at) => [
    [`own.${at}.fieldId`, id.replace("!", "")],
    ...id.endsWith("!") ? [[`own.${at}.required`, "on"]] : [],
  ]));

const choices = (kind: "choice" | "choices", labelDe: string, ...words: string[]): Fields => ({
  kind,
  labelDe,
  ...Object.fromEntries(words.map((word, at) => [`choices.${at}.labelDe`, word])),
});

const choicesOf = (person: Person, id: string) =>
  person.scope(async (scope) =>
    (await customFields.find(scope, id)).choices.map((choice) => choice.id)
  );

/** A tenant with a field of each kind that a stranger can answer. */
async function stock() {
  const people = await cast();
  const { alice } = people;
  const own = {
    text: await define(alice, { labelDe: "Kundennummer", labelEn: "Customer number" }),
    long: await define(alice, { kind: "long_text", labelDe: "Ihr Vorhaben" }),
    number: await define(alice, { kind: "number", labelDe: "Anzahl Plätze" }),
    money: await define(alice, { kind: "money", labelDe: "Budget" }),
    date: await define(alice, { kind: "date", labelDe: "Wunschtermin" }),
    choice: await define(alice, choices("choice", "Anlass", "Umzug", "Neubau")),
    choices: await define(alice, choices("choices", "Gewerke", "Maler", "Dach", "Elektro")),
    yes: await define(alice, { kind: "yes_no", labelDe: "Rückruf erwünscht" }),
    link: await define(alice, { kind: "link", labelDe: "Ihre Website" }),
  };
  return { ...people, own };
}

const shown = async (page: Response) => {
  const html = await page.text();
  return { html, words: await text(new Response(html)) };
};

/** What notes of a contact say, the oldest first. */
const notesOf = async ({ test }: Person, contactId: string) =>
  (await test.db.owner<{ body: string }[]>`
    select a.body
    from activity_links l
    join activities a on a.tenant_id = l.tenant_id and a.id = l.activity_id
    where l.contact_id = ${contactId} and l.direct
    order by a.created_at, a.id
  `).map(({ body }) => body);

/** What the page shows as entered in a field. */
const typed = (html: string, id: string) => values(html, fieldName(id));

Deno.test("every kind is asked in its order, checked, kept until confirmed, and then the contact's", async () => {
  const { test, alice, own } = await stock();
  const order = Object.values(own).toReversed();
  const form = await make(alice, asks(...order));
  const page = await shown(await stranger(test).get(form.path));
  const places = order.map((id) => page.html.indexOf(`name="${fieldName(id)}"`));
  deepEqual(places, places.toSorted((a, b) => a - b));
  ok(places[0]! > 0);
  const [, newBuild] = await choicesOf(alice, own.choice);
  const [painter, , electric] = await choicesOf(alice, own.choices);
  const sent = entry(test, form.id, {
    [fieldName(own.text)]: "K-17",
    [fieldName(own.long)]: "Ein Haus\nam See",
    [fieldName(own.number)]: "1.250,5",
    [fieldName(own.money)]: "12.000",
    [fieldName(own.date)]: "2027-03-01",
    [fieldName(own.choice)]: newBuild!,
    [fieldName(own.choices)]: [electric!, painter!],
    [fieldName(own.yes)]: "yes",
    [fieldName(own.link)]: "person.example",
  });
  equal((await stranger(test).post(form.path, sent)).status, 200);
  equal((await contactsOf(test, sent.email)).length, 0);
  const { owner } = test.db;
  const [mail] = await owner<{ text: string }[]>`
    select body_text as text from mails where recipient = ${sent.email}
  `;
  ok(!mail!.text.includes("K-17"), "the mail contains nothing that was entered");
  for (let twice = 0; twice < 2; twice++) await stranger(test).post(linkIn(mail!.text));
  const [contact] = await contactsOf(test, sent.email);
  deepEqual(await valuesIn(alice, "contact", contact!.id), {
    [own.text]: ["K-17"],
    [own.long]: ["Ein Haus\nam See"],
    [own.number]: ["1250.5"],
    [own.money]: ["12000.00"],
    [own.date]: ["2027-03-01"],
    [own.choice]: [newBuild!],
    [own.choices]: [painter!, electric!],
    [own.yes]: ["yes"],
    [own.link]: ["https://person.example"],
  });
  const [row] = await owner`select custom from web_form_entries where form_id = ${form.id}`;
  deepEqual(row!.custom, {});
  match(await text(await alice.get("/contacts?q=K-17")), /Person, Petra|Petra Person/);
});

Deno.test("a fault is shown beside its field in the form's language, and nothing typed is lost", async () => {
  const { test, alice, own } = await stock();
  const { text: word, number, choices: many, choice, long } = own;
  const form = await make(alice, asks(`${word}!`, number, many, choice, long));
  const [painter, roof] = await choicesOf(alice, many);
  const wrong = entry(test, form.id, {
    lastName: "",
    [fieldName(number)]: "zwölf",
    [fieldName(many)]: [painter!, roof!],
    [fieldName(choice)]: newId(),
    [fieldName(long)]: "Bleibt\nstehen",
  });
  const german = await shown(await stranger(test).post(form.path, wrong));
  const english = await shown(await stranger(test).post(`${form.path}?lang=en`, wrong));
  match(german.words, /Kundennummer: Diese Angabe fehlt/);
  match(german.words, /Anzahl Plätze: /);
  match(english.words, /Customer number: This is missing|Customer number: .*missing/);
  for (const id of [word, number, choice]) {
    const at = `f-custom-${fieldName(id).slice("custom.".length)}`;
    ok(german.html.includes(`id="${at}-error"`), at);
    match(german.html, new RegExp(`aria-describedby="[^"]*${at}-error`));
  }
  deepEqual(typed(german.html, number), ["zwölf"]);
  match(german.html, /Bleibt\nstehen/);
  const ticked = [...german.html.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)]
    .filter(([tag]) => tag.includes("checked") && tag.includes(fieldName(many)));
  equal(ticked.length, 2);
  // In the app the field may stay empty: only the form demands it.
  await newContact(alice);
});

Deno.test("the notice names purpose and basis of each field, and which are needed", async () => {
  const { test, alice, own } = await stock();
  const care = await define(alice, {
    labelDe: "Vertragsnummer",
    labelEn: "Contract number",
    purpose: "customer_care",
    legalBasis: "legitimate_interest",
  });
  const form = await make(alice, asks(own.text, own.date, `${care}!`));
  const { words } = await shown(await stranger(test).get(form.path));
  match(
    words,
    /Nötig sind Nachname, E-Mail-Adresse und Vertragsnummer, alles andere ist freiwillig/,
  );
  match(
    words,
    /Kundennummer und Wunschtermin: Vertrieb\. Vertrag \(Art\. 6 Abs\. 1 lit\. b DSGVO\)/,
  );
  match(
    words,
    /Vertragsnummer: Kundenbetreuung\. Berechtigtes Interesse \(Art\. 6 Abs\. 1 lit\. f DSGVO\)/,
  );
  const english = await shown(await stranger(test).get(`${form.path}?lang=en`));
  match(english.words, /Needed: Last name, E-mail address and Contract number\./);
  match(
    english.words,
    /Contract number: Customer care\. Legitimate interest \(Art\. 6\(1\)\(f\) GDPR\)/,
  );
  const bare = await shown(await stranger(test).get((await make(alice)).path));
  match(bare.words, /Nötig sind Nachname und E-Mail-Adresse, alles andere ist freiwillig/);
  ok(!bare.words.includes("Wozu wir diese Angaben"));
});

Deno.test("what rests on consent is asked with it, taken with its tick alone, and never needed", async () => {
  const { test, alice } = await cast();
  const topics = await define(alice, {
    ...choices("choices", "Themen", "Wein", "Reisen"),
    purpose: "marketing",
    legalBasis: "consent",
  });
  const refused = async (more: Fields) => {
    const answer = await alice.post("/settings/forms/new", settings({ ...asks(topics), ...more }));
    equal(answer.status, 422);
    return await text(answer);
  };
  match(
    await refused({ "de.consent": "", "en.consent": "" }),
    /Feld beruht auf einer Einwilligung/,
  );
  match(await refused(asks(`${topics}!`)), /bleibt freiwillig \(Art\. 7 Abs\. 4 DSGVO\)/);
  const form = await make(alice, asks(topics));
  const [wine] = await choicesOf(alice, topics);
  const { consent: _, ...unticked } = entry(test, form.id, { [fieldName(topics)]: wine! });
  const answer = await shown(await stranger(test).post(form.path, unticked));
  match(answer.words, /Themen: Dafür brauchen wir die Einwilligung/);
  match(answer.html, new RegExp(`value="${wine}"[^>]*checked|checked[^>]*value="${wine}"`));
  const { sent } = await fill(test, form, { [fieldName(topics)]: wine! });
  const [contact] = await contactsOf(test, sent.email);
  deepEqual(await valuesIn(alice, "contact", contact!.id), { [topics]: [wine!] });
  // A form that asks for no consent any more does not ask for what would rest on it.
  const field = { labelDe: "Anrede im Brief", category: "classification", purpose: "marketing" };
  const plain = await define(alice, field);
  const bare = await make(alice, { ...asks(`${plain}!`), "de.consent": "", "en.consent": "" });
  await alice.post(`/settings/fields/${plain}`, {
    ...field,
    legalBasis: "consent",
    provided: "on",
  });
  const { html } = await shown(await stranger(test).get(bare.path));
  ok(!html.includes(fieldName(plain)));
  await fill(test, bare);
});

Deno.test("whoever makes a field rest on consent sees at once which forms lose it, and there until it is fixed", async () => {
  const { alice } = await cast();
  const field = { labelDe: "Anrede im Brief", category: "classification", purpose: "marketing" };
  const id = await define(alice, { ...field, legalBasis: "legitimate_interest" });
  const bare = { ...asks(id), name: "Ohne Häkchen", "de.consent": "", "en.consent": "" };
  const form = await make(alice, bare);
  await make(alice, { ...asks(id), name: "Mit Häkchen" });
  const at = `/settings/forms/${form.id}/edit`;
  const left = /Danach fragt das Formular zurzeit nicht: Anrede im Brief/;
  const page = async () => await text(await alice.get(at));
  ok(!left.test(await page()));
  const changed = await alice.post(`/settings/fields/${id}`, {
    ...{ ...field, legalBasis: "consent", provided: "on" },
  });
  const warned = await text(await alice.get(changed.headers.get("Location")!));
  match(warned, /fragen nicht mehr nach dem Feld, .*: Ohne Häkchen(?!, )/);
  ok(!warned.includes("Mit Häkchen"));
  match(await page(), left);
});

Deno.test("a purpose or basis changed while the page is open shows the form again, ticks included", async () => {
  const { test, alice } = await cast();
  const field = { labelDe: "Lieblingswein", category: "classification", legalBasis: "consent" };
  const id = await define(alice, { ...field, purpose: "sales" });
  const form = await make(alice, asks(id));
  const typed = entry(test, form.id, { [fieldName(id)]: "Riesling" });
  const change = await alice.post(`/settings/fields/${id}`, {
    ...{ ...field, purpose: "marketing", provided: "on" },
  });
  equal(change.status, 303);
  const visitor = stranger(test);
  const again = await visitor.post(form.path, typed);
  equal(again.status, 422);
  const { html, words } = await shown(again);
  match(words, /inzwischen geändert. Prüfen Sie Ihre Angaben/);
  match(html, /value="Riesling"/);
  ok(!/name="consent"[^>]*checked|checked[^>]*name="consent"/.test(html), "ticked again");
  equal((await contactsOf(test, typed.email)).length, 0);
  // A fast visitor is not taken for a program.
  const issued = values(html, "issued")[0]!;
  equal((await visitor.post(form.path, { ...typed, issued })).status, 200);
  const [mail] = await test.db.owner`select from mails where recipient = ${typed.email}`;
  ok(mail, "kept");
});

Deno.test("an existing contact is not overwritten: what was sent is in the note", async () => {
  const { test, alice, own } = await stock();
  const form = await make(alice, asks(own.text, own.choices, own.money, own.yes));
  const [painter, roof] = await choicesOf(alice, own.choices);
  const { sent } = await fill(test, form, { [fieldName(own.text)]: "K-1" });
  await fill(test, form, {
    email: sent.email,
    [fieldName(own.text)]: "K-2",
    [fieldName(own.choices)]: [roof!, painter!],
    [fieldName(own.money)]: "12.000,50",
    [fieldName(own.yes)]: "no",
  });
  const [contact] = await contactsOf(test, sent.email);
  deepEqual(await valuesIn(alice, "contact", contact!.id), { [own.text]: ["K-1"] });
  const words = (await notesOf(alice, contact!.id)).at(-1)!;
  match(words, /Der Kontakt wurde nicht geändert/);
  match(words, /Kundennummer: K-2\n/);
  match(words, /Gewerke: Maler, Dach/);
  match(words, /Budget: 12\.000,50\s€/);
  match(words, /Rückruf erwünscht: nein/);
});

Deno.test("a note reveals no value that field rights hide; the value goes into its field", async () => {
  const { test, alice, bob } = await cast();
  const secret = await define(alice, { labelDe: "Kennwort" });
  const form = await make(alice, asks(secret));
  const { sent } = await fill(test, form);
  await settle(alice, "contact", { [secret]: { member: "hidden" } });
  const [contact] = await contactsOf(test, sent.email);
  const again = (word: string) =>
    fill(test, form, { email: sent.email, [fieldName(secret)]: word });
  await again("Quasar");
  deepEqual(await valuesIn(alice, "contact", contact!.id), { [secret]: ["Quasar"] });
  await again("Pulsar");
  deepEqual(await valuesIn(alice, "contact", contact!.id), { [secret]: ["Quasar"] });
  const path = `/contacts/${contact!.id}`;
  ok(!/Quasar|Pulsar/.test(await text(await bob.get(path))));
  const notes = (await notesOf(alice, contact!.id)).join("\n");
  ok(!/Quasar|Pulsar/.test(notes));
  match(notes, /nur, was leer war und nicht alle sehen dürfen: Kennwort/);
  match(notes, /fragen Sie bei Bedarf nach: Kennwort/);
  match(await text(await alice.get(path)), /Quasar/);
  equal((await alice.scope((scope) => contacts.find(scope, contact!.id))).version, 2);
});

Deno.test("the settings ask for rows in order, move them without scripts, and refuse what cannot be", async () => {
  const { alice, charlie, own } = await stock();
  const sent = settings(asks(own.text, `${own.date}!`));
  const press = async (name: string, value: string) =>
    await (await alice.post("/settings/forms/new", { ...sent, [name]: value })).text();
  const chosen = (html: string) =>
    [...html.matchAll(/<select[^>]*name="own\.\d+\.fieldId"[\s\S]*?<\/select>/g)].map(([select]) =>
      /value="([^"]*)"[^>]*selected/.exec(select)?.[1] ?? ""
    );
  deepEqual(chosen(await press("_up", "own.1")), [own.date, own.text]);
  deepEqual(chosen(await press("_down", "own.0")), [own.date, own.text]);
  deepEqual(chosen(await press("_add", "own")), [own.text, own.date, ""]);
  deepEqual(chosen(await press("_remove", "own.0")), [own.date]);
  match(
    await press("_up", "own.1"),
    /name="own\.0\.required"[^>]*checked|checked[^>]*name="own\.0\.required"/,
  );
  const person = await define(alice, { kind: "person", labelDe: "Empfohlen von" });
  const company = await define(alice, { recordKind: "company", labelDe: "Branche" });
  const foreign = await define(charlie, { labelDe: "Fremd" });
  for (const id of [person, company, foreign, newId(), "x"]) {
    const answer = await alice.post("/settings/forms/new", settings(asks(id)));
    equal(answer.status, 422, id);
  }
  const twice = await alice.post("/settings/forms/new", settings(asks(own.text, own.text)));
  match(await text(twice), /Eigene Felder: Das gibt es schon/);
  const form = await make(alice, asks(own.text, "", `${own.date}!`));
  const html = await (await alice.get(`/settings/forms/${form.id}/edit`)).text();
  deepEqual(chosen(html), [own.text, own.date]);
  // What persons are asked for is theirs to take along, and stays so while a form asks.
  const field = await alice.scope((scope) => customFields.find(scope, own.text));
  equal(field.provided, true);
  const kept = await alice.post(`/settings/fields/${own.text}`, {
    labelDe: "Kundennummer",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
  });
  match(await text(kept), /Ein Webformular fragt danach/);
});

Deno.test("a field that goes is named with its forms; they work on, and what waits loses it", async () => {
  const { test, alice, own } = await stock();
  const form = await make(alice, asks(`${own.text}!`, own.choice));
  const [move] = await choicesOf(alice, own.choice);
  const sent = entry(test, form.id, {
    [fieldName(own.text)]: "K-9",
    [fieldName(own.choice)]: move!,
  });
  await stranger(test).post(form.path, sent);
  const asked = await text(await alice.get(`/settings/fields/${own.text}/deletion`));
  match(asked, /Aus diesen Webformularen verschwindet das Feld: Kontaktformular/);
  equal((await alice.post(`/settings/fields/${own.text}/deletion`)).status, 303);
  // A choice that is taken away is no answer any more.
  await alice.post(`/settings/fields/${own.choice}`, {
    ...{ labelDe: "Anlass", category: "classification", purpose: "sales" },
    ...{ legalBasis: "contract", provided: "on", "choices.0.labelDe": "Anderes" },
  });
  const late = await stranger(test).post(
    form.path,
    entry(test, form.id, { [fieldName(own.choice)]: move!, [fieldName(own.text)]: "x" }),
  );
  match(await text(late), /Anlass: /);
  await drain(test);
  const { owner } = test.db;
  const [row] = await owner`select custom from web_form_entries where form_id = ${form.id}`;
  deepEqual(Object.keys(row!.custom), [own.choice]);
  const { html } = await shown(await stranger(test).get(form.path));
  ok(!html.includes(fieldName(own.text)) && html.includes(fieldName(own.choice)));
  const [mail] = await owner<{ text: string }[]>`
    select body_text as text from mails where recipient = ${sent.email}
  `;
  equal((await stranger(test).post(linkIn(mail!.text))).status, 200);
  const [contact] = await contactsOf(test, sent.email);
  deepEqual(await valuesIn(alice, "contact", contact!.id), {});
});

Deno.test("an access answer shows waiting entries in words, and they are gone when they lapse", async () => {
  const { test, alice, own } = await stock();
  const form = await make(alice, asks(own.text, own.choice));
  const [move] = await choicesOf(alice, own.choice);
  const { sent } = await fill(test, form);
  const more = { [fieldName(own.text)]: "K-5", [fieldName(own.choice)]: move! };
  await stranger(test).post(form.path, entry(test, form.id, { email: sent.email, ...more }));
  const [contact] = await contactsOf(test, sent.email);
  const { config } = test.services;
  const found = await alice.scope(async (scope) => {
    const person = await accessPackages.findPerson(scope, contact!.id);
    return await accessPackages.read(scope, config, person);
  });
  const shown = found.tables.find(({ table }) => table === "web_form_entries")!.rows;
  deepEqual(shown.map(({ custom }) => String(custom)), ["Kundennummer: K-5\nAnlass: Umzug"]);
  const { owner } = test.db;
  await owner`
    update web_form_entries set created_at = now() - interval '8 days' where form_id = ${form.id}
  `;
  await entries.removeOld(test.db.app);
  equal((await owner`select id from web_form_entries where form_id = ${form.id}`).length, 0);
});

Deno.test("a version without custom fields cannot confirm an entry and lose them", async () => {
  const { test, alice, own } = await stock();
  const form = await make(alice, asks(own.text));
  const sent = entry(test, form.id, { [fieldName(own.text)]: "K-7" });
  await stranger(test).post(form.path, sent);
  const { owner } = test.db;
  const older = owner`
    update web_form_entries
    set confirmed_at = now(), email = '', last_name = ''
    where form_id = ${form.id}
  `;
  equal(await older.then(() => "lost", () => "refused"), "refused");
});
