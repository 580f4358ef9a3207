/** Rectification by the case's page: noted with proof, written when approved, safe from a restored backup. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as backups from "../db/backups.ts";
import * as caseItems from "../db/case_items.ts";
import { newId } from "../db/ids.ts";
import * as ledger from "../db/ledger.ts";
import * as officers from "../db/officers.ts";
import * as objections from "../db/objections.ts";
import * as rectifications from "../db/rectifications.ts";
import * as restores from "../db/restores.ts";
import { Client } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { database, emptyPlace, secretKey } from "./support/db.ts";
import { formOf, idOf, text } from "./support/html.ts";
import { openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { answer, code, link, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const box = await mailbox();

/** A person on record with a claim of rectification, and the address of its item's forms. */
async function claimed() {
  const { alice, test } = await cast();
  const mark = newMark();
  const email = `${mark}@person.example`;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      firstName: "Petra",
      lastName: `${mark}falsch`,
      "emails.0.address": email,
      _anyway: "1",
    }),
  );
  const { id } = await request(test, alice.tenantId, ["rectification"], { personEmail: email });
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const at = `/settings/requests/items/${item!.id}`;
  const status = async () => (await alice.scope((scope) => caseItems.find(scope, item!.id))).status;
  const approve = async () => {
    const { version } = await alice.scope((scope) => caseItems.find(scope, item!.id));
    const prefix = `item_${item!.id.slice(-12)}`;
    const done = await alice.post(`${at}/decision`, {
      version: String(version),
      [`${prefix}.action`]: "approve",
      [`${prefix}.reason`]: "",
      [`${prefix}.paragraph`]: "",
      [`${prefix}.ground`]: "",
    });
    equal(done.status, 303);
    return await box.collect(test, email);
  };
  return { alice, test, mark, email, contact, caseId: id, at, status, approve };
}

Deno.test("what is recorded with its evidence is written when approved, restricted or not", async () => {
  const { alice, test, mark, email, contact, caseId, at, status, approve } = await claimed();
  await test.db.owner`update contacts set restricted_at = now() where id = ${contact}`;
  const page = await text(await alice.get(`/settings/requests/${caseId}`));
  match(page, new RegExp(`Nachname: ${mark}falsch`));
  const what = `${contact} contacts.last_name ${mark}falsch`;
  const note = (more: Record<string, string>) =>
    alice.post(`${at}/rectification`, { id: newId(), what, value: `${mark}richtig`, ...more });
  const bare = await note({ proof: " " });
  equal(bare.status, 422);
  match(await bare.text(), new RegExp(`${mark}richtig`), "nothing typed is lost");
  equal((await note({ what: `${contact} contacts.last_name Anders`, proof: "x" })).status, 422);
  equal((await note({ what: `${contact} contacts.notes x`, proof: "x" })).status, 422);
  equal((await note({ what: `${newId()} contacts.last_name x`, proof: "x" })).status, 422);
  equal(
    (await note({ what: `${contact} emails.address ${email}`, value: "keine", proof: "x" })).status,
    422,
  );
  const id = newId();
  for (let times = 0; times < 2; times++) {
    equal((await note({ id, proof: "Ausweis vorgelegt am Empfang" })).status, 303);
  }
  const [noted] = await test.db.owner`
    select count(*)::int as n from rectifications where contact_id = ${contact}
  `;
  equal(noted!.n, 1, "a form that is sent twice notes once");
  const supplement = { what: `${contact} supplement `, value: "Ich war nie Kundin.", proof: "" };
  equal((await note(supplement)).status, 303);
  const [before] = await test.db.owner`select last_name from contacts where id = ${contact}`;
  equal(before!.lastName, `${mark}falsch`, "nothing is written before the approval");

  const mails = await approve();
  match(mails.at(-1)!.text!, /erfährt von der Änderung/);
  equal(await status(), "done");
  const [after] = await test.db.owner`
    select last_name, notes, search, restricted_at from contacts where id = ${contact}
  `;
  equal(after!.lastName, `${mark}richtig`);
  equal(after!.notes, "Ich war nie Kundin.");
  ok(after!.search.includes(`${mark}richtig`) && !after!.search.includes("falsch"));
  ok(after!.restrictedAt);
  equal((await note({ proof: "zu spät" })).status, 422);
});

