/** Rights from the public form to their effect: by links alone, by answers alone, over real SMTP. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { ParsedMail } from "mailparser";
import * as caseItems from "../db/case_items.ts";
import { now, setOffset, today } from "../db/clock.ts";
import * as deliveries from "../db/deliveries.ts";
import * as downloads from "../db/delivery_downloads.ts";
import { newId } from "../db/ids.ts";
import { enqueue, queues } from "../db/jobs.ts";
import type { Right } from "../db/letters.ts";
import { judge } from "../db/outgoing_gate.ts";
import * as restrictions from "../db/restrictions.ts";
import { system, withScope } from "../db/scope.ts";
import { localStorage, type Storage, StorageAway } from "../db/storage.ts";
import { exists } from "../db/vault.ts";
import type { Person } from "./support/cast.ts";
import { cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { openDoor } from "./support/inbound.ts";
import { answer, code, link, post, request } from "./support/officers.ts";
import { idOf } from "./support/html.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";
import { readZip } from "./support/zips.ts";

const people = await cast();
const { test, visitor } = people;
const box = await mailbox();
const { owner } = test.db;

/** A tenant of its own with an officer, and a person on record there. */
async function tenantWithOfficer(fields: Record<string, string> = {}) {
  const { alice } = await cast();
  const mark = newMark();
  const officer = `dsb.${mark}@officer.example`;
  const email = `${mark}@person.example`;
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      lastName: mark,
      "emails.0.address": email,
      notes: `${mark} Notiz`,
      _anyway: "1",
      ...fields,
    }),
  );
  return { alice, mark, officer, email, contact };
}

const statuses = (alice: Person, caseId: string) =>
  alice.scope(async (scope) => (await caseItems.list(scope, caseId)).map(({ status }) => status));

const claim = (alice: Person, email: string, rights: Right[], body = "Bitte.") =>
  request(test, alice.tenantId, rights, {
    personEmail: email,
    body,
    claims: rights.map((right) => ({ right, sentence: "" })),
  });

/** The officer approves by a link and the code beside the right. */
async function approve(officer: string, number: string, right: string): Promise<void> {
  const letters = await post(test, box, officer, number);
  const letter = letters.at(-1)!;
  const done = await visitor.post(link(letter, "Freigeben"), { code: code(letter, right) });
  match(await done.text(), /Freigegeben/);
}

const codeIn = (mail: ParsedMail) => /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(mail.text!)![1]!;

/** Asks for a code by mail and returns it. */
async function askCode(path: string, email: string): Promise<string> {
  equal((await visitor.post(`${path}/codes`)).status, 200);
  return codeIn((await box.collect(test, email)).at(-1)!);
}

const actionsOf = (alice: Person, caseId: string) =>
  alice.scope(async ({ sql, tenantId }) => {
    const rows = await sql<{ action: string }[]>`
      select action from case_events where tenant_id = ${tenantId} and case_id = ${caseId} order by seq
    `;
    return rows.map(({ action }) => action);
  });

