/** Web forms: a stranger's entry becomes a contact once the address is confirmed, and not before. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { now } from "../db/clock.ts";
import * as consents from "../db/consents.ts";
import * as contacts from "../db/contacts.ts";
import { newId } from "../db/ids.ts";
import * as objections from "../db/objections.ts";
import { judge, type OutgoingKind } from "../db/outgoing_gate.ts";
import * as suppressions from "../db/suppressions.ts";
import * as trash from "../db/trash.ts";
import * as entries from "../db/web_form_entries.ts";
import { isDone } from "../routes/works.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import * as forms from "./support/web_forms.ts";

const { test, alice, bob, charlie } = await cast();
const { owner } = test.db;
const { secretKey } = test.services.config;

/** A form made in the settings, Bob's unless said otherwise. */
const make = (who: Person = alice, more: Record<string, string | string[]> = {}) =>
  forms.make(who, { ownerId: bob.userId, ...more });
const { linkIn, settings } = forms;
const minute = 60_000;
const ago = (form: string, ms = minute) => forms.ago(test, form, ms);
const entry = (form: string, more: Record<string, string> = {}) =>
  forms.entry(test, form, more) as ReturnType<typeof forms.entry> & Record<string, string>;
const stranger = () => forms.stranger(test);
const contactsOf = (email: string) => forms.contactsOf(test, email);
const fill = (form: forms.MadeForm, more: Record<string, string> = {}) =>
  forms.fill(test, form, more);

const waiting = async (form: string) =>
  (await owner`select id from web_form_entries where form_id = ${form}`).length;

