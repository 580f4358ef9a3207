/** Rights of users towards the provider: carried out by the same code, by links and by mail. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as certificates from "../db/certificates.ts";
import { setOffset, today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import * as mails from "../db/mails.ts";
import * as restrictions from "../db/restrictions.ts";
import { cast, type Person, person } from "./support/cast.ts";
import { openDoor } from "./support/inbound.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { answer, code, links, plus, post, request, within } from "./support/officers.ts";
import { readZip } from "./support/zips.ts";

const { test, alice, bob, visitor } = await cast();
const { owner } = test.db;
const box = await mailbox();
const officer = "dsb@example.org";
const operator = await person(test, alice.tenantId, "Otto Operator", "member");
await owner`update identities set operator = true where id = ${operator.identityId}`;

const claim = (who: Pick<Person, "email">, rights: Right[], body = "Bitte.") =>
  request(test, providerId, rights, {
    personEmail: who.email,
    body,
    claims: rights.map((right) => ({ right, sentence: "" })),
  });

const itemsOf = (id: string) => within(test, providerId, (scope) => caseItems.list(scope, id));
const statuses = async (id: string) => (await itemsOf(id)).map(({ status }) => status);

/** Approves a right by the link beside it; `at` is its place in the letter. */
async function approve(number: string, right: string, at = 0): Promise<void> {
  const freeing = (mail: Parameters<typeof links>[0]) =>
    links(mail).filter(({ label }) => label === "Freigeben");
  // A confirmation of what was decided may have come since.
  const letter = (await post(test, box, officer, number))
    .findLast((each) => freeing(each).length > 0)!;
  const { path } = freeing(letter)[at]!;
  const done = await visitor.post(path, { code: code(letter, right) });
  match(await done.text(), /Freigegeben/);
}

/** The answer that waits for somebody. */
async function fetched(email: string): Promise<Map<string, string>> {
  const mail = (await box.collect(test, email)).findLast(({ subject }) =>
    /liegt bereit/.test(subject!)
  )!;
  const path = linkIn(mail, "deliveries");
  await visitor.post(`${path}/codes`);
  const sent = (await box.collect(test, email)).at(-1)!.text!;
  return await readZip(
    await visitor.post(path, { code: /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(sent)![1]! }),
  );
}

Deno.test("access and portability from the public form: the log-in's own data, nobody else's, no hash", async () => {
  const form = await visitor.post("/privacy/requests/new", {
    id: newId(),
    rights: ["access", "portability"],
    name: "Bob Brandt",
    email: bob.email,
  });
  const number = /DS-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(await form.text())![0];
  await approve(number, "Auskunft");
  const found = await fetched(bob.email);
  const { data } = JSON.parse(found.get("Daten.json")!);
  deepEqual(data.identities.map(({ email }: { email: string }) => email), [bob.email]);
  equal(data.identities[0].password_hash === "present" || !data.identities[0].password_hash, true);
  match(data.users[0].tenant, /Nordlicht/);
  ok(data.cases.length > 0, "the request itself");
  ok(!found.get("Daten.json")!.includes(alice.email));
  ok(found.get("Auskunft.pdf")!.startsWith("%PDF-1.7"));
  await approve(number, "Datenübertragung", 1);
  const portable = await fetched(bob.email);
  const [document] = [...portable].filter(([name]) => name.endsWith(".json"));
  const [one] = JSON.parse(document![1]).persons;
  deepEqual([one.first_name, one.last_name, one.emails[0].address], ["Bob", "Brandt", bob.email]);
});

Deno.test("rectification by an answering mail: the name is corrected, an address in use is not taken", async () => {
  const { id, number } = await claim(bob, ["rectification"]);
  const [item] = await itemsOf(id);
  await post(test, box, officer, number, []);
  const at = `/operator/requests/items/${item!.id}/rectification`;
  const change = (field: string, from: string, value: string) =>
    operator.post(at, {
      id: newId(),
      what: `${bob.identityId} ${field} ${from}`,
      value,
      proof: "x",
    });
  equal((await change("identities.name", "Bob Brandt", "Bob Brandtner")).status, 303);
  const door = await openDoor(test);
  const letter = (await post(test, box, officer, number)).at(-1)!;
  await answer(door.port, letter, officer, `FREIGABE ${code(letter, "Berichtigung")}`);
  await post(test, box, officer, number);
  await door.close(100);
  deepEqual(await statuses(id), ["done"]);
  const [row] = await owner`select name from identities where id = ${bob.identityId}`;
  equal(row!.name, "Bob Brandtner");

  const second = await claim(bob, ["rectification"]);
  const [other] = await itemsOf(second.id);
  await post(test, box, officer, second.number, []);
  await operator.post(`/operator/requests/items/${other!.id}/rectification`, {
    id: newId(),
    what: `${bob.identityId} identities.email ${bob.email}`,
    value: alice.email,
    proof: "x",
  });
  await approve(second.number, "Berichtigung");
  await box.collect(test, officer);
  deepEqual(await statuses(second.id), ["review"]);
  const [same] = await owner`select email from identities where id = ${bob.identityId}`;
  equal(same!.email, bob.email);
});

