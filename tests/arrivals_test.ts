/** A received mail is assigned once: to its person, its conversation and the user who sees it. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as messages from "../db/messages.ts";
import { cast, type Person } from "./support/cast.ts";
import { addressOf, domain } from "./support/inbound.ts";
import { arrive, company, contact, letter } from "./support/letters.ts";
import { drain } from "./support/worker.ts";

interface Row {
  id: string;
  direction: string;
  kind: string;
  state: string;
  errorCode: string | null;
  threadId: string;
  fromAddress: string;
  fromName: string;
  subject: string;
  at: Date;
  userId: string | null;
}

async function messagesOf({ test, tenantId }: Person): Promise<Row[]> {
  return await test.db.owner<Row[]>`
    select id, direction, kind, state, error_code, thread_id, from_address, from_name, subject, at, user_id
    from messages
    where tenant_id = ${tenantId}
    order by id
  `;
}

/** The records that a message is linked to, as words. */
async function linksOf({ test, tenantId }: Person, messageId: string | null): Promise<string[]> {
  const rows = await test.db.owner<{ kind: string; id: string }[]>`
    select case when contact_id is not null then 'contact' when company_id is not null then 'company'
      else 'deal' end as kind, coalesce(contact_id, company_id, deal_id) as id
    from message_links
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
  `;
  return rows.map(({ kind, id }) => `${kind} ${id}`).sort();
}

async function inboxOf({ test, tenantId }: Person) {
  const rows = await test.db.owner<{ state: string; userId: string | null; kind: string }[]>`
    select state, user_id, kind
    from inbox_messages
    where tenant_id = ${tenantId}
    order by id
  `;
  return rows.map((row) => ({ ...row }));
}

const mia = "Mia Muster <mia@muster.example>";

Deno.test("a known sender's mail is shown on the person's page and on their company's", async () => {
  const { alice, bob } = await cast();
  const id = await contact(alice, "Muster", "MIA@muster.example", {
    "companies.0.name": "Muster GmbH",
  });
  const [{ companyId }] = await alice.test.db.owner<[{ companyId: string }]>`
    select company_id from affiliations where contact_id = ${id}
  `;
  const { outcome, messageId } = await arrive(
    alice,
    letter({ from: mia, to: alice.email, cc: bob.email }),
  );
  equal(outcome, "received");
  deepEqual(await linksOf(alice, messageId), [`company ${companyId}`, `contact ${id}`]);
  const [message] = await messagesOf(alice);
  equal(message!.direction, "in");
  equal(message!.fromName, "Mia Muster");
  deepEqual(await inboxOf(alice), [{ state: "assigned", userId: alice.userId, kind: "mail" }]);
});

Deno.test("a company's own address is found, and everybody in the mail, but never the tenant itself", async () => {
  const { alice, bob } = await cast();
  const firm = await company(alice, "Muster AG", "info@muster.example");
  const [karl, otto] = [
    await contact(alice, "Karl", "karl@muster.example"),
    await contact(alice, "Otto", "otto@muster.example"),
  ];
  // A colleague who is entered as a contact as well is a colleague.
  await contact(alice, "Bob", bob.email);
  const { messageId } = await arrive(
    alice,
    letter({
      from: "info@muster.example",
      to: `${alice.email}, karl@muster.example`,
      cc: `${bob.email}, otto@muster.example`,
    }),
  );
  deepEqual(
    await linksOf(alice, messageId),
    [`company ${firm}`, `contact ${karl}`, `contact ${otto}`].sort(),
  );
});

Deno.test("an unknown sender's mail waits in the inbox of the user whose mailbox it came to", async () => {
  const { alice } = await cast();
  const { messageId } = await arrive(alice, letter({ from: "x@fremd.example", to: alice.email }));
  deepEqual(await linksOf(alice, messageId), []);
  deepEqual(await inboxOf(alice), [{ state: "open", userId: alice.userId, kind: "mail" }]);
  // One of the recipients is known: it is linked to them, and the sender is still unknown.
  const id = await contact(alice, "Muster", "mia@muster.example");
  const second = await arrive(alice, letter({ from: "x@fremd.example", to: alice.email, cc: mia }));
  deepEqual(await linksOf(alice, second.messageId), [`contact ${id}`]);
  equal((await inboxOf(alice))[1]!.state, "open");
});