Deno.test("a form becomes a contact with consent and proof, by a link sent over SMTP", async () => {
  const box = await mailbox();
  const { id, path } = await make();
  const visitor = stranger();
  const shown = await visitor.get(path);
  equal(shown.headers.getSetCookie().length, 0);
  match(shown.headers.get("Content-Security-Policy")!, /frame-ancestors 'none'/);
  const html = await shown.text();
  match(html, /Schreiben Sie uns/);
  match(html, /Verantwortlich ist Nordlicht Handel/);
  match(html, /\/p\/haus-[^"]*\/requests\/new/);
  match(await (await visitor.get(`${path}?lang=en`)).text(), /Write to us/);
  const sent = entry(id);
  const answer = await visitor.post(path, sent);
  equal(answer.status, 200);
  match(await answer.text(), /Bitte bestätigen Sie Ihre E-Mail-Adresse/);
  equal((await contactsOf(sent.email)).length, 0);
  const [mail] = await box.collect(test, sent.email);
  match(mail!.subject!, /Nordlicht Handel/);
  ok(!mail!.text!.includes("Bitte rufen Sie an") && !mail!.text!.includes("Petra"));
  const link = linkIn(mail!.text!);
  match(await (await visitor.get(link)).text(), /Bestätigen/);
  equal((await contactsOf(sent.email)).length, 0);
  match(await (await visitor.post(link)).text(), /sind angekommen/);
  match(await (await visitor.post(link)).text(), /sind angekommen/);
  const found = await contactsOf(sent.email);
  deepEqual(found.map(({ sourceChannel }) => sourceChannel), ["form"]);
  const contact = await alice.scope((scope) => contacts.find(scope, found[0]!.id));
  deepEqual(
    [contact.firstName, contact.lastName, contact.source, contact.legalBasis, contact.ownerId],
    ["Petra", "Person", "Webformular: Kontaktformular", "pre_contract", bob.userId],
  );
  deepEqual([contact.tags, contact.companies[0]!.companyName], [["Website"], "Person & Partner"]);
  deepEqual(contact.phones, [{ kind: "work", number: "+4940669691" }]);
  ok(contact.noticeSentAt);
  const [consent] = await alice.scope((scope) => consents.list(scope, contact.id));
  deepEqual([consent!.channel, consent!.purpose, consent!.givenHow], [
    "email",
    "marketing",
    "form",
  ]);
  match(consent!.textVersion, /Fassung 1: Ich möchte Neuigkeiten/);
  match(consent!.proof, /ausgefüllt am .* bestätigt am/);
  match(await (await alice.get(`/contacts/${contact.id}`)).text(), /Bitte rufen Sie an/);
  const [notified] = await owner`
    select count(*)::int from notifications
    where user_id = ${bob.userId} and contact_id = ${contact.id}
  `;
  equal(notified!.count, 1);
  const [row] = await owner`select e::text as text from web_form_entries e where form_id = ${id}`;
  ok(!row!.text.includes("Person") && !row!.text.includes(sent.email));
  await box.close();
});

Deno.test("whoever confirms reads what they consent to, and only where it was ticked (Art. 7(2))", async () => {
  const box = await mailbox();
  const { id, path } = await make();
  for (const words of [/willigen Sie auch ein: „Ich möchte Neuigkeiten/, null]) {
    const visitor = stranger();
    const { consent, ...others } = entry(id);
    equal((await visitor.post(path, words ? { consent, ...others } : others)).status, 200);
    const [mail] = await box.collect(test, others.email);
    const page = await text(await visitor.get(linkIn(mail!.text!)));
    for (const said of [mail!.text!, page]) {
      if (words) match(said, words);
      else ok(!said.includes("Neuigkeiten"), "nobody agreed to anything");
    }
  }
  await box.close();
});

Deno.test("an existing contact is not overwritten: what was sent is a note", async () => {
  const form = await make();
  const { sent } = await fill(form, { consent: "" });
  const [before] = await contactsOf(sent.email);
  await fill(form, { email: sent.email, lastName: "Fremd", phone: "030 999", message: "Nochmal" });
  const found = await contactsOf(sent.email);
  deepEqual(found.map(({ id }) => id), [before!.id]);
  const contact = await alice.scope((scope) => contacts.find(scope, before!.id));
  deepEqual([contact.lastName, contact.version, contact.phones.length], ["Person", 1, 1]);
  const page = await (await alice.get(`/contacts/${before!.id}`)).text();
  match(page, /Der Kontakt wurde nicht geändert/);
  match(page, /Nochmal/);
  // The address itself agreed, so its consent counts.
  equal((await alice.scope((scope) => consents.list(scope, before!.id))).length, 1);
});

Deno.test("a restricted person gets no second record, and nobody is notified", async () => {
  const form = await make();
  const { sent } = await fill(form);
  const [person] = await contactsOf(sent.email);
  await owner`update contacts set restricted_at = now() where id = ${person!.id}`;
  await fill(form, { email: sent.email, message: "Geheim" });
  equal((await contactsOf(sent.email)).length, 1);
  equal(
    (await (await alice.get("/activities?share=done&owner=all")).text()).includes("Geheim"),
    false,
  );
  const [row] = await owner`
    select count(*)::int from notifications n
    join activities a on a.tenant_id = n.tenant_id and a.id = n.activity_id
    where a.body like '%Geheim%'
  `;
  equal(row!.count, 0);
});

const hashOf = (address: string) =>
  suppressions.hasher(secretKey, alice.tenantId)(address.toLowerCase());
const barOf = (kind: OutgoingKind, address: string) =>
  alice.scope(async (scope) => (await judge({ scope, secretKey }, kind, [address]))[0]!.bar);

Deno.test("a person who objected or was erased gets the same answer and the same mail as anybody", async () => {
  const form = await make();
  const gone = `weg.${newId()}@person.example`;
  await alice.scope((scope) => suppressions.add(scope, hashOf(gone), "all", "erasure"));
  const { sent } = await fill(form, { consent: "" });
  const [person] = await contactsOf(sent.email);
  await alice.scope((scope) => objections.assign(scope, person!.id, ["email"]));
  const before = await waiting(form.id);
  const pages = new Set<string>();
  const letters = new Set<string>();
  for (const email of [gone, sent.email.toUpperCase(), `neu.${newId()}@person.example`]) {
    const answer = await stranger().post(form.path, entry(form.id, { email }));
    pages.add(`${answer.status} ${await answer.text()}`);
    const [mail] = await owner<{ text: string }[]>`
      select body_text as text from mails where lower(recipient) = lower(${email})
      order by id desc limit 1
    `;
    letters.add(mail!.text.replace(linkIn(mail!.text), ""));
  }
  deepEqual([pages.size, letters.size], [1, 1]);
  equal(await waiting(form.id), before + 3);
});

Deno.test("what they ask is received, and opens nothing without a new consent", async () => {
  const form = await make();
  const { sent } = await fill(form, { consent: "" });
  const [person] = await contactsOf(sent.email);
  await alice.scope((scope) => objections.assign(scope, person!.id, ["email"]));
  await fill(form, { email: sent.email, consent: "", message: "Rufen Sie mich an" });
  match(await (await alice.get(`/contacts/${person!.id}`)).text(), /Rufen Sie mich an/);
  equal(await barOf("correspondence", sent.email), "objection");
  const gone = `weg.${newId()}@person.example`;
  await alice.scope((scope) => suppressions.add(scope, hashOf(gone), "all", "erasure"));
  await fill(form, { email: gone, consent: "" });
  equal((await contactsOf(gone)).length, 1, "the request is answered");
  deepEqual([await barOf("correspondence", gone), await barOf("own_request", gone)], [
    "suppressed",
    null,
  ]);
});

Deno.test("a consent that the address confirms ends an older objection to mail, and to nothing else", async () => {
  const form = await make();
  const { sent } = await fill(form, { consent: "" });
  const [person] = await contactsOf(sent.email);
  await alice.scope(async (scope) => {
    await objections.add(scope, person!.id, "all");
    await suppressions.add(scope, hashOf(sent.email), "all", "objection");
  });
  // Nothing is opened by who only fills the form in.
  await stranger().post(form.path, entry(form.id, { email: sent.email }));
  equal(await barOf("marketing", sent.email), "objection");
  await fill(form, { email: sent.email });
  equal(await barOf("marketing", sent.email), null);
  const left = await owner<{ channel: string; byPerson: boolean }[]>`
    select channel, by_person from objections where contact_id = ${person!.id} order by 1
  `;
  deepEqual(left.map(({ channel, byPerson }) => [channel, byPerson]), [
    ["phone", true],
    ["post", true],
    ["sms", true],
  ]);
  const barred = await owner<{ channel: string }[]>`
    select channel from suppressions where address_hash = ${hashOf(sent.email)} order by 1
  `;
  deepEqual(barred.map(({ channel }) => channel), ["phone", "post", "sms"]);
  const [step] = await owner<{ reason: string }[]>`
    select reason from changes
    where record_id = ${person!.id} and action = 'objection_withdrawn'
  `;
  match(step!.reason, /ausgefüllt am .* bestätigt am/);
});

Deno.test("a consent counts past what lies in the trash, also when that is emptied", async () => {
  const form = await make();
  const { sent } = await fill(form, { consent: "" });
  const [old] = await contactsOf(sent.email);
  await alice.scope((scope) => objections.assign(scope, old!.id, ["email"]));
  await alice.post(`/contacts/${old!.id}/deletion`);
  await fill(form, { email: sent.email });
  equal(await barOf("marketing", sent.email), null);
  await owner`
    update contacts set erase_after = now() - interval '1 minute' where id = ${old!.id}
  `;
  await alice.scope((scope) => trash.erase(scope, "contact", secretKey));
  equal((await contactsOf(sent.email)).length, 1);
  equal(await barOf("marketing", sent.email), null);
});

Deno.test("programs get the same answer, and nothing of theirs is kept", async () => {
  const form = await make();
  const tricks: Record<string, string>[] = [
    { homepage: "https://spam.example" },
    { issued: ago(form.id, 500) },
  ];
  for (const trick of tricks) {
    const answer = await stranger().post(form.path, entry(form.id, trick));
    deepEqual([answer.status, (await answer.text()).includes("geschickt")], [200, true]);
  }
  for (
    const issued of [
      "",
      "x",
      `${now().getTime() - minute}.made-up`,
      ago(newId()),
      ago(form.id, 2 * 86_400_000),
    ]
  ) {
    const answer = await stranger().post(form.path, entry(form.id, { issued }));
    equal(answer.status, 422);
    match(await answer.text(), /zu lange offen[\s\S]*value="Person"/);
  }
  equal(await waiting(form.id), 0);
  const busy = stranger();
  const statuses = [];
  for (let n = 0; n < 22; n++) {
    const answer = await busy.post(form.path, entry(form.id, { lastName: "" }));
    await answer.body?.cancel();
    statuses.push(answer.status);
  }
  deepEqual(statuses.slice(-3), [422, 429, 429]);
});

Deno.test("correcting a fault quickly is not taken for a program", async () => {
  const form = await make();
  const again = async (fields: Record<string, string>, status: number) => {
    const answer = await stranger().post(form.path, fields);
    equal(answer.status, status);
    return /name="issued" value="([^"]+)"/.exec(await answer.text())?.[1] ?? "";
  };
  const wrong = await again(entry(form.id, { lastName: "" }), 422);
  await again(entry(form.id, { issued: wrong }), 200);
  equal(await waiting(form.id), 1);
  const late = await again(entry(form.id, { issued: ago(form.id, 2 * 86_400_000) }), 422);
  await again(entry(form.id, { issued: late }), 200);
  equal(await waiting(form.id), 2);
  const renamed = { ...form.sent, "de.intro": "Neu.", version: "1" };
  equal((await alice.post(`/settings/forms/${form.id}/edit`, renamed)).status, 303);
  const reworded = await again(entry(form.id), 422);
  await again(entry(form.id, { issued: reworded }), 200);
  equal(await waiting(form.id), 3);
  // A forged time has to wait like any other.
  const made = await again(entry(form.id, { issued: "1.made-up" }), 422);
  await again(entry(form.id, { issued: made }), 200);
  equal(await waiting(form.id), 3);
});

