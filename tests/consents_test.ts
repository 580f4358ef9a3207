/** Consents: recorded with wording, day and way, and withdrawn by one click (Art. 7 GDPR). */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as consents from "../db/consents.ts";
import * as gate from "../db/outgoing_gate.ts";
import { newId } from "../db/ids.ts";
import { isBlocked } from "./support/blocking.ts";
import { secretKey } from "./support/db.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";

async function contact(person: Person): Promise<string> {
  const id = newId();
  const answer = await person.post("/contacts/new", {
    id,
    firstName: "Erika",
    lastName: "Einwilligt",
    addressForm: "formal",
    language: "de",
    status: "lead",
    origin: "consent",
    _anyway: "1",
    "emails.0.kind": "work",
    "emails.0.address": "erika@einwilligt.example",
  });
  assertEquals(answer.status, 303);
  return id;
}

const given = (id = newId()) => ({
  id,
  channels: ["email", "phone"],
  purpose: "marketing",
  textVersion: "Newsletter, Fassung 3",
  givenOn: "2026-01-05",
  givenHow: "form",
  proof: "Formular Nr. 7",
});

Deno.test("a missing consent record is pointed out, and a consent is recorded once", async () => {
  const { alice, vera } = await cast();
  const id = await contact(alice);
  assertStringIncludes(
    await text(await alice.get(`/contacts/${id}`)),
    "Nachweis fehlt",
  );
  const form = given();
  // Sent twice by a double click.
  for (let n = 0; n < 2; n++) {
    assertEquals((await alice.post(`/contacts/${id}/consents`, form)).status, 303);
  }
  const page = await text(await vera.get(`/contacts/${id}/consents`));
  assertEquals(page.match(/Newsletter, Fassung 3/g)?.length, 2);
  assertStringIncludes(page, "05.01.2026, Formular im Netz");
  assertStringIncludes(page, "Formular Nr. 7");
  const record = await text(await alice.get(`/contacts/${id}`));
  assert(!record.includes("Nachweis fehlt"));
  assertStringIncludes(record, "Einwilligung vermerkt");
  assertStringIncludes(record, "Einwilligungen E-Mail, Werbung; Telefon, Werbung");
});

Deno.test("withdrawing is one click, stops marketing by mail and keeps the proof", async () => {
  const { alice } = await cast();
  const id = await contact(alice);
  const form = { ...given(), channels: ["email"] };
  await alice.post(`/contacts/${id}/consents`, form);
  const judge = () =>
    alice.scope((scope) =>
      gate.judge({ scope, secretKey }, "marketing", ["erika@einwilligt.example"])
    ).then(([judgement]) => judgement!.bar);
  assertEquals(await judge(), null);
  const path = `/contacts/${id}/consents/withdrawal`;
  for (let n = 0; n < 2; n++) {
    assertEquals((await alice.post(path, { consent: form.id })).status, 303);
  }
  assertEquals(await judge(), "withdrawn");
  assertStringIncludes(
    await text(await alice.get(`/contacts/${id}`)),
    "Nachweis fehlt keine gültige Einwilligung",
  );
  const [row] = await alice.test.db.owner`
    select proof, withdrawn_at from consents where id = ${form.id}
  `;
  assertEquals(row!.proof, "Formular Nr. 7");
  const steps = await alice.test.db.owner`
    select action from changes where record_id = ${id} and action like 'consent%' order by id
  `;
  assertEquals(steps.map(({ action }) => action), ["consent_given", "consent_withdrawn"]);
});

Deno.test("a consent given twice is withdrawn at once, another one remains, a new one counts again", async () => {
  const { alice } = await cast();
  const id = await contact(alice);
  const give = async (more: Record<string, string | string[]> = {}) => {
    const form = { ...given(), channels: ["email"], ...more };
    assertEquals((await alice.post(`/contacts/${id}/consents`, form)).status, 303);
    return form.id;
  };
  const [first, again] = [await give(), await give()];
  const other = await give({ channels: ["phone"] });
  const withdraw = (consent: string) =>
    alice.post(`/contacts/${id}/consents/withdrawal`, { consent });
  const standing = async () =>
    (await alice.test.db.owner`
      select id from consents where contact_id = ${id} and withdrawn_at is null order by id
    `).map((row) => row.id);
  await withdraw(first);
  assertEquals(await standing(), [other], again);
  const [judgement] = await alice.scope((scope) =>
    gate.judge({ scope, secretKey }, "marketing", ["erika@einwilligt.example"])
  );
  assertEquals(judgement!.bar, "withdrawn");
  const renewed = await give();
  await withdraw(first);
  assertEquals(await standing(), [other, renewed].sort(), "what is sent again ends nothing new");
});

Deno.test("what is missing or in the future is reported beside its field, and nothing typed is lost", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await contact(alice);
  const path = `/contacts/${id}/consents`;
  const answer = await alice.post(path, { ...given(), channels: [], textVersion: "" });
  assertEquals(answer.status, 422);
  assertStringIncludes(await text(answer), "Formular Nr. 7");
  const later = await alice.post(path, { ...given(), givenOn: "2199-01-01" });
  assertEquals(later.status, 422);
  assertStringIncludes(await text(later), "Der Tag liegt in der Zukunft.");
  assertEquals((await vera.post(path, given())).status, 403);
  assertEquals((await charlie.get(path)).status, 404);
  const form = given();
  await alice.post(path, form);
  const other = await contact(alice);
  const crossed = await alice.post(`/contacts/${other}/consents/withdrawal`, { consent: form.id });
  assertEquals(crossed.status, 404);
});

Deno.test("a consent whose form is sent twice at once is recorded once", async () => {
  const { alice, test } = await cast();
  const id = await contact(alice);
  const input = { ...given(), channels: ["email", "phone"] } as consents.ConsentInput;
  const form = newId();
  let again: Promise<void>;
  await alice.scope(async (scope) => {
    await consents.create(scope, id, form, input);
    again = alice.scope((other) => consents.create(other, id, form, input));
    again.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
  });
  await again!;
  assertEquals((await alice.scope((scope) => consents.list(scope, id))).length, 2);
  const steps = await test.db.owner`
    select from changes where record_id = ${id} and action = 'consent_given'
  `;
  assertEquals(steps.length, 1);
});
