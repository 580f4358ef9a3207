/** A user's own mail server: named, tested, used; its password encrypted and sent to no other server. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { faultOfHost } from "../db/mail_hosts.ts";
import * as mailAccounts from "../db/mail_accounts.ts";
import { list as egressHosts } from "../db/egress_hosts.ts";
import { Stale } from "../db/errors.ts";
import { newId } from "../db/ids.ts";
import { isPublic } from "../db/network_addresses.ts";
import { accountServer } from "../jobs/messages.ts";
import { faultOf, tryOut } from "../jobs/wire.ts";
import { errors } from "./support/app.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { type Mailbox, mailbox } from "./support/mailbox.ts";
import { emptyQueue, send, stored } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const login = { user: "alice", password: "geheim & sicher" };

const fieldsOf = ({ smtpUrl }: Mailbox) => ({
  version: "0",
  senderName: "Alice im Büro",
  address: "alice@firma.example.org",
  host: "127.0.0.1",
  port: new URL(smtpUrl).port,
  security: "none",
  username: login.user,
  password: login.password,
});

const row = async ({ tenantId, userId, test: { db } }: Person) => {
  const [found] = await db.owner`
    select id, host, version, password_sealed, error_code, checked_at
    from mail_accounts
    where tenant_id = ${tenantId}
      and user_id = ${userId}
  `;
  return found;
};

Deno.test("an account is tested as soon as it is saved, and mails go by it from then on", async () => {
  const { test, alice, bob } = await cast();
  await emptyQueue(alice);
  const own = await mailbox(false, login);
  const provider = await mailbox();
  equal((await alice.post("/account/mail", fieldsOf(own))).status, 303);
  match(await text(await alice.get("/account/mail")), /Wird geprüft/);
  await drain(test, { smtpUrl: provider.smtpUrl });
  match(await text(await alice.get("/account/mail")), /Verbindung steht/);
  const id = await send(alice);
  const his = await send(bob);
  await drain(test, { smtpUrl: provider.smtpUrl });
  deepEqual([own.mails.length, provider.mails.length], [1, 1]);
  equal(own.mails[0]!.from!.text, '"Alice im Büro" <alice@firma.example.org>');
  equal(own.mails[0]!.replyTo, undefined);
  equal((await stored(alice, id))!.fromAddress, "alice@firma.example.org");
  equal((await stored(bob, his))!.fromAddress, "crm@localhost");
  await own.close();
  await provider.close();
});

Deno.test("what is wrong with a server is reported in plain words, and it can be tested again", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox(false, login);
  await alice.post("/account/mail", { ...fieldsOf(box), password: "falsch" });
  await drain(test);
  const page = await text(await alice.get("/account/mail"));
  match(page, /Verbindung gescheitert/);
  match(page, /nimmt Benutzernamen oder Passwort nicht an/);
  // Wrong once, wrong always: a mail is not tried again and again until the account is locked.
  const id = await send(alice);
  deepEqual((await drain(test)).failed, []);
  deepEqual([(await stored(alice, id))!.state, (await stored(alice, id))!.errorCode], [
    "failed",
    "auth",
  ]);
  await alice.post("/account/mail", { ...fieldsOf(box), version: "1" });
  await drain(test);
  match(await text(await alice.get("/account/mail")), /Verbindung steht/);
  await box.close();
  equal((await alice.post("/account/mail/check")).status, 303);
  await drain(test);
  match(await text(await alice.get("/account/mail")), /unter diesem Port nicht erreichbar/);
  await alice.post("/account/mail", {
    ...fieldsOf(box),
    version: "2",
    port: "9",
    security: "starttls",
  });
  deepEqual(errors, []);
});

Deno.test("the password is sealed, shown to nobody, and goes to no other server", async () => {
  const { test, alice, bob } = await cast();
  const box = await mailbox(false, login);
  await alice.post("/account/mail", fieldsOf(box));
  const before = (await row(alice))!;
  ok(!before.passwordSealed.toString("latin1").includes("geheim"));
  ok(!(await (await alice.get("/account/mail")).text()).includes("geheim"));
  const { id } = before;
  const opened = await alice.scope((scope) =>
    mailAccounts.open(scope, test.services.config, { id })
  );
  equal(opened!.password, login.password);
  equal(
    await bob.scope((scope) =>
      mailAccounts.open(scope, test.services.config, { userId: bob.userId })
    ),
    null,
  );
  // Kept where nothing changes about the server, asked for again where it does.
  const kept = { ...fieldsOf(box), version: "1", password: "" };
  equal((await alice.post("/account/mail", { ...kept, senderName: "A. Ahrens" })).status, 303);
  for (const change of [{ host: "evil.example.org" }, { port: "2525" }, { username: "bob" }]) {
    const refused = await alice.post("/account/mail", { ...kept, version: "2", ...change });
    equal(refused.status, 422);
    match(await refused.text(), /f-password-error">Für einen anderen Server/);
  }
  equal((await row(alice))!.host, "127.0.0.1");
  // Saved in another window in the meantime: what was typed is kept, and can be saved over it.
  const overtaken = await alice.post("/account/mail", { ...kept, senderName: "Dr. Ahrens" });
  equal(overtaken.status, 409);
  equal(overtaken.headers.get("HX-Push-Url"), "false");
  const form = await overtaken.text();
  match(form, /Wenn Sie noch einmal speichern, gilt Ihre Fassung/);
  match(form, /value="Dr\. Ahrens"/);
  match(form, /name="version" value="2"/);
  equal((await alice.post("/account/mail/deletion")).status, 303);
  equal(await row(alice), undefined);
  await drain(test);
  await box.close();
});

Deno.test("fields are checked for what they are", async () => {
  const { alice } = await cast();
  const box = await mailbox();
  for (
    const [change, field] of [
      [{ host: "" }, "host"],
      [{ host: "a,b" }, "host"],
      [{ host: "smtp.example.org:25" }, "host"],
      [{ host: "*" }, "host"],
      [{ host: "::1" }, "host"],
      [{ host: "x".repeat(300) }, "host"],
      [{ port: "0" }, "port"],
      [{ port: "65536" }, "port"],
      [{ port: "x" }, "port"],
      [{ address: "nix" }, "address"],
      [{ senderName: "" }, "senderName"],
      [{ security: "ssl" }, "security"],
    ] as const
  ) {
    const answer = await alice.post("/account/mail", { ...fieldsOf(box), ...change });
    equal(answer.status, 422, JSON.stringify(change));
    match(await answer.text(), new RegExp(`id="f-${field}-error"`));
  }
  equal(
    (await alice.post("/account/mail", { host: ["a", "b"], port: "1e9", id: "x" })).status,
    422,
  );
  await box.close();
});

Deno.test("in production no private place and no open line is taken", () => {
  for (
    const host of [
      "localhost",
      "db",
      "smtp.local",
      "x.internal",
      "a.lan",
      "nas.home.arpa",
      "10.0.0.1",
      "127.0.0.1",
      "192.168.1.9",
      "169.254.169.254",
      "0.0.0.0",
    ]
  ) {
    equal(faultOfHost(host, true), "host_private", host);
    equal(faultOfHost(host, false), null, host);
  }
  for (
    const host of [
      "a..b",
      "-a.de",
      "a_b.de",
      "1.2.3",
      "smtp.example.org,evil",
      "[::1]",
      "2130706433",
      "0x7f.1",
      "0x7f.0x1",
    ]
  ) {
    equal(faultOfHost(host, true), "host_wrong", host);
  }
  for (const host of ["smtp.example.org", "mail.müller.de", "8.8.8.8"]) {
    equal(faultOfHost(host, true), host.includes("ü") ? "host_wrong" : null, host);
  }
  const account = {
    senderName: "",
    address: "a@b.de",
    host: "smtp.example.org",
    port: 587,
    security: "none",
    username: "",
    password: "",
  } as const;
  equal(accountServer(account, true).requireTLS, true);
  equal(accountServer(account, true).publicOnly, true);
  equal(accountServer(account, false).ignoreTLS, true);
  equal(isPublic("10.1.2.3"), false);
});

Deno.test("a public name that leads into our own network gets nothing", async () => {
  const box = await mailbox();
  const server = {
    host: "localhost",
    port: Number(new URL(box.smtpUrl).port),
    secure: false,
    requireTLS: false,
  };
  await tryOut(server);
  const fault = await tryOut({ ...server, publicOnly: true }).then(() => null, faultOf);
  equal(fault, "private");
  await box.close();
});

Deno.test("a server without encryption, or with a certificate of nobody, is left alone", async () => {
  const open = await mailbox();
  const own = await mailbox(true);
  const at = (box: Mailbox) => ({ host: "127.0.0.1", port: Number(new URL(box.smtpUrl).port) });
  equal(
    await tryOut({ ...at(open), secure: false, requireTLS: true }).then(() => null, faultOf),
    "not_encrypted",
  );
  equal(
    await tryOut({ ...at(own), secure: true, requireTLS: false }).then(() => null, faultOf),
    "certificate",
  );
  equal(
    await tryOut({ host: "gibt.es.nicht.invalid", port: 25, secure: false, requireTLS: false })
      .then(() => null, faultOf),
    "host",
  );
  await open.close();
  await own.close();
});

Deno.test("the host comes onto the list of those that the jobs may reach, and off it again", async () => {
  const { test, alice } = await cast();
  const changes: string[] = [];
  await test.db.owner.listen("kompaktcrm_egress", (text) => void changes.push(text));
  const box = await mailbox();
  await alice.post("/account/mail", { ...fieldsOf(box), host: "smtp.firma.example.org" });
  const hosts = async () =>
    (await egressHosts(test.db.owner)).filter(({ role }) => role === "jobs").map(({ host }) =>
      host
    );
  ok((await hosts()).includes("smtp.firma.example.org"));
  await alice.post("/account/mail/deletion");
  ok(!(await hosts()).includes("smtp.firma.example.org"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  equal(changes.length, 2, "the supervisors hear of both");
  await box.close();
});

Deno.test("of two who save an account at once the second gets a message, and nothing is lost", async () => {
  const { test, alice } = await cast();
  const save = (version: number, host: string) =>
    alice.scope((scope) =>
      mailAccounts.save(scope, test.services.config, newId(), version, {
        senderName: "Alice",
        address: "alice@firma.example.org",
        host,
        port: 465,
        security: "tls",
        username: "alice",
        password: "geheim & sicher",
      })
    );
  const faults = (saved: PromiseSettledResult<void>[]) =>
    saved.flatMap((each) => each.status === "rejected" ? [each.reason.constructor] : []);
  deepEqual(
    faults(await Promise.allSettled([save(0, "a.example.org"), save(0, "b.example.org")])),
    [Stale],
  );
  const { both } = await test.db.owner.begin(async (holder) => {
    await holder`select from mail_accounts where user_id = ${alice.userId} for update`;
    const both = Promise.allSettled([save(1, "c.example.org"), save(1, "d.example.org")]);
    // Each has read the version before either writes.
    await isBlocked(test.db.owner, holder);
    return { both };
  });
  deepEqual(faults(await both), [Stale]);
  equal((await row(alice))!.version, 2);
});

Deno.test("signatures are under the mails of their language", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const bare = async () =>
    (await text(await alice.get("/messages/new"))).includes(
      "Noch keine Signatur in dieser Sprache",
    );
  equal(await bare(), true, "a tick alone puts no greeting under a mail");
  await alice.post("/account/mail/signatures", {
    de: "Alice Ahrens\r\nVertrieb",
    en: "Alice Ahrens\nSales",
  });
  equal(await bare(), false);
  match(await (await alice.get("/account/mail")).text(), /Vertrieb<\/textarea>/);
  await send(alice, { to: "a@example.org", signed: "on", quoted: "> alt" });
  await send(alice, { to: "b@example.org", signed: "on", language: "en" });
  await send(alice, { to: "c@example.org" });
  await drain(test, { smtpUrl: box.smtpUrl });
  const textTo = (to: string) =>
    box.mails[box.envelopes.findIndex(([first]) => first === to)]!.text!;
  match(textTo("a@example.org"), /Angebot\.\n\n-- \nAlice Ahrens\nVertrieb\n\n> alt/);
  match(textTo("b@example.org"), /Sales/);
  ok(!textTo("c@example.org").includes("Alice Ahrens"));
  equal((await alice.post("/account/mail/signatures", { de: "x".repeat(2001) })).status, 422);
  await box.close();
});

Deno.test("a host that is not yet on the process's list is known as such, and tried again", async () => {
  const code = `
    import { faultOf, tryOut } from ${JSON.stringify(import.meta.resolve("../jobs/wire.ts"))};
    const server = { port: 9, secure: false, requireTLS: false };
    for (const host of ["localhost", "127.0.0.1"]) {
      console.log(await tryOut({ ...server, host }).then(() => null, faultOf));
    }`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-remote", "--no-prompt", "--no-check", "--allow-net=127.0.0.1:1"]
      .concat("--allow-read", "--allow-env", "--allow-sys", "--ext=ts", "-"),
    cwd: new URL("..", import.meta.url).pathname,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  const { stdout } = await child.output();
  equal(new TextDecoder().decode(stdout), "permission\npermission\n");
});
