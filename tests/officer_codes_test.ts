/** After an approval an officer who never signs in orders what is left: the end of a restriction, a transfer. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ParsedMail } from "mailparser";
import * as caseItems from "../db/case_items.ts";
import { setOffset, today } from "../db/clock.ts";
import type { Right } from "../db/letters.ts";
import * as restrictions from "../db/restrictions.ts";
import * as transfers from "../db/transfers.ts";
import { cast } from "./support/cast.ts";
import { idOf } from "./support/html.ts";
import { openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { answer, code, goTo, plus, post, request } from "./support/officers.ts";
import { fake, openProcessor } from "./support/processors.ts";
import { newMark } from "./support/stock.ts";

const { test } = await cast();
const { owner } = test.db;
const box = await mailbox();
const door = await openDoor(test);

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await door.close(100);
  await box.close();
});

const german = (day: string): string => day.split("-").reverse().join(".");

/** A right that the officer has approved by mail, of somebody on record. */
async function approved(right: Right, name: string, language = "de") {
  const { alice } = await cast();
  const mark = newMark();
  const officer = `dsb.${mark}@officer.example`;
  const personEmail = `${mark}@person.example`;
  await owner`
    insert into officers (tenant_id, name, email, language, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, ${language}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      lastName: mark,
      "emails.0.address": personEmail,
      _anyway: "1",
    }),
  );
  await owner`update contacts set legal_basis = 'contract' where id = ${contact}`;
  const { id, number } = await request(test, alice.tenantId, [right], { personEmail });
  const letters = () => post(test, box, officer, number);
  const [letter] = await letters();
  const reply = async (to: ParsedMail, text: string, headers = {}, from = officer) => {
    const before = (await letters()).length;
    await answer(door.port, to, from, text, headers);
    return (await letters()).slice(before);
  };
  await reply(letter!, `${language === "de" ? "FREIGABE" : "APPROVE"} ${code(letter!, name)}`);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  return { alice, id, number, item: item!, officer, personEmail, contact, letter: letter!, reply };
}

const authentic = { "Authentication-Results": "mx.example; dkim=fail header.d=officer.example" };

Deno.test("an officer sets the end of a restriction by mail, and changes it", async () => {
  const { alice, item, letter, contact, personEmail, officer, number, reply } = await approved(
    "restriction",
    "Einschränkung",
  );
  match(letter.text!, /antworten Sie nach der Freigabe[^.]*mit CODES/i);
  equal(item.status, "done");
  const standing = () => alice.scope((scope) => restrictions.lookup(scope, item.id));
  const ended = async () => (await standing())!.liftOn;

  const [codes, ...more] = await reply(letter, "CODES");
  equal(more.length, 0);
  equal(codes!.subject, `${number}: Ihre Codes`);
  ok(!codes!.text!.includes(personEmail));
  match(codes!.text!, /Einschränkung: Code \d{4} \(noch ohne Ende\)/);
  const own = code(codes!, "Einschränkung");
  match(codes!.text!, new RegExp(`^AUFHEBEN ${own}: Tag`, "m"));

  const day = plus(today(), 20);
  const refused: [string, RegExp, object?][] = [
    [`AUFHEBEN ${own}: ${german(plus(today(), 6))}`, /mindestens sieben Tage/],
    [`AUFHEBEN ${own}: bald`, /genau einen Tag/],
    [`AUFHEBEN ${own}: 31.02.2030`, /genau einen Tag/],
    [`AUFHEBEN ${own}: ${german(day)}`, /nicht bestätigen/, authentic],
  ];
  for (const [text, why, headers] of refused) {
    const [help] = await reply(codes!, text, headers);
    match(help!.text!, why);
    match(help!.text!, /^AUFHEBEN Code: Tag/m);
    equal(await ended(), null, text);
  }
  deepEqual(await reply(codes!, `AUFHEBEN ${own}: ${day}`, {}, "x@stranger.example"), []);
  equal(await ended(), null, "a stranger orders nothing");

  const [done] = await reply(codes!, `AUFHEBEN ${own}: zum ${german(day)}.\n\nViele Grüße\nDora`);
  match(done!.subject!, /Einschränkung: Das Ende der Einschränkung ist festgelegt/);
  match(done!.text!, new RegExp(`Ende: ${german(day)}`));
  equal(await ended(), day);
  const told = () => post(test, box, personEmail, "Die Einschränkung endet");
  equal((await told()).length, 1);
  ok((await standing())!.toldAt);

  const later = plus(day, 30);
  const [again] = await reply(letter, "Codes");
  match(again!.text!, new RegExp(`Code \\d{4} \\(endet am ${german(day)}\\)`));
  const [same] = await reply(again!, `AUFHEBEN ${code(again!, "Einschränkung")}: ${german(day)}`);
  match(same!.text!, /nicht möglich/);
  await reply(again!, `AUFHEBEN ${code(again!, "Einschränkung")}: ${german(later)}`);
  equal(await ended(), later);
  const letters = await told();
  equal(letters.length, 2);
  match(letters[1]!.text!, /zuvor einen anderen Tag genannt/);
  ok(!/zuvor einen anderen Tag/.test(letters[0]!.text!));
  const open = async () =>
    (await owner`select from contacts where id = ${contact} and restricted_at is null`).length > 0;
  try {
    goTo(plus(day, 1));
    await post(test, box, officer, number, ["apply_retentions"]);
    equal(await open(), false, "the first end was replaced");
    goTo(plus(later, 1));
    await post(test, box, officer, number, ["apply_retentions"]);
    equal(await open(), true);
    const [none] = await reply(again!, "CODES");
    match(none!.text!, /nichts mehr zu entscheiden/);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("an officer orders a direct transfer by mail, to controllers of the register only", async () => {
  const { alice, id, item, letter, personEmail, reply } = await approved(
    "portability",
    "Portability",
    "en",
  );
  match(letter.text!.replace(/\s+/g, " "), /answer any e-mail about this case with CODES/);
  equal(item.status, "done");
  const [none] = await reply(letter, "CODES");
  match(none!.text!.replace(/\s+/g, " "), /lists no company that data may be sent to/);
  ok(!/^TRANSFER/m.test(none!.text!));

  await using server = fake(() => new Response(null, { status: 201 }));
  const entry = await openProcessor(owner, [{ host: "127.0.0.1", port: server.port }]);
  await owner`update processors set role = 'controller' where id = ${entry}`;
  const [codes] = await reply(letter, "CODES");
  const own = code(codes!, "Portability");
  match(codes!.text!, new RegExp(`127\\.0\\.0\\.1:${server.port}`));
  match(codes!.text!, new RegExp(`^TRANSFER ${own}: address`, "m"));
  const ordered = () => alice.scope((scope) => transfers.list(scope, id));
  for (
    const [what, why] of [
      ["https://evil.example/x", /belongs to no company/],
      [`http://user:pass@127.0.0.1:${server.port}/x`, /belongs to no company/],
      [`http://127.0.0.1:${server.port}/x https://evil.example/x`, /exactly one address/],
      [personEmail, /exactly one address/],
    ] as const
  ) {
    const [help] = await reply(codes!, `TRANSFER ${own}: ${what}`);
    match(help!.text!, why, what);
    match(help!.text!, /^TRANSFER code: address/m);
  }
  deepEqual(await ordered(), []);
  const [lift] = await reply(codes!, `LIFT ${own}: ${plus(today(), 30)}`);
  match(lift!.text!, /not possible/);

  const [done] = await reply(codes!, `TRANSFER ${own}: <http://127.0.0.1:${server.port}/in>`);
  match(done!.subject!, /Portability: The transfer has been ordered/);
  const [sent] = await ordered();
  equal(sent!.status, "done");
  match(done!.text!, new RegExp(`Recipient: ${sent!.recipient}`));
  deepEqual(server.asked.map(({ method, url }) => `${method} ${url.pathname}`), ["PUT /in"]);
  match(new TextDecoder().decode(server.asked[0]!.body), new RegExp(personEmail));
});

Deno.test("an officer asks for new codes of an open right, from the oldest mail of the case", async () => {
  const { alice } = await cast();
  const officer = `dsb.${newMark()}@officer.example`;
  await owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const { id, number } = await request(test, alice.tenantId, ["complaint"]);
  const [letter] = await post(test, box, officer, number);
  const wrong = code(letter!, "Beschwerde") === "1111" ? "2222" : "1111";
  await answer(door.port, letter!, officer, `FREIGABE ${wrong}`);
  match((await post(test, box, officer, number)).at(-1)!.text!, /mit CODES antworten/);
  await answer(door.port, letter!, officer, "CODES");
  const codes = (await post(test, box, officer, number)).at(-1)!;
  match(codes.subject!, /Entscheidung nötig/);
  await answer(door.port, codes, officer, `FREIGABE ${code(codes, "Beschwerde")}`);
  await post(test, box, officer, number);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  ok(item!.closedAt);
});