Deno.test("what is corrected can be saved again: no longer than the form takes, and as it reads it", async () => {
  const { alice, test, contact, at, approve } = await claimed();
  await test.db.owner`
    update contacts
    set title = 'Dr.', position = 'Einkauf', website = 'https://alt.example'
    where id = ${contact}
  `;
  const note = (field: string, from: string, value: string) => {
    const what = `${contact} contacts.${field} ${from}`;
    return alice.post(`${at}/rectification`, { id: newId(), what, value, proof: "Ausweis" });
  };
  const long = await note("title", "Dr.", "x".repeat(61));
  equal(long.status, 422);
  match(await long.text(), /Höchstens 60 Zeichen/);
  equal((await note("position", "Einkauf", "x".repeat(101))).status, 422);
  equal((await note("website", "https://alt.example", "https://neu")).status, 422);
  equal((await note("website", "https://alt.example", "neu.example")).status, 303);
  equal((await note("title", "Dr.", "x".repeat(60))).status, 303);
  await approve();
  const edit = `/contacts/${contact}/edit`;
  const form = formOf(await (await alice.get(edit)).text());
  equal(form.website, "https://neu.example");
  equal((await alice.post(edit, form)).status, 303);
});

Deno.test("for a person with two records each value names its record (Art. 16)", async () => {
  const { alice, test, mark, email, contact, caseId } = await claimed();
  const other = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      firstName: "Petra",
      lastName: `${mark}falsch`,
      "emails.0.address": `${mark}@privat.example`,
      _anyway: "1",
    }),
  );
  deepEqual((await drain(test)).failed, []);
  const page = () => alice.get(`/settings/requests/${caseId}`);
  ok(!(await text(await page())).includes(`${email} – Nachname`), "of one record nothing is added");
  await test.db.owner`
    update case_findings
    set confirmed_at = now(), confirmed_ids = ${[contact, other]}::uuid[]
    where case_id = ${caseId}
  `;
  const shown = await text(await page());
  for (const reach of [email, `${mark}@privat.example`]) {
    ok(shown.includes(`${reach} – Nachname: ${mark}falsch`), reach);
    ok(shown.includes(`${reach} – Ergänzende Erklärung`), reach);
  }
});

Deno.test("an approved right waits for what is to be written, and continues by itself", async () => {
  const { alice, test, email, contact, at, status, approve } = await claimed();
  await approve();
  equal(await status(), "execution");
  const other = `neu.${email}`;
  const gone = newId();
  const note = { what: `${contact} contacts.position `, value: "Chefin", proof: "Anruf", id: gone };
  equal(
    (await alice.post(`${at}/rectification`, {
      id: newId(),
      what: `${contact} emails.address ${email}`,
      value: other,
      proof: "Bestätigt per Code",
    })).status,
    303,
  );
  equal((await alice.post(`${at}/rectification`, note)).status, 303);
  equal((await alice.post(`${at}/rectification/removal`, { id: gone })).status, 303);
  await box.collect(test, email);
  equal(await status(), "done");
  const rows = await test.db.owner`select address from emails where contact_id = ${contact}`;
  deepEqual(rows.map(({ address }) => address), [other]);
  const [row] = await test.db.owner`select position from contacts where id = ${contact}`;
  equal(row!.position, "");
});

Deno.test("a value that changed meanwhile is not corrected silently, and no correction is announced", async () => {
  const { alice, test, email, contact, caseId, at, status, approve } = await claimed();
  const note = () =>
    alice.post(`${at}/rectification`, {
      id: newId(),
      what: `${contact} emails.address ${email}`,
      value: `neu.${email}`,
      proof: "Bestätigt per Code",
    });
  equal((await note()).status, 303);
  const write = (address: string) =>
    test.db.owner`update emails set address = ${address} where contact_id = ${contact}`;
  await write(`anders.${email}`);
  const announced = (await approve()).filter(({ text }) => /berichtigt/.test(text ?? ""));
  equal(await status(), "review");
  deepEqual(announced, []);
  match(await text(await alice.get(`/settings/requests/${caseId}`)), /steht nicht mehr da/);
  // Somebody of the tenant has written it already: then it is done.
  await write(`neu.${email}`);
  await approve();
  equal(await status(), "done");
});

