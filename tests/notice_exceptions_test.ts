/** Why persons need not be informed (Art. 13(4), 14(5) GDPR): recorded, shown, answered, counted. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as packages from "../db/access_packages.ts";
import * as proofs from "../db/proofs.ts";
import { accessLetter } from "../views/access_letters.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import type { View } from "../views/view.ts";
import { now, today } from "../db/clock.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { merge } from "./support/merging.ts";
import { addressOf, contactOf, send } from "./support/messages.ts";
import { breakAndMend } from "./support/proofs.ts";

const uninformed = async (person: Person, word: string) => {
  const list = `/contacts?source=${encodeURIComponent(word)}&empty=notice`;
  return values(await (await person.get(list)).text(), "ids").sort();
};

const given = {
  ground: "effort",
  reason: "Verzeichnis mit 4000 Personen, Hinweis auf der Website",
};

/** What an answer to the person says: the row of the record, and the letter's text. */
async function answered(person: Person, id: string) {
  const { config } = person.test.services;
  const found = await person.scope(async (scope) =>
    await packages.read(scope, config, await packages.findPerson(scope, id))
  );
  const view = { t: translator("de"), locale: "de", format: formatter("de", now()), now: now() };
  return {
    row: found.tables.find(({ table }) => table === "contacts")!.rows[0]!,
    letter: JSON.stringify(accessLetter(view as View, found)),
  };
}

Deno.test("an exception takes a person off the list, with ground, reason, who and when (Art. 14(5)(b))", async () => {
  const { alice } = await cast();
  const word = "Verzeichnis Nord";
  const id = await contactOf(alice, { origin: "public_source", sourceDetail: word });
  deepEqual(await uninformed(alice, word), [id]);
  const page = `/contacts/${id}/notice-exception`;
  match(await text(await alice.get(page)), /Art\. 14 Abs\. 5 lit\. d DSGVO/);
  for (const lacking of [{ ...given, reason: "  " }, { ...given, ground: "laziness" }]) {
    equal((await alice.post(page, lacking)).status, 422);
  }
  deepEqual(await uninformed(alice, word), [id], "nothing without a ground and a reason");
  const excepted = async (more = "") => {
    const list = `/contacts?source=${encodeURIComponent(word)}&empty=exception${more}`;
    return values(await (await alice.get(list)).text(), "ids");
  };
  deepEqual(await excepted(), []);
  equal((await alice.post(page, given)).status, 303);
  deepEqual(await uninformed(alice, word), []);
  deepEqual(await excepted(), [id]);
  deepEqual(await excepted("&q=Nordmann"), [id], "with a search as well");
  const record = await text(await alice.get(`/contacts/${id}`));
  match(record, /Art\. 14 Abs\. 5 lit\. b DSGVO/);
  match(record, /Verzeichnis mit 4000 Personen/);
  match(record, new RegExp(`vermerkt am [\\d.]+ von \\S+`));
  equal((await alice.post(`${page}/withdrawal`)).status, 303);
  deepEqual(await uninformed(alice, word), [id]);
  deepEqual([...await excepted(), ...await excepted("&q=Nordmann")], []);
  match(await text(await alice.get(`/contacts/${id}`)), /fällig bis/);
});

Deno.test("the day of the first communication still comes, should the exception be withdrawn", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, { origin: "referral" });
  await alice.post(`/contacts/${id}/notice-exception`, { ...given, ground: "known" });
  await send(alice, { to: addressOf(id) });
  await alice.post(`/contacts/${id}/notice-exception/withdrawal`);
  const [row] = await alice.test.db.owner<{ day: string }[]>`
    select notice_due_on as day from contacts where id = ${id}
  `;
  equal(row!.day, today());
});

Deno.test("who gave the data in a form is only excepted who knows already (Art. 13(4))", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, { origin: "inquiry" });
  await alice.test.db.owner`update contacts set source_channel = 'form' where id = ${id}`;
  const refused = await alice.post(`/contacts/${id}/notice-exception`, given);
  equal(refused.status, 422);
  match(await refused.text(), /Art\. 13 Abs\. 4 DSGVO/);
  const known = { ...given, ground: "known" };
  equal((await alice.post(`/contacts/${id}/notice-exception`, known)).status, 303);
});