Deno.test("one address is written to three times an hour at most, whoever asks", async () => {
  const forms = [await make(), await make(charlie, { ownerId: charlie.userId! })];
  const email = `oft.${newId()}@person.example`;
  const statuses = [];
  let words = "";
  for (let n = 0; n < 4; n++) {
    const form = forms[n % 2]!;
    const answer = await stranger().post(form.path, entry(form.id, { email }));
    statuses.push(answer.status);
    words = await answer.text();
  }
  deepEqual(statuses, [200, 200, 200, 429]);
  match(words, /Bitte rufen Sie an\.<\/textarea>/, "nothing typed is lost");
});

Deno.test("faults are shown beside their fields; a link leads nowhere after seven days", async () => {
  const form = await make(alice, { fields: ["message"] });
  const wrong = await stranger().post(form.path, entry(form.id, { email: "x", lastName: "" }));
  const html = await wrong.text();
  deepEqual([wrong.status, html.includes("f-email-error"), html.includes("f-lastName-error")], [
    422,
    true,
    true,
  ]);
  equal(html.includes('name="phone"'), false);
  const { firstName: _, phone: __, company: ___, ...sent } = entry(form.id);
  await stranger().post(form.path, sent);
  const [mail] = await owner`select body_text as text from mails where recipient = ${sent.email}`;
  const link = linkIn(mail!.text);
  await owner`
    update web_form_entries set created_at = now() - interval '8 days' where form_id = ${form.id}
  `;
  equal((await stranger().post(link)).status, 404);
  await entries.removeOld(test.db.app);
  equal(await waiting(form.id), 0);
  equal((await contactsOf(sent.email)).length, 0);
});

