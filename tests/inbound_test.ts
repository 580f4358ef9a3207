/** Incoming mail at the listener: what is accepted, encrypted and acknowledged, and what is refused. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import nodemailer from "nodemailer";
import { providerId } from "../db/controllers.ts";
import * as inboundAddresses from "../db/inbound_addresses.ts";
import * as rawMails from "../db/raw_mails.ts";
import { authenticationOf } from "../db/received_mails/authentications.ts";
import { AddressCounter, Counter, OpenConnections, SenderCounter } from "../jobs/inbound/limits.ts";
import { app } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { destroyAll } from "./support/data_keys.ts";
import { addressOf, domain, openDoor, Talk } from "./support/inbound.ts";
import { selfSigned } from "./support/certificates.ts";
import { drain } from "./support/worker.ts";

const text = "From: mia@muster.example\r\nSubject: Angebot\r\n\r\nGuten Tag!\r\n";

/** The raw mails that a tenant keeps, oldest first. */
async function kept({ test, tenantId }: Person) {
  return await test.db.owner<{ id: string; status: string; size: string; handler: string }[]>`
    select id, status, size, handler
    from raw_mails
    where tenant_id = ${tenantId}
    order by id
  `;
}

async function send(port: number, to: string[], raw: string | Buffer = text, more = {}) {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ...more });
  try {
    return await transport.sendMail({ envelope: { from: "mia@muster.example", to }, raw });
  } finally {
    transport.close();
  }
}

const refused = async (sending: Promise<unknown>): Promise<number> =>
  await sending.then(() => 0, (error) => error.responseCode ?? -1);

Deno.test("a mail to a user's own address is stored encrypted before it is acknowledged", async () => {
  const { alice, test } = await cast();
  const door = await openDoor(test);
  const { response } = await send(door.port, [await addressOf(alice)]);
  match(response, /^250/);
  const [mail] = await kept(alice);
  equal(mail?.status, "waiting");
  equal(mail?.handler, "address");
  const path = `${test.services.config.dataDir}/files/inbound/${mail!.id}`;
  const sealed = await Deno.readFile(path);
  ok(!Buffer.from(sealed).includes("Guten Tag"));
  equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  const whole = new TextDecoder().decode(await rawMails.open(test.services.config, mail!.id));
  equal(whole, `Return-Path: <mia@muster.example>\r\n${text}`);
  const [job] = await test.db.owner`
    select data from jobs.job where name = 'receive_mail' and data ->> 'rawMailId' = ${mail!.id}
  `;
  deepEqual(job!.data, { rawMailId: mail!.id, tenantId: alice.tenantId });
  await door.close(100);
});

Deno.test("nobody else's address, no other domain, no guess gets in; nothing is relayed", async () => {
  const { alice, test } = await cast();
  const door = await openDoor(test);
  const own = await addressOf(alice);
  const [local] = own.split("@");
  const talk = await Talk.with(door.port);
  await talk.say("EHLO stranger.example");
  match(await talk.say("MAIL FROM:<mia@muster.example>"), /^250/);
  for (
    const address of [
      "someone@elsewhere.example",
      `${local}@elsewhere.example`,
      `${local}@sub.${domain}`,
      `postmaster@${domain}`,
      `${"a".repeat(16)}@${domain}`,
      `%@${domain}`,
      `${local}%elsewhere.example@${domain}`,
      `"${local}"@elsewhere.example@${domain}`,
    ]
  ) match(await talk.say(`RCPT TO:<${address}>`), /^5\d\d/, address);
  match(await talk.say("DATA"), /^503/);
  match(await talk.say("VRFY alice"), /^252|^5/);
  match(await talk.say("AUTH PLAIN AAAA"), /^5/);
  match(await talk.say(`RCPT TO:<${own.toUpperCase()}>`), /^250/);
  match(await talk.say(`RCPT TO:<${local}+rechnung@${domain}>`), /^250/);
  match(await talk.say("DATA"), /^354/);
  match(await talk.say(text, "."), /^250/);
  talk.hangUp();
  equal((await kept(alice)).length, 1);
  await door.close(100);
});