Deno.test("a mail from a web form belongs to the visitor, whatever sender the form uses", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Muster", "mia@muster.example");
  const form = (from: string, answers: string, to = alice.email) =>
    arrive(alice, letter({ from, to, fields: [`Reply-To: ${answers}`] }));
  const known = await form("Website <wordpress@haus.example>", mia);
  deepEqual(await linksOf(alice, known.messageId), [`contact ${id}`]);
  await form("noreply@formulare.example", "Neu <neu@kunde.example>");
  await form(alice.email, "neu@kunde.example");
  await form("Max <max@kunde.example>", "max@privat.example");
  await form("noreply@shop.example", "no-reply@shop.example");
  deepEqual(
    (await messagesOf(alice)).map(({ direction, fromAddress }) => `${direction} ${fromAddress}`),
    [
      "in mia@muster.example",
      "in neu@kunde.example",
      "in neu@kunde.example",
      "in max@kunde.example",
      "in noreply@shop.example",
    ],
  );
});

Deno.test("the same mail received in two ways is one message, shown to each user it came to", async () => {
  const { alice, bob } = await cast();
  const raw = letter({ from: "x@fremd.example", to: `${alice.email}, ${bob.email}` });
  const first = await arrive(alice, raw);
  const received = new TextEncoder().encode("Received: by mx2.example\r\n");
  const other = new Uint8Array([...received, ...raw]);
  const outcomes = await Promise.all([
    arrive(bob, other),
    arrive(alice, raw),
    arrive(alice, other, { userId: null }),
  ]);
  deepEqual(
    outcomes.map(({ outcome, messageId }) => [outcome, messageId]),
    Array(3).fill(["known", first.messageId]),
  );
  equal((await messagesOf(alice)).length, 1);
  const whose = (await inboxOf(alice)).map(({ userId }) => userId);
  deepEqual(new Set(whose), new Set([alice.userId, bob.userId, null]));
});

Deno.test("many copies at the same moment make one message", async () => {
  const { alice } = await cast();
  const raw = letter({ from: "x@fremd.example", to: alice.email });
  await Promise.all(Array.from({ length: 8 }, () => arrive(alice, raw)));
  equal((await messagesOf(alice)).length, 1);
});

Deno.test("another mail under a known Message-ID is another mail", async () => {
  const { alice } = await cast();
  const id = "gleich@muster.example";
  await arrive(
    alice,
    letter({ id, from: "x@fremd.example", to: alice.email, subject: "Rechnung" }),
  );
  await arrive(alice, letter({ id, from: mia, to: alice.email, subject: "Angebot" }));
  equal((await messagesOf(alice)).length, 2);
  // Without a date the body distinguishes them.
  const undated = (text: string) =>
    new TextEncoder().encode(
      `From: ${mia}\r\nSubject: Angebot\r\nMessage-ID: <${id}>\r\n\r\n${text}`,
    );
  for (const body of ["eins", "zwei", "eins"]) await arrive(alice, undated(body));
  equal((await messagesOf(alice)).length, 4);
});

Deno.test("answers come into their conversation, in whatever order", async () => {
  const { alice } = await cast();
  const one = letter({ id: "1@m.example", from: mia, to: alice.email });
  const two = letter({
    id: "2@m.example",
    from: alice.email,
    to: mia,
    references: "<1@m.example>",
  });
  const three = letter({
    id: "3@m.example",
    from: mia,
    to: alice.email,
    references: "<1@m.example> <2@m.example>",
  });
  const other = letter({ id: "4@m.example", from: mia, to: alice.email });
  await contact(alice, "Muster", "mia@muster.example");
  for (const raw of [three, one, other, two]) await arrive(alice, raw);
  const rows = await messagesOf(alice);
  const [third, first, fourth, second] = rows.map(({ threadId }) => threadId);
  equal(first, third);
  equal(second, third);
  ok(fourth !== third);
});

Deno.test("what was sent from elsewhere is recognised as ours, by its folder or its sender", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Muster", "mia@muster.example");
  const raw = letter({ from: "chefin@privat.example", to: mia });
  const { messageId } = await arrive(alice, raw, { way: "sent" });
  deepEqual(await linksOf(alice, messageId), [`contact ${id}`]);
  const [message] = await messagesOf(alice);
  equal(message!.direction, "out");
  equal(message!.state, "sent");
  deepEqual(await inboxOf(alice), []);
  const stranger = await arrive(alice, letter({ from: alice.email, to: "x@fremd.example" }), {
    way: "sent",
  });
  deepEqual(stranger, { outcome: "passed_over", messageId: null });
  equal((await messagesOf(alice)).length, 1);
});

