/** Before deciding, the officer reads what a claim has stopped already and what each decision does. */
import { match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import { cast } from "./support/cast.ts";
import { openDoor } from "./support/inbound.ts";
import { idOf } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { answer, code, link, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const { test, visitor } = await cast();
const { owner } = test.db;
const box = await mailbox();

/** A tenant with an officer, and somebody on record there on a legitimate interest. */
async function stock(language = "de") {
  const { alice } = await cast();
  const mark = newMark();
  const officer = `dsb.${mark}@officer.example`;
  const email = `${mark}@person.example`;
  await owner`
    insert into officers (tenant_id, name, email, language, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, ${language}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      lastName: mark,
      "emails.0.address": email,
      _anyway: "1",
    }),
  );
  await owner`update contacts set legal_basis = 'legitimate_interest' where id = ${contact}`;
  const ask = async (right: Right, body: string, personEmail = email) => {
    const claims = [{ right, sentence: "" }];
    const { number } = await request(test, alice.tenantId, [right], { personEmail, body, claims });
    return (await post(test, box, officer, number)).at(-1)!;
  };
  return { alice, officer, ask };
}

/** The mail without line breaks, and the page behind its link to approve. */
async function said(mail: Awaited<ReturnType<typeof post>>[number], label = "Freigeben") {
  const page = await (await visitor.get(link(mail, label))).text();
  return { text: mail.text!.replace(/\s+/g, " "), html: mail.html, page };
}

Deno.test("an objection says that advertising is barred, data are blocked, and what ends that", async () => {
  const { ask } = await stock();
  const all = await said(await ask("objection", "Ich widerspreche der Verarbeitung meiner Daten."));
  for (const each of [all.text, all.page]) {
    match(each, /Werbung .* gesperrt/);
    match(each, /berechtigtem Interesse/);
    match(each, /Eine Freigabe lässt es dabei/);
    match(each, /Eine Ablehnung .*Art\. 18 Abs\. 3/);
  }
  const { ask: again } = await stock();
  const ads = await said(await again("objection", "Keine Werbung mehr!"));
  for (const each of [ads.text, ads.page]) {
    match(each, /Werbung .* gesperrt/);
    match(each, /Art\. 21 Abs\. 3/);
    ok(!/Art\. 18/.test(each), "nothing else was stopped");
  }
});

Deno.test("an objection that nothing rests on, and a transfer to others, are named before the approval", async () => {
  const { alice, ask } = await stock();
  await owner`update contacts set legal_basis = 'contract' where tenant_id = ${alice.tenantId}`;
  const none = await said(await ask("objection", "Ich widerspreche der Verarbeitung."));
  const carry = await said(await ask("portability", "Bitte übertragen Sie sie an die Nord GmbH."));
  for (const each of [none.text, none.page]) match(each, /bewirkt er nichts/);
  for (const each of [carry.text, carry.page]) match(each, /Art\. 20 Abs\. 2/);
});

Deno.test("a claim of restriction says that it holds already, and until when", async () => {
  const { ask } = await stock();
  const { text, page } = await said(await ask("restriction", "Bitte sperren."));
  for (const each of [text, page]) {
    match(each, /schon eingeschränkt/);
    match(each, /Eine Freigabe lässt es dabei/);
    match(each, /Eine Ablehnung .*Art\. 18 Abs\. 3/);
  }
});

Deno.test("of a person who is not found, only the bar of the address is mentioned", async () => {
  const { ask } = await stock();
  const stranger = `${newId()}@stranger.example`;
  const objection = await said(await ask("objection", "Keine Werbung!", stranger));
  match(objection.text, /Gefunden wurde niemand/);
  const html = String(objection.html);
  ok(
    !html.includes("<pre") && html.includes("color-scheme"),
    "it wraps on a phone, and is dark there",
  );
  match(objection.text, /PERSON \d{4}: E-Mail-Adresse oder Link/);
  match(objection.text, /Adresse.* gesperrt/);
  match(objection.page, /Adresse.* gesperrt/);
  const restriction = await said(await ask("restriction", "Bitte sperren.", stranger));
  ok(!/schon eingeschränkt/.test(restriction.text + restriction.page));
});

Deno.test("an English officer reads of withdrawals, complaints and decisions what an approval does", async () => {
  const { ask } = await stock("en");
  const expected: [Right, RegExp][] = [
    ["withdrawal", /consents .* ended/],
    ["complaint", /supervisory authority/],
    ["decision", /no decision .* automated/],
    ["restriction", /already restricted/],
    ["objection", /Marketing .* blocked/],
  ];
  for (const [right, words] of expected) {
    const mail = await ask(right, "Please.");
    match(mail.text!.replace(/\s+/g, " "), words);
  }
});

Deno.test("an answer that was not understood is helped with the orders that are possible now", async () => {
  const door = await openDoor(test);
  const { officer, ask } = await stock();
  const letter = await ask("access", "Bitte.");
  const number = /DS-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(letter.subject!)![0];
  const send = async (about: typeof letter, text: string) => {
    await answer(door.port, about, officer, text);
    return (await post(test, box, officer, number)).at(-1)!;
  };
  const first = (await send(letter, "Wie bitte?")).text!;
  match(first, /IDENTITÄT Code: Grund/);
  ok(!/GEKLÄRT/.test(first) && !/BERICHTIGEN/.test(first));
  await send(letter, `IDENTITÄT ${code(letter, "Auskunft")}: Die Adresse ist neu.`);
  const asked = (await post(test, box, officer, number))
    .filter(({ text }) => /Code \d{4}/.test(text!)).at(-1)!;
  const second = (await send(asked, "Wie bitte?")).text!;
  match(second, /GEKLÄRT Code: Grund/);
  ok(!/FREIGABE/.test(second) && !/IDENTITÄT/.test(second));
  await door.close(100);
});
