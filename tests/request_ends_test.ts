/** Requests to their end: who is meant, what is blacked out, what is tried again, what stays. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as backups from "../db/backups.ts";
import * as caseEvents from "../db/case_events.ts";
import * as caseEvidence from "../db/case_evidence.ts";
import * as caseItems from "../db/case_items.ts";
import { newId } from "../db/ids.ts";
import * as ledger from "../db/ledger.ts";
import type { Right } from "../db/letters.ts";
import * as restores from "../db/restores.ts";
import * as pushes from "../db/transfer_pushes.ts";
import { cast, type Person } from "./support/cast.ts";
import { emptyPlace, secretKey } from "./support/db.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { formOf, idOf } from "./support/html.ts";
import { openDoor } from "./support/inbound.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { answer, code, link, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";
import { readZip } from "./support/zips.ts";

const { test, visitor } = await cast();
const { owner } = test.db;
const box = await mailbox();

/** A tenant of its own with an officer, and a person on record. */
async function tenantWithOfficer() {
  const { alice } = await cast();
  const mark = newMark();
  const [officer, email] = [`dsb.${mark}@officer.example`, `${mark}@person.example`];
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const made = async (fields: Record<string, string>) =>
    idOf(await alice.post("/contacts/new", { origin: "customer", _anyway: "1", ...fields }));
  const contact = await made({
    firstName: "Petra",
    lastName: mark,
    "emails.0.address": email,
    "phones.0.number": "+49 30 901820",
  });
  return { alice, mark, officer, email, contact, made };
}