Deno.test("a blind copy to the user's own address is a sent mail on its recipient's page", async () => {
  const { alice } = await cast();
  const own = await addressOf(alice);
  const id = await contact(alice, "Muster", "mia@muster.example");
  const raw = letter({ from: alice.email, to: mia, cc: own });
  const { messageId } = await arrive(alice, raw, { way: "address" });
  deepEqual(await linksOf(alice, messageId), [`contact ${id}`]);
  equal((await messagesOf(alice))[0]!.direction, "out");
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["assigned"]);
});

Deno.test("a mail forwarded to the user's own address belongs to its writer", async () => {
  const { alice } = await cast();
  const own = await addressOf(alice);
  const id = await contact(alice, "Muster", "mia@muster.example");
  const inline = await arrive(
    alice,
    letter({
      from: alice.email,
      to: own,
      subject: "WG: Angebot",
      text:
        "-------- Weitergeleitete Nachricht --------\r\nVon: Mia Muster <mia@muster.example>\r\nAn: x\r\nBetreff: Angebot\r\n\r\nHallo",
    }),
    { way: "address" },
  );
  deepEqual(await linksOf(alice, inline.messageId), [`contact ${id}`]);
  const inner = new TextDecoder().decode(
    letter({ from: mia, to: alice.email, subject: "Im Anhang", text: "Das Original" }),
  );
  const attached = await arrive(
    alice,
    letter({
      from: alice.email,
      to: own,
      subject: "Fwd: x",
      fields: ["Content-Type: multipart/mixed; boundary=b"],
      text: `--b\r\n\r\nzur Info\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--`,
    }),
    { way: "address" },
  );
  deepEqual(await linksOf(alice, attached.messageId), [`contact ${id}`]);
  const rows = await messagesOf(alice);
  deepEqual(rows.map(({ direction, fromAddress }) => [direction, fromAddress]), [
    ["in", "mia@muster.example"],
    ["in", "mia@muster.example"],
    ["out", alice.email],
  ]);
  deepEqual(rows.map(({ subject }) => subject).slice(1), ["Im Anhang", "Fwd: x"]);
  deepEqual(await linksOf(alice, rows[2]!.id), [`contact ${id}`]);
  const nobody = await arrive(
    alice,
    letter({ from: alice.email, to: `x@${domain}`, subject: "WG: x" }),
    { way: "address" },
  );
  deepEqual(await linksOf(alice, nobody.messageId), []);
  equal((await inboxOf(alice)).at(-1)!.state, "open");
});

Deno.test("several mails forwarded as attachments are each accepted, and none of them twice", async () => {
  const { alice } = await cast();
  const own = await addressOf(alice);
  const mails = ["Erste", "Zweite"].map((subject) =>
    letter({ from: mia, to: alice.email, subject, text: `${subject} Frage` })
  );
  const { messageId } = await arrive(alice, mails[0]!);
  const raw = letter({
    from: alice.email,
    to: own,
    subject: "WG: zwei Fragen",
    fields: ["Content-Type: multipart/mixed; boundary=b"],
    text: `--b\r\n\r\n\r\n\r\nViele Grüße\r\nAlice Muster\r\n${
      mails.map((mail) =>
        `--b\r\nContent-Type: message/rfc822\r\n\r\n${new TextDecoder().decode(mail)}\r\n`
      ).join("")
    }--b--`,
  });
  const passed = await arrive(alice, raw, { way: "address" });
  equal(passed.outcome, "received");
  const rows = await messagesOf(alice);
  deepEqual(rows.map(({ subject }) => subject), ["Erste", "Zweite"]);
  deepEqual(rows.map(({ id }) => id), [messageId, passed.messageId]);
  equal((await arrive(alice, raw, { way: "address" })).outcome, "known");
  equal((await messagesOf(alice)).length, 2);
});

Deno.test("a sent mail forwarded as an attachment waits if nobody on record is in it", async () => {
  const { alice } = await cast();
  const inner = new TextDecoder().decode(letter({ from: alice.email, to: "neu@kunde.example" }));
  const passed = letter({
    from: alice.email,
    to: await addressOf(alice),
    fields: ["Content-Type: multipart/mixed; boundary=b"],
    text: `--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--`,
  });
  await arrive(alice, passed, { way: "address" });
  deepEqual((await messagesOf(alice)).map(({ direction }) => direction), ["out"]);
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["open"]);
});