Deno.test("an earlier backup brings back neither the wrong value nor a withdrawn objection", async () => {
  const { alice, test, mark, contact, at, approve } = await claimed();
  const { owner, app } = test.db;
  const store = { dataDir: await Deno.makeTempDir(), secretKey };
  await alice.scope((scope) => objections.add(scope, contact, "email"));
  await ledger.keep(app, store.dataDir);
  const { name } = await backups.make(owner, store);
  await alice.post(`${at}/rectification`, {
    id: newId(),
    what: `${contact} contacts.last_name ${mark}falsch`,
    value: `${mark}richtig`,
    proof: "Ausweis",
  });
  await approve();
  await alice.scope((scope) => objections.assign(scope, contact, [], "Am Telefon"));
  await ledger.keep(app, store.dataDir);
  for await (const { name: file } of Deno.readDir(`${store.dataDir}/ledger`)) {
    const kept = await Deno.readTextFile(`${store.dataDir}/ledger/${file}`);
    ok(!kept.includes(mark), "the ledger holds the name in the open");
  }

  await database();
  const restored = async (backup: string) => {
    const { sql: place } = await emptyPlace();
    await restores.restore(place, store, backup);
    const [row] = await place`
      select last_name, search, (select count(*)::int from objections o where o.contact_id = c.id) as objections
      from contacts c
      where id = ${contact}
    `;
    await place.end();
    return row!;
  };
  const row = await restored(name);
  equal(row.lastName, `${mark}richtig`);
  ok(row.search.includes("richtig"));
  equal(row.objections, 0);
  // What was written after the correction is not corrected back by a backup of after it.
  await owner`
    update contacts
    set last_name = ${`${mark}verheiratet`}, updated_at = now()
    where id = ${contact}
  `;
  const later = await backups.make(owner, store);
  equal((await restored(later.name)).lastName, `${mark}verheiratet`);
});

Deno.test("an approval with nothing recorded says by mail and on every page what is missing, and where", async () => {
  const { alice, test, mark, contact, caseId, at, status } = await claimed();
  const visitor = new Client(test);
  const officer = `${mark}@beauftragt.example`;
  const named = { ...{ name: "", email: officer, language: "de" } as const };
  const deputy = { deputyName: "", deputyEmail: "", awayFrom: null, awayUntil: null };
  await alice.scope((scope) => officers.update(scope, { ...named, ...deputy }));
  const [letter] = await post(test, box, officer);
  const how = /öffnet \S+\/settings\/requests und dort den Fall DS-\S+ wählt unter „Berichtigung“/;
  match(letter!.text!, /Noch ist nichts vorgemerkt/);
  match(letter!.text!, how);
  const form = { code: code(letter!, "Berichtigung") };
  const end = await text(await visitor.post(link(letter!, "Freigeben"), form));
  match(end, /es fehlt noch, was zu berichtigen ist/);
  ok(!/Die Ausführung beginnt/.test(end));
  const reply = (await post(test, box, officer)).at(-1)!;
  match(reply.subject!, /: Berichtigung: Freigegeben, aber es fehlt noch, was zu berichtigen ist$/);
  match(reply.text!, how);
  for (const { text } of [letter!, reply]) ok(!text!.includes(mark) && !text!.includes(caseId));
  equal(await status(), "execution");
  match(
    await text(await alice.get(`/settings/requests/${caseId}`)),
    /Freigegeben, aber die Berichtigung wartet: .* Tragen Sie hier ein/,
  );
  const what = `${contact} contacts.last_name ${mark}falsch`;
  const noted = { id: newId(), what, value: `${mark}richtig`, proof: "Ausweis am Empfang" };
  equal((await alice.post(`${at}/rectification`, noted)).status, 303);
  await drain(test);
  equal(await status(), "done");
  ok(!/wartet: Es ist/.test(await text(await alice.get(`/settings/requests/${caseId}`))));
});

