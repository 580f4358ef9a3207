/** A letter about a request that reaches nobody is a step of the case, and the officer is notified. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { setOffset, today } from "../db/clock.ts";
import * as mailReturns from "../db/mail_returns.ts";
import * as restrictionEnds from "../db/restriction_ends.ts";
import * as restrictions from "../db/restrictions.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { code, link, plus, post, request } from "./support/officers.ts";
import { isGreen } from "./support/proofs.ts";
import { newMark } from "./support/stock.ts";
import { contactOf } from "./support/messages.ts";

const people = await cast();
const { test, visitor } = people;
const { owner } = test.db;
const box = await mailbox();

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

/** A tenant with an officer, and an address that some test refuses. */
async function tenantWithOfficer() {
  const { alice } = await cast();
  const mark = newMark();
  const officer = `dsb.${mark}@officer.example`;
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  return { alice, officer, email: `${mark}@person.example` };
}

const steps = async ({ tenantId }: Person, caseId: string) =>
  (await owner<{ reason: string }[]>`
    select reason from case_events
    where tenant_id = ${tenantId} and case_id = ${caseId} and action = 'letter_returned'
    order by seq
  `).map(({ reason }) => reason);

Deno.test("a receipt that a server refuses is recorded in the case and reported to the officer, once", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  box.refuseOnly(email);
  const made = await request(test, alice.tenantId, ["access"], { personEmail: email });
  const letters = await post(test, box, officer, made.number);
  box.refuseOnly("");
  const [report, ...more] = letters.filter(({ subject }) => /kam nicht an/.test(subject!));
  equal(more.length, 0);
  ok(!report!.text!.includes(email), "no mail names the person");
  match(report!.text!, /ist eingegangen.*auf anderem Weg/s);
  deepEqual(await steps(alice, made.id), [`Ihr Antrag ${made.number} ist eingegangen`]);
  match(
    await text(await alice.get(`/settings/requests/${made.id}`)),
    /Nachricht kam nicht an/,
  );
});

Deno.test("a letter that comes back days later is noted as well, and only once", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const made = await request(test, alice.tenantId, ["access"], { personEmail: email });
  await post(test, box, officer, made.number);
  const [mail] = await owner<{ id: string }[]>`
    select id from mails where kind = 'case_receipt' and recipient = ${email}
  `;
  for (let time = 0; time < 2; time++) {
    await mailReturns.note(test.db.app, mail!.id, null);
    await test.queue.send("send_mail", { tenantId: null, mailId: mail!.id });
    await post(test, box, officer, made.number);
  }
  equal((await steps(alice, made.id)).length, 1);
  const letters = await post(test, box, officer, made.number);
  equal(letters.filter(({ subject }) => /kam nicht an/.test(subject!)).length, 1);
});

