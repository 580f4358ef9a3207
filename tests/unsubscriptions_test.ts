/** The unsubscribe link of marketing mail: shown by GET, applied by POST, effective after erasure. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { today } from "../db/clock.ts";
import { Client } from "./support/app.ts";
import { type Cast, cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { addressOf, contactOf, draft, emptyQueue, hurry, send } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

/** Sends marketing to a contact; the mail, and the path of its link. */
async function advertise({ test, alice }: Cast, fields: Record<string, string> = {}) {
  await emptyQueue(alice);
  const box = await mailbox();
  const contact = await contactOf(alice);
  await send(alice, { to: addressOf(contact), kind: "marketing", ...fields });
  await drain(test, { smtpUrl: box.smtpUrl });
  const [mail] = box.mails;
  const link = /<(https?:[^>]+)>/.exec(
    mail!.headerLines.find(({ key }) => key === "list-unsubscribe")!.line,
  )![1]!;
  await box.close();
  return { contact, mail: mail!, link, path: new URL(link).pathname };
}

const facts = async ({ alice }: Cast, contact: string) => {
  const { owner } = alice.test.db;
  const objections = await owner`select channel from objections where contact_id = ${contact}`;
  const [{ count }] = await owner`
    select count(*)::int
    from suppressions
    where tenant_id = ${alice.tenantId}
      and channel = 'email'
      and reason = 'objection'
  ` as unknown as [{ count: number }];
  return { objections: objections.map(({ channel }) => channel), suppressions: count };
};

Deno.test("marketing carries the link in its header, for one click, and in its text", async () => {
  const here = await cast();
  const { mail, link, path } = await advertise(here);
  match(link, /^http:\/\/localhost:8000\/unsubscriptions\/[A-Za-z0-9_-]{43}$/);
  equal(
    mail.headerLines.find(({ key }) => key === "list-unsubscribe-post")!.line,
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
  );
  ok(mail.text!.includes(`jederzeit widersprechen (Art. 21 DSGVO)`));
  ok(mail.text!.trimEnd().endsWith(link));
  ok((mail.html || "").includes(`<a href="${link}">`));
  const [row] = await here.test.db.owner`
    select count(*)::int as found
    from messages
    where body_text like ${`%${path}%`}
      or body_html like ${`%${path}%`}
  `;
  equal(row!.found, 0, "the link itself is kept nowhere");
});

Deno.test("marketing that no server sends is kept with its link", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const contact = await contactOf(alice);
  await send(alice, { to: addressOf(contact), kind: "marketing" });
  await drain(test);
  const [kept] = await test.db.owner<{ bodyText: string; bodyHtml: string }[]>`
    select body_text, body_html
    from mails
    where recipient = ${addressOf(contact)}
      and status = 'kept'
  `;
  match(kept!.bodyText, /\/unsubscriptions\/[A-Za-z0-9_-]{43}\s*$/);
  match(kept!.bodyHtml, /<a href="[^"]+\/unsubscriptions\//);
});

Deno.test("GET shows and changes nothing, the button records the objection for good", async () => {
  const here = await cast();
  const { contact, path } = await advertise(here);
  const page = await here.visitor.get(path);
  equal(page.status, 200);
  equal(page.headers.get("Referrer-Policy"), "no-referrer");
  equal(page.headers.get("Set-Cookie"), null);
  const shown = await text(page);
  match(shown, /von Nordlicht Handel keine Werbung mehr/);
  ok(!shown.includes("nora"), "the link reveals nobody");
  deepEqual(await facts(here, contact), { objections: [], suppressions: 0 });
  match(await text(await here.visitor.post(path)), /Ihr Widerspruch ist vermerkt/);
  deepEqual(await facts(here, contact), { objections: ["email"], suppressions: 1 });
  match(await text(await here.visitor.get(path)), /ist vermerkt/);
  await here.visitor.post(path);
  deepEqual(await facts(here, contact), { objections: ["email"], suppressions: 1 });
  match(await text(await here.alice.get(`/contacts/${contact}`)), /E-Mail seit/);
  const next = await draft(here.alice, { to: addressOf(contact), kind: "marketing" });
  equal((await here.alice.post(`/messages/${next}/dispatch`)).status, 422);
});

Deno.test("the page takes an objection by every channel, at once or after that by e-mail", async () => {
  const here = await cast();
  for (const channel of ["", "all"]) {
    const { contact, path } = await advertise(here);
    match(await text(await here.visitor.get(path)), /Jede Werbung abbestellen/);
    const done = await text(await here.visitor.post(path, { channel }));
    if (channel === "all") {
      match(done, /weder per E-Mail noch per Telefon, Post oder SMS/);
      deepEqual((await facts(here, contact)).objections, ["all"]);
      continue;
    }
    match(done, /Auch keine Anrufe, Briefe oder SMS/);
    await here.visitor.post(path, { channel: "fax" });
    deepEqual((await facts(here, contact)).objections, ["email"]);
    await here.visitor.post(path, { channel: "all" });
    const after = await text(await here.visitor.get(path));
    match(after, /verwendet Ihre Daten nicht mehr für Werbung/);
    ok(!after.includes("Jede Werbung abbestellen"), "nothing is left to ask");
    deepEqual((await facts(here, contact)).objections.sort(), ["all", "email"]);
  }
});

