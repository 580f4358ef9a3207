/** The outbox: with its cause or not at all, sent once, and never with an injected header. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setOffset } from "../db/clock.ts";
import { queues } from "../db/jobs.ts";
import * as mails from "../db/mails.ts";
import { deliver, faultOf, judge, tryOut, Unclear } from "../jobs/wire.ts";
import { caseCode, caseReceipt } from "../views/mail/cases.tsx";
import { extensionLetter } from "../views/mail/case_letters.tsx";
import { codeLetter, deliveryLetter } from "../views/mail/deliveries.tsx";
import { formConfirmation } from "../views/mail/web_forms.tsx";
import { passwordChanged, passwordReset } from "../views/mail/passwords.tsx";
import { app, type TestApp } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { drain } from "./support/worker.ts";

const letter = { subject: "Gruß aus Köln", text: "Hallo\n", html: "<p>Hallo</p>" };
const send = ({ db }: TestApp, to: string, parts: Partial<mails.MailInput> = {}) =>
  db.app.begin((sql) =>
    mails.send(sql, { tenantId: null, kind: "password_changed", to, ...letter, ...parts })
  );
const row = async ({ db }: TestApp, id: string) => {
  const [found] = await db.owner`
    select status, attempts, error_code, body_text, body_html
    from mails
    where id = ${id}
  `;
  return found && { ...found };
};

/** Makes waiting retries due, as an hour's waiting would. */
const hurry = ({ db }: TestApp) =>
  db.owner`update jobs.job set start_after = now() where state = 'retry'`;

Deno.test("a mail reaches the server with its headers, in text and HTML", async () => {
  const test = await app();
  const box = await mailbox();
  const id = await send(test, "müller@example.org");
  const [mail] = await box.collect(test, "müller@example.org");
  equal(mail!.subject, "Gruß aus Köln");
  equal(mail!.messageId, `<${id}@localhost>`);
  equal(mail!.headers.get("auto-submitted"), "auto-generated");
  equal(mail!.from!.text, '"kompaktCRM" <crm@localhost>');
  match(mail!.text!, /Hallo/);
  match(mail!.html || "", /<p>Hallo<\/p>/);
  await box.close();
});

Deno.test("a sender without a name of its own adds nothing to a tenant's", async () => {
  const { test, alice } = await cast();
  const box = await mailbox();
  const { tenantId } = alice;
  const [{ name }] = await test.db.owner<[{ name: string }]>`
    select name
    from tenants
    where id = ${tenantId}
  `;
  await send(test, "bare@example.org", { tenantId, kind: "case_receipt" });
  await drain(test, { smtpUrl: box.smtpUrl, mailFrom: "crm@crm.example" });
  deepEqual(box.mails.at(-1)!.from!.value[0], { name, address: "crm@crm.example" });
  await box.close();
});

Deno.test("a tenant's letter comes under its name, from our address", async () => {
  const { test, alice } = await cast();
  const box = await mailbox();
  const { tenantId } = alice;
  await test.db.owner`update tenants set name = 'Kühn & "Söhne" <KG>' where id = ${tenantId}`;
  await send(test, "person@example.org", { tenantId, kind: "case_receipt" });
  await send(test, "user@example.org", { tenantId, kind: "notifications" });
  await send(test, "own@example.org", { kind: "case_receipt" });
  const from = async (to: string) => (await box.collect(test, to))[0]!.from!.value[0];
  const name = 'Kühn & "Söhne" <KG> (kompaktCRM)';
  deepEqual(await from("person@example.org"), { name, address: "crm@localhost" });
  for (const to of ["user@example.org", "own@example.org"]) {
    deepEqual(await from(to), { name: "kompaktCRM", address: "crm@localhost" });
  }
  await box.close();
});

Deno.test("what was sent is not kept: its links may still work", async () => {
  const test = await app();
  const box = await mailbox();
  const id = await send(test, "a@example.org");
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual(await row(test, id), {
    status: "sent",
    attempts: 1,
    errorCode: null,
    bodyText: "",
    bodyHtml: "",
  });
  await box.close();
});

Deno.test("a mail whose cause is rolled back is never sent", async () => {
  const test = await app();
  const box = await mailbox();
  await rejects(test.db.app.begin(async (sql) => {
    await mails.send(sql, {
      tenantId: null,
      kind: "password_changed",
      to: "b@example.org",
      ...letter,
    });
    throw new Error("the cause fails");
  }));
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).done, []);
  equal(box.mails.length, 0);
  await box.close();
});