Deno.test("faults of both languages are distinguished where they are listed", async () => {
  const urls = { "de.privacyUrl": "x", "en.privacyUrl": "x" };
  const page = await text(await alice.post("/settings/forms/new", urls));
  for (const language of ["Deutsch", "English"]) {
    ok(page.includes(`Adresse Ihrer Datenschutzerklärung (${language}): Nötig ist`), language);
  }
});

Deno.test("a new form is open unless somebody closes it", async () => {
  const blank = await (await alice.get("/settings/forms/new")).text();
  match(blank, /<input[^>]*name="active"[^>]*checked|<input[^>]*checked[^>]*name="active"/);
});

Deno.test("changed words are a new version; a closed form is gone", async () => {
  const form = await make();
  const edit = async () => {
    const html = await (await alice.get(`/settings/forms/${form.id}/edit`)).text();
    return /name="version" value="(\d+)"/.exec(html)![1]!;
  };
  const save = async (more: Record<string, string | string[]>) =>
    await alice.post(`/settings/forms/${form.id}/edit`, {
      ...form.sent,
      ...more,
      version: await edit(),
    });
  equal((await save({ tag: "Anders" })).status, 303);
  equal((await save({ "de.consent": "Ich stimme zu." })).status, 303);
  const versions = await owner`select number from web_form_texts where form_id = ${form.id}`;
  deepEqual(versions.map(({ number }) => number).sort(), [1, 2]);
  // A tick under the old words agrees to no others: it is asked for again.
  const outdated = await stranger().post(form.path, entry(form.id, { consent: "on" }));
  equal(outdated.status, 422);
  const shown = await outdated.text();
  match(shown, /inzwischen geändert[\s\S]*value="Person"[\s\S]*Ich stimme zu/);
  const ticked = /<input[^>]*name="consent"[^>]*checked|<input[^>]*checked[^>]*name="consent"/;
  ok(!ticked.test(shown));
  // A fault in another field does not carry it over either; with the same wording it stays.
  const faulty = (issued: string) =>
    stranger().post(form.path, entry(form.id, { issued, lastName: "", consent: "on" }));
  ok(!ticked.test(await (await faulty(ago(form.id))).text()));
  const current = /name="issued" value="([^"]+)"/.exec(shown)![1]!;
  ok(ticked.test(await (await faulty(current)).text()));
  equal(
    (await alice.post(`/settings/forms/${form.id}/edit`, { ...form.sent, version: "1" })).status,
    409,
  );
  const taken = await alice.post("/settings/forms/new", settings({ slug: String(form.sent.slug) }));
  match(await taken.text(), /Das gibt es schon/);
  const { active: _, ...closed } = form.sent;
  await alice.post(`/settings/forms/${form.id}/edit`, { ...closed, version: await edit() });
  equal((await stranger().get(form.path)).status, 404);
  equal((await bob.get("/settings/forms")).status, 403);
  equal((await charlie.get(`/settings/forms/${form.id}/edit`)).status, 404);
});

