/** A person's own objection stays until it is recorded when and how they withdrew it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { today } from "../db/clock.ts";
import * as objections from "../db/objections.ts";
import type { Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { merge } from "./support/merging.ts";
import { drain } from "./support/worker.ts";

async function made(client: Person, lastName: string, more: Fields = {}): Promise<string> {
  return idOf(
    await client.post("/contacts/new", { _anyway: "1", origin: "card", lastName, ...more }),
  );
}

const objected = (alice: Person, id: string, channel: objections.Channel) =>
  alice.scope((scope) => objections.add(scope, id, channel));

const standing = async ({ test }: Cast, id: string) =>
  (await test.db.owner<{ channel: string; byPerson: boolean }[]>`
    select channel, by_person from objections where contact_id = ${id} order by channel
  `).map(({ channel, byPerson }) => `${channel}${byPerson ? " by person" : ""}`);

Deno.test("an objection recorded for a person ends what they agreed to, and unticking revives nothing", async () => {
  const { alice } = await cast();
  const id = await made(alice, "Anruf");
  await alice.post(`/contacts/${id}/consents`, {
    ...{ channels: ["email", "phone"], purpose: "marketing", textVersion: "Newsletter" },
    ...{ givenOn: today(), givenHow: "paper" },
  });
  const agreed = async () =>
    /Einwilligungen (.*?) Information/.exec(await text(await alice.get(`/contacts/${id}`)))![1];
  equal(await agreed(), "E-Mail, Werbung; Telefon, Werbung");
  await alice.post(`/contacts/${id}/objections`, { channels: "phone" });
  equal(await agreed(), "E-Mail, Werbung");
  await alice.post(`/contacts/${id}/objections`, {});
  equal(await agreed(), "E-Mail, Werbung");
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  equal(await agreed(), "keine gültige Einwilligung");
});

Deno.test("a person's own objection cannot be unticked without recording when and how it ended", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await made(alice, "Eigen");
  await alice.post(`/contacts/${id}/objections`, { channels: ["phone", "post"] });
  await objected(alice, id, "email");
  const at = `/contacts/${id}/objections?list=q%3DEigen`;
  const page = await (await alice.get(`/contacts/${id}`)).text();
  match(page, /, von der Person selbst erklärt/);
  match(page, /name="reason"/);

  const refused = await alice.post(at, { channels: ["phone", "sms"] });
  equal(refused.status, 422);
  const html = await refused.text();
  match(html, /Diesen Widerspruch hat die Person selbst erklärt/);
  match(html, /href="#f-reason"/);
  equal((await alice.get(at)).status, 200, "it can be loaded again");
  ok(html.includes(`/contacts/${id}?list=q%3DEigen`), "the way back is still in the list");
  deepEqual(
    [...html.matchAll(/<input[^>]*name="channels"[^>]*>/g)]
      .filter(([tick]) => /checked/.test(tick)).map(([tick]) => /value="(\w+)"/.exec(tick)![1]),
    ["phone", "sms"],
  );
  deepEqual(await standing(here, id), ["email by person", "phone", "post"]);

  const long = await alice.post(at, { channels: "phone", reason: "x".repeat(201) });
  equal(long.status, 422);
  deepEqual(values(await long.text(), "reason"), ["x".repeat(201)]);

  const reason = "Am 3. November 2026 am Telefon";
  equal((await alice.post(at, { channels: ["phone", "sms"], reason })).status, 303);
  deepEqual(await standing(here, id), ["phone", "sms"]);
  match(
    await text(await alice.get(`/contacts/${id}`)),
    /Widerspruch zurückgenommen.*Am 3. November/,
  );
});

Deno.test("what staff recorded can be unticked as before, and an unknown channel is refused", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await made(alice, "Notiert");
  await alice.post(`/contacts/${id}/objections`, { channels: ["phone"] });
  ok(!(await (await alice.get(`/contacts/${id}`)).text()).includes('name="reason"'));
  equal((await alice.post(`/contacts/${id}/objections`, { channels: "fax" })).status, 422);
  deepEqual(await standing(here, id), ["phone"]);
  equal((await alice.post(`/contacts/${id}/objections`, {})).status, 303);
  deepEqual(await standing(here, id), []);
});

Deno.test("an objection recorded by staff becomes the person's own once they object themselves", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await made(alice, "Beide");
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  await objected(alice, id, "email");
  await objected(alice, id, "email");
  deepEqual(await standing(here, id), ["email by person"]);
  const page = await text(await alice.get(`/contacts/${id}`));
  equal(
    page.split("Widerspruch vermerkt").length - 1,
    2,
    "shown once more, and not at a repetition",
  );
  equal((await alice.post(`/contacts/${id}/objections`, {})).status, 422);
});

Deno.test("the undo of an import leaves what the person said meanwhile", async () => {
  const here = await cast();
  const { alice } = here;
  const own = { "emails.0.address": "pia@example.org" };
  const id = await made(alice, "Pia", own);
  const run = await importAll(
    alice,
    fileOf("Nachname;E-Mail;Email Opt Out;Do Not Call\nPia;pia@example.org;true;true\n"),
    { existing: "overwrite" },
  );
  deepEqual(await standing(here, id), ["email", "phone"]);
  await objected(alice, id, "email");
  await alice.post(`/imports/${run}/undo`);
  await drain(here.test);
  deepEqual(await standing(here, id), ["email by person"]);
});

Deno.test("after a merge and its undo the objection stays the person's own", async () => {
  const here = await cast();
  const { alice } = here;
  const a = await made(alice, "Meyer", { "emails.0.address": "meyer@a.example" });
  const b = await made(alice, "Maier", { "emails.0.address": "maier@b.example" });
  await alice.post(`/contacts/${a}/objections`, { channels: ["email"] });
  await objected(alice, b, "email");
  const id = await merge(alice, "contact", [a, b]);
  deepEqual(await standing(here, a), ["email by person"]);
  equal((await alice.post(`/contacts/${a}/objections`, {})).status, 422);
  await objected(alice, a, "post");
  await alice.post(`/merges/${id}/undo`);
  deepEqual(await standing(here, a), ["email", "post by person"]);
  deepEqual(await standing(here, b), ["email by person", "post by person"]);
});

Deno.test("an objection made while another is withdrawn stays, and bars as before", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await made(alice, "Gleichzeitig");
  await objected(alice, id, "email");
  const seen = values(await (await alice.get(`/contacts/${id}/objections`)).text(), "seen");
  await objected(alice, id, "all");
  const reason = "Am 3. November 2026 am Telefon";
  equal((await alice.post(`/contacts/${id}/objections`, { seen, reason })).status, 303);
  deepEqual(await standing(here, id), ["all by person"]);
  deepEqual(await alice.scope((scope) => objections.list(scope, id)), ["all"]);
  equal((await alice.post(`/contacts/${id}/objections`, { seen: "all", reason })).status, 303);
  deepEqual(await standing(here, id), []);
});

Deno.test("an objection is shown beside the channels that it blocks, and above a letter", async () => {
  const { alice } = await cast();
  const id = await made(alice, "Wege", {
    "emails.0.address": "wege@example.org",
    "phones.0.number": "+49 30 1234567",
    "addresses.0.city": "Hamburg",
  });
  const marks = async () =>
    (await (await alice.get(`/contacts/${id}`)).text()).split('<div class="reach">').slice(1)
      .map((line) => /keine Werb[\w-]+/.exec(line.split("</dd>", 1)[0]!)?.[0] ?? "");
  const letter = async () => await text(await alice.get(`/letters/new?contact=${id}`));
  deepEqual(await marks(), ["", "", ""]);
  ok(!/Werbung per Post/.test(await letter()));
  await alice.post(`/contacts/${id}/objections`, { channels: ["phone", "email"] });
  deepEqual(await marks(), ["keine Werbung", "keine Werbeanrufe", ""]);
  ok(!/Werbung per Post/.test(await letter()));
  await alice.post(`/contacts/${id}/objections`, { channels: "post" });
  deepEqual(await marks(), ["", "", "keine Werbung"]);
  match(await letter(), /Diese Person hat der Werbung per Post widersprochen/);
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  deepEqual(await marks(), Array(3).fill("keine Werbung"));
  for (
    const [channels, mark] of [["sms", "keine Werbe-SMS"], [
      ["sms", "phone"],
      "keine Werbung",
    ]] as const
  ) {
    await alice.post(`/contacts/${id}/objections`, { channels: [channels].flat() });
    deepEqual(await marks(), ["", mark, ""]);
  }
});
