/** Mail that users write: drafts, headers on the wire, every way a server can fail, who may see it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { formId, newId } from "../db/ids.ts";
import * as inbox from "../db/inbox.ts";
import { system, withScope } from "../db/scope.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { decode, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import {
  addressOf,
  contactOf,
  draft,
  emptyQueue,
  hurry,
  mailForm,
  send,
  stored,
} from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const stateOf = async (person: Person, id: string) => {
  const { state, errorCode } = (await stored(person, id))!;
  return [state, errorCode];
};

Deno.test("a mail is sent in text and HTML, from the tenant's address in the author's name", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await send(alice, {
    to: "Nora Nord <nora@example.org>, b@example.org",
    cc: "c@example.org",
    bcc: "d@example.org",
    subject: "Grüße aus Köln",
    body: "Guten Tag,\n\nsiehe https://example.org/a?b=1&c=2.\n\n- eins\n- <zwei>",
  });
  deepEqual(await stateOf(alice, id), ["queued", null]);
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  const [mail] = box.mails;
  equal(mail!.subject, "Grüße aus Köln");
  equal(mail!.from!.text, '"Alice Ahrens" <crm@localhost>');
  equal(mail!.replyTo!.value[0]!.address, alice.email);
  equal(mail!.messageId, `<${id}@localhost>`);
  equal(mail!.headers.has("bcc"), false);
  equal(mail!.headers.has("auto-submitted"), false);
  equal(mail!.headers.has("list-unsubscribe"), false);
  deepEqual(box.envelopes[0], [
    "nora@example.org",
    "b@example.org",
    "c@example.org",
    "d@example.org",
  ]);
  match(mail!.text!, /^Guten Tag,\n\nsiehe https:\/\/example\.org\/a\?b=1&c=2\./);
  match(mail!.html || "", /<a href="https:\/\/example\.org\/a\?b=1&amp;c=2">/);
  match(mail!.html || "", /<ul><li>eins<\/li><li>&lt;zwei&gt;<\/li><\/ul>/);
  const row = (await stored(alice, id))!;
  deepEqual([row.state, row.fromAddress, row.draft], ["sent", "crm@localhost", {}]);
  match(row.bodyText, /Guten Tag/, "the record keeps the text");
  await box.close();
});

Deno.test("neither subject, name nor address can make a header", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  await send(alice, {
    to: '"Böse\r\nBcc: opfer@example.org" <a@example.org>',
    subject: "Hallo\r\nBcc: opfer@example.org\r\n\r\nText\u2028X: y",
    body: "Text\r\n.\r\nMAIL FROM:<x@example.org>",
  });
  await drain(test, { smtpUrl: box.smtpUrl });
  const [mail] = box.mails;
  deepEqual(box.envelopes, [["a@example.org"]]);
  equal(mail!.headers.has("bcc"), false);
  equal(mail!.headers.has("x"), false);
  match(mail!.subject!, /^Hallo Bcc: opfer@example\.org Text/);
  match(mail!.text!, /^Text\n\.\nMAIL FROM/);
  await box.close();
});

Deno.test("an invalid address, too many, or none is reported beside the field", async () => {
  const { alice } = await cast();
  const ask = async (fields: Record<string, string>) => {
    const id = newId();
    const answer = await alice.post("/messages/new", {
      id,
      to: "a@example.org",
      subject: "Betreff",
      body: "Text",
      ...fields,
    });
    return { id, status: answer.status, page: decode(await answer.text()) };
  };
  for (
    const [fields, said] of [
      [{ to: "" }, /f-to-error">Diese Angabe fehlt/],
      [{ to: "a@example.org, nix" }, /f-to-error">„nix“ ist keine gültige/],
      [{ cc: "a b@@example" }, /f-cc-error/],
      [
        { to: Array.from({ length: 31 }, (_, i) => `a${i}@example.org`).join() },
        /Höchstens 30 Adressen/,
      ],
      [{ subject: "" }, /f-subject-error/],
      [{ body: " " }, /f-body-error/],
      [{ body: "{{anrede}}\n\nText" }, /f-body-error">Noch nicht ausgefüllt: \{\{anrede\}\}/],
      [{ kind: "marketing", cc: "b@example.org" }, /genau eine Adresse/],
    ] as const
  ) {
    const { id, status, page } = await ask(fields);
    equal(status, 422, JSON.stringify(fields));
    match(page, said);
    equal((await stored(alice, id))!.state, "draft", "nothing typed is lost");
    equal((await alice.get(`/messages/${id}/preview`)).status, 303);
    equal((await alice.post(`/messages/${id}/dispatch`)).status, 303);
    equal((await stored(alice, id))!.state, "draft");
  }
  equal((await ask({ body: "x".repeat(100_001) })).status, 422);
  equal((await ask({ to: "a\0@example.org", subject: "\0", body: "\ud800 x" })).status, 422);
  equal(
    (await alice.post("/messages/new", { to: ["a@example.org", "b@example.org"] })).status,
    422,
  );
  deepEqual(errors, []);
});

Deno.test("a new mail kept by two presses at once is one draft, and neither is refused", async () => {
  const { alice, test: { db: { owner } } } = await cast();
  const id = newId();
  const form = { id, to: "somebody@example.org", subject: "Doppelt", body: "Neu" };
  // Both have looked whether the mail is new before either has kept it.
  const presses = await owner.begin(async (sql) => {
    await sql`lock table outgoing_messages in share mode`;
    const begun = [1, 2].map(() => alice.post("/messages/new", form));
    for (let tries = 0; tries < 100; tries++) {
      const waiting = await sql`select from pg_stat_activity where wait_event_type = 'Lock'`;
      if (waiting.length >= 2) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    return { begun };
  });
  const answers = await Promise.all(presses.begun);
  deepEqual(answers.map(({ status }) => status), [303, 303]);
  equal((await stored(alice, id))!.state, "draft");
});

Deno.test("a form sent twice makes one mail, and a button pressed twice sends one", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await draft(alice);
  const again = await alice.post("/messages/new", {
    id,
    to: "somebody@example.org",
    subject: "Angebot",
    body: "Neu",
  });
  equal(again.headers.get("Location"), `/messages/${id}/preview`);
  const presses = await Promise.all([1, 2, 3].map(() => alice.post(`/messages/${id}/dispatch`)));
  deepEqual(presses.map(({ status }) => status).filter((status) => status >= 500), []);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails.length, 1);
  match(box.mails[0]!.text!, /^Neu/);
  equal(
    (await alice.post("/messages/new", { id, to: "x@example.org" })).headers.get("Location"),
    `/messages/${id}`,
  );
  equal((await stored(alice, id))!.state, "sent");
  await box.close();
});

Deno.test("a mail that was sent, gone back to and changed is a new one, and reported as one", async () => {
  const { alice } = await cast();
  await emptyQueue(alice);
  const fields = {
    ...{ id: formId(), to: "somebody@example.org", subject: "Angebot", signed: "on" },
    body: "Guten Tag,\n\nanbei das Angebot. ",
  };
  const write = async (changed: Record<string, string> = {}) =>
    (await alice.post("/messages/new", { ...fields, ...changed })).headers.get("Location");
  equal(await write(), `/messages/${fields.id}/preview`);
  equal(await write({ body: "Noch im Entwurf" }), `/messages/${fields.id}/preview`);
  equal(await write(), `/messages/${fields.id}/preview`);
  equal((await alice.post(`/messages/${fields.id}/dispatch`)).status, 303);
  equal(await write(), `/messages/${fields.id}`);
  const changed = { to: "other@example.org" };
  const preview = (await write(changed))!;
  ok(/^\/messages\/[^/]+\/preview$/.test(preview) && !preview.includes(fields.id), preview);
  match(await text(await alice.get(preview)), /Die vorige E-Mail ist schon gesendet/);
  equal(await write(changed), preview, "pressed twice it is one");
  equal((await alice.post(preview.replace("preview", "dispatch"))).status, 303);
  equal(await write(changed), preview.replace("/preview", ""));
  equal((await stored(alice, fields.id))!.state, "queued");
});

Deno.test("Back leads from the preview to the editor, from a saved record past its form", async () => {
  const { alice } = await cast();
  const id = await draft(alice, { to: "nora@example.org", subject: "Hallo", body: "Text" });
  const tagOf = async (address: string) => {
    const html = await (await alice.get(address)).text();
    return html.match(/<form[^>]*>/g)!.find((tag) => tag.includes(`action="${address}"`))!;
  };
  equal((await tagOf(`/messages/${id}/edit`)).includes("data-hx-replace-url"), false);
  ok((await tagOf("/contacts/new")).includes("data-hx-replace-url"));
});

Deno.test("a draft is its author's alone, whatever record it is on", async () => {
  const { alice, bob, charlie } = await cast();
  const contact = await contactOf(alice);
  const id = await draft(alice, { contactId: contact, to: addressOf(contact) });
  for (const person of [bob, charlie]) {
    for (const part of ["", "/edit", "/preview"]) {
      equal((await person.get(`/messages/${id}${part}`)).status, 404, part);
    }
    equal((await person.post(`/messages/${id}/dispatch`)).status, 404);
    const taken = await person.post("/messages/new", {
      id,
      to: "x@example.org",
      subject: "x",
      body: "x",
    });
    equal(taken.status, person === charlie ? 303 : 404, "ids are unique within a tenant");
  }
  equal((await alice.get(`/messages/${id}`)).headers.get("Location"), `/messages/${id}/edit`);
  match(await text(await alice.get("/messages?folder=drafts")), /Angebot/);
  match(await text(await alice.get(`/contacts/${contact}`)), /E-Mail: Angebot Entwurf/);
  ok(!(await text(await bob.get("/messages?folder=drafts"))).includes("Angebot"));
  equal((await alice.post(`/messages/${id}/deletion`)).status, 303);
  equal(await stored(alice, id), undefined);
});

Deno.test("a sent mail is shown with its contact, their company and the deal, for colleagues too", async () => {
  const { alice, bob, charlie, vera } = await cast();
  const contact = await contactOf(alice, { "companies.0.name": "Muster Bau GmbH" });
  const id = await send(alice, { contactId: contact, to: addressOf(contact), subject: "Zum Dach" });
  const links = await alice.test.db.owner`
    select contact_id is not null as contact, company_id is not null as company
    from message_links
    where message_id = ${id}
    order by 1
  `;
  deepEqual(links.map((each) => ({ ...each })), [
    { contact: false, company: true },
    { contact: true, company: false },
  ]);
  for (const person of [bob, vera]) {
    const page = await text(await person.get(`/messages/${id}`));
    match(page, /Zum Dach/);
    match(page, /Muster Bau GmbH/);
    equal((await person.post(`/messages/${id}/retry`)).status, person === vera ? 403 : 404);
  }
  equal((await charlie.get(`/messages/${id}`)).status, 404);
  // Art. 18: the mail is hidden with the person.
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${contact}`;
  for (const person of [alice, bob]) equal((await person.get(`/messages/${id}`)).status, 404);
  ok(!(await text(await alice.get("/messages?folder=queued"))).includes("Zum Dach"));
});

Deno.test("a blind copy is shown to its author alone", async () => {
  const { alice, bob } = await cast();
  const contact = await contactOf(alice);
  const id = await send(alice, { to: addressOf(contact), bcc: "geheim@example.org" });
  match(await text(await alice.get(`/messages/${id}`)), /geheim@example\.org/);
  ok(!(await text(await bob.get(`/messages/${id}`))).includes("geheim@example.org"));
});

Deno.test("a new mail to a contact begins with address, salutation and language", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, { lastName: "Müller", title: "Dr." });
  const form = mailForm(await (await alice.get(`/messages/new?contact=${contact}`)).text());
  match(String(form.to), new RegExp(`Nora Müller <${addressOf(contact)}>`));
  equal(String(form.body).trim(), "Sehr geehrte Frau Dr. Müller,");
  equal(form.language, "de");
  const bare = await contactOf(alice, { "emails.0.address": "" });
  const asking = await text(await alice.get(`/messages/new?contact=${bare}`));
  match(asking, /Hier ist noch keine E-Mail-Adresse eingetragen/);
  const english = await contactOf(alice, { language: "en" });
  const other = mailForm(await (await alice.get(`/messages/new?contact=${english}`)).text());
  match(String(other.body), /^Dear Ms Nordmann/);
  equal(other.language, "en");
  for (const wish of ["contact", "company", "deal", "reply", "forward"]) {
    equal((await alice.get(`/messages/new?${wish}=${newId()}`)).status, 404, wish);
    equal((await alice.get(`/messages/new?${wish}=x`)).status, 404, wish);
  }
});

Deno.test("while an address is typed persons who may be written to are offered, and nobody else", async () => {
  const { alice, charlie, test } = await cast();
  const mark = `Zaunkönig${newId().slice(-6)}`;
  const made = async (firstName: string) => {
    const id = await contactOf(alice, { firstName, lastName: mark });
    return { id, line: `${firstName} ${mark} <${addressOf(id)}>` };
  };
  const [open, silent, shut, bare] = [await made("Ada"), await made("Bo"), await made("Cy"), ""];
  await contactOf(alice, { firstName: "Dee", lastName: mark, "emails.0.address": bare });
  await alice.post(`/contacts/${silent.id}/objections`, { channels: "email" });
  await test.db.owner`update contacts set restricted_at = now() where id = ${shut.id}`;
  const offers = async (query: Record<string, string>, who: Person = alice) => {
    const answer = await (await who.get(`/messages/addresses?${new URLSearchParams(query)}`))
      .text();
    return [...answer.matchAll(/data-fills="([^"]*), "/g)].map(([, one]) => decode(one!));
  };
  const page = await (await alice.get("/messages/new")).text();
  match(page, /data-hx-get="\/messages\/addresses/);
  deepEqual(await offers({ to: mark }), [open.line]);
  deepEqual(await offers({ cc: `a@b.example; ${mark}` }), [`a@b.example; ${open.line}`]);
  deepEqual(await offers({ to: `${open.line}, ${mark}` }), [], "nobody twice");
  const about = { contactId: open.id, kind: "contract" };
  deepEqual(await offers({ to: "", ...about }), [open.line], "those of the record unasked");
  const both = await offers({ bcc: mark.slice(0, 7), ...about, contactId: silent.id });
  equal(both[0], silent.line, "persons of the record come first");
  deepEqual(await offers({ to: "", ...about }, charlie), []);
  deepEqual(
    await offers({ to: mark, kind: "contract" }),
    [open.line, silent.line],
    "as it is sent",
  );
  deepEqual(await offers({ to: mark, kind: "marketing" }), [open.line]);
  deepEqual(await offers({ to: mark }, charlie), [], "nobody of another tenant");
  for (const typed of ["", "Z", `"${mark}, A`, ",", `${mark}\0`.slice(-1), "%_"]) {
    deepEqual(await offers({ to: typed }), [], typed);
  }
});

Deno.test("an answer keeps the thread, quotes what it answers, and knows Re and AW", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const contact = await contactOf(alice);
  const first = await send(alice, {
    to: addressOf(contact),
    cc: `kollege@example.org, ${alice.email}`,
    subject: "AW: Re: Angebot",
    body: "Zeile 1\nZeile 2",
  });
  const form = mailForm(await (await alice.get(`/messages/new?reply=${first}&all=1`)).text());
  equal(form.subject, "Re: Angebot");
  equal(form.to, addressOf(contact));
  equal(form.cc, "kollege@example.org", "nobody writes to themselves");
  match(String(form.quoted), /schrieb am .*:\r?\n> Zeile 1\r?\n> Zeile 2/);
  const second = newId();
  await alice.post("/messages/new", { ...form, id: second, body: "Danke." });
  const sent = await alice.post(`/messages/${second}/dispatch`);
  equal(sent.headers.get("Location"), `/messages/${first}`, "back to what was answered");
  const waiting = await text(await alice.get(`/messages/${first}`));
  match(waiting, /Unterhaltung.*Re: Angebot wird gesendet/);
  ok(!/·\s*·/.test(waiting), "a sender that is not known yet leaves no gap");
  const third = mailForm(await (await alice.get(`/messages/new?reply=${second}`)).text());
  await alice.post("/messages/new", { ...third, id: newId(), body: "Noch etwas.", _next: "save" });
  await drain(test, { smtpUrl: box.smtpUrl });
  const [one, two] = [await stored(alice, first), await stored(alice, second)];
  equal(two!.threadId, one!.threadId);
  const answer = box.mails.find(({ messageId }) => messageId === `<${second}@localhost>`)!;
  equal(answer.inReplyTo, `<${first}@localhost>`);
  deepEqual([answer.references].flat(), [`<${first}@localhost>`]);
  match(answer.html || "", /<blockquote><p>Zeile 1<br\/?>Zeile 2<\/p><\/blockquote>/);
  match(await text(await alice.get(`/messages/${second}`)), /Unterhaltung/);
  await test.db.owner`update contacts set language = 'en' where id = ${contact}`;
  const english = mailForm(await (await alice.get(`/messages/new?reply=${first}`)).text());
  match(String(english.quoted), /wrote on .*:\r?\n> Zeile 1/, "in the language of who reads it");
  const [last] = await test.db.owner`
    select reference_ids
    from messages
    where thread_id = ${one!.threadId}
      and state = 'draft'
  `;
  deepEqual(last!.referenceIds, [`${first}@localhost`, `${second}@localhost`]);
  await box.close();
});

Deno.test("a forwarded mail starts a thread of its own and names its origin", async () => {
  const { alice } = await cast();
  const first = await send(alice, { to: "a@example.org", subject: "Fwd: Plan", body: "Der Plan." });
  const form = mailForm(await (await alice.get(`/messages/new?forward=${first}`)).text());
  equal(form.subject, "Fwd: Plan");
  equal(form.to, "");
  match(String(form.quoted), /Weitergeleitete Nachricht.*An: a@example\.org.*Der Plan\./s);
  const id = newId();
  await alice.post("/messages/new", { ...form, id, to: "b@example.org" });
  const [one, two] = [await stored(alice, first), await stored(alice, id)];
  ok(one!.threadId !== two!.threadId);
  deepEqual(two!.referenceIds, []);
});

Deno.test("a server that refuses for good fails the mail, with the reason and a button", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  box.refuse(550);
  const id = await send(alice);
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  deepEqual(await stateOf(alice, id), ["failed", "smtp_550"]);
  const page = await text(await alice.get(`/messages/${id}`));
  match(page, /fehlgeschlagen/);
  match(page, /hat die E-Mail abgelehnt \(550\)\. Noch einmal senden/);
  match(await text(await alice.get("/messages?folder=failed")), /Angebot/);
  match(await text(await alice.get("/notifications")), /Ihre E-Mail kam nicht an: Angebot/);
  box.refuse(0);
  equal((await alice.post(`/messages/${id}/retry`)).status, 303);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["sent", null]);
  match(await text(await alice.get("/notifications")), /wurde noch einmal gesendet: Angebot/);
  equal((await alice.post(`/messages/${id}/retry`)).status, 404, "what was sent is not sent again");
  await box.close();
});

Deno.test("a greylisting server gets the mail at the next try, as often as the queue tries", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  box.refuse(451);
  const id = await send(alice);
  equal((await drain(test, { smtpUrl: box.smtpUrl })).failed.length, 1);
  deepEqual(await stateOf(alice, id), ["queued", "smtp_451"]);
  box.refuse(0);
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["sent", null]);
  equal(box.mails.length, 1);
  box.refuse(451);
  const other = await send(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, other), ["queued", "smtp_451"]);
  // Two days of tries later.
  await test.db.owner`update outgoing_messages set attempts = 100 where message_id = ${other}`;
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, other), ["failed", "smtp_451"]);
  await box.close();
});

Deno.test("a server that is away costs time only, one that is slow nothing", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const id = await send(alice);
  equal((await drain(test, { smtpUrl: "smtp://127.0.0.1:9" })).failed.length, 1);
  deepEqual(await stateOf(alice, id), ["queued", "refused"]);
  const box = await mailbox();
  box.hesitate(1500);
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["sent", null]);
  await box.close();
});

Deno.test("cut off after the text the outcome is unknown, so it is not resent automatically", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  box.breakOff();
  const id = await send(alice);
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  deepEqual(await stateOf(alice, id), ["failed", "unclear"]);
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails.length, 1);
  match(await text(await alice.get(`/messages/${id}`)), /Ob die E-Mail ankam, ist unklar/);
  // The person decides; the same Message-ID lets programs see the twin.
  await alice.post(`/messages/${id}/retry`);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(box.mails.map(({ messageId }) => messageId), Array(2).fill(`<${id}@localhost>`));
  await box.close();
});

Deno.test("refused after the text the server has answered: that is tried again", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  box.refuseText(452);
  const id = await send(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["queued", "smtp_452"]);
  await hurry(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["sent", null]);
  await box.close();
});

Deno.test("where a server accepts only some addresses, the author is notified", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  box.refuseOnly("weg@");
  const id = await send(alice, { to: "da@example.org, weg@example.org" });
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await stateOf(alice, id), ["sent", "some_refused_1"]);
  match(
    await text(await alice.get(`/messages/${id}`)),
    /Der Mailserver hat abgelehnt: weg@example\.org\. An die übrigen ging/,
  );
  match(await text(await alice.get("/notifications")), /kam nicht bei allen an: Angebot/);
  await box.close();
});

Deno.test("without a server the mail is kept and shown, in development", async () => {
  const { test, alice, visitor } = await cast();
  const id = await send(alice, { subject: `Ohne Server ${newId()}` });
  await drain(test);
  deepEqual(await stateOf(alice, id), ["sent", null]);
  match(await (await visitor.get("/dev/mail")).text(), /Ohne Server/);
});

Deno.test("the folders are paged and answer to any question", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const id = await send(alice, { subject: "Nummer 0" });
  await owner`
    insert into messages (tenant_id, id, thread_id, direction, state, user_id, subject, at, created_at)
    select tenant_id, gen_random_uuid(), thread_id, 'out', 'sent', user_id, 'Nummer ' || n,
      at - n * interval '1 minute', at
    from messages, generate_series(1, 60) n
    where id = ${id}
  `;
  const first = await (await alice.get("/messages")).text();
  match(first, /Nummer 1</);
  ok(!first.includes("Nummer 55<"));
  const next = /href="(\/messages\?[^"]*after=[^"]+)"/.exec(first)![1]!.replaceAll("&amp;", "&");
  const second = await (await alice.get(next)).text();
  match(second, /Nummer 55</);
  for (
    const question of [
      ...["folder=x", "folder=toString", "folder=__proto__", "after=x", "before=1"],
      `after=${newId()}`,
    ]
  ) {
    equal((await alice.get(`/messages?${question}`)).status, 200, question);
  }
});

Deno.test("a mail to nobody on record is erased when a received one would be discarded", async () => {
  const { test, alice } = await cast();
  const sent = await send(alice, { to: "fremd@example.org" });
  const kept = await draft(alice, { to: "fremd@example.org" });
  await drain(test);
  const expireOn = (days: number) =>
    withScope(test.db.app, {
      tenantId: alice.tenantId,
      actor: system,
      now: new Date(now().getTime() + days * 86_400_000),
    }, inbox.expire);
  await expireOn(89);
  ok(await stored(alice, sent) && await stored(alice, kept));
  await expireOn(91);
  deepEqual([await stored(alice, sent), await stored(alice, kept)], [undefined, undefined]);
});
