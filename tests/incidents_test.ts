/** Breaches: the 72 hours, the register, who is notified, and the nightly detection. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ParsedMail } from "mailparser";
import { setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as told from "../db/incident_notices.ts";
import { deadlineOf, type Incident } from "../db/incidents.ts";
import { enqueue } from "../db/jobs.ts";
import { dayOf, timeOf } from "../db/local_times.ts";
import { now } from "../db/clock.ts";
import type { Provider } from "../db/provider.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { draftOf } from "../views/incidents/draft.ts";
import type { View } from "../views/view.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";

const hours: [noticed: string, deadline: string][] = [
  ["2026-11-26T09:30:00+01:00", "2026-11-29T10:00:00+01:00"],
  ["2026-11-26T09:00:00+01:00", "2026-11-29T10:00:00+01:00"],
  ["2026-11-26T09:59:59+01:00", "2026-11-29T10:00:00+01:00"],
  // Over a weekend and Christmas, and over the change of the clocks: hours are hours.
  ["2026-12-24T18:10:00+01:00", "2026-12-27T19:00:00+01:00"],
  ["2026-03-27T12:15:00+01:00", "2026-03-30T14:00:00+02:00"],
  ["2026-10-23T12:15:00+02:00", "2026-10-26T12:00:00+01:00"],
];

for (const [noticed, deadline] of hours) {
  Deno.test(`noticed ${noticed}, the authority is notified by ${deadline}`, () => {
    equal(deadlineOf(new Date(noticed)).getTime(), new Date(deadline).getTime());
  });
}

Deno.test("the draft for the authority names the controller once, with its legal form (Art. 33(3)(b))", () => {
  const t = translator("de");
  const view = { t, locale: "de", now: now(), format: formatter("de", now()) } as View;
  const at = now();
  const incident = { noticedAt: at, nature: "", persons: 1, dataRecords: 1 } as Incident;
  const place = { street: "Kai 7", postalCode: "20457", city: "Hamburg" };
  const controllerOf = (name: string, legalForm: string) => {
    const provider = { name, legalForm, ...place, dpoName: "D", dpoEmail: "d@x" } as Provider;
    return draftOf(view, { incident, provider, authority: null, deadline: at })[1]!.paragraphs[0];
  };
  equal(controllerOf("Nord Handels GmbH", "GmbH"), "Nord Handels GmbH, Kai 7, 20457 Hamburg");
  equal(controllerOf("Nord", "GmbH"), "Nord GmbH, Kai 7, 20457 Hamburg");
});

Deno.test.afterEach(() => setOffset(undefined));

Deno.test("a breach is recorded, drafted for the authority, reported to customers, and closed with reasons", async () => {
  const { alice, bob, charlie, test } = await cast();
  const box = await mailbox();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const incident = {
    id: newId(),
    title: "Verlorener Rechner",
    noticedOn: dayOf(now()),
    noticedTime: "00:00",
    nature: "Ein Rechner mit Kontaktdaten ging verloren.",
    persons: "120",
    dataRecords: "",
    consequences: "Unbefugte könnten anrufen.",
    measures: "Rechner aus der Ferne gelöscht.",
    risk: "risk",
    reason: "",
  };
  const base = `/operator/incidents/${incident.id}`;
  equal((await bob.post("/operator/incidents/new", incident)).status, 403);
  for (
    const wrong of [
      { title: " " },
      { noticedOn: "2099-01-01" },
      { noticedTime: "25:00" },
      { persons: "viele" },
      { nature: "" },
      { risk: "x" },
      { id: "1" },
    ]
  ) {
    const refused = await alice.post("/operator/incidents/new", { ...incident, ...wrong });
    equal(refused.status, 422, JSON.stringify(wrong));
    const page = await refused.text();
    ok(page.includes("aus der Ferne"), "nothing typed is lost");
    equal(page.includes("Das liegt in der Zukunft."), "noticedOn" in wrong);
  }
  for (let i = 0; i < 2; i++) {
    const made = await alice.post("/operator/incidents/new", incident);
    equal(made.headers.get("Location"), base);
  }
  const page = await text(await alice.get(base));
  match(page, /Verlorener Rechner/);
  match(page, /noch \d+ Stunden/);
  const pdf = new TextDecoder("latin1").decode(
    await (await alice.get(`${base}/notification.pdf`)).bytes(),
  );
  ok(pdf.startsWith("%PDF") && pdf.includes("pdfaid:part>2<"));

  const [slug] = await test.db.owner`select slug, name from tenants where id = ${charlie.tenantId}`;
  const unknown = await alice.post(`${base}/customers`, { slugs: `${slug!.slug} kein-haus` });
  equal(unknown.status, 422);
  match(await text(await alice.get(base)), /Noch kein Kunde eingetragen/);
  equal((await alice.post(`${base}/customers`, { slugs: slug!.slug })).status, 303);
  for (let i = 0; i < 2; i++) {
    equal((await alice.post(`${base}/notices`)).status, 303);
    equal((await box.collect(test, charlie.email)).length, 1, "notified once");
  }
  const [notice] = await box.collect(test, charlie.email);
  match(notice!.text!, /Ein Rechner mit Kontaktdaten ging verloren/);
  match(notice!.text!, /datenschutzbeauftragte Person: dsb@example\.org/);
  ok(notice!.text!.includes(`Daten von ${slug!.name} betrifft`), "of which customer it is");
  equal((await box.collect(test, alice.email)).length, 0, "who is not affected is not notified");

  const unexplained = await alice.post(`${base}/closing`);
  equal(unexplained.status, 422);
  match(await unexplained.text(), /Begründen Sie, warum nicht gemeldet wird/);
  setOffset("P4D");
  const late = await alice.post(`${base}/notification`);
  equal(late.status, 422);
  match(await late.text(), /Begründen Sie die Verspätung/);
  match(await text(await alice.get(base)), /Frist abgelaufen/);
  await alice.post(base, { ...incident, reason: "Erst am Montag bemerkt." });
  equal((await alice.post(`${base}/notification`)).status, 303);
  equal((await alice.post(`${base}/closing`)).status, 303);
  equal((await alice.post(base, incident)).status, 404, "what is closed stays as it is");
  match(await text(await alice.get(base)), /Unbefugte könnten anrufen.* Erst am Montag bemerkt/);
  match(
    await text(await alice.get("/operator/incidents")),
    /Verlorener Rechner .* 1 \/ 1 abgeschlossen/,
  );
  await box.close();
});

Deno.test("the officer reads of a breach at once, and again while the 72 hours run out (Art. 33(1))", async () => {
  const { alice, test } = await cast();
  const box = await mailbox();
  await test.db.owner`delete from incidents`;
  await test.db.owner`update identities set operator = (id = ${alice.identityId})`;
  const at = now();
  const incident = {
    id: newId(),
    title: "Falscher Verteiler",
    noticedOn: dayOf(at),
    noticedTime: timeOf(at),
    nature: "Eine Liste ging an die falsche Stelle.",
    persons: "40",
    risk: "risk",
  };
  const hour = async (offset?: string) => {
    setOffset(offset);
    await enqueue(test.db.app, "warn_of_incidents", null, {});
    return (await box.collect(test, "dsb@example.org")).map(({ subject }) => subject!);
  };
  await alice.post("/operator/incidents/new", incident);
  const [first, ...more] = await hour();
  match(first!, /^Neuer Vorfall: Meldefrist bis/);
  equal(more.length, 0, "the job runs at once and each hour, and writes once");
  const [{ text: known }] = await box.collect(test, "dsb@example.org") as [ParsedMail];
  match(known!, /Falscher Verteiler[^]*an die falsche Stelle[^]*etwa: 40[^]*Zuständige Behörde:/);
  ok(!known!.includes("/operator/"), "the officer has no account to open the register with");
  equal((await hour("PT30H")).length, 1);
  match((await hour("PT50H")).at(-1)!, /^Vorfall noch nicht gemeldet/);
  const ofOperator = await box.collect(test, alice.email);
  equal(ofOperator.length, 1);
  match(ofOperator[0]!.text!, new RegExp(`/operator/incidents/${incident.id}`));
  equal((await hour("PT60H")).length, 2);
  equal((await hour("PT68H")).length, 3);
  match((await hour("PT80H")).at(-1)!, /^Vorfall nicht gemeldet: Frist seit .* abgelaufen$/);
  equal((await hour("P9D")).length, 4, "nobody is written to for ever");
  setOffset(undefined);
  const second = { ...incident, id: newId() };
  await alice.post("/operator/incidents/new", second);
  await alice.post(`/operator/incidents/${second.id}/notification`);
  equal((await hour("PT71H")).length, 4, "what was reported in time is not announced any more");
  await box.close();
});

Deno.test("an officer who is an operator, too, gets the way to the register at once", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const box = await mailbox();
  await owner`delete from incidents`;
  await owner`update identities set operator = (id = ${alice.identityId})`;
  const [before] = await owner`select dpo_email from provider`;
  const address = alice.email.replace(/^./, (letter) => letter.toUpperCase());
  await owner`update provider set dpo_email = ${address}`;
  const id = newId();
  await alice.post("/operator/incidents/new", {
    ...{ id, title: "Offener Ordner", noticedOn: dayOf(now()), noticedTime: timeOf(now()) },
    ...{ nature: "Ein Ordner war offen.", risk: "risk" },
  });
  await enqueue(test.db.app, "warn_of_incidents", null, {});
  const found = await box.collect(test, address);
  match(found[0]?.text ?? "", new RegExp(`/operator/incidents/${id}`));
  await owner`update provider set dpo_email = ${before!.dpoEmail}`;
  await box.close();
});

Deno.test("customers and their officers are told of a breach, and once more of what becomes known later", async () => {
  const { alice, charlie, test } = await cast();
  const { owner } = test.db;
  const box = await mailbox();
  await owner`update identities set operator = true where id = ${alice.identityId}`;
  await owner`
    insert into officers (tenant_id, name, email, language, updated_at)
    values (${charlie.tenantId}, 'Dora', 'dora@sued.example', 'de', ${now()})
    on conflict (tenant_id) do update set email = excluded.email
  `;
  const [tenant] = await owner`select slug from tenants where id = ${charlie.tenantId}`;
  const incident = {
    id: newId(),
    title: "Offener Ordner",
    noticedOn: dayOf(now()),
    noticedTime: "00:00",
    nature: "Ein Ordner war offen.",
    risk: "risk",
  };
  const base = `/operator/incidents/${incident.id}`;
  await alice.post("/operator/incidents/new", incident);
  await alice.post(`${base}/customers`, { slugs: tenant!.slug });
  await alice.post(`${base}/notices`);
  const readers = [charlie.email, "dora@sued.example"];
  const count = async () => {
    await box.collect(test, charlie.email);
    return readers.map((each) => box.envelopes.filter(([to]) => to === each).length);
  };
  deepEqual(await count(), [1, 1]);
  const latest = async () => (await box.collect(test, charlie.email)).at(-1)!;
  match((await latest()).text!, /binnen 72 Stunden/);
  ok(!(await text(await alice.get(base))).includes("Neuen Stand"), "nothing is new");
  setOffset("PT2H");
  await alice.post(base, { ...incident, measures: "Der Ordner ist geschlossen." });
  match(await text(await alice.get(base)), /Neuen Stand an benachrichtigte Kunden senden/);
  await alice.post(`${base}/notices`);
  deepEqual(await count(), [1, 1], "what is new is sent when the operator says so");
  for (let i = 0; i < 2; i++) {
    setOffset(`PT${3 + i}H`);
    await alice.post(base, { ...incident, measures: `Der Ordner ist geschlossen, Stand ${i}.` });
    for (let clicks = 0; clicks < 2; clicks++) {
      equal((await alice.post(`${base}/supplements`)).status, 303);
      deepEqual(await count(), [2 + i, 2 + i], "each new state is sent once");
    }
  }
  setOffset("PT5H");
  equal((await alice.post(`${base}/notification`)).status, 303);
  ok(!(await text(await alice.get(base))).includes("Neuen Stand"), "no news for customers");
  // Asked for on a machine whose clock is ahead of the one that sends.
  await owner`
    update incidents
    set updated_at = ${new Date(now().getTime() + 60_000)},
      supplement_at = ${new Date(now().getTime() + 60_000)}
    where id = ${incident.id}
  `;
  equal(await told.markSupplemented(owner, incident.id, charlie.tenantId), true);
  deepEqual(await told.listNotSupplemented(owner, incident.id), [], "or the job would never end");
  const mail = await latest();
  match(mail.subject!, /neuer Stand/);
  match(mail.text!, /Der Ordner ist geschlossen/);
  await box.close();
});

Deno.test("a customer counts as told once a letter has left, and is told again if none arrived", async () => {
  const { alice, charlie, test } = await cast();
  const { owner, app } = test.db;
  const box = await mailbox();
  await owner`update identities set operator = true where id = ${alice.identityId}`;
  const [tenant] = await owner`select slug from tenants where id = ${charlie.tenantId}`;
  const incident = {
    id: newId(),
    title: "Offener Ordner",
    noticedOn: dayOf(now()),
    noticedTime: "00:00",
    nature: "Ein Ordner war offen.",
    risk: "risk",
  };
  const base = `/operator/incidents/${incident.id}`;
  const shown = async () => await text(await alice.get(base));
  await alice.post("/operator/incidents/new", incident);
  await alice.post(`${base}/customers`, { slugs: tenant!.slug });
  await alice.post(`${base}/notices`);
  box.refuse(451);
  await box.collect(test, charlie.email);
  match(await shown(), /in Zustellung/);
  match(await text(await alice.get("/operator/incidents")), /0 \/ 1/);
  box.refuse(0);
  const [{ mailId }] = await owner<[{ mailId: string }]>`
    select id as mail_id from mails where recipient = ${charlie.email} and kind = 'incident_notice'
  `;
  await owner`update mails set status = 'failed', finished_at = now() where id = ${mailId}`;
  match(await shown(), /nicht zugestellt.*Kunden benachrichtigen/);
  setOffset("P4D");
  await enqueue(app, "remove_stale", null, {});
  await box.collect(test, charlie.email);
  match(await shown(), /nicht zugestellt/, "also when the mail is gone");
  await alice.post(`${base}/notices`);
  equal((await box.collect(test, charlie.email)).length, 1);
  const after = await shown();
  match(after, / gesendet \d/);
  ok(!after.includes("Kunden benachrichtigen"), after);
  match(await text(await alice.get("/operator/incidents")), /1 \/ 1/);
  await box.close();
});

Deno.test("each log-in at an affected tenant gets one letter about a breach of high risk (Art. 34)", async () => {
  const { alice, bob, charlie, test } = await cast();
  const { owner } = test.db;
  const box = await mailbox();
  await owner`update identities set operator = true where id = ${alice.identityId}`;
  // Somebody with a log-in in both tenants, and somebody who has left: their data are concerned, too.
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${charlie.tenantId}, ${newId()}, ${bob.identityId}, 'member', ${now()})
  `;
  await owner`update users set deactivated_at = ${now()} where id = ${charlie.userId}`;
  const incident = {
    id: newId(),
    title: "Passwörter",
    noticedOn: dayOf(now()),
    noticedTime: "00:00",
    nature: "Jemand hat Adressen und Namen abgerufen.",
    consequences: "Sie könnten falsche Mails erhalten.",
    measures: "",
    risk: "risk",
  };
  const base = `/operator/incidents/${incident.id}`;
  await alice.post("/operator/incidents/new", incident);
  const slugs = await owner<{ slug: string }[]>`
    select slug
    from tenants
    where id in (${alice.tenantId}, ${charlie.tenantId})
  `;
  await alice.post(`${base}/customers`, { slugs: slugs.map(({ slug }) => slug).join(" ") });
  const refused = await alice.post(`${base}/letters`);
  equal(refused.status, 422, "without a high risk nobody is frightened");
  await alice.post(base, { ...incident, risk: "high" });
  const wanting = await alice.post(`${base}/letters`);
  equal(wanting.status, 422);
  match(await wanting.text(), /Die E-Mail an die Personen nennt sie/);
  equal((await box.collect(test, bob.email)).length, 0);
  await alice.post(base, { ...incident, risk: "high", measures: "Ändern Sie Ihr Passwort." });
  match(await text(await alice.get(base)), /Alle mit Zugang benachrichtigen/);
  for (let i = 0; i < 2; i++) {
    equal((await alice.post(`${base}/letters`)).status, 303);
    for (const { email } of [bob, charlie]) {
      equal((await box.collect(test, email)).length, 1, `${email} is notified once`);
    }
  }
  const letter = box.mails.find(({ to }) => JSON.stringify(to).includes(charlie.email))!.text!;
  match(letter, /Art\. 34 DSGVO/);
  const [responsible] = await owner`select name from provider`;
  ok(letter.includes(responsible!.name), "who is responsible");
  match(letter, /geschehen: Jemand hat Adressen und Namen abgerufen/);
  match(letter, /folgen: Sie könnten falsche Mails erhalten/);
  match(letter, /tun: Ändern Sie Ihr Passwort/);
  match(letter, /datenschutzbeauftragte Person: dsb@example\.org/);
  const [{ count }] = await owner<[{ count: number }]>`
    select count(*)::int as count
    from incident_persons
    where incident_id = ${incident.id}
  `;
  match(await text(await alice.get(base)), new RegExp(`Benachrichtigte Personen ${count} `));
  await box.close();
});

Deno.test("the nightly check reports unusual log-ins and exports to operators, and nothing on a quiet day", async () => {
  const { alice, charlie, test } = await cast();
  const { owner, app } = test.db;
  const box = await mailbox();
  await owner`delete from sessions where identity_id <> ${alice.identityId}`;
  await owner`update identities set operator = (id = ${alice.identityId})`;
  const look = async () => {
    await enqueue(app, "look_for_incidents", null, {});
    return (await box.collect(test, alice.email)).length;
  };
  equal(await look(), 0);
  await owner`
    insert into exports (tenant_id, id, kind, format, purpose, extent, status, rows, created_by,
      created_at, finished_at)
    values (${charlie.tenantId}, ${newId()}, 'contacts', 'csv', 'backup', 'all', 'done', 4999,
      ${charlie.userId}, ${now()}, ${now()})
  `;
  equal(await look(), 0, "one large export is not unusual");
  await owner`update exports set rows = 5000 where tenant_id = ${charlie.tenantId}`;
  for (let n = 0; n < 4; n++) {
    await owner`
      insert into sessions (id, token_digest, identity_id, ip, user_agent, created_at,
        confirmed_at, last_seen_at, expires_at)
      values (${newId()}, ${new TextEncoder().encode(newId())}, ${charlie.identityId},
        ${`203.0.${n}.7`}, '', ${now()}, ${now()}, ${now()}, ${now()})
    `;
  }
  await owner`
    insert into rate_limits (scope, key_digest, window_start, hits, expires_at)
    values ('sign_in_account', '\\x01', ${now()}, 51, ${now()})
  `;
  equal(await look(), 1);
  const mail = box.mails.at(-1)!.text!;
  match(mail, /Auffällige Exporte: 1[\s\S]*erraten[^:]*: 1[\s\S]*vielen Netzen: 1/);
  ok(!mail.includes("Südstern"), "who it was is on the page only");
  match(await text(await alice.get("/operator/incidents")), /Südstern Technik/);
  equal(await look(), 1, "a second run on a day writes to nobody again");
  setOffset("P2D");
  equal(await look(), 1, "what is older than a day was reported");
  await box.close();
});