/** A note on a contact. */
async function note({ tenantId }: Person, contact: string, body: string): Promise<string> {
  const id = newId();
  await owner`
    insert into activities (tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at)
    values (${tenantId}, ${id}, 'note', 'Notiz', ${body}, now(), now(), now(), now())
  `;
  await owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    values (${tenantId}, ${id}, ${contact}, ${contact}, true, now())
  `;
  return id;
}

const claim = (
  { alice, mark, email }: { alice: Person; mark: string; email: string },
  rights: Right[],
) =>
  request(test, alice.tenantId, rights, {
    personName: `Petra ${mark}`,
    personEmail: email,
    claims: rights.map((right) => ({ right, sentence: "" })),
  });

const itemOf = async (alice: Person, caseId: string) =>
  (await alice.scope((scope) => caseItems.list(scope, caseId)))[0]!;

/** The data of an answer that waits. */
async function fetched(email: string): Promise<string> {
  const path = linkIn(
    (await box.collect(test, email)).findLast(({ subject }) => /liegt bereit/.test(subject!))!,
    "deliveries",
  );
  await visitor.post(`${path}/codes`);
  const sent = (await box.collect(test, email)).at(-1)!.text!;
  const typed = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(sent)![1]!;
  return (await readZip(await visitor.post(path, { code: typed }))).get("Daten.json")!;
}

Deno.test("staff and officer see and choose before the approval what is blacked out for others", async () => {
  const at = await tenantWithOfficer();
  const { alice, officer, email, contact } = at;
  await note(
    alice,
    contact,
    "Gespräch mit anna@dritte.example und bernd@dritte.example, Tarnname Falke",
  );
  const { id, number } = await claim(at, ["access"]);
  await post(test, box, officer, number, []);
  const item = await itemOf(alice, id);
  const page = `/settings/requests/items/${item.id}/redactions`;
  match(await (await alice.get(`/settings/requests/${id}`)).text(), new RegExp(page));
  const shown = await (await alice.get(page)).text();
  match(shown, /Gespräch mit anna@dritte\.example/, "with what is around it");
  const chosen = { ...formOf(shown), words: "anna@dritte.example", more: "Falke" };
  await put(alice, `/contacts/${contact}`, fileOf(pdf("Über Dritte"), "Nachgereicht.pdf"));
  const refused = await alice.post(page, chosen);
  equal(refused.status, 422, "a file came that the page had not shown");
  const again = await refused.text();
  match(again, /Nachgereicht\.pdf/);
  match(again, /Seit dem Öffnen dieser Seite/);
  match(again, />Falke<\/textarea>/, "nothing typed is lost");
  ok(!/value="bernd@dritte\.example" checked/.test(again), "nor unticked");
  equal((await alice.post(page, { ...chosen, seen: formOf(again).seen! })).status, 303);

  const letter = (await post(test, box, officer, number)).at(-1)!;
  const path = link(letter, "Freigeben");
  const seen = await (await visitor.get(path)).text();
  match(seen, /value="Falke" checked/);
  ok(!/value="bernd@dritte\.example" checked/.test(seen), "what staff have left readable");
  await note(alice, contact, "Später kam clara@dritte.example hinzu");
  const order = {
    ...formOf(seen),
    code: code(letter, "Auskunft"),
    words: ["Falke", "bernd@dritte.example"],
  };
  const endless = await visitor.post(path, { ...order, more: "x ".repeat(2_600) });
  equal(endless.status, 422, "what was typed cannot be taken, so nothing is approved");
  const late = await visitor.post(path, order);
  equal(late.status, 422, "a note came that the page had not shown");
  const renewed = await late.text();
  match(renewed, /value="clara@dritte\.example" checked/);
  await note(alice, contact, "Ganz zuletzt kam dora@dritte.example hinzu");
  match(await (await visitor.post(path, order)).text(), /value="dora@dritte\.example" checked/);
  const { seen: mark, offered } = formOf(await (await visitor.get(path)).text());
  const words = [...order.words, "clara@dritte.example", "dora@dritte.example"];
  const done = await visitor.post(path, { ...order, words, seen: mark!, offered: offered! });
  match(await done.text(), /Freigegeben/);
  const data = await fetched(email);
  ok(data.includes("anna@dritte.example"), "the officer's choice is the last");
  for (
    const word of ["bernd@dritte.example", "Falke", "clara@dritte.example", "dora@dritte.example"]
  ) {
    ok(!data.includes(word), word);
  }
  equal((await owner`select from case_redactions where item_id = ${item.id}`).length, 0);
});

Deno.test("a namesake beside the address: the officer says by mail who is meant, and only that person is erased", async () => {
  const at = await tenantWithOfficer();
  const { alice, mark, officer, contact, made } = at;
  const namesake = await made({ firstName: "Petra", lastName: mark });
  const { id, number } = await claim(at, ["erasure"]);
  const door = await openDoor(test);
  const first = (await post(test, box, officer, number)).at(-1)!;
  await answer(door.port, first, officer, `FREIGABE ${code(first, "Löschung")}`);
  await post(test, box, officer, number);
  equal((await itemOf(alice, id)).status, "execution");
  // It may come before the word that the approval was taken.
  const who = (await post(test, box, officer, number))
    .find(({ subject }) => /Wer ist gemeint/.test(subject!))!;
  match(who.text!, /1: gefunden über E-Mail, Name/);
  match(who.text!, /2: gefunden über Name/);
  ok(!who.text!.includes(mark), "no mail names the person");
  const typed = code(who, "Löschung");
  for (
    const [text, help] of [["PERSON 4: 1", /Code/], [`PERSON ${typed}: 7`, /Nummern/]] as const
  ) {
    await answer(door.port, who, officer, text);
    match((await post(test, box, officer, number)).at(-1)!.text!, help);
  }
  equal((await itemOf(alice, id)).status, "execution");
  await answer(door.port, who, officer, `PERSON ${typed}: 1`);
  await post(test, box, officer, number);
  await door.close(100);
  equal((await itemOf(alice, id)).status, "done");
  const left = await owner`select id from contacts where id in (${contact}, ${namesake})`;
  deepEqual(left.map(({ id }) => id), [namesake]);
});

Deno.test("a namesake is settled by the mail's link with the code as well; a link scanner decides nothing", async () => {
  const at = await tenantWithOfficer();
  const { alice, mark, officer, contact, made } = at;
  await made({ firstName: "Petra", lastName: mark });
  const { id, number } = await claim(at, ["restriction"]);
  await post(test, box, officer, number, []);
  const letter = (await post(test, box, officer, number)).at(-1)!;
  const path = link(letter, "Angeben, wer gemeint ist");
  const shown = await (await visitor.get(path)).text();
  match(shown, new RegExp(`Petra ${mark}`));
  const searchedAt = /name="searchedAt" value="([^"]+)"/.exec(shown)![1]!;
  const chosen = { searchedAt, ids: contact };
  equal((await visitor.post(path, { ...chosen, code: "0000" })).status, 422);
  const silent = await visitor.post(path, { searchedAt, code: code(letter, "Einschränkung") });
  equal(silent.status, 422, "nothing ticked does not say that nobody is meant");
  match(await silent.text(), /Kreuzen Sie an, wer gemeint ist/);
  const said = await visitor.post(path, { ...chosen, code: code(letter, "Einschränkung") });
  match(await said.text(), /Es ist vermerkt, wer gemeint ist/);
  match(await (await visitor.post(path, chosen)).text(), /nicht mehr|bereits/);
  const events = await alice.scope((scope) => caseEvents.list(scope, id));
  ok(events.events.some(({ action }) => action === "person_confirmed"));

  const list = await (await alice.get("/settings/requests/restrictions")).text();
  match(list, new RegExp(`Petra ${mark}`));
  match(list, new RegExp(number));
});

Deno.test("a push that fails is tried again, later each time; what was refused is not", async () => {
  const at = await tenantWithOfficer();
  const { alice } = at;
  const { id: caseId } = await claim(at, ["portability"]);
  const item = await itemOf(alice, caseId);
  const made = async () => {
    const id = newId();
    await owner`
      insert into transfers (
        tenant_id, id, case_id, item_id, way, recipient, processor_id, url_sealed, status, created_at,
        expires_at
      ) values (
        ${alice.tenantId}, ${id}, ${caseId}, ${item.id}, 'push', 'Haus', ${newId()}, '\\x00', 'open',
        now(), now() + interval '14 days'
      )
    `;
    return id;
  };
  const stateOf = async (id: string) => {
    const [row] = await owner`
      select status, round(extract(epoch from retry_at - now()) / 60) as minutes
      from transfers where id = ${id}
    `;
    return [row!.status, row!.minutes === null ? null : Number(row!.minutes)];
  };
  const settle = (id: string, fault: string | null) =>
    alice.scope((scope) => pushes.settle(scope, id, fault));
  const id = await made();
  for (const minutes of [5, 30, 120, 480, 1_440]) {
    await settle(id, "timeout");
    deepEqual(await stateOf(id), ["open", minutes]);
  }
  await settle(id, "http_503");
  deepEqual(await stateOf(id), ["failed", null]);
  const refused = await made();
  await settle(refused, "http_422");
  deepEqual(await stateOf(refused), ["failed", null]);
  match(await (await alice.get(`/settings/requests/${caseId}`)).text(), /neuer Versuch folgt/);
});

Deno.test("documents received to prove the identity are destroyed once it is settled", async () => {
  const at = await tenantWithOfficer();
  const { alice } = at;
  const { id } = await claim(at, ["access"]);
  const officer = { kind: "officer", id: null } as const;
  const decide = async (kind: "identity" | "identified") => {
    const item = await itemOf(alice, id);
    await alice.scope((scope) =>
      caseItems.decide(scope, id, item.id, { kind, reason: "Zweifel am Absender" }, officer)
    );
  };
  const file = (name: string, mediaType: string, age = "0 s") =>
    owner`
      insert into case_files (
        tenant_id, id, case_id, name, media_type, size, content_sealed, created_at
      ) values (
        ${alice.tenantId}, ${newId()}, ${id}, ${name}, ${mediaType}, 5, '\\x00',
        clock_timestamp() - ${age}::interval
      )
    `;
  await file("frueher.jpg", "image/jpeg", "1 s");
  await decide("identity");
  await file("IMG_2041.jpg", "image/jpeg");
  await file("brief.txt", "text/plain");
  await decide("identified");
  const left = await owner`select name from case_files where case_id = ${id} order by name`;
  deepEqual(left.map(({ name }) => name), ["brief.txt", "frueher.jpg"]);
  match(
    await (await alice.get(`/settings/requests/${id}`)).text(),
    /Klärung der Identität vernichtet/,
  );
});

Deno.test("after the evidence only figures stay, and the chain goes on", async () => {
  const at = await tenantWithOfficer();
  const { alice } = at;
  const { id } = await claim(at, ["access"]);
  const item = await itemOf(alice, id);
  await alice.scope((scope) =>
    caseItems.decide(scope, id, item.id, { kind: "done" }, { kind: "system", id: null })
  );
  await owner`
    update cases set erase_after = '2020-12-31', received_on = '2017-05-04', due_on = '2027-06-06'
    where id = ${id}
  `;
  ok(await caseEvidence.eraseExpired(test.db.app) >= 1);
  const rows = await owner`select from case_events where tenant_id = ${alice.tenantId}`;
  equal(rows.length, 0, "not even rows without content");
  const page = await (await alice.get("/settings/requests/counters")).text();
  match(page, /2017/);
  match(page, /Auskunft/);
  const head = await alice.scope((scope) => caseEvents.head(scope));
  ok(head!.seq > 1);
  await claim(at, ["access"]);
  equal(await alice.scope((scope) => caseEvents.verify(scope)), null);
  ok((await alice.scope((scope) => caseEvents.head(scope)))!.seq > head!.seq);
  await owner`update case_chains set digest = '\\x00' where tenant_id = ${alice.tenantId}`;
  ok(await alice.scope((scope) => caseEvents.verify(scope)) !== null, "a forged beginning is seen");
});

Deno.test("a backup brings back neither a person the law has reduced nor words that were made unreadable", async () => {
  const at = await tenantWithOfficer();
  const { alice, mark, officer, email, contact } = at;
  const { tenantId } = alice;
  const other = idOf(
    await alice.post("/contacts/new", { origin: "customer", lastName: "Andere", _anyway: "1" }),
  );
  const shared = await note(alice, other, `Petra ${mark} rief an, Rückruf 030 901820`);
  await owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    values (${tenantId}, ${shared}, ${contact}, ${contact}, true, now())
  `;
  await owner`
    update contacts set retain_until = '2099-12-31', retain_reason = '§ 147 AO', notes = ${mark}
    where id = ${contact}
  `;
  const store = { dataDir: await Deno.makeTempDir(), secretKey };
  await ledger.keep(test.db.app, store.dataDir);
  const { name } = await backups.make(owner, store);
  const { id, number } = await claim(at, ["erasure"]);
  const letter = (await post(test, box, officer, number)).at(-1)!;
  await visitor.post(link(letter, "Freigeben"), { code: code(letter, "Löschung") });
  // The queue keeps the installation's own ledger; this one is kept beside it before that runs.
  await drain(test, { dataDir: store.dataDir });
  equal((await itemOf(alice, id)).status, "partial");
  const [now] = await owner`select body from activities where id = ${shared}`;
  ok(!now!.body.includes(mark) && !now!.body.includes("901820"), "the number is masked as well");

  const { sql: place } = await emptyPlace();
  await restores.restore(place, store, name);
  const [back] = await place`
    select c.notes, c.restricted_reason, c.restricted_until::text as until,
      (select count(*)::int from emails e where e.contact_id = c.id) as emails,
      (select body from activities where id = ${shared}) as body
    from contacts c
    where c.id = ${contact}
  `;
  deepEqual([back!.notes, back!.restrictedReason, back!.until, back!.emails], [
    "",
    "retention",
    "2099-12-31",
    0,
  ]);
  ok(!back!.body.includes(mark) && !back!.body.includes("901820"));
  ok(email);
  await place.end();
});