Deno.test("a program whose Reply-To names a user is not taken for the tenant", async () => {
  const { alice, bob } = await cast();
  const fields = [`Reply-To: ${bob.email}`];
  await arrive(alice, letter({ from: "noreply@vertrag.example", to: alice.email, fields }));
  deepEqual(
    (await messagesOf(alice)).map(({ direction, fromAddress }) => `${direction} ${fromAddress}`),
    ["in noreply@vertrag.example"],
  );
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["open"]);
});

Deno.test("a copy under another name of its sender is theirs, in their company's domain alone", async () => {
  const { alice } = await cast();
  const own = await addressOf(alice);
  const id = await contact(alice, "Muster", "mia@muster.example");
  const alias = `vertrieb@${alice.email.split("@")[1]}`;
  const copy = await arrive(alice, letter({ from: alias, to: mia }), { way: "address" });
  deepEqual(await linksOf(alice, copy.messageId), [`contact ${id}`]);
  const inner = new TextDecoder().decode(letter({ from: mia, to: alias, subject: "Im Anhang" }));
  const passed = letter({
    from: alias,
    to: own,
    fields: ["Content-Type: multipart/mixed; boundary=b"],
    text: `--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--`,
  });
  await arrive(alice, passed, { way: "address" });
  // Mail to the user, sent on by a rule of their mailbox: a colleague's, and a stranger's.
  await arrive(alice, letter({ from: alias, to: alice.email }), { way: "address" });
  await arrive(alice, letter({ from: "x@fremd.example", to: mia }), { way: "address" });
  deepEqual((await messagesOf(alice)).map(({ direction }) => direction), ["out", "in", "in", "in"]);
  deepEqual((await inboxOf(alice)).map(({ state }) => state), [
    "assigned",
    "assigned",
    "open",
    "open",
  ]);
});

Deno.test("a restricted person's mail is kept with them and nobody is notified; none is linked to a person in the trash", async () => {
  const { alice, bob } = await cast();
  const { owner } = alice.test.db;
  const id = await contact(alice, "Muster", "mia@muster.example", { ownerId: bob.userId });
  await owner`update contacts set restricted_at = now() where id = ${id}`;
  const { messageId } = await arrive(alice, letter({ from: mia, to: alice.email }));
  deepEqual(await linksOf(alice, messageId), [`contact ${id}`]);
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["assigned"]);
  const notified = () =>
    owner`select id from notifications where user_id = ${bob.userId} and kind = 'mail_received'`;
  equal((await notified()).length, 0);
  await owner`update contacts set restricted_at = null where id = ${id}`;
  await arrive(alice, letter({ from: mia, to: alice.email }));
  equal((await notified()).length, 1);
  await owner`update contacts set deleted_at = now(), erase_after = now() where id = ${id}`;
  const third = await arrive(alice, letter({ from: mia, to: alice.email }));
  deepEqual(await linksOf(alice, third.messageId), []);
  equal((await inboxOf(alice)).at(-1)!.state, "open");
});

Deno.test("automatic answers and circulars are marked as such, and their owner is not notified", async () => {
  const { alice, bob } = await cast();
  await contact(alice, "Muster", "mia@muster.example", { ownerId: bob.userId });
  await arrive(
    alice,
    letter({ from: mia, to: alice.email, fields: ["Auto-Submitted: auto-replied"] }),
  );
  await arrive(alice, letter({ from: mia, to: alice.email, fields: ["List-Id: <a.b>"] }));
  deepEqual((await messagesOf(alice)).map(({ kind }) => kind), ["auto_reply", "bulk"]);
  const { owner } = alice.test.db;
  equal(
    (await owner`select id from notifications where user_id = ${bob.userId} and kind = 'mail_received'`)
      .length,
    0,
  );
});

Deno.test("the text above mails forwarded as attachments is kept beside them, with its files", async () => {
  const { alice, test } = await cast();
  const id = await contact(alice, "Muster", "mia@muster.example");
  const inner = new TextDecoder().decode(letter({ from: mia, to: alice.email, subject: "Frage" }));
  const raw = letter({
    from: alice.email,
    to: await addressOf(alice),
    subject: "WG: Frage",
    fields: ["Content-Type: multipart/mixed; boundary=b"],
    text: "--b\r\n\r\nBitte bis Freitag antworten!\r\n\r\nViele Grüße\r\nAlice\r\n" +
      `--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n` +
      "--b\r\nContent-Type: text/csv; name=preise.csv\r\n\r\n1;2\r\n--b--",
  });
  equal((await arrive(alice, raw, { way: "address" })).outcome, "received");
  equal((await arrive(alice, raw, { way: "address" })).outcome, "known");
  const [, comment, ...none] = await messagesOf(alice);
  deepEqual([comment?.subject, none], ["WG: Frage", []]);
  deepEqual(await linksOf(alice, comment!.id), [`contact ${id}`]);
  const [file] = await test.db.owner`select name from files where message_id = ${comment!.id}`;
  equal(file?.name, "preise.csv");
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["assigned", "assigned"]);
});

