/** Mailboxes on a real IMAP server: nothing twice and nothing lost, whatever is done to them there. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as mailboxes from "../db/mailboxes.ts";
import type { Folder } from "../db/mailboxes/folders.ts";
import * as runs from "../db/mailboxes/runs.ts";
import { checkMailbox } from "../jobs/mailboxes.ts";
import { run } from "../jobs/worker.ts";
import { cast, type Person } from "./support/cast.ts";
import { Dovecot, imapTest, missing, password, refusingSearch } from "./support/dovecot.ts";
import { contact, letter } from "./support/letters.ts";
import { drain } from "./support/worker.ts";

const server = missing ? null : await Dovecot.start();
if (server) globalThis.addEventListener("unload", () => server.drop());

const mia = "Mia Muster <mia@muster.example>";

/** A person with a fresh mailbox on the server, connected. */
async function connected(more: Partial<mailboxes.MailboxInput> = {}) {
  const { alice, test } = await cast();
  const user = `u${newId().slice(-12)}`;
  const id = newId();
  const input: mailboxes.MailboxInput = {
    name: "Mein Postfach",
    address: `${user}@haus.example`,
    host: "127.0.0.1",
    port: server!.port,
    security: "none",
    username: user,
    password,
    shared: false,
    ...more,
  };
  await alice.scope((scope) =>
    mailboxes.create(
      scope,
      test.services.config,
      id,
      input,
      mailboxes.sinceDay(scope.now, 30),
    )
  );
  return {
    alice,
    user,
    id,
    deliver: (raw: Uint8Array, folder?: string, at?: Date) =>
      server!.deliver(user, raw, folder, at),
  };
}

/** Has the mailbox looked into, and what it says of itself then. */
async function check({ alice, id }: { alice: Person; id: string }) {
  await alice.scope((scope) => mailboxes.checkNow(scope, id));
  await drain(alice.test);
  return await alice.scope((scope) => mailboxes.find(scope, id));
}

async function subjects({ test, tenantId }: Person): Promise<string[]> {
  const rows = await test.db.owner<{ subject: string }[]>`
    select subject from messages where tenant_id = ${tenantId} order by subject
  `;
  return rows.map(({ subject }) => subject);
}

const mail = (subject: string, more = {}) =>
  letter({ from: mia, to: "wir@haus.example", subject, ...more });

imapTest("what lies in the inbox and among what was sent is read once, and only once", async () => {
  const box = await connected();
  const { alice, deliver } = box;
  const id = await contact(alice, "Muster", "mia@muster.example");
  await deliver(mail("A"));
  await deliver(mail("B"));
  await deliver(letter({ from: alice.email, to: mia, subject: "C" }), "Gesendet");
  await deliver(letter({ from: alice.email, to: "x@fremd.example", subject: "D" }), "Gesendet");
  await deliver(mail("E"), "Archiv");
  const first = await check(box);
  equal(first.errorCode, null);
  equal(first.received, 3);
  deepEqual(first.read.map(({ role, path }) => [role, path]), [["inbox", "INBOX"], [
    "sent",
    "Gesendet",
  ]]);
  deepEqual(await subjects(alice), ["A", "B", "C"]);
  ok(first.finishedAt);
  equal((await check(box)).received, 0);
  await deliver(mail("F"));
  equal((await check(box)).received, 1);
  deepEqual(await subjects(alice), ["A", "B", "C", "F"]);
  const links = await alice.test.db
    .owner`select message_id from message_links where contact_id = ${id}`;
  equal(links.length, 4);
});

imapTest("a mail that is older than the first day stays where it is", async () => {
  const box = await connected();
  await box.deliver(mail("alt"), "INBOX", new Date(Date.UTC(2020, 0, 1)));
  await box.deliver(mail("neu"));
  await check(box);
  deepEqual(await subjects(box.alice), ["neu"]);
});