Deno.test("no line end in a subject or address becomes a header", async () => {
  const test = await app();
  const box = await mailbox();
  const subject = "Gruß\r\nBcc: opfer@example.org\r\n\r\nText";
  await send(test, "c@example.org", { subject });
  const [mail] = await box.collect(test, "c@example.org");
  equal(mail!.subject, "Gruß Bcc: opfer@example.org Text");
  equal(mail!.headers.has("bcc"), false);
  for (const to of ["d@example.org\r\nBcc: x@example.org", "d@example.org, x@example.org", "<d>"]) {
    await rejects(send(test, to), { name: "Invalid" });
  }
  await box.close();
});

Deno.test("of two jobs for one mail at once only one sends it", async () => {
  const test = await app();
  const id = await send(test, "e@example.org");
  const takes = await Promise.all([1, 2, 3].map(() => mails.take(test.db.app, id)));
  equal(takes.filter((each) => each !== null).length, 1);
  try {
    setOffset("PT3M");
    ok(await mails.take(test.db.app, id) !== null);
  } finally {
    setOffset(undefined);
  }
  await mails.markSent(test.db.app, id);
  equal(await mails.take(test.db.app, id), null);
  await drain(test);
});

Deno.test("a mail whose attempt was cut short is sent once its claim has ended", async () => {
  const test = await app();
  const box = await mailbox();
  const id = await send(test, "cut-short@example.org");
  ok(await mails.take(test.db.app, id) !== null, "the process that took it is stopped now");
  await drain(test, { smtpUrl: box.smtpUrl });
  equal((await row(test, id))!.status, "queued");
  try {
    setOffset("PT3M");
    await test.db.owner`update jobs.job set start_after = now() where state = 'created'`;
    await drain(test, { smtpUrl: box.smtpUrl });
  } finally {
    setOffset(undefined);
  }
  equal((await row(test, id))!.status, "sent");
  equal(box.mails.length, 1);
  await box.close();
});

Deno.test("a mail that ends every process that takes it is given up", async () => {
  const test = await app();
  const box = await mailbox();
  const id = await send(test, "deadly@example.org");
  await test.db.owner`update mails set attempts = ${(queues.send_mail.retryLimit ?? 0) + 1}`;
  await drain(test, { smtpUrl: box.smtpUrl });
  const { status, errorCode } = (await row(test, id))!;
  deepEqual([status, errorCode], ["failed", "unexpected"]);
  equal(box.mails.length, 0);
  await box.close();
});

Deno.test("a server that says later is asked again, one that says never is not", async () => {
  const test = await app();
  const box = await mailbox();
  box.refuse(451);
  const id = await send(test, "f@example.org");
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed.length, 1);
  equal((await row(test, id))!.status, "queued");
  equal((await row(test, id))!.errorCode, "smtp_451");
  box.refuse(550);
  await hurry(test);
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  deepEqual([(await row(test, id))!.status, (await row(test, id))!.errorCode], [
    "failed",
    "smtp_550",
  ]);
  await box.close();
});

Deno.test("a server that refuses the sender address is retried for five days, until that is fixed", async () => {
  const test = await app();
  const box = await mailbox();
  box.refuseSender("crm@");
  const id = await send(test, "sender@example.org");
  for (let day = 0; day < 3; day++) {
    deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, ["EENVELOPE"]);
    const { status, errorCode } = (await row(test, id))!;
    deepEqual([status, errorCode], ["queued", "smtp_553"]);
    await hurry(test);
  }
  box.refuseSender("");
  equal((await box.collect(test, "sender@example.org")).length, 1);
  equal((await row(test, id))!.status, "sent");
  const { retryLimit, retryDelayMax } = queues.send_mail;
  ok(retryLimit! * retryDelayMax! > 5 * 86_400);
  await box.close();
});

Deno.test("a server that is away costs nothing but time", async () => {
  const test = await app();
  const id = await send(test, "g@example.org");
  deepEqual(await drain(test, { smtpUrl: "smtp://127.0.0.1:9" }), {
    done: [],
    failed: ["ECONNREFUSED"],
  });
  const box = await mailbox();
  await hurry(test);
  equal((await box.collect(test, "g@example.org")).length, 1);
  equal((await row(test, id))!.status, "sent");
  await box.close();
});

Deno.test("a letter whose link has ended while it waited is not sent any more", async () => {
  const test = await app();
  const id = await send(test, "late@example.org", { kind: "password_reset" });
  const other = await send(test, "late@example.org", { kind: "password_changed" });
  await test.db.owner`
    update mails
    set created_at = created_at - interval '61 minutes'
    where id = any(${[id, other]})
  `;
  const box = await mailbox();
  equal((await box.collect(test, "late@example.org")).length, 1);
  deepEqual([(await row(test, id))!.status, (await row(test, id))!.errorCode], [
    "failed",
    "expired",
  ]);
  equal((await row(test, other))!.status, "sent");
  await box.close();
});

