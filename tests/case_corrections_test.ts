/** Misread rights are corrected by steps; persons without an e-mail address get letters on paper. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { now, today } from "../db/clock.ts";
import { notices } from "../db/case_notices.ts";
import * as personLetters from "../db/person_letters.ts";
import type { Right } from "../db/letters.ts";
import type { Fields } from "./support/app.ts";
import { isMessageKey } from "../views/i18n/translate.ts";
import { cast, type Person, person } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";
import { request } from "./support/officers.ts";
import { drain } from "./support/worker.ts";

const here = await cast();
const { test, alice, charlie } = here;
const base = "/settings/requests";

async function enter(more: Fields = {}): Promise<string> {
  const [id] = values(await (await alice.get(`${base}/new`)).text(), "id");
  const fields = { id: id!, receivedOn: today(), name: "Paula Post", rights: [], ...more };
  const answer = await alice.post(`${base}/new`, fields as Fields);
  equal(answer.status, 303);
  return idOf(answer);
}

const letter = "Bitte löschen Sie alle meine personenbezogenen Daten.";

const itemsOf = (id: string, who: Person = alice) =>
  who.scope((scope) => caseItems.list(scope, id));
const statuses = async (id: string) =>
  Object.fromEntries((await itemsOf(id)).map(({ right, status }) => [right, status]));
const steps = async (id: string) =>
  (await alice.scope((scope) => caseEvents.list(scope, id))).events.map(({ action }) => action);
const correct = async (id: string, of: Right, right: string) => {
  const item = (await itemsOf(id)).find((each) => each.right === of)!;
  return await alice.post(`${base}/items/${item.id}/correction`, { right });
};

Deno.test("a misread right is removed by a step, and restored by another", async () => {
  const id = await enter({ text: letter });
  deepEqual(await statuses(id), { erasure: "new" });
  equal((await correct(id, "erasure", "")).status, 303);
  deepEqual(await statuses(id), { erasure: "dropped" });
  equal((await alice.scope((scope) => cases.find(scope, id))).status, "open");
  match(await text(await alice.get(`${base}/${id}`)), /nicht beansprucht.*Doch beansprucht/);
  await alice.post(`${base}/${id}/items`, { right: "erasure" });
  deepEqual(await statuses(id), { erasure: "new" });
  deepEqual((await steps(id)).slice(0, 2), ["moved", "moved"]);
  equal(await alice.scope((scope) => caseEvents.verify(scope)), null);
});

Deno.test("another right takes the place of one, with the sentence it was read from", async () => {
  const id = await enter({ text: letter });
  await correct(id, "erasure", "restriction");
  deepEqual(await statuses(id), { erasure: "dropped", restriction: "new" });
  const restriction = (await itemsOf(id)).find(({ right }) => right === "restriction")!;
  match(restriction.sentence, /löschen Sie/);
  await alice.post(`${base}/${id}/items`, { right: "access" });
  await alice.post(`${base}/${id}/items`, { right: "access" });
  deepEqual(await statuses(id), { erasure: "dropped", restriction: "new", access: "new" });
  equal((await correct(id, "access", "kaffee")).status, 303);
});

Deno.test("what the person ticked themselves, and what is carried out, cannot be removed", async () => {
  const made = await request(test, alice.tenantId, ["access"], {
    claims: [{ right: "access", sentence: "" }],
  });
  await correct(made.id, "access", "");
  deepEqual(await statuses(made.id), { access: "new" });
  const id = await enter({ text: "Ich verlange Auskunft über meine personenbezogenen Daten." });
  const [item] = await itemsOf(id);
  await alice.scope((scope) =>
    caseItems.decide(scope, id, item!.id, { kind: "approve" }, {
      kind: "user",
      id: alice.userId,
    })
  );
  const answer = await correct(id, "access", "");
  equal(answer.status, 303);
  match(await text(await alice.get(`${base}/${id}`)), /Dieser Schritt geht von hier aus nicht/);
  deepEqual(await statuses(id), { access: "execution" });
});

Deno.test("cases of one person are linked by number, to the first of them, and separated again", async () => {
  const [first, second, third] = [
    await enter({ text: letter }),
    await enter({ text: letter }),
    await enter({ text: letter }),
  ];
  const find = (id: string) => alice.scope((scope) => cases.find(scope, id));
  const link = (id: string, number: string) => alice.post(`${base}/${id}/duplicate`, { number });
  equal((await link(second!, (await find(first!)).number.toLowerCase())).status, 303);
  equal((await link(third!, (await find(second!)).number)).status, 303);
  equal((await find(third!)).duplicateOf, first);
  match(await text(await alice.get(`${base}/${first}`)), new RegExp((await find(third!)).number));
  for (const number of ["DS-2222-22", (await find(first!)).number, "x"]) {
    const refused = await link(first!, number);
    equal(refused.status, 422, number);
    match(await text(refused), /gehört zu keinem anderen Antrag/);
  }
  equal((await link(second!, "")).status, 303);
  equal((await find(second!)).duplicateOf, null);
  deepEqual(await statuses(second!), { erasure: "new" });
});

Deno.test("a letter that claims nothing is closed with a reason, never while a right is open", async () => {
  const id = await enter({ text: letter });
  await drain(test);
  const dismiss = (reason: string) => alice.post(`${base}/${id}/dismissal`, { reason });
  await dismiss("Werbung");
  equal((await alice.scope((scope) => cases.find(scope, id))).status, "open");
  await correct(id, "erasure", "");
  equal((await dismiss(" ")).status, 422);
  equal((await dismiss("Werbung")).status, 303);
  equal((await alice.scope((scope) => cases.find(scope, id))).status, "closed");
  deepEqual((await steps(id)).slice(0, 2), ["closed", "dismissed"]);
  // Its receipt on paper is owed still.
  const { number } = await alice.scope((scope) => cases.find(scope, id));
  match(await text(await alice.get(base)), new RegExp(`${number} · [^·]+ · 1 Brief zu senden`));
  await alice.post(`${base}/${id}/items`, { right: "access" });
  deepEqual(await statuses(id), { erasure: "dropped" });
});

Deno.test("every letter that was written or sent has words in the history of its case", () => {
  for (const notice of notices) {
    for (const way of ["told", "written"]) {
      ok(isMessageKey(`cases.action_${way}_${notice}`), `${way} ${notice}`);
    }
  }
});

Deno.test("without an e-mail address each letter waits on paper until it is in the post", async () => {
  const id = await enter({ text: letter, address: "Am Wall 3\n28195 Bremen" });
  await drain(test);
  const letters = () => alice.scope((scope) => personLetters.list(scope, id));
  deepEqual((await letters()).map(({ kind, sentAt }) => [kind, sentAt]), [["receipt", null]]);
  match(await text(await alice.get(`${base}/${id}`)), /1 Brief zu senden/);
  const { number } = await alice.scope((scope) => cases.find(scope, id));
  const queue = async () => await text(await alice.get(base));
  const wanted = new RegExp(`${number} · [^·]+ · 1 Brief zu senden`);
  match(await queue(), wanted);
  const [receipt] = await letters();
  const paper = await alice.get(`${base}/letters/${receipt!.id}`);
  equal(paper.headers.get("Content-Type"), "application/pdf");
  equal(new TextDecoder().decode((await paper.bytes()).subarray(0, 5)), "%PDF-");
  equal((await alice.scope((scope) => cases.find(scope, id))).acknowledgedAt, null);
  for (let twice = 0; twice < 2; twice++) {
    await alice.post(`${base}/letters/${receipt!.id}/dispatch`);
  }
  ok((await alice.scope((scope) => cases.find(scope, id))).acknowledgedAt);
  ok(!wanted.test(await queue()));
  equal((await steps(id)).filter((action) => action === "posted").length, 1);
  const [item] = await itemsOf(id);
  await alice.scope((scope) =>
    caseItems.decide(scope, id, item!.id, { kind: "extend", reason: "Viele Akten" }, {
      kind: "user",
      id: alice.userId,
    })
  );
  await drain(test);
  const [, extension] = await letters();
  match(extension!.body, /Viele Akten/);
  deepEqual([extension!.kind, (await steps(id))[0]], ["extension", "written_extension"]);
  equal((await charlie.get(`${base}/letters/${extension!.id}`)).status, 404);
  const mails = await test.db.owner`select from mails where created_at > ${new Date(
    now().getTime() - 60_000,
  )} and kind like 'case%' and recipient = ''`;
  equal(mails.length, 0);
});

Deno.test("the officer removes a right on their page, in their own tenant only", async () => {
  const dora = await person(test, charlie.tenantId, "Dora Daten", "member");
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${charlie.tenantId}, 'Dora', ${dora.email}, ${now()})
  `;
  const made = await request(test, charlie.tenantId, ["access", "erasure"]);
  const [access, erasure] = await itemsOf(made.id, charlie);
  match(await text(await dora.get(`/dpo/items/${access!.id}`)), /Nicht beansprucht/);
  equal((await dora.post(`/dpo/items/${access!.id}/correction`, { right: "" })).status, 303);
  equal((await itemsOf(made.id, charlie))[0]!.status, "dropped");
  equal((await alice.post(`/dpo/items/${erasure!.id}/correction`, { right: "" })).status, 404);
});