Deno.test("a renewed address is refused at once, and so is that of a person who was shut out", async () => {
  const { alice, bob, test } = await cast();
  const door = await openDoor(test);
  const old = await addressOf(alice);
  await alice.scope((scope) => inboundAddresses.renew(scope, alice.userId));
  equal(await refused(send(door.port, [old])), 550);
  equal(await refused(send(door.port, [await addressOf(alice)])), 0);
  const bobs = await addressOf(bob);
  await test.db.owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  equal(await refused(send(door.port, [bobs])), 550);
  await door.close(100);
});

Deno.test("one mail to two tenants is kept once in each, to one tenant twice only once", async () => {
  const { alice, charlie, test } = await cast();
  const door = await openDoor(test);
  const hers = await addressOf(alice);
  await send(door.port, [hers, await addressOf(charlie), hers.replace("@", "+x@")]);
  equal((await kept(alice)).length, 1);
  equal((await kept(charlie)).length, 1);
  await door.close(100);
});

Deno.test("too large a mail is refused, whether it says so or not, and leaves nothing", async () => {
  const { alice, test } = await cast();
  const door = await openDoor(test);
  const own = await addressOf(alice);
  const talk = await Talk.with(door.port);
  match(await talk.say("EHLO stranger.example"), new RegExp(`SIZE ${rawMails.largest}`));
  match(await talk.say(`MAIL FROM:<a@b.example> SIZE=${rawMails.largest + 1}`), /^552/);
  talk.hangUp();
  const lines = Buffer.alloc(rawMails.largest + 70_000, `${"x".repeat(68)}\r\n`);
  equal(await refused(send(door.port, [own], Buffer.concat([Buffer.from(text), lines]))), 552);
  equal((await kept(alice)).length, 0);
  await empty(test.services.config.dataDir);
  await door.close(100);
});

/** Asserts that no file is left that no row knows. */
async function empty(dataDir: string) {
  const names = [...Deno.readDirSync(`${dataDir}/files/inbound`)].map(({ name }) => name);
  const { db } = await app();
  const ids = new Set((await db.owner`select id from raw_mails`).map(({ id }) => id as string));
  deepEqual(names.filter((name) => !ids.has(name)), []);
}

Deno.test("a mail that breaks off before its end was never there", async () => {
  const { alice, test } = await cast();
  const door = await openDoor(test);
  const own = await addressOf(alice);
  for (const end of ["", ".", "\r\n.", "\n.\n"]) {
    const talk = await Talk.with(door.port);
    await talk.say("EHLO a.example");
    await talk.say("MAIL FROM:<a@b.example>");
    await talk.say(`RCPT TO:<${own}>`);
    await talk.say("DATA");
    talk.socket.write(text + "x".repeat(200_000) + end);
    await new Promise((done) => setTimeout(done, 50));
    talk.hangUp();
  }
  await new Promise((done) => setTimeout(done, 200));
  equal((await kept(alice)).length, 0);
  await empty(test.services.config.dataDir);
  deepEqual(door.errors, []);
  await door.close(100);
});

Deno.test("a second mail cannot be smuggled in behind a false end of the first", async () => {
  const { alice, test } = await cast();
  const door = await openDoor(test);
  const own = await addressOf(alice);
  for (const end of ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n\0.\r\n"]) {
    const before = (await kept(alice)).length;
    const smuggled =
      `MAIL FROM:<chef@haus.example>\r\nRCPT TO:<${own}>\r\nDATA\r\nFrom: chef@haus.example\r\n\r\nx\r\n`;
    const talk = await Talk.with(door.port);
    await talk.say("EHLO a.example");
    await talk.say("MAIL FROM:<a@b.example>");
    await talk.say(`RCPT TO:<${own}>`);
    await talk.say("DATA");
    match(await talk.say(`${text}${end}${smuggled}`, "."), /^250/);
    talk.hangUp();
    equal((await kept(alice)).length, before + 1, JSON.stringify(end));
  }
  await door.close(100);
});