imapTest(
  "a server that renumbers everything brings nothing twice, and what came meanwhile is read",
  async () => {
    const box = await connected();
    const { alice, user, deliver } = box;
    for (const subject of ["A", "B", "C"]) await deliver(mail(subject));
    // Without a Message-ID it is known by its body.
    await deliver(
      new TextEncoder().encode("From: mia@muster.example\r\nSubject: D\r\n\r\nOhne Nummer\r\n"),
    );
    const before = await check(box);
    await server!.expunge(user, "2");
    await server!.renumber(user);
    await deliver(mail("E"));
    const after = await check(box);
    equal(after.errorCode, null);
    ok(after.read[0]!.uidValidity !== before.read[0]!.uidValidity);
    equal(after.received, 1);
    deepEqual(await subjects(alice), ["A", "B", "C", "D", "E"]);
    const rows = await alice.test.db
      .owner`select uid from mailbox_mails where mailbox_id = ${box.id} and role = 'inbox'`;
    equal(rows.length, 4, "the old numbers are forgotten");
  },
);

imapTest(
  "a clean-up on the server takes nothing from us, and what is moved back is known",
  async () => {
    const box = await connected();
    const { alice, user, deliver } = box;
    for (const subject of ["A", "B", "C"]) await deliver(mail(subject));
    await check(box);
    await server!.as(user, async (client) => {
      const lock = await client.getMailboxLock("INBOX");
      await client.messageMove("1:*", "Archiv", { uid: true });
      lock.release();
    });
    equal((await check(box)).received, 0);
    deepEqual(await subjects(alice), ["A", "B", "C"]);
    await nextDay(box);
    const counted = await check(box);
    deepEqual(numbers(counted.read[0]!), { onServer: 0, known: 0, missing: 0 });
    await server!.as(user, async (client) => {
      const lock = await client.getMailboxLock("Archiv");
      await client.messageMove("1:*", "INBOX", { uid: true });
      lock.release();
    });
    equal((await check(box)).received, 0);
    deepEqual(await subjects(alice), ["A", "B", "C"]);
  },
);

const numbers = ({ onServer, known, missing }: Folder) => ({
  onServer,
  known,
  missing,
});

/** Makes the last count one of yesterday. */
async function nextDay({ alice, id }: { alice: Person; id: string }) {
  await alice.test.db.owner`
    update mailbox_folders set counted_at = counted_at - interval '1 day' where mailbox_id = ${id}
  `;
}

imapTest("the daily count finds what was missed, reads it and says so", async () => {
  const box = await connected();
  const { alice, id, deliver } = box;
  for (const subject of ["A", "B", "C"]) await deliver(mail(subject));
  deepEqual(numbers((await check(box)).read[0]!), { onServer: 3, known: 3, missing: 0 });
  // As if a run had skipped it, for whatever reason.
  const { owner } = alice.test.db;
  const [gone] = await owner<{ mailKey: string }[]>`
    delete from mailbox_mails where mailbox_id = ${id} and uid = 2 returning mail_key
  `;
  await owner`delete from messages m using message_keys k where k.message_id = m.id and k.mail_key = ${
    gone!.mailKey
  }`;
  deepEqual(await subjects(alice), ["A", "C"]);
  equal((await check(box)).received, 0, "today was counted already");
  await nextDay(box);
  const counted = await check(box);
  deepEqual(numbers(counted.read[0]!), { onServer: 3, known: 2, missing: 1 });
  equal(counted.received, 1);
  deepEqual(await subjects(alice), ["A", "B", "C"]);
});