Deno.test("access by links alone: the answer is fetched with a code, five times, then it is destroyed", async () => {
  const { alice, mark, officer, email, contact } = await tenantWithOfficer();
  const form = await visitor.post(`/p/haus-${alice.tenantId}/requests/new`, {
    id: newId(),
    rights: "access",
    name: "Petra Person",
    email,
  });
  const number = /DS-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(await form.text())![0];
  const [{ id } = { id: "" }] = await owner<{ id: string }[]>`
    select id from cases where number = ${number}
  `;
  await approve(officer, number, "Auskunft");
  const mails = (await box.collect(test, email)).filter(({ subject }) =>
    /liegt bereit/.test(subject!)
  );
  equal(mails.length, 1);
  deepEqual(await statuses(alice, id), ["done"]);
  for (const part of [mails[0]!.text!, String(mails[0]!.html)]) {
    ok(!part.includes(email) && !part.includes("Petra"));
  }
  const path = linkIn(mails[0]!, "deliveries");

  const [delivery] = await alice.scope((scope) => deliveries.list(scope, id));
  const object = `deliveries/${alice.tenantId}/${delivery!.id}`;
  const folder = test.services.config.dataDir;
  const lying = await Deno.readFile(`${folder}/files/${object}`);
  ok(!new TextDecoder("latin1").decode(lying).includes("Daten.json"), "the answer is readable");
  for (let n = 0; n < 3; n++) match(await (await visitor.get(path)).text(), /Noch 5 Abrufe/);
  equal((await visitor.post(path, { code: "AAAA-AAAA" })).status, 422, "no code was asked for");

  const right = await askCode(path, email);
  for (let n = 0; n < 3; n++) equal((await visitor.post(path, { code: "AAAA-AAAA" })).status, 422);
  equal((await visitor.post(path, { code: right })).status, 422, "three wrong ones spend it");
  const fresh = await askCode(path, email);
  const file = await visitor.post(path, { code: fresh });
  equal(file.headers.get("Content-Type"), "application/zip");
  const found = await readZip(file);
  ok(found.get("Daten.json")!.includes(`${mark} Notiz`));
  ok(found.get("Auskunft.pdf")!.startsWith("%PDF-1.7"));
  const [change] = await owner`
    select from changes where record_id = ${contact} and action = 'disclosed'
  `;
  ok(change);
  for (let n = 0; n < 4; n++) {
    const again = await visitor.post(path, { code: fresh });
    equal((await readZip(again)).size, 2, `fetch ${n + 2}`);
  }
  match(await (await visitor.get(path)).text(), /keine Antwort mehr/);
  match(await (await visitor.post(path, { code: fresh })).text(), /keine Antwort mehr/);
  equal(await exists(test.services.config, object), false);
  const [{ key_id: key } = { key_id: "" }] = await owner.unsafe(
    `select key_id from deliveries where id = '${delivery!.id}'`,
  );
  await rejects(Deno.stat(`${folder}/keys/data/${key}`), Deno.errors.NotFound);
  const actions = await actionsOf(alice, id);
  equal(actions.filter((each) => each === "delivered").length, 5);
  equal(actions.at(-1), "delivery_destroyed");
});

Deno.test("a download that the storage breaks off does not count, and the last one can be repeated", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  const random = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (each) => each);
  const body = Array.from({ length: 4 }, () => random.join("")).join("");
  await put(alice, `/contacts/${contact}`, fileOf(pdf(body), "akte.pdf"));
  const { id, number } = await claim(alice, email, ["access"]);
  await approve(officer, number, "Auskunft");
  const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
  await owner`update deliveries set downloads_left = 1 where case_id = ${id}`;
  const right = await askCode(path, email);
  const { services } = test;
  const whole = localStorage(services.config.dataDir);
  const away: Storage = {
    ...whole,
    async *get(name) {
      let size = 0;
      for await (const piece of whole.get(name)) {
        for (let at = 0; at < piece.length; at += 50_000) {
          if ((size += 50_000) > 200_000) throw new StorageAway("ECONNRESET");
          yield piece.subarray(at, at + 50_000);
        }
      }
    },
  };
  const config = services.config;
  Object.assign(services, { config: { ...config, storage: away } });
  try {
    const broken = await visitor.post(path, { code: right });
    equal(broken.status, 200);
    await rejects(broken.bytes());
  } finally {
    Object.assign(services, { config });
  }
  match(await (await visitor.get(path)).text(), /Noch ein Abruf|Noch 1 Abruf/);
  ok((await actionsOf(alice, id)).includes("delivery_broken"));
  ok((await readZip(await visitor.post(path, { code: right }))).size >= 3);
  match(await (await visitor.get(path)).text(), /keine Antwort mehr/);
  equal((await actionsOf(alice, id)).at(-1), "delivery_destroyed");
});

Deno.test("the last download ends the answer though nobody read a byte of it", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const { id, number } = await claim(alice, email, ["access"]);
  await approve(officer, number, "Auskunft");
  const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
  await owner`update deliveries set downloads_left = 1 where case_id = ${id}`;
  const code = await askCode(path, email);
  const { config, pool } = test.services;
  const [delivery] = await alice.scope((scope) => deliveries.list(scope, id));
  const who = { tenantId: alice.tenantId, actor: system } as const;
  const taken = await withScope(pool, who, (scope) =>
    downloads.take(
      ...[scope, config, delivery!.id, code] as const,
      (work) => withScope(pool, who, work),
    ));
  await taken!.stream.cancel();
  equal((await actionsOf(alice, id)).at(-1), "delivery_destroyed");
});

