/** The objection gate: who may be written to for what, and that no mail gets past it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { now, today } from "../db/clock.ts";
import { type Bar, barOf, type Facts, judge, type OutgoingKind } from "../db/outgoing_gate.ts";
import { localStorage } from "../db/storage.ts";
import * as suppressions from "../db/suppressions.ts";
import * as trash from "../db/trash.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { fileOf, pdf } from "./support/files.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { addressOf, contactOf, draft, emptyQueue, send, stored } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const nothing: Facts = {
  known: true,
  restricted: false,
  objected: false,
  suppressed: false,
  withdrawn: false,
};
const kinds: OutgoingKind[] = ["legal", "own_request", "contract", "correspondence", "marketing"];

/** What each kind, in the order above, is answered. */
const table: [string, Partial<Facts>, (Bar | null)[]][] = [
  ["nothing against it", {}, [null, null, null, null, null]],
  ["Art. 18: restricted", { restricted: true }, [
    null,
    null,
    "restricted",
    "restricted",
    "restricted",
  ]],
  ["Art. 21: objected", { objected: true }, [null, null, null, "objection", "objection"]],
  ["Art. 21: suppressed", { suppressed: true }, [null, null, null, "suppressed", "suppressed"]],
  ["Art. 7(3): consent withdrawn", { withdrawn: true }, [null, null, null, null, "withdrawn"]],
  ["nobody on record", { known: false }, [null, null, null, null, "unknown"]],
  ["suppressed, on no record", { known: false, suppressed: true }, [
    null,
    null,
    null,
    "suppressed",
    "suppressed",
  ]],
  ["restricted and objected", { restricted: true, objected: true }, [
    null,
    null,
    "restricted",
    "restricted",
    "restricted",
  ]],
];

for (const [name, facts, bars] of table) {
  Deno.test(`the consent check: ${name}`, () => {
    deepEqual(kinds.map((kind) => barOf(kind, { ...nothing, ...facts })), bars);
  });
}

const ask = (person: Person, kind: OutgoingKind, ...addresses: string[]) =>
  person.scope(async (scope) =>
    (await judge({ scope, secretKey }, kind, addresses)).map(({ bar }) => bar)
  );

Deno.test("an objection by e-mail or by all channels counts, one by telephone does not", async () => {
  const { alice } = await cast();
  for (
    const [channel, bar] of [["email", "objection"], ["all", "objection"], ["phone", null]] as const
  ) {
    const id = await contactOf(alice);
    await alice.post(`/contacts/${id}/objections`, { channels: channel });
    deepEqual(await ask(alice, "marketing", addressOf(id).toUpperCase()), [bar], channel);
    deepEqual(await ask(alice, "contract", addressOf(id)), [null], channel);
  }
});

Deno.test("an objection applies in either spelling of the address's domain", async () => {
  const { alice } = await cast();
  const [letters, ascii] = ["eva@müller.example", "eva@xn--mller-kva.example"];
  for (const address of [letters, ascii]) {
    const id = await contactOf(alice);
    await alice.post(`/contacts/${id}/objections`, { channels: "email" });
    await alice.test.db.owner`update emails set address = ${address} where contact_id = ${id}`;
    const bars = await ask(alice, "correspondence", letters, ascii, "eva@other.example");
    deepEqual(bars, ["objection", "objection", null], address);
    await alice.test.db.owner`delete from contacts where id = ${id}`;
  }
});

Deno.test("an objection applies in the trash, and an erased person's by the hash of the address", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  await alice.scope((scope) => trash.put(scope, "contact", id));
  deepEqual(await ask(alice, "correspondence", addressOf(id)), ["objection"]);
  await alice.test.db.owner`delete from contacts where id = ${id}`;
  deepEqual(await ask(alice, "correspondence", addressOf(id)), [null]);
  await alice.scope((scope) =>
    suppressions.add(
      scope,
      suppressions.hasher(secretKey, scope.tenantId)(addressOf(id)),
      "all",
      "erasure",
    )
  );
  deepEqual(await ask(alice, "correspondence", addressOf(id)), ["suppressed"]);
  deepEqual(await ask(alice, "own_request", addressOf(id)), [null]);
});