Deno.test("a connection lost after the text is tried again under the same Message-ID", async () => {
  const test = await app();
  const box = await mailbox();
  box.breakOff();
  const id = await send(test, "h@example.org");
  await drain(test, { smtpUrl: box.smtpUrl });
  equal((await row(test, id))!.status, "queued");
  await hurry(test);
  const both = await box.collect(test, "h@example.org");
  deepEqual(both.map((mail) => mail.messageId), Array(2).fill(`<${id}@localhost>`));
  await box.close();
});

Deno.test("a server without a certificate that we trust gets nothing", async () => {
  const test = await app();
  const box = await mailbox(true);
  const id = await send(test, "i@example.org");
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails.length, 0);
  const { status, errorCode } = (await row(test, id))!;
  deepEqual([status, errorCode], ["queued", "esocket"]);
  await test.db.owner`delete from mails where id = ${id}`;
  await box.close();
});

/** A mail server that never comes to an end of what it answers to one word. */
async function endless(word: string, ms: number, line: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    const say = (): void => {
      if (socket.destroyed) return;
      // At once where it is in a hurry, but never more than the other side takes.
      if (ms > 0 || socket.write(line)) setTimeout(say, ms);
      else socket.once("drain", say);
      if (ms > 0) socket.write(line);
    };
    let inText = false;
    socket.write("220 hier\r\n");
    socket.on("data", (bytes) => {
      for (const said of bytes.toString().split("\r\n").filter((each) => each !== "")) {
        if (inText && said !== ".") continue;
        inText = said === "DATA";
        if (said.startsWith(word)) return say();
        socket.write(inText ? "354 ja\r\n" : "250 ja\r\n");
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const place = { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
  return {
    server: { ...place, secure: false, requireTLS: false },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

Deno.test("a server that never ends its answer is left, however lively it is", async () => {
  const envelope = { from: "wir@haus.example", to: ["mia@muster.example"] };
  const mail = new TextEncoder().encode("Subject: x\r\n\r\nHallo\r\n");
  for (const word of ["EHLO", "MAIL", "DATA"]) {
    await using slow = await endless(word, 20, "250-noch etwas\r\n");
    await rejects(
      deliver(slow.server, envelope, mail, undefined, 400),
      (error) => faultOf(error) === "timeout",
      word,
    );
  }
  await using trial = await endless("EHLO", 20, "250-noch etwas\r\n");
  await rejects(tryOut(trial.server, 400), (error) => faultOf(error) === "timeout");
  await using after = await endless(".", 20, "250-noch etwas\r\n");
  await rejects(deliver(after.server, envelope, mail, undefined, 400), Unclear);
  await using flood = await endless("EHLO", 0, "250-noch etwas\r\n".repeat(1_000));
  const from = performance.now();
  await rejects(deliver(flood.server, envelope, mail, undefined, 60_000));
  ok(performance.now() - from < 30_000, "cut off by its bytes, not by its time");
});

Deno.test("errors are classified by the server's answer", () => {
  deepEqual(judge({ responseCode: 550, code: "EENVELOPE" }), { code: "smtp_550", final: true });
  deepEqual(judge({ responseCode: 421 }), { code: "smtp_421", final: false });
  deepEqual(judge({ responseCode: 535, code: "EAUTH" }), { code: "smtp_535", final: false });
  deepEqual(judge({ responseCode: 554, command: "CONN" }), { code: "smtp_554", final: false });
  deepEqual(judge({ responseCode: 550, command: "RCPT TO" }), { code: "smtp_550", final: true });
  deepEqual(judge({ code: "ETIMEDOUT" }), { code: "etimedout", final: false });
});

Deno.test("the operator sees failed mail without its text, sends it again or discards it", async () => {
  const { test, alice, bob } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const box = await mailbox();
  box.refuse(550);
  const ids = [await send(test, "j@example.org"), await send(test, "k@example.org")];
  await drain(test, { smtpUrl: box.smtpUrl });
  const page = await alice.get("/operator/mails");
  const shown = await text(page);
  match(shown, /k@example\.org.*smtp_550.*j@example\.org/);
  ok(!shown.includes("Hallo") && !shown.includes("Gruß"));
  equal((await bob.get("/operator/mails")).status, 403);
  equal((await bob.post(`/operator/mails/${ids[0]}/retry`)).status, 403);

  box.refuse(0);
  equal((await alice.post(`/operator/mails/${ids[0]}/retry`)).status, 303);
  equal((await box.collect(test, "j@example.org")).length, 1);
  equal((await alice.post(`/operator/mails/${ids[1]}/discard`)).status, 303);
  equal(await row(test, ids[1]!), undefined);
  equal((await alice.post(`/operator/mails/${ids[1]}/retry`)).status, 404);
  await box.close();
});

Deno.test("without a server mail is kept and shown on this machine, in development", async () => {
  const { test, visitor } = await cast();
  const link = "http://localhost:8000/passwords/abc";
  const id = await send(test, "l@example.org", { text: `Hallo\n${link}\n` });
  await drain(test);
  equal((await row(test, id))!.status, "kept");
  const html = await (await visitor.get("/dev/mail")).text();
  match(html, /l@example\.org/);
  match(html, /<a href="http:\/\/localhost:8000\/passwords\/abc">/);
  for (
    const host of ["rebound.example", "localhost.evil.example", "127.0.0.1.evil.example", "x y"]
  ) {
    equal((await visitor.get("/dev/mail", { Host: host })).status, 404, host);
  }
  for (const host of ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"]) {
    equal((await visitor.get("/dev/mail", { Host: host })).status, 200, host);
  }
  const away = await visitor.get("/dev/mail", { "X-Forwarded-For": "203.0.113.9" });
  equal(away.status, 404);
});

Deno.test("mails go three days after their final status", async () => {
  const test = await app();
  const box = await mailbox();
  const sent = await send(test, "m@example.org");
  await drain(test, { smtpUrl: box.smtpUrl });
  const waiting = await send(test, "n@example.org");
  try {
    setOffset("P2DT23H");
    await mails.removeFinished(test.db.app);
    ok(await row(test, sent));
    setOffset("P3DT1H");
    await mails.removeFinished(test.db.app);
    equal(await row(test, sent), undefined);
    ok(await row(test, waiting));
  } finally {
    setOffset(undefined);
  }
  await drain(test);
  await box.close();
});

Deno.test("every kind of mail serves one of the four purposes", async () => {
  const { db } = await app();
  const allowed = ["provision", "communication", "security", "legal"];
  for (const purpose of Object.values(mails.purposes)) ok(allowed.includes(purpose));
  const refused = await db.app`
    insert into mails (id, kind, purpose, recipient, subject, body_text, body_html, created_at)
    values (gen_random_uuid(), 'news', 'marketing', 'a@b.de', '', '', '', now())
  `.catch((error) => error.code);
  equal(refused, "23514");
});

Deno.test("letters are in the language of their reader and escape what they quote", () => {
  const baseUrl = "https://crm.example";
  const link = `${baseUrl}/passwords/abc`;
  const name = '<b onclick="x">Ann & Co</b>';
  const english = passwordReset({ locale: "en", name, link, baseUrl });
  equal(english.subject, "New password for kompaktCRM");
  match(english.text, /Hello <b onclick="x">Ann & Co<\/b>,/);
  match(english.html, /^<!DOCTYPE html><html lang="en">/);
  match(english.html, /&lt;b onclick=&quot;x&quot;&gt;Ann &amp; Co/);
  match(english.text, /https:\/\/crm\.example\/passwords\/abc\n/);
  match(english.text, /https:\/\/crm\.example\/privacy/);
  const german = passwordChanged({ locale: "de", name: "Jörg", baseUrl });
  match(german.text, /^Guten Tag Jörg,\n/);
});

Deno.test("a tenant's letter leads to that controller, and only the provider's to the provider's policy", () => {
  const baseUrl = "https://crm.example";
  const facts = {
    locale: "de",
    number: "A-1",
    receivedOn: "2026-11-02",
    country: "DE",
    contact: "",
    baseUrl,
    now: new Date("2026-11-03"),
    controller: "Muster & Co. GmbH",
    slug: "muster",
  } as const;
  const request = { number: "A-1", receivedOn: "2026-11-02", dueOn: "2026-12-02" };
  const confirmation = { token: "abc", code: "12345678" };
  const letters = [
    extensionLetter(facts, "viel", "2027-01-02", false),
    caseReceipt({ ...facts, request, rights: ["access"], authority: false, confirmation: null }),
    caseCode({ ...facts, request, confirmation }),
    deliveryLetter(facts, `${baseUrl}/deliveries/x`, { right: "access", days: 14, downloads: 3 }),
    codeLetter(facts, "12345678", 15),
    formConfirmation({
      ...facts,
      ...{ title: "Anfrage", consent: "" },
      link: `${baseUrl}/form-confirmations/x`,
    }),
  ];
  for (const { text, html } of letters) {
    match(text, /Verantwortlich für Ihre Daten ist Muster & Co\. GmbH\./);
    for (const form of [text, html]) {
      match(form, /https:\/\/crm\.example\/p\/muster\/requests\/new/);
      ok(!form.includes("crm.example/privacy"), form);
    }
  }
  const own = caseReceipt({
    ...facts,
    ...{ slug: null, request, rights: [], authority: false, confirmation: null },
  });
  match(own.text, /Datenschutz: https:\/\/crm\.example\/privacy\n/);
});
