/** Customers are notified of a new location of their data, may object, and only then it takes effect. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now, setOffset, today } from "../db/clock.ts";
import { enqueue } from "../db/jobs.ts";
import * as notices from "../db/processor_notices.ts";
import * as plans from "../db/processor_plans.ts";
import * as processors from "../db/processors.ts";
import { processorChange } from "../views/mail/processors.tsx";
import { type Cast, cast } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { type Mailbox, mailbox } from "./support/mailbox.ts";
import { openProcessor, showEvidence } from "./support/processors.ts";
import { drain } from "./support/worker.ts";

let here: Cast;
let box: Mailbox;
let id: string;
const settings = "/settings/processors";

/** What the timetable does each hour. */
async function hour(): Promise<void> {
  await enqueue(here.test.db.app, "announce_processors", null, {});
  await drain(here.test, { smtpUrl: box.smtpUrl });
}

const find = () => processors.find(here.test.db.app, id);
const plan = () => plans.lookup(here.test.db.app, id);

/** The operator moves the processor to Paris. */
async function move(): Promise<Response> {
  const form = await (await here.alice.get(`/operator/processors/${id}/edit`)).text();
  return await here.alice.post(`/operator/processors/${id}/edit`, {
    id,
    name: values(form, "name")[0]!,
    role: "processor",
    serviceDe: "Dienst",
    serviceEn: "Service",
    dataCategories: ["mails"],
    processingCountries: "Frankreich",
    seatCountry: "Deutschland",
    location: "Paris",
    agreementOn: today(),
    version: values(form, "version")[0]!,
    reason: "Umzug des Rechenzentrums",
  });
}

Deno.test.beforeAll(async () => {
  here = await cast();
  box = await mailbox();
  const { alice, test } = here;
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  id = await openProcessor(test.db.owner, []);
});

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

Deno.test("a new place of data is written to every tenant's owners, and to nobody else, before it is so", async () => {
  const { alice, bob, charlie, test } = here;
  match(await text(await alice.get(settings)), /Zurzeit ist keine Änderung angekündigt/);
  equal((await move()).status, 303);
  await hour();
  await hour();
  for (const owner of [alice, charlie]) {
    const mails = await box.collect(test, owner.email);
    equal(mails.length, 1, "once, however often the job runs");
    match(mails[0]!.subject!, /^Änderung bei unseren Dienstleistern ab /);
    match(mails[0]!.text!, /Ort: Berlin → Paris/);
    match(mails[0]!.text!, /Länder der Verarbeitung: Deutschland → Frankreich/);
    match(mails[0]!.text!, /Grund der Änderung: Umzug des Rechenzentrums/);
    match(await text(await owner.get("/start")), /Bei unseren Dienstleistern ändert sich etwas/);
  }
  equal((await box.collect(test, bob.email)).length, 0);
  ok(!(await text(await bob.get("/start"))).includes("Dienstleistern ändert sich"));
  const now = await find();
  equal(now.processingCountries.join(), "DE");
  equal(processors.isOpen(now), true, "what runs continues unchanged");
  match(
    await text(await alice.get(`/operator/processors/${id}`)),
    /wartet auf den Tag der Wirkung/,
  );
  const second = await move();
  equal(second.status, 422, "one announcement at a time");
  match(await second.text(), /schon angekündigt/);
});

Deno.test("of a new recipient the mail says who it is, what for and where (Art. 28(2))", async () => {
  const change = { ...(await plan())!, action: "enabled" as const, differences: {} };
  const processor = await find();
  const parts = { locale: "de", name: "Alice", change, processor, baseUrl: "http://x", now: now() };
  const { text: said } = processorChange({ ...parts, locale: "de" });
  match(said, /als weiteren Dienstleister einsetzen/);
  match(said, /Leistung: \S[^]*Daten: [^]*Länder der Verarbeitung: Deutschland[^]*Ort: Berlin/);
  const english = processorChange({ ...parts, locale: "en" }).text;
  match(english, /\nService: \S[^]*Data: [^]*Countries of processing: Germany/);
  const placeless = { ...processor, location: "" };
  ok(!processorChange({ ...parts, processor: placeless, locale: "de" }).text.includes("Ort:"));
});