Deno.test("a bounce of an unknown mail is shown on the pages of those it did not reach", async () => {
  const { alice } = await cast();
  const id = await contact(alice, "Muster", "mia@muster.example");
  const { messageId } = await arrive(alice, bounce("fremd-1@x.example"));
  deepEqual(await linksOf(alice, messageId), [`contact ${id}`]);
});

const bounce = (id: string, action = "failed", status = "5.1.1") =>
  letter({
    from: "MAILER-DAEMON@mx.example",
    to: "wir@haus.example",
    subject: "Undelivered Mail Returned to Sender",
    fields: ['Content-Type: multipart/report; report-type=delivery-status; boundary="b"'],
    text: [
      "--b\r\n\r\nEs ging nicht.",
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; mia@muster.example\r\nAction: ${action}\r\nStatus: ${status}`,
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <${id}>\r\nSubject: Angebot`,
      "--b--",
    ].join("\r\n"),
  });

/** A mail that we sent to a contact. */
async function sent(alice: Person, contactId: string): Promise<{ id: string; header: string }> {
  const header = `${newId()}@crm.example`;
  const at = new Date("2026-01-02T10:00:00Z");
  const id = await alice.scope(async (scope) => {
    const made = await messages.create(scope, {
      ...{ direction: "out", kind: "mail", state: "sent", userId: alice.userId, messageId: header },
      ...{
        references: [],
        from: { name: "Alice", address: alice.email },
        cc: [],
        text: "",
        html: "",
      },
      to: [{ name: "", address: "mia@muster.example" }],
      subject: "Angebot",
      at,
    });
    await messages.link(scope, made, at, { contactIds: [contactId] });
    return made;
  });
  return { id, header };
}

Deno.test("a bounce marks our mail as failed with the server's code, and is shown beside it", async () => {
  const { alice, charlie } = await cast();
  const contactId = await contact(alice, "Muster", "mia@muster.example");
  const { id, header } = await sent(alice, contactId);
  await arrive(alice, bounce(header, "delayed", "4.4.1"));
  equal((await messagesOf(alice)).find((each) => each.id === id)!.state, "sent");
  // A report in another tenant about a mail of this one changes nothing here.
  await arrive(charlie, bounce(header));
  equal((await messagesOf(alice)).find((each) => each.id === id)!.state, "sent");
  const { messageId } = await arrive(alice, bounce(header));
  const ours = (await messagesOf(alice)).find((each) => each.id === id)!;
  equal(ours.state, "failed");
  equal(ours.errorCode, "bounce_5.1.1");
  deepEqual(await linksOf(alice, messageId), [`contact ${contactId}`]);
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["assigned", "assigned"]);
});

Deno.test("an author is notified of a bounce, an owner of their contact's new mail, nobody of old mail", async () => {
  const { alice, bob } = await cast();
  const { owner } = alice.test.db;
  const notified = async (person: Person) => {
    const rows = await owner<{ messageId: string }[]>`
      select message_id
      from notifications
      where user_id = ${person.userId}
        and kind = 'mail_received'
      order by id
    `;
    return rows.map(({ messageId }) => messageId);
  };
  const contactId = await contact(alice, "Muster", "mia@muster.example", { ownerId: bob.userId });
  const { header } = await sent(alice, contactId);
  await arrive(alice, bounce(header, "delayed", "4.4.1"));
  const failed = await arrive(alice, bounce(header));
  deepEqual(await notified(alice), [failed.messageId]);
  const fresh = await arrive(alice, letter({ from: mia, to: alice.email }));
  await arrive(
    alice,
    letter({ from: mia, to: alice.email, date: "Thu, 01 Jan 2026 10:00:00 +0000" }),
  );
  deepEqual(await notified(bob), [fresh.messageId]);
});