Deno.test("those of a filtered list are excepted together, and the change is taken back", async () => {
  const { alice } = await cast();
  const word = "Branchenbuch Süd";
  const made: string[] = [];
  for (let n = 0; n < 4; n++) {
    made.push(await contactOf(alice, { origin: "public_source", sourceDetail: word }));
  }
  await alice.post(`/contacts/${made[0]}/notice`);
  await alice.post(`/contacts/${made[1]}/notice-exception`, { ...given, ground: "law" });
  const list = `source=${encodeURIComponent(word)}`;
  const order = {
    ...{ kind: "contact", action: "notice_exception", list, all: "1", counted: "4" },
    ...given,
  };
  const form = await text(await alice.get(`/bulk-changes/new?${new URLSearchParams(order)}`));
  match(form, /Ausnahme von der Information vermerken/);
  match(form, /Begründung/);
  equal((await alice.post("/bulk-changes/new", { ...order, reason: "" })).status, 422);
  const sent = await alice.post("/bulk-changes/new", order);
  equal(sent.status, 303);
  const back = await (await alice.get(sent.headers.get("Location")!)).text();
  match(back, /2 Einträge sind geändert/);
  deepEqual(await uninformed(alice, word), []);
  const grounds = await alice.test.db.owner<{ ground: string | null }[]>`
    select notice_exception as ground from contacts where tenant_id = ${alice.tenantId} and id = any (${made}) order by id
  `;
  deepEqual(grounds.map(({ ground }) => ground), [null, "law", "effort", "effort"]);
  const undo = /action="(\/bulk-changes\/[^"]+\/undo[^"]*)"/.exec(back)![1]!;
  equal((await alice.post(undo.replaceAll("&amp;", "&"))).status, 303);
  deepEqual(await uninformed(alice, word), made.slice(2).sort());
  const firms = await alice.post("/bulk-changes/new", { ...order, kind: "company", list: "" });
  equal(firms.status, 422);
});

Deno.test("an access answer says so to the person, but not what a secret forbids (BDSG 29(1))", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, { origin: "referral" });
  await alice.post(`/contacts/${id}/notice-exception`, given);
  const open = await answered(alice, id);
  match(open.letter, /Ausnahme von der Information: Unmöglich/);
  match(open.letter, /Verzeichnis mit 4000 Personen/);
  equal(open.row.notice_exception_by, "staff", "employees are not named (C-579/21)");
  const secret = { ground: "secrecy", reason: "Mandat gegen diese Person" };
  await alice.post(`/contacts/${id}/notice-exception`, secret);
  const kept = await answered(alice, id);
  match(kept.letter, /Berufsgeheimnis/);
  ok(!JSON.stringify(kept).includes("Mandat gegen"));
});

Deno.test("merged records need no notice only if none of them does", async () => {
  const { alice } = await cast();
  const word = "Zusammenführung";
  const [first, second] = [
    await contactOf(alice, { origin: "public_source", sourceDetail: word }),
    await contactOf(alice, { origin: "public_source", sourceDetail: word }),
  ];
  await alice.post(`/contacts/${first}/notice-exception`, given);
  await merge(alice, "contact", [first, second]);
  deepEqual(await uninformed(alice, word), [first], "the second was owed the information");
  const [third, fourth] = [
    await contactOf(alice, { origin: "public_source", sourceDetail: `${word} zwei` }),
    await contactOf(alice, { origin: "public_source", sourceDetail: `${word} zwei` }),
  ];
  for (const id of [third, fourth]) await alice.post(`/contacts/${id}/notice-exception`, given);
  await merge(alice, "contact", [third, fourth]);
  deepEqual(await uninformed(alice, `${word} zwei`), []);
});

Deno.test("2.3: the proof counts exceptions on a line of their own and sees one without a reason", async () => {
  const { alice, test } = await cast();
  const id = await contactOf(alice, { origin: "referral" });
  const before = await proofs.run(test.db.app, "informing_tracked");
  equal(before!.passed, true, JSON.stringify(before));
  await alice.post(`/contacts/${id}/notice-exception`, given);
  const after = await proofs.run(test.db.app, "informing_tracked");
  equal(Number(after!.figures.excepted), Number(before!.figures.excepted) + 1);
  equal(Number(after!.figures.waiting), Number(before!.figures.waiting) - 1);
  const whole = "contacts_notice_exception_whole";
  const [check] = await test.db.owner<{ text: string }[]>`
    select pg_get_constraintdef(oid) as text from pg_constraint where conname = ${whole}
  `;
  await breakAndMend(
    test,
    "informing_tracked",
    `alter table contacts drop constraint ${whole};
     update contacts set notice_exception_reason = '' where id = '${id}'`,
    `update contacts set notice_exception_reason = 'x' where id = '${id}';
     alter table contacts add constraint ${whole} ${check!.text}`,
  );
});