Deno.test("where a customer objects to a new recipient, the pages introduce it too", async () => {
  const { alice, test: { db: { owner } } } = here;
  const { id: change } = (await plan())!;
  const as = (action: string) =>
    owner`update processor_changes set action = ${action} where id = ${change}`;
  const known = /Leistung: Dienst Daten: E-Mails? Länder der Verarbeitung: Deutschland/;
  await as("enabled");
  match(await text(await alice.get(settings)), known);
  match(await text(await alice.get(`${settings}/${change}/objection`)), known);
  await as("changed");
  ok(!known.test(await text(await alice.get(settings))));
});

Deno.test("an owner objects with name and reason, once; the operator reads it, others do not", async () => {
  const { alice, bob, charlie, test } = here;
  const page = `${settings}/${(await plan())!.id}/objection`;
  equal((await bob.get(page)).status, 403);
  equal((await bob.post(page, { name: "Bob", reason: "x" })).status, 403);
  const empty = await charlie.post(page, { name: "Charlie Conrad", reason: "" });
  equal(empty.status, 422);
  const refused = await empty.text();
  match(refused, /Diese Angabe fehlt/);
  equal(values(refused, "name")[0], "Charlie Conrad");
  const first = { name: "Charlie Conrad", reason: "Wir dulden kein anderes Land" };
  for (let times = 0; times < 2; times++) equal((await charlie.post(page, first)).status, 303);
  // Sent again from the old form with other words: these count, and are notified.
  const said = { ...first, reason: "Wir dulden <b>kein</b> anderes Land" };
  equal((await charlie.post(page, said)).status, 303);
  await hour();
  const letters = await box.collect(test, "haus@example.org");
  equal(letters.length, 2);
  ok(!letters[0]!.text!.includes("anderes Land"), "the mail links to it, without quoting it");
  match(
    await text(await charlie.get(settings)),
    /Charlie Conrad hat am .* widersprochen: Wir dulden <b>kein<\/b> anderes Land/,
  );
  ok(!(await text(await charlie.get("/start"))).includes("Dienstleistern ändert sich"));
  ok(!(await text(await alice.get(settings))).includes("Charlie"), "another customer's matter");
  match(
    await text(await alice.get(`/operator/processors/${id}`)),
    /Südstern Technik Charlie Conrad .* anderes Land/,
  );
});

Deno.test("while an objection is open the change has no effect, whatever the day; the customer takes it back", async () => {
  const { charlie, bob } = here;
  const page = `${settings}/${(await plan())!.id}/objection`;
  setOffset("P60D");
  await hour();
  equal((await find()).location, "Berlin");
  equal(await plans.carryOut(here.test.db.app, (await plan())!), "objected");
  setOffset(undefined);
  equal((await bob.post(`${page}/withdrawal`)).status, 403);
  equal((await charlie.post(`${page}/withdrawal`)).status, 303);
  equal((await charlie.post(`${page}/withdrawal`)).status, 404, "none is open any more");
  equal(await plans.carryOut(here.test.db.app, (await plan())!), "not_due");
  equal((await charlie.post(page, { name: "Charlie Conrad", reason: "Doch nicht" })).status, 303);
  equal(await plans.carryOut(here.test.db.app, (await plan())!), "objected", "objected again");
});