Deno.test("without disk or database the sender is asked to try again, and nothing partial is left", async () => {
  const { alice, test } = await cast();
  const own = await addressOf(alice);
  const door = await openDoor(test);
  const { owner } = test.db;
  await owner`alter table raw_mails rename to raw_mails_away`;
  try {
    equal(await refused(send(door.port, [own])), 451);
  } finally {
    await owner`alter table raw_mails_away rename to raw_mails`;
  }
  ok(door.errors.length > 0);
  await empty(test.services.config.dataDir);
  const readOnly = await openDoor({
    ...test,
    services: { ...test.services, config: { ...test.services.config, dataDir: "/dev/null" } },
  });
  equal(await refused(send(readOnly.port, [own])), 451);
  equal((await kept(alice)).length, 0);
  await readOnly.close(100);
  await door.close(100);
});

Deno.test("LMTP answers for each recipient", async () => {
  const { alice, bob, test } = await cast();
  const door = await openDoor(test, { protocol: "lmtp" });
  const talk = await Talk.with(door.port);
  match(await talk.say("LHLO mx.example"), /^250/);
  await talk.say("MAIL FROM:<>");
  match(await talk.say(`RCPT TO:<${await addressOf(alice)}>`), /^250/);
  match(await talk.say(`RCPT TO:<nobody@${domain}>`), /^550/);
  match(await talk.say(`RCPT TO:<${await addressOf(bob)}>`), /^250/);
  await talk.say("DATA");
  match(await talk.say(text, "."), /^250/);
  match(await talk.hear(), /^250/);
  talk.hangUp();
  equal((await kept(alice)).length, 2);
  await door.close(100);
});

Deno.test("with a certificate STARTTLS encrypts the connection, without one it is not offered", async () => {
  const { alice, test } = await cast();
  const tls = await selfSigned(domain);
  const door = await openDoor(test, { tls });
  const own = await addressOf(alice);
  const secured = { requireTLS: true, tls: { ca: tls.cert, servername: domain } };
  equal(await refused(send(door.port, [own], text, secured)), 0);
  equal((await kept(alice)).length, 1);
  const plain = await openDoor(test);
  const without = await Talk.with(plain.port);
  ok(!(await without.say("EHLO a.example")).includes("STARTTLS"));
  without.hangUp();
  await plain.close(100);
  await door.close(100);
});

Deno.test("a connection does not last for ever, however busy it is", async () => {
  const { test } = await cast();
  const door = await openDoor(test, { longest: 300 });
  const talk = await Talk.with(door.port);
  for (let said = "250", tries = 0; said !== "closed"; tries++) {
    ok(tries < 200);
    said = await talk.say("NOOP");
    await new Promise((done) => setTimeout(done, 20));
  }
  await door.close(100);
});

Deno.test("one address takes only so many mails, more wait with their sender", async () => {
  const { alice, bob, test } = await cast();
  const door = await openDoor(test, { address: { most: 2, window: 60_000 } });
  const own = await addressOf(alice);
  const talk = await Talk.with(door.port);
  await talk.say("EHLO a.example");
  const named = async () => {
    await talk.say("RSET");
    await talk.say("MAIL FROM:<a@b.example>");
    return (await talk.say(`RCPT TO:<${own}>`)).slice(0, 3);
  };
  // Whoever only asks for an address must not close it to everybody else.
  for (let count = 0; count < 10; count++) equal(await named(), "250");
  for (const answer of [0, 0, 450]) equal(await refused(send(door.port, [own])), answer);
  equal(await named(), "450");
  equal(await refused(send(door.port, [await addressOf(bob)])), 0);
  equal((await kept(alice)).length, 3);
  talk.hangUp();
  await door.close(100);
});

Deno.test("no network closes an address to all others", () => {
  for (
    const [flood, other] of [
      [(n: number) => `192.0.2.${n % 250}`, "198.51.100.1"],
      [(n: number) => `2001:db8:1:${n}::1`, "2001:db8:2::1"],
    ] as const
  ) {
    const addresses = new AddressCounter({ most: 9, window: 100 }, () => 0);
    const taken = Array.from({ length: 400 }, (_, n) => {
      if (addresses.isSpent("a", flood(n))) return false;
      addresses.take("a", flood(n));
      return true;
    });
    equal(taken.filter((each) => each).length, 3);
    equal(addresses.isSpent("b", flood(0)), false);
    equal(addresses.isSpent("a", other), false);
    // What the operator's own server passes on comes from everywhere: it has no share.
    for (let n = 0; n < 6; n++) {
      equal(addresses.isSpent("a", null), false);
      addresses.take("a", null);
    }
    for (const sender of [flood(0), other, null]) equal(addresses.isSpent("a", sender), true);
  }
});