Deno.test("the page leads to the rights at the tenant that wrote, not at its provider", async () => {
  const here = await cast();
  const { contact, path } = await advertise(here);
  const html = await (await here.visitor.get(path)).text();
  const link = /href="(\/p\/[^"]+\/requests\/new)"/.exec(html)![1]!;
  match(await text(await here.visitor.get(link)), /Nordlicht Handel/);
  await here.visitor.post(path);
  const record = await text(await here.alice.get(`/contacts/${contact}`));
  match(record, /Widerspruch über den Link in einer E-Mail/);
});

Deno.test("the link withdraws what was agreed to by its channel, the other button all of it", async () => {
  const here = await cast();
  const { alice, visitor } = here;
  const { contact, path } = await advertise(here);
  const consents = `/contacts/${contact}/consents`;
  const agreed = { textVersion: "Newsletter, 3", givenOn: today(), givenHow: "paper" };
  const agree = { ...agreed, channels: ["email", "post"], purpose: "marketing" };
  await alice.post(consents, agree);
  await alice.post(consents, { ...agreed, channels: ["email"], purpose: "customer_care" });
  const valid = async () =>
    (await alice.test.db.owner<{ stands: string }[]>`
      select channel || ' ' || purpose as stands
      from consents
      where contact_id = ${contact}
        and withdrawn_at is null
      order by 1
    `).map(({ stands }) => stands);
  deepEqual(await valid(), ["email customer_care", "email marketing", "post marketing"]);
  await visitor.post(path, {});
  deepEqual(await valid(), ["email customer_care", "post marketing"]);
  match(await text(await alice.get(`/contacts/${contact}`)), /Einwilligung widerrufen/);
  await visitor.post(path, { channel: "all" });
  deepEqual(await valid(), ["email customer_care"]);
  await alice.post(consents, agree);
  await visitor.post(path, {});
  deepEqual(await valid(), ["email customer_care", "post marketing"], "again, after a new one");
});

Deno.test("a mail program's own button works from anywhere, without a page or a cookie", async () => {
  const here = await cast();
  const { contact, path } = await advertise(here);
  const senders: Record<string, string>[] = [
    {},
    { Origin: "https://mail.example" },
    { "Sec-Fetch-Site": "cross-site" },
  ];
  for (const headers of senders) {
    const answer = await new Client(here.test).send(path, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    equal(answer.status, 200);
  }
  deepEqual(await facts(here, contact), { objections: ["email"], suppressions: 1 });
  // The exception is for this address alone.
  const elsewhere = await new Client(here.test).send(`/contacts/${contact}/deletion`, {
    method: "POST",
  });
  equal(elsewhere.status, 403);
});

Deno.test("the link works after the person was erased: their address stays barred", async () => {
  const here = await cast();
  const { contact, path } = await advertise(here);
  await here.test.db.owner`delete from contacts where id = ${contact}`;
  equal((await here.visitor.post(path)).status, 200);
  equal((await facts(here, contact)).suppressions, 1);
  const again = await draft(here.alice, { to: addressOf(contact) });
  match(await text(await here.alice.get(`/messages/${again}/preview`)), /auf der Sperrliste/);
});

Deno.test("a restricted person's objection is recorded too", async () => {
  const here = await cast();
  const { contact, path } = await advertise(here);
  await here.test.db.owner`update contacts set restricted_at = now() where id = ${contact}`;
  equal((await here.visitor.post(path)).status, 200);
  deepEqual((await facts(here, contact)).objections, ["email"]);
});

Deno.test("an unknown link says so, whatever it is", async () => {
  const { visitor } = await cast();
  for (const token of ["t".repeat(43), "A".repeat(42) + "_"]) {
    for (
      const answer of [
        await visitor.get(`/unsubscriptions/${token}`),
        await visitor.post(`/unsubscriptions/${token}`),
      ]
    ) {
      equal(answer.status, 404);
      match(await text(answer), /Dieser Link ist nicht bekannt/);
    }
  }
  equal((await visitor.get("/unsubscriptions/x")).status, 404);
  equal((await visitor.get("/unsubscriptions/%00")).status, 404);
});

Deno.test("every attempt to send carries the same link, in the language of the mail", async () => {
  const { test, alice, visitor } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const contact = await contactOf(alice);
  box.refuseText(451);
  await send(alice, { to: addressOf(contact), kind: "marketing", language: "en" });
  await drain(test, { smtpUrl: box.smtpUrl });
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  const [{ count }] = await test.db.owner`
    select count(*)::int from unsubscribe_links where contact_id = ${contact}
  ` as unknown as [{ count: number }];
  equal(count, 1);
  const [mail] = box.mails;
  match(mail!.text!, /You can object to the use of your data/);
  const path = /\/unsubscriptions\/\S+/.exec(mail!.text!)![0];
  match(await text(await visitor.get(path)), /stop receiving marketing from Nordlicht Handel/);
  await box.close();
});