Deno.test("the operator answers with reasons, the customer is notified and has its days", async () => {
  const { alice, charlie, test } = here;
  const page = `/operator/processors/${id}/answer`;
  equal((await alice.get(`${page}?customer=${alice.tenantId}`)).status, 404, "did not object");
  const asked = `${page}?customer=${charlie.tenantId}`;
  match(await text(await alice.get(asked)), /Charlie Conrad hat am .* widersprochen: Doch nicht/);
  const empty = await alice.post(page, { customer: charlie.tenantId, answer: " " });
  equal(empty.status, 422);
  match(await empty.text(), /Diese Angabe fehlt/);
  const answer = "Die Daten liegen weiter in der EU.";
  equal((await alice.post(page, { customer: charlie.tenantId, answer })).status, 303);
  equal((await alice.post(page, { customer: charlie.tenantId, answer })).status, 404, "once");
  const mail = (await box.collect(test, charlie.email)).at(-1)!;
  match(mail.subject!, /^Antwort auf Ihren Widerspruch/);
  ok(!mail.text!.includes(answer), "the mail links to it, without quoting it");
  match(
    await text(await charlie.get(settings)),
    /Antwort vom .*: Die Daten liegen weiter in der EU.*Bis dahin können Sie den Vertrag/,
  );
  match(await text(await alice.get(`/operator/processors/${id}`)), /Die Daten liegen weiter/);
  const objection = `${settings}/${(await plan())!.id}/objection`;
  const late = await charlie.post(objection, { name: "Charlie Conrad", reason: "Noch einmal" });
  equal(late.status, 422);
  match(await late.text(), /Noch einmal[^]*schon geantwortet|schon geantwortet[^]*Noch einmal/);
  await test.db.owner`update processor_objections set settled_at = settled_at + interval '20 days'`;
  setOffset("P31D");
  equal(await plans.carryOut(here.test.db.app, (await plan())!), "answered_late");
  setOffset(undefined);
  await test.db.owner`update processor_objections set settled_at = settled_at - interval '20 days'`;
});

Deno.test("a mail that came back is no notice: it is written again, or the customer notified otherwise", async () => {
  const { alice, charlie, test } = here;
  const { owner } = test.db;
  const change = (await plan())!;
  const count = async () => (await box.collect(test, charlie.email)).length;
  const before = await count();
  await owner`
    update processor_notices
    set status = 'queued', mail_id = null
    where tenant_id = ${charlie.tenantId}
  `;
  await owner`
    update processor_notices
    set status = 'bounced', settled_at = ${now()}, retry_at = ${now()}, attempts = 1
    where tenant_id = ${charlie.tenantId}
  `;
  box.refuseOnly(charlie.email);
  await hour();
  const [first] = await owner<{ status: string; attempts: number }[]>`
    select status, attempts from processor_notices where tenant_id = ${charlie.tenantId}
  `;
  await hour();
  const [second] = await owner<{ status: string; retryAt: Date }[]>`
    select status, retry_at from processor_notices where tenant_id = ${charlie.tenantId}
  `;
  equal(first!.attempts, 2);
  equal(second!.status, "bounced");
  ok(second!.retryAt > now(), "a day later, not every hour");
  setOffset("P31D");
  await hour();
  await hour();
  equal(await plans.carryOut(test.db.app, change), "not_delivered");
  setOffset(undefined);
  const [third] = await owner<{ retryAt: Date | null; attempts: number }[]>`
    select retry_at, attempts from processor_notices where tenant_id = ${charlie.tenantId}
  `;
  deepEqual({ ...third! }, { retryAt: null, attempts: 3 }, "three times at most");
  const shown = await text(await alice.get(`/operator/processors/${id}`));
  match(shown, new RegExp(`Südstern Technik: Charlie Conrad, ${charlie.email}`));
  const action = `/operator/processors/${id}/notices`;
  const early = await alice.post(action, { personId: charlie.userId, informedOn: "2020-01-01" });
  equal(early.status, 422);
  match(await early.text(), /Zwischen dem Tag der Ankündigung und heute/);
  equal((await alice.post(action, { personId: alice.userId, informedOn: today() })).status, 404);
  // A new address is written to at once.
  box.refuseOnly("");
  await owner`select renew_notices(${charlie.identityId})`;
  await hour();
  equal(await count(), before + 1);
  await owner`
    update processor_notices set status = 'bounced' where tenant_id = ${charlie.tenantId}
  `;
  // The day of the announcement counts to its end, also where it has 25 hours.
  const announced = { id: change.id, at: new Date("2025-10-26T22:45:00Z") };
  await notices.noteInformed(test.db.app, announced, charlie.userId, "2025-10-26");
  await owner`
    update processor_notices set status = 'bounced' where tenant_id = ${charlie.tenantId}
  `;
  equal((await alice.post(action, { personId: charlie.userId, informedOn: today() })).status, 303);
  const [row] = await owner<{ status: string }[]>`
    select status from processor_notices where tenant_id = ${charlie.tenantId}
  `;
  equal(row!.status, "told");
});