Deno.test("a mail server of another network reaches an address that one network floods", async () => {
  const outside = Object.values(networkInterfaces()).flat()
    .find((each) => each?.family === "IPv4" && !each.internal)?.address;
  // A machine without a network has no outside to come from.
  if (!outside) return;
  const { alice, test } = await cast();
  const own = await addressOf(alice);
  for (const [more, answer] of [[{}, 450], [{ authserv: "mx.example" }, 0]] as const) {
    const door = await openDoor(test, {
      ...{ host: outside, address: { most: 6, window: 60_000 }, ...more },
    });
    for (const each of [0, 0, answer]) {
      equal(await refused(send(door.port, [own], text, { host: outside })), each);
    }
    await door.close(100);
  }
});

Deno.test("a counter forgets after its window, and never grows without end", () => {
  let at = 0;
  const counter = new Counter({ most: 2, window: 100 }, () => at);
  deepEqual([counter.take("a"), counter.take("a"), counter.take("a")], [true, true, false]);
  equal(counter.isSpent("a"), true);
  equal(counter.isSpent("b"), false);
  at = 100;
  equal(counter.take("a"), true);
  for (let key = 0; key < 50_000; key++) counter.take(String(key));
  equal(counter.isSpent("a"), false);
});

Deno.test("of IPv6 a sender's whole network is counted, of IPv4 each address", () => {
  const mails = new SenderCounter({ most: 2, window: 100 }, () => 0);
  const taken = (address: (n: number) => string) =>
    Array.from({ length: 20 }, (_, n) => mails.take(address(n))).filter((each) => each).length;
  equal(taken((n) => `2001:db8:0:1:${n}::1`), 8);
  equal(mails.isSpent("2001:db8:0:1:ffff::1"), true);
  equal(mails.isSpent("2001:db8:1:1::1"), false);
  equal(taken((n) => `192.0.2.${n}`), 20);
  const open = new OpenConnections();
  const inside = Array.from({ length: 60 }, (_, n) => open.enter(`${n}`, `2001:db8::${n}`));
  equal(inside.filter((each) => each).length, 40);
  for (let n = 0; n < 60; n++) open.leave(`${n}`);
  ok(open.enter("again", "2001:db8::1"));
});

Deno.test("hanging up before the greeting frees no place for further connections", async () => {
  const outside = Object.values(networkInterfaces()).flat()
    .find((each) => each?.family === "IPv4" && !each.internal)?.address;
  // A machine without a network has no outside to come from.
  if (!outside) return;
  const { test } = await cast();
  const door = await openDoor(test, { host: outside });
  const within = await Promise.all(
    Array.from({ length: 10 }, () => Talk.with(door.port, outside)),
  );
  for (let n = 0; n < 20; n++) {
    const socket = connect({ host: outside, port: door.port });
    await once(socket, "connect");
    socket.destroy();
  }
  const after = await Promise.all(
    Array.from({ length: 5 }, () => Talk.with(door.port, outside)),
  );
  deepEqual(after.map(({ greeting }) => greeting.slice(0, 3)), Array(5).fill("421"));
  for (const talk of [...within, ...after]) talk.hangUp();
  await door.close(100);
});

Deno.test("a mail that waits is read by its job once, its bytes go, and the row after that", async () => {
  const { alice, test } = await cast();
  const { config, pool } = test.services;
  const door = await openDoor(test);
  await send(door.port, [await addressOf(alice)]);
  const [mail] = await kept(alice);
  ok((await drain(test)).done.includes("receive_mail"));
  equal((await kept(alice))[0]!.status, "done");
  await Deno.stat(`${config.dataDir}/files/inbound/${mail!.id}`).then(
    () => ok(false, "the bytes are still there"),
    () => {},
  );
  equal(await rawMails.removeFinished(pool, config, alice.tenantId), 1);
  equal((await kept(alice)).length, 0);
  await door.close(100);
});