/** A person with a claim of rectification whose officer works by mail alone. */
async function byMail() {
  const given = await claimed();
  const { alice, test, mark } = given;
  const officer = `${mark}@beauftragt.example`;
  const named = { ...{ name: "Dora Schutz", email: officer, language: "de" } as const };
  const deputy = { deputyName: "", deputyEmail: "", awayFrom: null, awayUntil: null };
  await alice.scope((scope) => officers.update(scope, { ...named, ...deputy }));
  const [letter] = await post(test, box, officer);
  const say = async (text: string) => {
    const door = await openDoor(test);
    await answer(door.port, letter!, officer, text);
    const reply = (await post(test, box, officer)).at(-1)!;
    await door.close(100);
    return reply;
  };
  const noted = async () =>
    (await alice.scope((scope) => rectifications.list(scope, given.caseId)))
      .map(({ field, oldValue, newValue, proof }) => [field, oldValue, newValue, proof].join("|"));
  return { ...given, letter: letter!, say, noted, typed: code(letter!, "Berichtigung") };
}

Deno.test("the officer records a correction by mail, and it is written when approved (Art. 16)", async () => {
  const { test, mark, email, contact, letter, say, noted, typed, status } = await byMail();
  match(letter.text!, new RegExp(`^BERICHTIGEN ${typed}: Angabe: richtiger Wert$`, "m"));
  const recorded = await say(
    `BERICHTIGEN ${typed}: Nachname: ${mark}richtig\nGeburtsdatum: 3.5.1980\n` +
      `E-Mail: ${email.toUpperCase()} -> neu.${email}\nBeleg: Schreiben vom 3. Mai\n\nMfG\nDora Schutz`,
  );
  match(recorded.subject!, /: Berichtigung: Vorgemerkt$/);
  match(recorded.text!, /schon freigegeben, wird sie gleich geschrieben/);
  ok(!recorded.text!.includes(mark), "no mail names the person");
  deepEqual(await noted(), [
    `contacts.last_name|${mark}falsch|${mark}richtig|Schreiben vom 3. Mai`,
    "contacts.birthday||1980-05-03|Schreiben vom 3. Mai",
    `emails.address|${email}|neu.${email}|Schreiben vom 3. Mai`,
  ]);
  await say(`FREIGABE ${typed}`);
  equal(await status(), "done");
  const [row] = await test.db.owner`
    select c.last_name, c.birthday, e.address
    from contacts c
    join emails e on e.tenant_id = c.tenant_id and e.contact_id = c.id
    where c.id = ${contact}
  `;
  deepEqual([row!.lastName, row!.birthday, row!.address], [
    `${mark}richtig`,
    "1980-05-03",
    `neu.${email}`,
  ]);
});

Deno.test("approved first, it is recorded by the same mail and written at once (Art. 16)", async () => {
  const { mark, say, typed, status } = await byMail();
  const waits = await say(`FREIGABE ${typed}`);
  equal(await status(), "execution");
  match(waits.text!, /Antworten Sie auf die E-Mail mit den Codes: BERICHTIGEN/);
  await say(`BERICHTIGEN ${typed}: Nachname: ${mark}richtig`);
  equal(await status(), "done");
});

Deno.test("an unclear mail records nothing, and is answered (Art. 16)", async () => {
  const { say, noted, typed } = await byMail();
  for (
    const [text, why] of [
      ["bitte ändern", /nicht zu erkennen, welche Angabe/],
      ["Haarfarbe: rot", /nicht zu erkennen, welche Angabe/],
      ["Nachname: Anders -> Neu", /Ein Wert passt nicht zu seiner Angabe/],
      ["Nachname: Neu\nE-Mail: keine", /Ein Wert passt nicht zu seiner Angabe/],
      ["Telefon: 030 1234567", /Ein Wert passt nicht zu seiner Angabe/],
    ] as const
  ) {
    match((await say(`BERICHTIGEN ${typed}: ${text}`)).text!, why, text);
    deepEqual(await noted(), [], text);
  }
  match((await say("BERICHTIGEN: Nachname: Neu")).text!, /Code/);
  await say(`BERICHTIGEN ${typed}: Ergänzung: Ich war nie Kundin.`);
  deepEqual(await noted(), ["supplement||Ich war nie Kundin.|Angabe im Antrag"]);
});