Deno.test("a change has no effect before its day, while a record is missing, or while a mail is on its way", async () => {
  const { test: { db }, bob } = here;
  const day = (await plan())!.takesEffectOn;
  equal(day, Temporal.PlainDate.from(today()).add({ days: 30 }).toString());
  setOffset("P29D");
  await hour();
  equal((await find()).location, "Berlin");
  setOffset("P31D");
  await db.owner`update users set role = 'owner' where id = ${bob.userId}`;
  const waits = async () => await plans.carryOut(db.app, (await plan())!);
  equal(await waits(), "not_told");
  await db.owner`update users set role = 'member' where id = ${bob.userId}`;
  await db.owner`update processor_notices set status = 'queued' where tenant_id = ${bob.tenantId}`;
  equal(await waits(), "not_settled");
  await db.owner`
    update processor_notices
    set status = 'sent', settled_at = settled_at + interval '20 days'
    where tenant_id = ${bob.tenantId}
  `;
  equal(await waits(), "told_late");
  equal((await find()).location, "Berlin");
  await db.owner`
    update processor_notices
    set settled_at = settled_at - interval '20 days'
    where tenant_id = ${bob.tenantId}
  `;
  equal(await waits(), "no_evidence", "what shows Berlin shows nothing of Paris");
  await showEvidence(db.owner, id, ["location"]);
  await hour();
  const moved = await find();
  equal(moved.location, "Paris");
  equal(processors.isOpen(moved), true);
  equal(moved.processingCountries.join(), "FR");
  equal(await plan(), null);
  setOffset(undefined);
});

Deno.test("after its day nobody objects any more, and nothing typed is lost", async () => {
  const { alice, test } = here;
  const [change] = await test.db.owner<{ id: string }[]>`
    select id from processor_changes where processor_id = ${id} and material
  `;
  const late = await alice.post(`${settings}/${change!.id}/objection`, {
    name: "Alice",
    reason: "Zu spät bemerkt",
  });
  equal(late.status, 422);
  const shown = await late.text();
  match(shown, /Die Frist ist vorbei/);
  match(shown, /Zu spät bemerkt/);
});

Deno.test("the operator withdraws an announcement, and everything stays as it was", async () => {
  const { alice, charlie, test } = here;
  await test.db.owner`update processors set location = 'Berlin' where id = ${id}`;
  equal((await move()).status, 303);
  const words = async () =>
    (await box.collect(test, charlie.email)).filter(({ subject }) =>
      /^Änderung zurückgezogen|^Change withdrawn/.test(subject!)
    ).length;
  await alice.post(`/operator/processors/${id}/withdrawal`);
  await hour();
  equal(await words(), 0, "who was not told hears nothing of it");
  equal((await move()).status, 303);
  await hour();
  const withdrawn = await alice.post(`/operator/processors/${id}/withdrawal`);
  equal(withdrawn.status, 303);
  equal((await alice.post(`/operator/processors/${id}/withdrawal`)).status, 404);
  for (let i = 0; i < 2; i++) await hour();
  equal(await words(), 1, "who was told is told of this, once");
  setOffset("P31D");
  await hour();
  equal((await find()).location, "Berlin");
  match(await text(await here.visitor.get("/privacy/processors")), /Ankündigung zurückgezogen/);
  setOffset(undefined);
});