Deno.test("a mail that cannot be read yet waits under the key of its tenant alone (clause 5.2)", async () => {
  const { alice, test } = await cast();
  const { config } = test.services;
  const door = await openDoor(test);
  await send(door.port, [await addressOf(alice)]);
  const [mail] = await kept(alice);
  const came = await rawMails.open(config, mail!.id);
  await test.db.owner`update raw_mails set handler = 'nobody' where id = ${mail!.id}`;
  equal((await drain(test)).failed.length, 1);
  deepEqual(await rawMails.open(config, mail!.id), came);
  equal(await alice.scope((scope) => destroyAll(scope, config)), 1);
  await rejects(rawMails.open(config, mail!.id), { name: "FileBroken" });
  await door.close(100);
});

Deno.test("a broken file fails for good and goes after 30 days", async () => {
  const { alice, test } = await cast();
  const { config, pool } = test.services;
  const door = await openDoor(test);
  await send(door.port, [await addressOf(alice)]);
  const [mail] = await kept(alice);
  await Deno.writeTextFile(`${config.dataDir}/files/inbound/${mail!.id}`, "scrambled");
  await drain(test);
  equal((await kept(alice))[0]!.status, "failed");
  equal(await rawMails.removeFinished(pool, config, alice.tenantId), 0);
  await test.db.owner`
    update raw_mails set received_at = received_at - interval '30 days' where id = ${mail!.id}
  `;
  equal(await rawMails.removeFinished(pool, config, alice.tenantId), 1);
  await door.close(100);
});

Deno.test("authentication results count only where our own server received the mail", async () => {
  const { alice, test } = await cast();
  const to = await addressOf(alice);
  const forged = `Authentication-Results: ${domain}; dkim=pass header.d=muster.example\r\n${text}`;
  const machine = networkInterfaces();
  const outside = Object.values(machine).flat()
    .find((each) => each?.family === "IPv4" && !each.internal)?.address;
  const judged = async () => {
    const mail = (await kept(alice)).at(-1)!;
    return authenticationOf(
      await rawMails.open(test.services.config, mail.id),
      "mia@muster.example",
    );
  };
  // What begins with a blank continues the field above it, which is one of ours.
  const continued = ` ; dkim=pass header.d=muster.example\r\n${text}`;
  const ways: [string, Parameters<typeof openDoor>[1], string, "pass" | "none"][] = [
    ["127.0.0.1", {}, "smtp", "pass"],
    // A machine without a network has no outside to send from.
    ...(outside
      ? [
        [outside, { host: outside }, "smtp", "none"],
        [outside, { host: outside, protocol: "lmtp" }, "lmtp", "pass"],
      ] as [string, Parameters<typeof openDoor>[1], string, "pass" | "none"][]
      : []),
  ];
  for (const [host, setting, protocol, dkim] of ways) {
    const door = await openDoor(test, setting);
    await send(door.port, [to], forged, { host, lmtp: protocol === "lmtp" });
    deepEqual((await judged()).dkim, dkim, `${protocol} from ${host}`);
    await send(door.port, [to], continued, { host, lmtp: protocol === "lmtp" });
    deepEqual((await judged()).dkim, "none", `${protocol} from ${host}, continued`);
    await door.close(100);
  }
  await drain(test);
});

Deno.test("a mail that waits without a job is read by night, and no mail's row stays, the provider's neither", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const door = await openDoor(test);
  await send(door.port, [await addressOf(alice)]);
  await door.close(100);
  const [mail] = await kept(alice);
  const jobs = () => owner`select from jobs.job where data ->> 'rawMailId' = ${mail!.id}`;
  const night = () => test.queue.send("remove_raw_mails", { tenantId: null });
  await owner`delete from jobs.job where data ->> 'rawMailId' = ${mail!.id}`;
  await night();
  await drain(test);
  equal((await jobs()).length, 0, "its job may be on its way");
  await owner`update raw_mails set received_at = received_at - interval '13 hours' where id = ${
    mail!.id
  }`;
  // Read long ago, sent to the provider itself.
  const [read] = await owner<{ id: string }[]>`
    insert into raw_mails (tenant_id, id, handler, source_id, size, status, received_at, finished_at)
    values (${providerId}, gen_random_uuid(), 'return', gen_random_uuid(), 1, 'done', now(), now())
    returning id
  `;
  await night();
  await drain(test);
  deepEqual((await kept(alice)).map(({ status }) => status), ["done"]);
  equal((await owner`select from raw_mails where id = ${read!.id}`).length, 0);
});
