/** Recipients: who received a person's data is in answers, and is notified of what became of them. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { newId } from "../db/ids.ts";
import * as mailReturns from "../db/mail_returns.ts";
import * as transmissions from "../db/transmissions.ts";
import { answered } from "./support/answers.ts";
import { cast } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { request } from "./support/officers.ts";
import { openProcessor } from "./support/processors.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";
import { readZip } from "./support/zips.ts";

const box = await mailbox();

Deno.test("recipients of an export are notified by mail, processors by hand; the person learns of both", async () => {
  const { alice, bob, test } = await cast();
  const mark = newMark();
  const email = `${mark}@person.example`;
  const printer = `druckerei.${mark}@printer.example`;
  const made = async (lastName: string, address: string) =>
    idOf(
      await alice.post("/contacts/new", {
        origin: "customer",
        lastName,
        "emails.0.address": address,
        _anyway: "1",
      }),
    );
  const contact = await made(`${mark} eins`, email);
  await made(`${mark} zwei`, `zwei.${email}`);
  await test.db.owner`
    update processors set data_categories = '{records}'
    where id = ${await openProcessor(test.db.owner, [])}
  `;
  const wrong = await alice.post("/exports", {
    kind: "contacts",
    format: "csv",
    purpose: "mailing",
    recipient: "Druckerei",
    recipientEmail: "keine",
  });
  equal(wrong.status, 422);
  match(await wrong.text(), /Druckerei/, "nothing typed is lost");
  const file = await alice.post("/exports", {
    kind: "contacts",
    format: "csv",
    purpose: "mailing",
    ids: [contact],
    recipient: "Druckerei",
    recipientEmail: printer,
  });
  match(await file.text(), new RegExp(`${mark} eins`));
  // Without a recipient the file stays internal: nobody is recorded.
  await (await alice.post("/exports", { kind: "contacts", format: "csv", purpose: "backup" }))
    .text();
  const noted = await test.db.owner`
    select contact_id, recipient, reach from transmissions where tenant_id = ${alice.tenantId}
  `;
  deepEqual(noted.map((row) => ({ ...row })), [
    { contactId: contact, recipient: "Druckerei", reach: printer },
  ]);

  const { id } = await request(test, alice.tenantId, ["restriction", "access"], {
    personEmail: email,
  });
  await drain(test);
  const items = await alice.scope((scope) => caseItems.list(scope, id));
  const of = (right: string) => items.find((each) => each.right === right)!.id;
  const officer = { kind: "officer", id: null } as const;
  await alice.scope((scope) =>
    caseItems.decide(scope, id, of("restriction"), { kind: "approve" }, officer)
  );
  const letters = await box.collect(test, printer);
  equal(letters.length, 1);
  match(letters[0]!.text!, /Art\. 19 DSGVO/);
  for (const part of [letters[0]!.subject!, letters[0]!.text!, String(letters[0]!.html)]) {
    ok(!part.includes("eins") && !part.includes(email), "the mail names the person");
  }
  const page = await text(await alice.get(`/settings/requests/${id}`));
  match(page, /Druckerei, .*hat einen Export erhalten.*per E-Mail unterrichtet/);
  const waiting = (await alice.scope((scope) => transmissions.list(scope, id)))
    .filter(({ toldAt }) => !toldAt);
  ok(waiting.length > 0 && waiting.every(({ kind }) => kind === "processor"));
  for (const { id: notice } of waiting) {
    const at = `/settings/requests/recipients/${notice}/notice`;
    equal((await bob.post(at)).status, 403);
    equal((await alice.post(at)).status, 303);
    equal((await alice.post(at)).status, 303, "twice is once");
  }
  equal((await alice.post(`/settings/requests/recipients/${newId()}/notice`)).status, 404);
  const events = await test.db.owner`
    select reason from case_events where case_id = ${id} and action = 'recipient_told'
  `;
  equal(events.length, waiting.length + 1);

  await alice.post(`/settings/requests/items/${of("restriction")}/recipients/letter`);
  const letter = (await box.collect(test, email)).at(-1)!;
  match(letter.subject!, /Wen wir unterrichtet haben/);
  match(letter.text!, /– Druckerei/);
  for (const { recipient } of waiting) ok(letter.text!.includes(recipient));

  const answer = await answered(alice, contact, { language: "de", words: "" });
  equal(answer.status, 200);
  const data = JSON.parse((await readZip(answer)).get("Daten.json")!);
  deepEqual(data.data.transmissions.map((row: { recipient: string }) => row.recipient), [
    "Druckerei",
  ]);
  equal((await box.collect(test, printer)).length, 1, "nobody is notified twice");

  const later = await request(test, alice.tenantId, ["erasure"], { personEmail: email });
  await drain(test);
  const [last] = await alice.scope((scope) => caseItems.list(scope, later.id));
  await alice.scope((scope) =>
    caseItems.decide(scope, later.id, last!.id, { kind: "approve" }, officer)
  );
  const both = await box.collect(test, printer);
  equal(both.length, 2, "an erasure is notified, though nothing is left to ask");
  match(both[1]!.text!, /Löschung/);
  equal((await test.db.owner`select from contacts where id = ${contact}`).length, 0);
});

Deno.test("a recipient is notified in its own language where known, else in the tenant's", async () => {
  const { alice, test } = await cast();
  const mark = newMark();
  const [known, strange] = [`known.${mark}@printer.example`, `strange.${mark}@printer.example`];
  await alice.post("/contacts/new", {
    origin: "customer",
    lastName: mark,
    language: "de",
    "emails.0.address": known.toUpperCase(),
  });
  await test.db.owner`update tenants set locale = 'en' where id = ${alice.tenantId}`;
  const { id } = await request(test, alice.tenantId, ["restriction"]);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  await alice.scope((scope) =>
    transmissions.inform(
      scope,
      item!,
      [known, strange].map((reach) => ({ kind: "export", recipient: reach, reach })),
    )
  );
  match((await box.collect(test, known))[0]!.text!, /Art\. 19 DSGVO/);
  match((await box.collect(test, strange))[0]!.text!, /Art\. 19 GDPR/);
});

Deno.test("a recipient whose mail comes back does not count as notified (Art. 19)", async () => {
  const { alice, test } = await cast();
  const mark = newMark();
  const email = `${mark}@person.example`;
  const officer = `dsb.${mark}@officer.example`;
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      lastName: mark,
      "emails.0.address": email,
      _anyway: "1",
    }),
  );
  for (const name of ["Druckerei", "Spedition"]) {
    const file = await alice.post("/exports", {
      ...{ kind: "contacts", format: "csv", purpose: "mailing", ids: [contact] },
      recipient: name,
      recipientEmail: `${name}.${mark}@weg.example`.toLowerCase(),
    });
    await file.text();
  }
  const { id, number } = await request(test, alice.tenantId, ["restriction"], {
    personEmail: email,
  });
  await drain(test);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const by = { kind: "officer", id: null } as const;
  await alice.scope((scope) => caseItems.decide(scope, id, item!.id, { kind: "approve" }, by));
  await box.collect(test, officer);
  const mails = await test.db.owner<{ id: string }[]>`
    select id from mails where kind = 'recipient_notice' and recipient like ${`%${mark}@weg.example`}
  `;
  equal(mails.length, 2);
  // What the printer was sent two days before did arrive.
  await test.db.owner`
    insert into recipient_notices (
      tenant_id, id, case_id, item_id, kind, recipient, reach, created_at, told_at, way
    )
    select tenant_id, ${newId()}, case_id, item_id, kind, 'Druck', reach, created_at,
      told_at - interval '2 days', way
    from recipient_notices
    where tenant_id = ${alice.tenantId}
      and case_id = ${id}
      and recipient = 'Druckerei'
  `;
  for (const mail of [...mails, ...mails]) {
    await mailReturns.note(test.db.app, mail.id, null);
    await test.queue.send("send_mail", { tenantId: null, mailId: mail.id });
    await drain(test, { smtpUrl: box.smtpUrl });
  }
  const reports = (await box.collect(test, officer)).filter(({ subject }) =>
    subject!.includes(number) && /kam nicht an/.test(subject!)
  );
  equal(reports.length, 2, "each recipient's letter is reported once");
  match(reports[0]!.text!, /Ein Empfänger der Daten weiß damit nichts von der Änderung/);
  ok(!/Die Person weiß nichts davon/.test(reports[0]!.text!));
  const page = await text(await alice.get(`/settings/requests/${id}`));
  for (const name of ["Druckerei", "Spedition"]) {
    match(page, new RegExp(`Nachricht kam nicht an[^]*: ${name}`));
  }
  // Processors of other tests may be open, and are notified by hand anyway.
  const notices = (await alice.scope((scope) => transmissions.list(scope, id)))
    .filter(({ kind, recipient }) => kind === "export" && recipient !== "Druck");
  deepEqual(notices.map(({ recipient, toldAt }) => [recipient, toldAt]), [
    [`Druckerei, druckerei.${mark}@weg.example`, null],
    [`Spedition, spedition.${mark}@weg.example`, null],
  ]);
  equal((await alice.post(`/settings/requests/recipients/${notices[0]!.id}/notice`)).status, 303);
  const now = await text(await alice.get(`/settings/requests/${id}`));
  match(now, new RegExp(`Druckerei, druckerei.${mark}@weg.example [^:]*: unterrichtet`));
  match(now, new RegExp(`Spedition, spedition.${mark}@weg.example [^:]*: Ist unterrichtet`));
  // A recipient whom two mails did not reach is recorded once.
  await alice.scope(async (scope) => {
    const reach = `spedition.${mark}@weg.example`;
    const subject = { id: item!.id, caseId: id };
    await transmissions.inform(scope, subject, [{ kind: "export", recipient: "Spedition", reach }]);
    const [again] = await transmissions.listWaiting(scope, item!.id);
    await transmissions.markNotified(scope, again!.id, "mail", by);
    const failed = await transmissions.markNotNotified(scope, id, reach, scope.now);
    deepEqual(failed, [`Spedition, ${reach}`]);
    const noted = (await transmissions.list(scope, id)).filter((each) =>
      each.recipient.startsWith("Spedition")
    );
    deepEqual(noted.map(({ toldAt }) => toldAt), [null]);
  });
});