Deno.test("a barred number bars no mail, and one tenant's suppressions bar no other's", async () => {
  const { alice, charlie } = await cast();
  const address = `c.${newId()}@example.org`;
  const bar = (channel: suppressions.Channel) =>
    alice.scope((scope) =>
      suppressions.add(
        scope,
        suppressions.hasher(secretKey, scope.tenantId)(address),
        channel,
        "objection",
      )
    );
  await bar("phone");
  deepEqual(await ask(alice, "correspondence", address), [null]);
  await bar("email");
  deepEqual(await ask(alice, "correspondence", address), ["suppressed"]);
  deepEqual(await ask(charlie, "correspondence", address), [null]);
});

Deno.test("a restricted person is visible to the consent check alone", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  deepEqual(await ask(alice, "contract", addressOf(id)), ["restricted"]);
  deepEqual(await ask(alice, "own_request", addressOf(id)), [null]);
  const seen = await alice.scope(async ({ sql, tenantId }) => {
    await sql`select * from address_bars(${[addressOf(id)]}::text[])`;
    return await sql`select id from contacts where tenant_id = ${tenantId} and id = ${id}`;
  });
  equal(seen.length, 0, "and is hidden again after it was asked");
});

Deno.test("of a shared address one person's objection counts for all", async () => {
  const { alice } = await cast();
  const shared = `info.${newId()}@example.org`;
  const first = await contactOf(alice, { "emails.0.address": shared });
  await contactOf(alice, { "emails.0.address": shared });
  deepEqual(await ask(alice, "correspondence", shared), [null]);
  await alice.post(`/contacts/${first}/objections`, { channels: "email" });
  deepEqual(await ask(alice, "correspondence", shared, "x@example.org"), ["objection", null]);
});

Deno.test("a withdrawn consent stops marketing until there is a new one", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  const { owner } = alice.test.db;
  const consent = (withdrawnAt: Date | null, purpose = "marketing") =>
    owner`insert into consents ${
      owner({
        tenantId: alice.tenantId,
        id: newId(),
        contactId: id,
        channel: "email",
        purpose,
        textVersion: "1",
        givenAt: now(),
        givenHow: "form",
        withdrawnAt,
      })
    }`;
  await consent(now());
  deepEqual(await ask(alice, "marketing", addressOf(id)), ["withdrawn"]);
  deepEqual(await ask(alice, "correspondence", addressOf(id)), [null]);
  await consent(null, "customer_care");
  deepEqual(await ask(alice, "marketing", addressOf(id)), ["withdrawn"], "not for this purpose");
  await consent(null);
  deepEqual(await ask(alice, "marketing", addressOf(id)), [null]);
  await consent(now(), "customer_care");
  await owner`delete from consents where purpose = 'marketing' and contact_id = ${id}`;
  deepEqual(await ask(alice, "marketing", addressOf(id)), [null], "replaced by another like it");
});

Deno.test("the preview says why, in both languages, and the button sends nothing", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  const mail = await draft(alice, { contactId: id, to: addressOf(id) });
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  const page = await text(await alice.get(`/messages/${mail}/preview`));
  match(page, /nicht gesendet werden/);
  match(page, new RegExp(`${addressOf(id)} ?: Die Person hat widersprochen \\(Art\\. 21`));
  match(page, /Ist der Zweck ein anderer, ändern Sie ihn unter „Weiter bearbeiten“/);
  ok(!page.includes("Senden "), "there is no button");
  const refused = await alice.post(`/messages/${mail}/dispatch`);
  equal(refused.status, 422);
  equal((await stored(alice, mail))!.state, "draft");
  await alice.post("/account/language", { locale: "en" });
  match(await text(await alice.get(`/messages/${mail}/preview`)), /has objected \(Art\. 21 GDPR\)/);
  // The same mail is sent as an answer to the person's own request.
  const answer = await alice.post(`/messages/${mail}/edit`, {
    to: addressOf(id),
    subject: "Antwort",
    body: "Gern.",
    kind: "own_request",
  });
  equal(answer.status, 303);
  match(
    await text(await alice.get(`/messages/${mail}/preview`)),
    /has objected .* only sent because its purpose is “.+”; this is noted/,
  );
  equal((await alice.post(`/messages/${mail}/dispatch`)).status, 303);
  equal((await stored(alice, mail))!.state, "queued");
  await alice.post("/account/language", { locale: "de" });
  match(
    await text(await alice.get(`/contacts/${id}`)),
    /trotz Sperre angeschrieben Zweck: leer → Antwort/,
  );
});