Deno.test("an answer whose last download died with its process goes a day later", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const { id, number } = await claim(alice, email, ["access"]);
  await approve(officer, number, "Auskunft");
  const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
  await owner`update deliveries set downloads_left = 1 where case_id = ${id}`;
  const code = await askCode(path, email);
  const { config, pool } = test.services;
  const ofAnswer = async () => (await alice.scope((scope) => deliveries.list(scope, id)))[0]!;
  const { id: delivery } = await ofAnswer();
  const who = { tenantId: alice.tenantId, actor: system } as const;
  const taken = await withScope(pool, who, (scope) =>
    downloads.take(
      ...[scope, config, delivery, code] as const,
      () => Promise.reject(new Error("a process that is gone does nothing later")),
    ));
  await taken!.stream.cancel().catch(() => {});
  equal((await ofAnswer()).destroyedAt, null);
  setOffset("P1DT1M");
  try {
    await test.queue.send("expire_deliveries", { tenantId: null });
    await drain(test);
  } finally {
    setOffset(undefined);
  }
  equal((await ofAnswer()).endReason, "count");
  equal((await actionsOf(alice, id)).at(-1), "delivery_destroyed");
});

Deno.test("the search for a person and an approved right survive a storage that is away for a day", () => {
  for (const name of ["find_person", "execute_right"] as const) {
    const { retryLimit, retryDelay, retryDelayMax } = queues[name];
    const waits = Array.from(
      { length: retryLimit! },
      (_, at) => Math.min(retryDelay! * 2 ** at, retryDelayMax!),
    );
    ok(waits.reduce((sum, each) => sum + each, 0) > 86_400, name);
  }
});

Deno.test("access of an unknown person by mail: the answer says that nothing is held, and is gone after 14 days", async () => {
  const { alice, mark, officer } = await tenantWithOfficer();
  const email = `${newMark()}@stranger.example`;
  const door = await openDoor(test);
  const { id, number } = await claim(alice, email, ["access"]);
  const [letter] = await post(test, box, officer, number);
  await answer(door.port, letter!, officer, `FREIGABE ${code(letter!, "Auskunft")}`);
  await post(test, box, officer, number);
  await door.close(100);
  deepEqual(await statuses(alice, id), ["no_data"]);
  const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
  const found = await readZip(await visitor.post(path, { code: await askCode(path, email) }));
  deepEqual(JSON.parse(found.get("Daten.json")!).data, {});
  ok(!found.get("Daten.json")!.includes(mark), "somebody else's data");
  const late = await askCode(path, email);
  setOffset("P14DT1M");
  try {
    match(await (await visitor.post(path, { code: late })).text(), /keine Antwort mehr/);
    await test.queue.send("expire_deliveries", { tenantId: null });
    await drain(test);
  } finally {
    setOffset(undefined);
  }
  equal((await actionsOf(alice, id)).at(-1), "delivery_destroyed");
  equal((await alice.scope((scope) => deliveries.list(scope, id)))[0]!.endReason, "expired");
});