Deno.test("a restriction does not end while its letter reached nobody, and can be announced again", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const contact = await contactOf(alice, { "emails.0.address": email });
  const { id, number } = await request(test, alice.tenantId, ["restriction"], {
    personEmail: email,
  });
  const [first] = await post(test, box, officer, number);
  await visitor.post(link(first!, "Freigeben"), { code: code(first!, "Einschränkung") });
  await post(test, box, officer, number);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  const at = `/settings/requests/items/${item!.id}/restriction`;
  const on = plus(today(), 7);
  box.refuseOnly(email);
  equal((await alice.post(`${at}/end`, { on })).status, 303);
  const letters = await post(test, box, officer, number);
  box.refuseOnly("");
  ok(letters.some((each) => /Die Einschränkung bleibt bestehen/.test(each.text ?? "")));
  const standing = () => alice.scope((scope) => restrictions.lookup(scope, item!.id));
  deepEqual(await standing().then((r) => [r!.toldAt, r!.liftOn]), [null, null]);
  setOffset("P8D");
  try {
    const by = { kind: "officer", id: null } as const;
    const end = { caseId: id, itemId: item!.id, on: plus(today(), 7) };
    await rejects(alice.scope((scope) => restrictions.lift(scope, end, by)), /case.not_told/);
    const open = await owner`select from contacts where id = ${contact} and restricted_at is null`;
    equal(open.length, 0);
    await alice.scope((scope) => restrictionEnds.announce(scope, end, by));
    const mine = await box.collect(test, email);
    match(mine.at(-1)!.subject!, /Die Einschränkung endet/);
    ok((await standing())!.toldAt);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a letter that comes back does not undo an end that a later one announced (Art. 18(3))", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const contact = await contactOf(alice, { "emails.0.address": email });
  const rights = ["restriction", "rectification"] as const;
  const { id, number } = await request(test, alice.tenantId, [...rights], { personEmail: email });
  const [first] = await post(test, box, officer, number);
  await visitor.post(link(first!, "Freigeben"), { code: code(first!, "Einschränkung") });
  await post(test, box, officer, number);
  const items = await alice.scope((scope) => caseItems.list(scope, id));
  const [older, newer] = rights.map((right) => items.find((item) => item.right === right)!.id);
  await alice.scope((scope) =>
    restrictions.impose(scope, { contactIds: [contact], ground: "accuracy", itemId: newer! })
  );
  const on = plus(today(), 7);
  const end = async (itemId: string) => {
    const done = await alice.post(`/settings/requests/items/${itemId}/restriction/end`, { on });
    equal(done.status, 303);
    await box.collect(test, email);
  };
  await end(older!);
  const [mail] = await owner<{ id: string }[]>`
    select id
    from mails
    where recipient = ${email}
      and subject like '%Die Einschränkung endet%'
  `;
  await end(newer!);
  await mailReturns.note(test.db.app, mail!.id, null);
  await test.queue.send("send_mail", { tenantId: null, mailId: mail!.id });
  const letters = await post(test, box, officer, number);
  ok(letters.some((each) => /Die Einschränkung bleibt bestehen/.test(each.text ?? "")));
  const standing = (itemId: string) => alice.scope((scope) => restrictions.lookup(scope, itemId));
  deepEqual(await standing(older!).then((r) => [r!.toldAt, r!.liftOn]), [null, null]);
  equal((await standing(newer!))!.liftOn, on);
  ok((await standing(newer!))!.toldAt, "its own letter arrived");
});

Deno.test("6.1 to 6.6 sees a letter that came back or was left unsent past the last day", async () => {
  const { alice, officer, email } = await tenantWithOfficer();
  const late = { receivedOn: plus(today(), -70), channel: "post" } as const;
  const [mailed, posted] = [
    await request(test, alice.tenantId, ["access"], { ...late, personEmail: email }),
    await request(test, alice.tenantId, ["access"], { ...late, personEmail: "" }),
  ];
  await post(test, box, officer, mailed.number);
  await owner`
    update cases
    set status = 'closed', closed_at = now(), erase_after = current_date + 1000
    where tenant_id = ${alice.tenantId}
  `;
  equal(await isGreen(test, "requests_in_time"), true);
  const [mail] = await owner<{ id: string }[]>`
    select id from mails where kind = 'case_receipt' and recipient = ${email}
  `;
  await mailReturns.note(test.db.app, mail!.id, null);
  await post(test, box, officer, mailed.number);
  equal(await isGreen(test, "requests_in_time"), false, "it came back");
  equal(
    (await alice.post(`/settings/requests/${mailed.id}/notes`, { text: "Angerufen." })).status,
    303,
  );
  equal(await isGreen(test, "requests_in_time"), true, "notified by telephone");
  await owner`
    insert into person_letters (tenant_id, id, case_id, kind, subject, body, created_at)
    values (
      ${alice.tenantId}, gen_random_uuid(), ${posted.id}, 'result', 'x', 'x',
      now() - interval '4 days'
    )
  `;
  equal(await isGreen(test, "requests_in_time"), false, "nobody took it to the post");
  await owner`update person_letters set sent_at = now() where case_id = ${posted.id}`;
  equal(await isGreen(test, "requests_in_time"), true);
});