Deno.test("the preview of marketing to somebody who never agreed to it says so", async () => {
  const { alice, test } = await cast();
  const id = await contactOf(alice);
  const shown = async (kind: string) => {
    const mail = await draft(alice, { contactId: id, to: addressOf(id), kind });
    const page = await text(await alice.get(`/messages/${mail}/preview`));
    match(page, /Senden Weiter bearbeiten/, "it can be sent");
    return page;
  };
  const told = `Für ${addressOf(id)} ist keine Einwilligung in Werbung per E-Mail vermerkt.`;
  ok((await shown("marketing")).includes(told));
  ok(!(await shown("correspondence")).includes(told));
  for (
    const [country, law] of [
      ["DE", "§ 7 Abs. 2 Nr. 2, Abs. 3 UWG"],
      ["AT", "§ 174 Abs. 3 und 4 TKG 2021"],
      ["CH", "Art. 3 Abs. 1 lit. o UWG"],
      ["NL", "Richtlinie 2002/58/EG"],
    ] as const
  ) {
    await test.db.owner`update tenants set country = ${country} where id = ${alice.tenantId}`;
    ok((await shown("marketing")).includes(law), country);
  }
  const agree = (purpose: string) =>
    alice.post(`/contacts/${id}/consents`, {
      ...{ channels: "email", purpose, textVersion: "Newsletter" },
      ...{ givenOn: today(), givenHow: "paper" },
    });
  await agree("customer_care");
  ok((await shown("marketing")).includes(told), "to something else");
  await agree("marketing");
  ok(!(await shown("marketing")).includes(told));
});

Deno.test("the form says it before a word is written, and is silent where the purpose is allowed", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  const warned = async () =>
    (await text(await alice.get(`/messages/new?contact=${id}`))).includes("hat widersprochen");
  equal(await warned(), false);
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  equal(await warned(), true);
  const answer = await draft(alice, { contactId: id, to: addressOf(id), kind: "own_request" });
  const form = await text(await alice.get(`/messages/${answer}/edit`));
  ok(!form.includes("hat widersprochen"));
});

Deno.test("a person who objects while the mail waits does not get it", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await contactOf(alice);
  const mail = await send(alice, { contactId: id, to: addressOf(id) });
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails.length, 0);
  const { state, errorCode } = (await stored(alice, mail))!;
  deepEqual([state, errorCode], ["failed", "gate_objection"]);
  match(await text(await alice.get(`/messages/${mail}`)), /Die Person hat widersprochen/);
  // A press of the button asks the gate again.
  await alice.post(`/messages/${mail}/retry`);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal((await stored(alice, mail))!.state, "failed");
  await box.close();
});

Deno.test("one barred address among many stops the mail to all", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  const mail = await draft(alice, { to: "a@example.org", bcc: addressOf(id) });
  equal((await alice.post(`/messages/${mail}/dispatch`)).status, 422);
});

Deno.test("an objection withdrawn in the record opens the address again", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice);
  await alice.scope((scope) =>
    suppressions.add(
      scope,
      suppressions.hasher(secretKey, scope.tenantId)(addressOf(id)),
      "email",
      "objection",
    )
  );
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  deepEqual(await ask(alice, "correspondence", addressOf(id)), ["objection"]);
  await alice.post(`/contacts/${id}/objections`, {});
  deepEqual(await ask(alice, "correspondence", addressOf(id)), [null]);
});

Deno.test("a consent withdrawn while the mail's files are gathered stops it before its last byte", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await contactOf(alice);
  await test.db.owner`
    insert into consents (
      tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how, proof
    )
    values (
      ${alice.tenantId}, ${newId()}, ${id}, 'email', 'marketing', 'V1', now(), 'form', ''
    )
  `;
  const mail = await draft(alice, { contactId: id, to: addressOf(id), kind: "marketing" });
  const file = fileOf(pdf("Katalog"), "katalog.pdf");
  equal((await alice.post(`/messages/${mail}/files`, { files: file })).status, 303);
  equal((await alice.post(`/messages/${mail}/dispatch`)).status, 303);
  const folder = localStorage(test.services.config.dataDir);
  const storage = {
    ...folder,
    async *get(name: string) {
      await test.db.owner`update consents set withdrawn_at = now() where contact_id = ${id}`;
      yield* folder.get(name);
    },
  };
  await drain(test, { smtpUrl: box.smtpUrl, storage });
  await box.close();
  equal(box.mails.length, 0);
  const { state, errorCode, handedOverAt } = (await stored(alice, mail))!;
  deepEqual([state, errorCode, handedOverAt], ["failed", "gate_withdrawn", null]);
});