Deno.test("a person without an e-mail address gets link and code from the tenant, which sees them once", async () => {
  const { alice, officer } = await tenantWithOfficer();
  const { id, number } = await request(test, alice.tenantId, ["access"], {
    channel: "post",
    personEmail: "",
  });
  await approve(officer, number, "Auskunft");
  await drain(test);
  const [delivery] = await alice.scope((scope) => deliveries.list(scope, id));
  const seen = await (await alice.get(`/settings/requests/${id}`)).text();
  match(seen, /Link und Code ausgeben/);
  const page = await (await alice.post(`/settings/requests/deliveries/${delivery!.id}/access`))
    .text();
  const path = /\/deliveries\/[A-Za-z0-9_-]{43}/.exec(page)![0];
  const typed = />([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(page)![1]!;
  match(await (await visitor.get(path)).text(), /getrennt von diesem Link/);
  equal((await visitor.post(path, { code: typed })).headers.get("Content-Type"), "application/zip");
});

Deno.test("a restriction applies from the claim on, and ends only after the person was notified", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  const { id, number } = await claim(alice, email, ["restriction"]);
  equal((await alice.get(`/contacts/${contact}`)).status, 200);
  await post(test, box, officer, number, []);
  equal((await alice.get(`/contacts/${contact}`)).status, 404, "before anybody has looked");
  deepEqual(await statuses(alice, id), ["new"]);
  await approve(officer, number, "Einschränkung");
  const letter = (await box.collect(test, email)).at(-1)!;
  match(letter.text!, /nur noch gespeichert/);
  deepEqual(await statuses(alice, id), ["done"]);

  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const at = `/settings/requests/items/${item!.id}/restriction`;
  const refused = await alice.post(`${at}/removal`);
  equal(refused.status, 422);
  match(await refused.text(), /Erst muss die Person/);
  // Whatever the program forgets, the database does not open it.
  const bare = alice.scope(async ({ sql }) => {
    await sql`set local app.sees_restricted = 'on'`;
    await sql`update contacts set restricted_at = null where id = ${contact}`;
  });
  await rejects(bare, /still stands/);
  await rejects(
    alice.scope(({ sql }) =>
      sql`update restrictions set lifted_at = now() where contact_id = ${contact}`
    ),
    /told_before_lifted/,
  );
  equal((await alice.post(`${at}/end`, { on: "2020-01-01" })).status, 422);
  const on = Temporal.PlainDate.from(today()).add({ days: 7 }).toString();
  equal((await alice.post(`${at}/end`, { on })).status, 303);
  match((await box.collect(test, email)).at(-1)!.subject!, /Die Einschränkung endet/);
  const seen = await (await alice.get(`/settings/requests/${id}`)).text();
  ok(!seen.includes(`<p>${on}</p>`), "a day is written as the reader writes it");
  match(await (await alice.post(`${at}/removal`)).text(), /noch nicht erreicht/);
  equal((await alice.get(`/contacts/${contact}`)).status, 404);
  setOffset("P8D");
  try {
    const by = { kind: "officer", id: null } as const;
    await alice.scope((scope) => restrictions.lift(scope, { caseId: id, itemId: item!.id }, by));
  } finally {
    setOffset(undefined);
  }
  equal((await alice.get(`/contacts/${contact}`)).status, 200);
});

Deno.test("a claim of restriction that is refused opens again by itself, after the letter", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  const { number } = await claim(alice, email, ["restriction"]);
  const [letter] = await post(test, box, officer, number);
  await visitor.post(link(letter!, "Ablehnen"), {
    reason: "Es gibt keinen der Gründe.",
    paragraph: "Art. 18 Abs. 1 DSGVO",
    code: code(letter!, "Einschränkung"),
  });
  const subjects = (await box.collect(test, email)).map(({ subject }) => subject!);
  ok(subjects.some((each) => /Unsere Entscheidung/.test(each)));
  ok(subjects.some((each) => /Einschränkung endet/.test(each)));
  equal((await alice.get(`/contacts/${contact}`)).status, 404);
  setOffset("P8D");
  try {
    await owner`update jobs.job set start_after = now() where name = 'lift_restriction'`;
    await drain(test);
  } finally {
    setOffset(undefined);
  }
  equal((await alice.get(`/contacts/${contact}`)).status, 200);
});

Deno.test("a claim of restriction that is passed on opens again, too", async () => {
  const { alice, email, contact } = await tenantWithOfficer();
  const { id } = await claim(alice, email, ["restriction"]);
  await drain(test);
  equal((await alice.get(`/contacts/${contact}`)).status, 404);
  const by = { kind: "officer", id: null } as const;
  const passed = { kind: "forward", reason: "An die Muster GmbH." } as const;
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, passed, by);
  });
  const subjects = (await box.collect(test, email)).map(({ subject }) => subject!);
  ok(subjects.some((each) => /Einschränkung endet/.test(each)));
});