Deno.test("whatever strangers send, the answer is no server error", async () => {
  const form = await make();
  const value = fc.oneof(fc.string(), fc.constantFrom("\0", "\ud800", "a".repeat(6_000), "1e999"));
  const names = fc.constantFrom(
    "issued",
    "email",
    "lastName",
    "message",
    "phone",
    "consent",
    "a.b",
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, value, { maxKeys: 7 }), async (fields) => {
      const answer = await stranger().post(form.path, { issued: ago(form.id), ...fields });
      await answer.body?.cancel();
      ok(answer.status < 500, `${answer.status} ${Deno.inspect(errors.at(-1))}`);
    }),
    { numRuns: 30 },
  );
});

Deno.test("a form with proof of work accepts entries with the proof, and few without", async () => {
  const { id, path, sent } = await make(alice, { work: "on" });
  match(await (await alice.get(`/settings/forms/${id}/edit`)).text(), /checked="" id="f-work"/);
  const html = await (await stranger().get(path)).text();
  match(html, /<input type="hidden" name="work" value="" data-work="14"/);
  match(html, /src="\/static\/js\/works\.[0-9a-f]{12}\.js"/);
  const worked = (fields: ReturnType<typeof entry>, address = fields.email) => {
    for (let n = 0;; n++) {
      const work = { issued: fields.issued, email: address, answer: String(n) };
      if (isDone(work)) return { ...fields, work: String(n) };
    }
  };
  const send = async (fields: object) => (await stranger().post(path, { ...fields })).status;
  const bare = Array.from({ length: 20 }, () => entry(id));
  for (const fields of bare) equal(await send(fields), 200);
  equal(await waiting(id), 20, "without scripts it works as well");
  equal(await send(entry(id)), 429);
  // What was computed for one address does not count for another, nor does anything else.
  const one = worked(entry(id));
  equal(await send({ ...one, email: `other.${newId()}@person.example` }), 429);
  for (const work of ["", "-1", "1e3", "9".repeat(400), "0x1"]) {
    equal(await send({ ...entry(id), work }), 429, work);
  }
  equal(await waiting(id), 20);
  equal(await send(one), 200);
  const loud = entry(id);
  equal(await send({ ...worked(loud), email: loud.email.toUpperCase() }), 200);
  equal(await waiting(id), 22);
  const { work: _, ...without } = sent as Record<string, string | string[]>;
  equal((await alice.post(`/settings/forms/${id}/edit`, { ...without, version: "1" })).status, 303);
  ok(!(await (await stranger().get(path)).text()).includes("data-work"));
  equal(await send(entry(id)), 200);
});

Deno.test("two entries of one address that are confirmed at once become one contact", async () => {
  const form = await make();
  await form.look();
  const email = `zweimal.${newId()}@person.example`;
  for (const message of ["Erstens", "Zweitens"]) {
    equal((await stranger().post(form.path, entry(form.id, { email, message }))).status, 200);
  }
  const mails = await owner<{ text: string }[]>`
    select body_text as text from mails where recipient = ${email}
  `;
  equal(mails.length, 2);
  const answers = await Promise.all(mails.map(({ text }) => stranger().post(linkIn(text))));
  deepEqual(answers.map(({ status }) => status), [200, 200]);
  equal((await contactsOf(email)).length, 1);
});