Deno.test("our own mail that comes back from the Sent folder or a copy is no second one", async () => {
  const { alice } = await cast();
  const contactId = await contact(alice, "Muster", "mia@muster.example");
  const { id, header } = await sent(alice, contactId);
  const copy = letter({ id: header, from: `Alice <${alice.email}>`, to: mia, subject: "Angebot" });
  for (const way of ["sent", "address", "inbox"] as const) {
    deepEqual(await arrive(alice, copy, { way }), { outcome: "known", messageId: id });
  }
  // An answer under our own Message-ID is a new message.
  const forged = letter({ id: header, from: mia, to: alice.email, subject: "Angebot" });
  equal((await arrive(alice, forged)).outcome, "received");
});

Deno.test("an answer in a conversation about a deal is shown on the deal", async () => {
  const { alice } = await cast();
  const contactId = await contact(alice, "Muster", "mia@muster.example");
  const { id, header } = await sent(alice, contactId);
  const { owner } = alice.test.db;
  const dealId = newId();
  const pipelineId = newId();
  const stageId = newId();
  const { tenantId } = alice;
  await owner`insert into pipelines (tenant_id, id, name, created_at) values (${tenantId}, ${pipelineId}, 'P', now())`;
  await owner`insert into stages (tenant_id, id, pipeline_id, name, kind, probability) values (${tenantId}, ${stageId}, ${pipelineId}, 'S', 'open', 10)`;
  await owner`
    insert into deals (tenant_id, id, title, pipeline_id, stage_id, status, stage_since, last_touch_at, created_at, updated_at)
    values (${tenantId}, ${dealId}, 'D', ${pipelineId}, ${stageId}, 'open', now(), now(), now(), now())
  `;
  await alice.scope((scope) =>
    messages.link(scope, id, new Date("2026-01-02"), { dealIds: [dealId] })
  );
  const answer = await arrive(
    alice,
    letter({ from: mia, to: alice.email, references: `<${header}>` }),
  );
  deepEqual(await linksOf(alice, answer.messageId), [`contact ${contactId}`, `deal ${dealId}`]);
  // A stranger who names the conversation gets no place on the deal.
  const stranger = await arrive(
    alice,
    letter({ from: "x@fremd.example", to: alice.email, references: `<${header}>` }),
  );
  deepEqual(await linksOf(alice, stranger.messageId), []);
});

Deno.test("the sender's clock is believed unless it runs ahead", async () => {
  const { alice } = await cast();
  const receivedAt = new Date("2026-03-01T10:00:00Z");
  const dates = [
    "Sat, 28 Feb 2026 09:00:00 +0000",
    "Sun, 01 Mar 2026 10:30:00 +0000",
    "Mon, 01 Jan 2035 00:00:00 +0000",
    "gestern",
  ];
  for (const date of dates) {
    await arrive(alice, letter({ date, from: mia, to: alice.email }), { receivedAt });
  }
  deepEqual((await messagesOf(alice)).map(({ at }) => at.toISOString()), [
    "2026-02-28T09:00:00.000Z",
    "2026-03-01T10:30:00.000Z",
    "2026-03-01T10:00:00.000Z",
    "2026-03-01T10:00:00.000Z",
  ]);
});

Deno.test("each tenant has its own copy and sees nothing of the other's", async () => {
  const { alice, charlie } = await cast();
  const raw = letter({ from: mia, to: "wir@haus.example" });
  await contact(charlie, "Muster", "mia@muster.example");
  await arrive(alice, raw);
  const his = await arrive(charlie, raw);
  equal(his.outcome, "received");
  deepEqual((await inboxOf(alice)).map(({ state }) => state), ["open"]);
  deepEqual((await inboxOf(charlie)).map(({ state }) => state), ["assigned"]);
});

Deno.test("an erased person's mail goes with them, unless somebody else is in it", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const firm = { "companies.0.name": "Muster GmbH" };
  const id = await contact(alice, "Muster", "mia@muster.example", firm);
  await contact(alice, "Otto", "otto@muster.example");
  const alone = await arrive(alice, letter({ from: mia, to: alice.email }));
  const both = await arrive(
    alice,
    letter({ from: mia, to: alice.email, cc: "otto@muster.example" }),
  );
  await owner`update contacts set deleted_at = now(), erase_after = now() where id = ${id}`;
  await alice.test.queue.send("erase_trash", { tenantId: alice.tenantId });
  await drain(alice.test);
  const left = (await messagesOf(alice)).map((each) => each.id);
  ok(!left.includes(alone.messageId!), "it stood on the company's page only because of the person");
  deepEqual(left, [both.messageId]);
});