Deno.test("a restriction whose job a restore lost is lifted the night after its day", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  const { id, number } = await claim(alice, email, ["restriction"]);
  await post(test, box, officer, number, []);
  await approve(officer, number, "Einschränkung");
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const at = `/settings/requests/items/${item!.id}/restriction`;
  const on = Temporal.PlainDate.from(today()).add({ days: 7 }).toString();
  // It is lifted on the morning of that day, as the letter says: the day is not its last one.
  match(await (await alice.get(`/settings/requests/${id}`)).text(), />Aufzuheben am/);
  equal((await alice.post(`${at}/end`, { on })).status, 303);
  await box.collect(test, email);
  await owner`delete from jobs.job where name = 'lift_restriction'`;
  const night = async () => {
    await enqueue(test.db.app, "apply_retentions", alice.tenantId, {});
    await drain(test);
    // Her session has ended by then.
    const open = await owner`select from contacts where id = ${contact} and restricted_at is null`;
    return open.length === 0 ? 404 : 200;
  };
  const notified = (when: Date | null) =>
    owner`update restrictions set told_at = ${when} where contact_id = ${contact}`;
  try {
    equal(await night(), 404, "its day is to come");
    setOffset("P8D");
    await notified(null);
    equal(await night(), 404, "nobody opens what the person does not know of");
    await notified(now());
    equal(await night(), 200);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("an objection to advertising bars the address for good, whoever brings it back", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  const { id, number } = await claim(alice, email, ["objection"], "Keine Werbung mehr!");
  await post(test, box, officer, number, []);
  const marketing = () =>
    alice.post("/contacts/new", {
      origin: "customer",
      lastName: "Wieder",
      "emails.0.address": email,
      _anyway: "1",
    });
  const [barred] = await owner`
    select channel from objections where contact_id = ${contact}
  `;
  equal(barred!.channel, "all");
  equal((await alice.get(`/contacts/${contact}`)).status, 200, "advertising alone hides nobody");
  await approve(officer, number, "Widerspruch");
  match((await box.collect(test, email)).at(-1)!.text!, /auf Dauer gesperrt/);
  deepEqual(await statuses(alice, id), ["done"]);
  await owner`delete from contacts where id = ${contact}`;
  const again = idOf(await marketing());
  ok(again !== contact);
  const [judged] = await alice.scope((scope) => judge({ scope, secretKey }, "marketing", [email]));
  ok(judged!.bar === "suppressed" || judged!.bar === "objection");
});

Deno.test("an objection to all processing based on interests restricts while it is examined", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  await owner`update contacts set legal_basis = 'legitimate_interest' where id = ${contact}`;
  const all = "Ich widerspreche der Verarbeitung meiner Daten.";
  const { number } = await claim(alice, email, ["objection"], all);
  await drain(test);
  equal((await alice.get(`/contacts/${contact}`)).status, 404);
  const [row] = await owner`select ground from restrictions where contact_id = ${contact}`;
  equal(row!.ground, "objection");
  await approve(officer, number, "Widerspruch");
  match((await box.collect(test, email)).at(-1)!.text!, /berechtigtes Interesse.*nur noch/);
});

Deno.test("an objection to what rests on a contract is answered, with the way to complain", async () => {
  const { alice, officer, email, contact } = await tenantWithOfficer();
  await owner`update contacts set legal_basis = 'contract' where id = ${contact}`;
  const { number } = await claim(alice, email, ["objection"], "Ich widerspreche allem.");
  await approve(officer, number, "Widerspruch");
  const { text } = (await box.collect(test, email)).at(-1)!;
  match(text!, /auf Dauer gesperrt[^]*können wir ihm nicht folgen[^]*Art\. 77[^]*Art\. 79/);
  equal((await alice.get(`/contacts/${contact}`)).status, 200);
});

Deno.test("an officer is told in which language a person reads a reason", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  for (const [language, hint] of [["en", /Die Person liest Englisch/], ["de", null]] as const) {
    const { number } = await request(test, alice.tenantId, ["access"], {
      ...{ personEmail: email, language },
    });
    const letter = (await post(test, box, officer, number)).at(-1)!;
    const page = await (await visitor.get(link(letter, "Ablehnen"))).text();
    equal(/Die Person liest/.test(page), hint !== null);
    if (hint) match(page, hint);
    match(
      page,
      language === "en" ? /"Art\. 15\(4\), 12\(5\) GDPR"/ : /"Art\. 15 Abs\. 4, 12 Abs\. 5 DSGVO"/,
    );
  }
});

Deno.test("a withdrawal ends every consent at once", async () => {
  const { alice, email, contact } = await tenantWithOfficer();
  await owner`
    insert into consents (
      tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how
    ) values (${alice.tenantId}, ${newId()}, ${contact}, 'email', 'marketing', '1', now(), 'form')
  `;
  const { id } = await claim(alice, email, ["withdrawal"]);
  await drain(test);
  const [row] = await owner`select withdrawn_at from consents where contact_id = ${contact}`;
  ok(row!.withdrawnAt);
  ok((await actionsOf(alice, id)).includes("consents_ended"));
});
