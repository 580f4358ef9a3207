/** The provider's settings: imprint, privacy page, and who may change them. */
import assert from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import { createApp } from "../routes/app.tsx";
import { Client } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { isGreen } from "./support/proofs.ts";

const fields = {
  "provider.name": "Neues Testhaus",
  "provider.legalForm": "AG",
  "provider.street": "Neuer Wall 1",
  "provider.postalCode": "20354",
  "provider.city": "Hamburg",
  "provider.country": "DE",
  "provider.email": "neu@example.org",
  "provider.phone": "+49 40 123456",
  "provider.representedBy": "Erika Beispiel",
  "provider.registerEntry": "Amtsgericht Hamburg, HRB 12345",
  "provider.vatId": "DE136695976",
  "provider.dpoName": "Doris Daten",
  "provider.dpoEmail": "dsb@example.org",
};

async function asOperator(person: Person): Promise<void> {
  await person.test.db.owner`
    update identities
    set operator = true
    where id = ${person.identityId}
  `;
}

Deno.test("an operator changes the provider, and the imprint shows it", async () => {
  const { alice, visitor } = await cast();
  await asOperator(alice);
  const answer = await alice.post("/operator/provider", fields);
  assert.equal(answer.status, 303);
  const imprint = await text(await visitor.get("/imprint"));
  assert.match(imprint, /Neues Testhaus AG Neuer Wall 1 20354 Hamburg/);
  assert.match(imprint, /Erika Beispiel/);
  assert.match(imprint, /HRB 12345/);
  const form = await (await alice.get("/operator/provider")).text();
  assert.deepEqual(values(form, "provider.dpoName"), ["Doris Daten"]);
});

Deno.test("with another officer the links of the one before end", async () => {
  const { alice, visitor, test } = await cast();
  await asOperator(alice);
  const whole = { ...fields, "provider.land": "HH" };
  await alice.post("/operator/provider", whole);
  await alice.post("/operator/policy");
  assert.equal((await alice.post("/operator/policy/1/proposal")).status, 303);
  const [mail] = await test.db.owner<{ text: string }[]>`
    select body_text as text from mails where body_text like '%/policy-approvals/%'
    order by id desc limit 1
  `;
  const link = /\/policy-approvals\/[\w-]+/.exec(mail!.text)![0];
  const shown = async () => await text(await visitor.get(link));
  await alice.post("/operator/provider", { ...whole, "provider.city": "Bremen" });
  assert.match(await shown(), /Ich habe die Fassung gelesen/);
  await alice.post("/operator/provider", { ...whole, "provider.dpoEmail": "neu.dsb@example.org" });
  assert.match(await shown(), /gilt nicht mehr/);
  const late = await visitor.post(link, { read: "on" });
  assert.match(await text(late), /gilt nicht mehr/);
});

Deno.test("with another officer clause 2.2 is proven again, whatever the former address received", async () => {
  const { alice, test } = await cast();
  await asOperator(alice);
  const box = await mailbox();
  const whole = { ...fields, "provider.land": "HH" };
  await alice.post("/operator/provider", whole);
  await test.db.owner`
    insert into officer_probes (id, status, queued_at, settled_at)
    values (${newId()}, 'sent', ${now()}, ${now()})
  `;
  assert.equal(await isGreen(test, "officer_reached"), true);
  await alice.post("/operator/provider", { ...whole, "provider.city": "Bremen" });
  assert.equal(await isGreen(test, "officer_reached"), true);
  const dpoEmail = `neu.${newId()}@officer.example`;
  await alice.post("/operator/provider", { ...whole, "provider.dpoEmail": dpoEmail });
  assert.equal(await isGreen(test, "officer_reached"), false, "nothing is known of it");
  const mails = await box.collect(test, dpoEmail);
  assert.ok(mails.some(({ subject }) => subject === "Prüfung Ihrer Erreichbarkeit"));
  await enqueue(test.db.app, "prove_clauses", null, { proof: "officer_reached" });
  await box.collect(test, dpoEmail);
  assert.equal(await isGreen(test, "officer_reached"), true);
  await box.close();
});

Deno.test("POST /operator/provider refuses empty mandatory fields and a wrong VAT ID, losing nothing", async () => {
  const { alice } = await cast();
  await asOperator(alice);
  const answer = await alice.post("/operator/provider", {
    ...fields,
    "provider.dpoEmail": "",
    "provider.vatId": "DE136695975",
  });
  assert.equal(answer.status, 422);
  const html = await answer.text();
  assert.match(html, /Die Prüfziffer der USt-IdNr\. stimmt nicht/);
  assert.match(html, /Diese Angabe fehlt/);
  assert.deepEqual(values(html, "provider.representedBy"), ["Erika Beispiel"]);
});

Deno.test("tenant owners who are no operators get 403 at /operator/provider", async () => {
  const { bob } = await cast();
  assert.equal((await bob.get("/operator/provider")).status, 403);
  assert.equal((await bob.post("/operator/provider", fields)).status, 403);
});

Deno.test("in production every page is closed to all but operators until nothing about the provider is open", async () => {
  const { alice, bob, visitor, test } = await cast();
  await asOperator(alice);
  const { owner } = test.db;
  const before = await owner`select represented_by, register_entry, land from provider`;
  await owner`update provider set represented_by = '', register_entry = '', land = ''`;
  const services = {
    ...test.services,
    config: { ...test.services.config, appEnv: "production" as const },
  };
  const installation = { ...test, services, app: createApp(services) };
  const inside = (person: Client) => {
    const client = new Client(installation);
    const token = person.cookies.get("session");
    if (token) client.cookies.set("__Host-session", token);
    return client;
  };
  const [operator, user, stranger] = [inside(alice), inside(bob), inside(visitor)];
  for (const path of ["/start", "/contacts", "/account", "/", "/no-such-page"]) {
    const answer = await user.get(path);
    assert.equal(answer.status, 503, path);
    const page = await text(answer);
    assert.match(page, /Noch nicht in Betrieb/);
    assert.match(page, /Vertretungsberechtigt Registergericht und Nummer Bundesland/);
    assert.ok(!page.includes("Straße"), "what is there is not asked for");
  }
  assert.equal((await user.post("/contacts", {})).status, 503);
  for (const path of ["/login", "/imprint", "/privacy", "/privacy/complaint", "/health/live"]) {
    assert.equal((await stranger.get(path)).status, 200, path);
  }
  assert.equal((await operator.get("/contacts")).status, 200);
  const half = await operator.post("/operator/provider", { ...fields, "provider.land": "" });
  assert.equal(half.status, 422);
  assert.match(await half.text(), /Bundesland/);
  assert.equal(
    (await operator.post("/operator/provider", { ...fields, "provider.land": "HH" })).status,
    303,
  );
  assert.equal((await user.get("/contacts")).status, 200);
  await owner`update provider set ${owner(before[0] as never)}`;
});