/** Whether a mail of this kind is written to somebody. */
async function isWritten(kind: "notifications" | "password_reset", to: string): Promise<boolean> {
  const id = await mails.send(test.db.app, {
    tenantId: null,
    kind,
    to,
    subject: "x",
    text: "x",
    html: "x",
  });
  const rows = await owner`select from mails where id = ${id}`;
  await owner`delete from mails where id = ${id}`;
  return rows.length > 0;
}

Deno.test("a restriction stops optional mail to the log-in, in the database, and ends after the letter", async () => {
  const ruth = await person(test, alice.tenantId, "Ruth Ruhig", "member");
  const { id, number } = await claim(ruth, ["restriction"]);
  await box.collect(test, officer);
  equal(await isWritten("notifications", ruth.email), false, "from the claim on");
  equal(await isWritten("password_reset", ruth.email), true, "asked for by herself");
  match(await (await operator.get("/operator/requests/restrictions")).text(), /Ruth Ruhig/);
  await approve(number, "Einschränkung");
  match((await box.collect(test, ruth.email)).at(-1)!.text!, /Ihrem Einverständnis/);
  deepEqual(await statuses(id), ["done"]);
  await rejects(
    owner`update identities set restricted_at = null where id = ${ruth.identityId}`,
    /still stands/,
  );
  const [item] = await itemsOf(id);
  const at = `/operator/requests/items/${item!.id}/restriction`;
  equal((await operator.post(`${at}/removal`)).status, 422);
  equal((await operator.post(`${at}/end`, { on: plus(today(), 7) })).status, 303);
  match((await box.collect(test, ruth.email)).at(-1)!.subject!, /Die Einschränkung endet/);
  equal(await isWritten("notifications", ruth.email), false, "she has her days");
  setOffset("P7D");
  try {
    const by = { kind: "officer", id: null } as const;
    await within(test, providerId, (scope) => {
      return restrictions.lift(scope, { caseId: id, itemId: item!.id }, by);
    });
  } finally {
    setOffset(undefined);
  }
  equal(await isWritten("notifications", ruth.email), true);
});

Deno.test("an objection stops optional mail for good; a withdrawal is answered that nothing rests on consent", async () => {
  const olga = await person(test, alice.tenantId, "Olga Ohne", "member");
  const { id, number } = await claim(olga, ["objection", "withdrawal"]);
  await approve(number, "Widerspruch");
  await approve(number, "Widerruf", 1);
  await box.collect(test, officer);
  deepEqual((await statuses(id)).sort(), ["done", "no_data"]);
  equal(await isWritten("notifications", olga.email), false);
  const letters = (await box.collect(test, olga.email)).map(({ text }) => text!).join("\n");
  match(letters, /was wir Ihnen nicht schulden/);
  match(letters, /beruht auf einer Einwilligung/);
});

Deno.test("erasure is certified; the last owner's waits until somebody takes over", async () => {
  const carla = await person(test, alice.tenantId, "Carla Kurz", "member");
  const { id, number } = await claim(carla, ["erasure"]);
  await post(test, box, officer, number);
  const letter = (await post(test, box, officer, number)).at(-1)!;
  match(letter.text!, /Plan der Löschung/);
  await approve(number, "Löschung");
  match((await box.collect(test, carla.email)).at(-1)!.text!, /Wir haben Ihre Daten gelöscht/);
  deepEqual(await statuses(id), ["done"]);
  const left = await owner`
    select id from identities where id = ${carla.identityId}
    union all select id from users where identity_id = ${carla.identityId}
  `;
  equal(left.length, 0);
  const entries = await within(test, providerId, (scope) => certificates.listOf(scope, id));
  equal(entries.length, 1);
  const [{ content } = { content: null }] = await owner`
    select content from certificates where id = ${entries[0]!.id}
  `;
  deepEqual(content!.search.control, { planted: 1, found: 1 });
  equal(content!.search.after, 0);
  ok(content!.stores[0].before >= 1);
  ok(!JSON.stringify(content).includes(carla.email));

  const last = await claim(alice, ["erasure"]);
  await approve(last.number, "Löschung");
  await box.collect(test, officer);
  deepEqual(await statuses(last.id), ["review"]);
  const page = await (await operator.get(`/operator/requests/${last.id}`)).text();
  match(page, /Erst muss jemand übernehmen/);
  match(page, /Nordlicht/);
});
