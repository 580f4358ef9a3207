/** By mail the officer names the right record where nobody was found, or somebody else. */
import { deepStrictEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import { read } from "../db/officer_replies.ts";
import * as officers from "../db/officers.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf } from "./support/html.ts";
import { openDoor } from "./support/inbound.ts";
import { mailbox } from "./support/mailbox.ts";
import { answer, code, post, request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const { test, alice, charlie } = await cast();
const box = await mailbox();
const mark = newMark();
const officer = `dsb.${mark}@officer.example`;
const named = { ...{ name: "Dora", email: officer, language: "de" } as const };
const deputy = { deputyName: "", deputyEmail: "", awayFrom: null, awayUntil: null };
await alice.scope((scope) => officers.update(scope, { ...named, ...deputy }));

const made = async (by: Person, fields: Record<string, string>) =>
  idOf(await by.post("/contacts/new", { origin: "customer", _anyway: "1", ...fields }));

/** A child on record, a request by a parent who is not; the letter about it. */
async function asked(email = `eltern.${newMark()}@person.example`) {
  const kid = newMark();
  const address = `${kid}@person.example`;
  const child = await made(alice, {
    firstName: "Kim",
    lastName: kid,
    "emails.0.address": address,
  });
  const { id, number } = await request(test, alice.tenantId, ["restriction"], {
    personName: `Eltern ${kid}`,
    personEmail: email,
    claims: [{ right: "restriction", sentence: "" }],
  });
  const [letter] = await post(test, box, officer, number);
  const say = async (text: string) => {
    const door = await openDoor(test);
    await answer(door.port, letter!, officer, text);
    const reply = (await post(test, box, officer, number)).at(-1)!;
    await door.close(100);
    return reply;
  };
  const typed = code(letter!, "Einschränkung");
  const status = async () => (await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status;
  const restricted = async (contact: string) => {
    const [row] = await test.db.owner<[{ yes: boolean }]>`
      select restricted_at is not null as yes from contacts where id = ${contact}
    `;
    return row.yes;
  };
  return { id, number, child, address, email, letter: letter!, say, typed, status, restricted };
}

Deno.test("an address or a link is read strictly, with what programs put around it", () => {
  const link = `https://crm.example/contacts/${newId()}`;
  for (
    const [said, one] of [
      ["kim@person.example", "kim@person.example"],
      ["kim@person.example.", "kim@person.example"],
      ["<kim@person.example>", "kim@person.example"],
      ["kim@person.example<mailto:kim@person.example>", "kim@person.example"],
      ["\nkim@person.example\n\nMfG\nDora", "kim@person.example"],
      [`${link}`, link],
      [`<${link}>`, link],
    ]
  ) {
    deepStrictEqual(read(`PERSON 4821: ${said}`), { kind: "person", code: "4821", named: one });
  }
  for (
    const said of ["kim@a.example, ben@b.example", "Kim Muster", "der an kim@a.example", "kim@"]
  ) {
    equal(read(`PERSON 4821: ${said}`), "which", said);
  }
  equal(read("PERSON: kim@person.example"), "code");
});

Deno.test("where nobody was found the letter says how, and the address of a record settles it", async () => {
  const { id, child, address, letter, say, typed, status, restricted } = await asked();
  match(letter.text!, /^PERSON \d{4}: E-Mail-Adresse oder Link des Datensatzes, der gemeint ist$/m);
  match(letter.text!, /sagen Sie dann als Antwort mit PERSON/);
  const confirmed = await say(`PERSON ${typed}: ${address.toUpperCase()}`);
  match(confirmed.subject!, /wer gemeint ist/);
  match(confirmed.text!, new RegExp(`Gemeint: \\S+/contacts/${child}\\n`));
  match(confirmed.text!, /Die Antwort geht weiterhin an die Adresse, von der der Antrag kam/);
  for (const part of [confirmed.subject!, confirmed.text!, String(confirmed.html)]) {
    ok(!part.toLowerCase().includes(address), "no mail names the person");
  }
  const known = await alice.scope((scope) => findings.subjectOf(scope, id));
  deepStrictEqual(known.state === "known" && known.ids, [child]);
  match(
    await (await alice.get(`/settings/requests/${id}/findings`)).text(),
    /Angabe der beauftragten Person/,
  );
  await say(`FREIGABE ${typed}`);
  equal(await status(), "done");
  equal(await restricted(child), true);
});

Deno.test("a link identifies the person too, once, and overrides the owner of the request's address", async () => {
  const email = `mutter.${newMark()}@person.example`;
  const mother = await made(alice, { lastName: newMark(), "emails.0.address": email });
  const { id, child, say, typed, status, restricted } = await asked(email);
  const { baseUrl } = test.services.config;
  match((await say(`PERSON ${typed}: ${baseUrl}/contacts/${child}`)).text!, new RegExp(child));
  match((await say(`PERSON ${typed}: ${baseUrl}/contacts/${mother}`)).text!, /schon beantwortet/);
  await say(`FREIGABE ${typed}`);
  equal(await status(), "done");
  equal(await restricted(child), true);
  const known = await alice.scope((scope) => findings.subjectOf(scope, id));
  deepStrictEqual(known.state === "known" && known.ids, [child]);
});

Deno.test("a record can be named even after the officer said that it is nobody", async () => {
  const { id, child, address, say, typed } = await asked();
  match((await say(`PERSON ${typed}: keine`)).subject!, /wer gemeint ist/);
  equal((await alice.scope((scope) => findings.subjectOf(scope, id))).state, "nobody");
  match((await say(`PERSON ${typed}: ${address}`)).text!, new RegExp(child));
  const known = await alice.scope((scope) => findings.subjectOf(scope, id));
  deepStrictEqual(known.state === "known" && known.ids, [child]);
});

Deno.test("an unknown record, or several, decides nothing, and the letter says why", async () => {
  const { id, say, typed } = await asked();
  const shared = `familie.${newMark()}@person.example`;
  for (const lastName of [newMark(), newMark()]) {
    await made(alice, { lastName, "emails.0.address": shared });
  }
  const foreign = `fremd.${newMark()}@person.example`;
  const elsewhere = await made(charlie, { lastName: newMark(), "emails.0.address": foreign });
  const { baseUrl } = test.services.config;
  for (
    const [said, why] of [
      [shared, /bei mehreren Datensätzen/],
      [foreign, /keinen Datensatz/],
      [`${baseUrl}/contacts/${elsewhere}`, /keinen Datensatz/],
      [`${baseUrl}/contacts/new`, /keinen Datensatz/],
      [`https://evil.example/contacts/${elsewhere}`, /keinen Datensatz/],
      ["Kim Muster", /Nummern/],
    ] as const
  ) match((await say(`PERSON ${typed}: ${said}`)).text!, why);
  const wrong = typed === "1111" ? "2222" : "1111";
  match((await say(`PERSON ${wrong}: ${shared}`)).text!, /Code/);
  equal((await alice.scope((scope) => findings.subjectOf(scope, id))).state, "nobody");
});