imapTest("a run that is cut short goes on where it was left", async () => {
  const box = await connected();
  const { alice, deliver, id } = box;
  for (let count = 0; count < 12; count++) await deliver(mail(`M${10 + count}`));
  const stop = new AbortController();
  const { services } = alice.test;
  const tools = {
    pool: services.pool,
    config: services.config,
    log: services.log,
    egress: services.egress,
    signal: stop.signal,
  };
  const going = run(checkMailbox, {
    id: newId(),
    data: { mailboxId: id, tenantId: alice.tenantId } as never,
  }, tools);
  for (let tries = 0; tries < 500 && (await subjects(alice)).length < 3; tries++) {
    await new Promise((done) => setTimeout(done, 5));
  }
  stop.abort();
  await going;
  const some = (await subjects(alice)).length;
  ok(some >= 3 && some < 12, `it read ${some}`);
  const left = await alice.scope((scope) => mailboxes.find(scope, id));
  equal(left.errorCode, null);
  equal(left.running, false);
  equal(left.received, some, "what it brought is reported all the same");
  await check(box);
  equal((await subjects(alice)).length, 12);
});

imapTest("two runs at once: one works, the other leaves", async () => {
  const box = await connected();
  await box.deliver(mail("A"));
  await box.alice.test.db.owner`
    update mailboxes set claimed_until = now() + interval '10 minutes' where id = ${box.id}
  `;
  await check(box);
  deepEqual(await subjects(box.alice), []);
  await box.alice.test.db
    .owner`update mailboxes set claimed_until = now() - interval '1 second' where id = ${box.id}`;
  await check(box);
  deepEqual(await subjects(box.alice), ["A"]);
});

imapTest("a run that was killed leaves the mailbox to the next within minutes", async () => {
  const { alice, id } = await connected();
  const { config } = alice.test.services;
  const { owner } = alice.test.db;
  ok(await alice.scope((scope) => mailboxes.take(scope, config, id)));
  const freeAfter = async () => {
    const [row] = await owner<{ claimedUntil: Date }[]>`
      select claimed_until from mailboxes where id = ${id}
    `;
    return (row!.claimedUntil.getTime() - now().getTime()) / 60_000;
  };
  ok(await freeAfter() <= 3);
  await owner`update mailboxes set claimed_until = now() + interval '9 seconds' where id = ${id}`;
  await alice.scope((scope) => runs.hold(scope, id, 41));
  ok(await freeAfter() > 2, "one that says that it is alive keeps it");
  const page = await alice.scope((scope) => mailboxes.find(scope, id));
  deepEqual([page.running, page.received], [true, 41]);
});

imapTest("a server that refuses to search has no empty folder", async () => {
  const box = await connected();
  await box.deliver(mail("A"));
  await check(box);
  await nextDay(box);
  await using relay = await refusingSearch(server!.port);
  const { owner } = box.alice.test.db;
  await owner`update mailboxes set port = ${relay.port} where id = ${box.id}`;
  const checked = await check(box);
  equal(checked.errorCode, "refused_search");
  equal(checked.read[0]!.onServer, 1);
  const rows = await owner`select uid from mailbox_mails where mailbox_id = ${box.id}`;
  equal(rows.length, 1, "the numbers are not forgotten");
});

imapTest(
  "mails too large to be kept are noted with their beginning, odd ones with what they are",
  async () => {
    const box = await connected();
    const big = new Uint8Array(26 * 1024 * 1024).fill(0x61);
    for (let at = 70; at < big.length; at += 72) big.set([13, 10], at);
    const head = mail("Riese");
    big.set(head);
    await box.deliver(big);
    await box.deliver(new TextEncoder().encode("\r\n"));
    await box.deliver(
      crypto.getRandomValues(new Uint8Array(2_000)).map((byte) =>
        byte === 10 || byte === 13 || byte === 0 ? 65 : byte
      ),
    );
    await box.deliver(mail("danach"));
    const checked = await check(box);
    equal(checked.errorCode, null);
    const rows = await box.alice.test.db.owner`
    select subject, incomplete, size::int as size from messages where tenant_id = ${box.alice.tenantId}
  `;
    const giant = rows.find(({ subject }) => subject === "Riese");
    equal(giant!.incomplete, "size");
    equal(giant!.size, big.length);
    ok(rows.some(({ subject }) => subject === "danach"));
  },
);

