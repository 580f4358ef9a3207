/** What we send is in its author's own folder as well: each step recorded, no copy twice, none read again. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Person } from "./support/cast.ts";
import { cast } from "./support/cast.ts";
import { newId } from "../db/ids.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as sentCopies from "../db/sent_copies.ts";
import { Dovecot, imapTest, missing, password } from "./support/dovecot.ts";
import { text } from "./support/html.ts";
import { contact, letter } from "./support/letters.ts";
import { type Mailbox, mailbox } from "./support/mailbox.ts";
import { hurry, send } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const server = missing ? null : await Dovecot.start();
if (server) globalThis.addEventListener("unload", () => server.drop());

/** A person with a mailbox on the server that was read once, and a mail server to send by. */
async function author(more: Partial<mailboxes.MailboxInput> = {}) {
  const { alice, test } = await cast();
  const user = `s${newId().slice(-12)}`;
  const id = newId();
  const input: mailboxes.MailboxInput = {
    name: "Mein Postfach",
    address: alice.email,
    host: "127.0.0.1",
    port: server!.port,
    security: "none",
    username: user,
    password,
    shared: false,
    ...more,
  };
  await alice.scope((scope) =>
    mailboxes.create(scope, test.services.config, id, input, mailboxes.sinceDay(scope.now, 30))
  );
  await drain(test);
  return { alice, user, id, smtp: await mailbox() };
}

const deliver = (alice: Person, smtp: Mailbox) => drain(alice.test, { smtpUrl: smtp.smtpUrl });

/** The subjects in the folder of sent mail on the server. */
const filed = (user: string): Promise<string[]> =>
  server!.as(user, async (client) => {
    const lock = await client.getMailboxLock("Gesendet");
    try {
      const all = await client.fetchAll("1:*", { envelope: true, flags: true });
      for (const { flags } of all) ok(flags!.has("\\Seen"));
      return all.map(({ envelope }) => envelope!.subject ?? "");
    } finally {
      lock.release();
    }
  });

async function copyOf({ test, tenantId }: Person, messageId: string) {
  const [row] = await test.db.owner<
    { state: string; errorCode: string | null; objectId: string }[]
  >`
    select state, error_code, object_id
    from sent_copies
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
  `;
  return row;
}

const bytesLeft = ({ test }: Person, objectId: string): boolean => {
  try {
    Deno.statSync(`${test.services.config.dataDir}/files/copies/${objectId}`);
    return true;
  } catch {
    return false;
  }
};

imapTest(
  "a sent mail lies in its author's folder, read, and is not taken for a new one",
  async () => {
    const { alice, user, id, smtp } = await author();
    await contact(alice, "Muster", "mia@muster.example");
    const messageId = await send(alice, { to: "mia@muster.example", subject: "Angebot für Mia" });
    const { failed } = await deliver(alice, smtp);
    deepEqual(failed, []);
    equal(smtp.mails.length, 1);
    deepEqual(await filed(user), ["Angebot für Mia"]);
    const copy = await copyOf(alice, messageId);
    equal(copy!.state, "done");
    equal(bytesLeft(alice, copy!.objectId), false);
    match(await text(await alice.get(`/messages/${messageId}`)), /In „Mein Postfach“ abgelegt/);
    await alice.scope((scope) => mailboxes.checkNow(scope, id));
    await deliver(alice, smtp);
    const rows = await alice.test.db
      .owner`select id from messages where tenant_id = ${alice.tenantId}`;
    deepEqual(rows.map((row) => row.id), [messageId]);
    await smtp.close();
  },
);

imapTest("a server that keeps what it sends by itself gets no second copy", async () => {
  const { alice, user, smtp } = await author();
  const messageId = await send(alice, { to: "mia@muster.example", subject: "Einmal" });
  const [{ header }] = await alice.test.db.owner<[{ header: string }]>`
    select message_id_header as header from messages where id = ${messageId}
  `;
  const own = letter({
    id: header,
    from: alice.email,
    to: "mia@muster.example",
    subject: "Einmal",
  });
  await server!.as(user, (client) => client.append("Gesendet", own as never, ["\\Seen"]));
  await deliver(alice, smtp);
  deepEqual(await filed(user), ["Einmal"]);
  equal((await copyOf(alice, messageId))!.state, "done");
  await smtp.close();
});

imapTest(
  "the mail is sent though its copy cannot be filed; that is reported, tried again, and given up",
  async () => {
    const { alice, user, id, smtp } = await author();
    const { db: { owner }, services: { config } } = alice.test;
    await owner`update mailboxes set port = 1 where id = ${id}`;
    const messageId = await send(alice, { to: "mia@muster.example", subject: "Ohne Kopie" });
    await deliver(alice, smtp);
    equal(smtp.mails.length, 1);
    const [sent] = await owner`select state from messages where id = ${messageId}`;
    equal(sent!.state, "sent");
    const waiting = await copyOf(alice, messageId);
    deepEqual([waiting!.state, waiting!.errorCode], ["waiting", "refused"]);
    ok(bytesLeft(alice, waiting!.objectId));
    // Its tenant's key seals it: without that key every copy is unreadable (clause 5.2).
    const bytes = async () => (await sentCopies.open(config, waiting!.objectId)).length;
    ok(await bytes() > 0);
    const [key] = await owner`select id from data_keys where tenant_id = ${alice.tenantId}`;
    const [file, away] = ["", ".away"].map((end) => `${config.dataDir}/keys/data/${key!.id}${end}`);
    await Deno.rename(file!, away!);
    await rejects(bytes, { name: "FileBroken" });
    await Deno.rename(away!, file!);
    const page = await text(await alice.get(`/messages/${messageId}`));
    match(page, /Noch nicht in „Mein Postfach“ abgelegt.*antwortet kein Mailserver/);

    await owner`update mailboxes set port = ${server!.port} where id = ${id}`;
    await hurry(alice);
    await deliver(alice, smtp);
    deepEqual(await filed(user), ["Ohne Kopie"]);
    equal(smtp.mails.length, 1, "the mail itself is not sent again");

    await owner`update mailboxes set port = 1 where id = ${id}`;
    const second = await send(alice, { to: "mia@muster.example", subject: "Nie" });
    for (let tries = 0; tries < 12; tries++) {
      await deliver(alice, smtp);
      await hurry(alice);
    }
    const given = await copyOf(alice, second);
    equal(given!.state, "failed");
    equal(bytesLeft(alice, given!.objectId), false);
    match(await text(await alice.get(`/messages/${second}`)), /Nicht in „Mein Postfach“ abgelegt/);
    await smtp.close();
  },
);

Deno.test("a user without a mailbox has no copy, and nothing is kept for one", async () => {
  const { alice } = await cast();
  const smtp = await mailbox();
  const messageId = await send(alice, { to: "mia@muster.example" });
  await deliver(alice, smtp);
  equal(smtp.mails.length, 1);
  equal(await copyOf(alice, messageId), undefined);
  ok(!(await text(await alice.get(`/messages/${messageId}`))).includes("abgelegt"));
  await smtp.close();
});