imapTest("each fault is reported as a code, and retried at growing intervals", async () => {
  const wrong = await connected({ password: "falsch" });
  const refused = await check(wrong);
  equal(refused.errorCode, "auth");
  ok(
    refused.dueAt.getTime() - now().getTime() > 50 * 60_000,
    "a lock on the account is not provoked",
  );
  ok((await check(wrong)).failures > refused.failures);
  const untrusted = await connected({ port: server!.tlsPort, security: "tls" });
  equal((await check(untrusted)).errorCode, "certificate");
  const starttls = await connected({ security: "starttls" });
  equal((await check(starttls)).errorCode, "certificate");
  const closed = await connected({ port: 1 });
  equal((await check(closed)).errorCode, "refused");
  const unknown = await connected({ host: "imap.invalid" });
  equal((await check(unknown)).errorCode, "host");
  const good = await connected();
  const { owner } = good.alice.test.db;
  await owner`update mailboxes set password_sealed = set_byte(password_sealed, 40, 1) where id = ${good.id}`;
  equal((await check(good)).errorCode, "secret");
});

imapTest(
  "a server whose certificate is trusted is read, encrypted from the start or by STARTTLS",
  async () => {
    const user = `u${newId().slice(-12)}`;
    await server!.deliver(user, mail("A"));
    for (const security of ["tls", "starttls"] as const) {
      const port = security === "tls" ? server!.tlsPort : server!.port;
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-remote",
          "--no-check",
          `--cert=${server!.certificate}`,
          new URL("support/imap_probe.ts", import.meta.url).pathname,
          JSON.stringify({ host: "localhost", port, security, username: user, password }),
        ],
      }).output();
      equal(new TextDecoder().decode(stdout).trim(), "true 1", new TextDecoder().decode(stderr));
    }
  },
);

imapTest("a missing folder is reported, and the other one is read all the same", async () => {
  const box = await connected();
  await check(box);
  await box.deliver(mail("A"));
  await box.alice.test.db.owner`
    update mailbox_folders set path = 'Weg' where mailbox_id = ${box.id} and role = 'sent'
  `;
  const checked = await check(box);
  equal(checked.errorCode, "folder");
  deepEqual(await subjects(box.alice), ["A"]);
});

imapTest("in production a server on a private network is not spoken to", async () => {
  const box = await connected();
  await box.deliver(mail("A"));
  await box.alice.scope((scope) => mailboxes.checkNow(scope, box.id));
  await drain(box.alice.test, { appEnv: "production" });
  const checked = await box.alice.scope((scope) => mailboxes.find(scope, box.id));
  equal(checked.errorCode, "private");
  deepEqual(await subjects(box.alice), []);
});

imapTest("every due mailbox is looked into, those that are not are left alone", async () => {
  const [one, two] = [await connected(), await connected()];
  await drain(one.alice.test);
  for (const box of [one, two]) await box.deliver(mail("A"));
  const { owner } = one.alice.test.db;
  await owner`update mailboxes set due_at = now() - interval '1 minute' where id = ${one.id}`;
  await owner`update mailboxes set due_at = now() + interval '1 minute' where id <> ${one.id}`;
  await one.alice.test.queue.send("check_mailboxes", { tenantId: null });
  await drain(one.alice.test);
  deepEqual(await subjects(one.alice), ["A"]);
  deepEqual(await subjects(two.alice), []);
});

imapTest("the mailbox of a person who was shut out is read no more", async () => {
  const box = await connected();
  await box.deliver(mail("A"));
  await box.alice.test.db.owner`
    update users set deactivated_at = now() where id = ${box.alice.userId}
  `;
  await check(box);
  await box.alice.test.queue.send("check_mailboxes", { tenantId: null });
  await drain(box.alice.test);
  deepEqual(await subjects(box.alice), []);
});
