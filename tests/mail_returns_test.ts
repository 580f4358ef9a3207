/** Mails of the provider that bounce days later: noted, written again, listed for the operator. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import nodemailer from "nodemailer";
import { today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import { mailOf, noteReport, returnAddress } from "../db/mail_returns.ts";
import * as mails from "../db/mails.ts";
import * as notices from "../db/policy_notices.ts";
import * as policies from "../db/policies.ts";
import { read } from "../db/received_mails/contents.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { domain, type Door, openDoor } from "./support/inbound.ts";
import { letter } from "./support/letters.ts";
import { linkIn, type Mailbox, mailbox } from "./support/mailbox.ts";
import { drain } from "./support/worker.ts";

let here: Cast;
let box: Mailbox;
let door: Door;
const inbound = { protocol: "smtp", host: "127.0.0.1", port: 25, domain } as const;

const work = () =>
  drain(here.test, { smtpUrl: box.smtpUrl, inbound, mailFrom: "kompaktCRM <crm@crm.example>" });
const send = async (to: string) => {
  const input = { tenantId: null, kind: "password_changed", to, subject: "S", text: "T", html: "" };
  const id = await here.test.db.app.begin((sql) => mails.send(sql, input as mails.MailInput));
  await work();
  return id;
};
const row = async (id: string) => {
  const [found] = await here.test.db.owner`select status, error_code from mails where id = ${id}`;
  return found && [found.status, found.errorCode];
};

/** A report as servers write it (RFC 3464). */
const report = (action: string, status: string, messageId = "x@y") =>
  letter({
    from: "MAILER-DAEMON@mx.example",
    to: "crm@crm.example",
    subject: "Undelivered Mail Returned to Sender",
    fields: ['Content-Type: multipart/report; report-type=delivery-status; boundary="b"'],
    text: [
      "--b\r\nContent-Type: text/plain\r\n\r\nSorry.",
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@example.org\r\nAction: ${action}\r\nStatus: ${status}`,
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <${messageId}>`,
      "--b--",
    ].join("\r\n"),
  });

/** Hands a mail to the inbound listener, as a server does with what it cannot deliver. */
async function comeBack(to: string, raw: Uint8Array): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: door.port });
  try {
    await transport.sendMail({
      envelope: { from: "", to: [to] },
      raw: new TextDecoder().decode(raw),
    });
  } finally {
    transport.close();
  }
  await work();
}
const sender = () => box.senders.at(-1)!;

Deno.test.beforeAll(async () => {
  here = await cast();
  box = await mailbox();
  door = await openDoor(here.test);
  await here.test.db.owner`
    update identities set operator = true where id = ${here.alice.identityId}
  `;
});

Deno.test.afterAll(async () => {
  await door.close(100);
  await box.close();
});

Deno.test("each mail has its own return address where the installation receives mail", async () => {
  const id = await send("a@example.org");
  equal(sender(), returnAddress(secretKey, id, "crm@crm.example", domain));
  equal(mailOf(secretKey, sender().split("@")[0]!), id);
  equal(returnAddress(secretKey, id, "crm@crm.example", undefined), null);
  equal(returnAddress(secretKey, id, "crm@other.example", domain), null);
  equal(returnAddress(secretKey, id, "crm@evilcrm.example", "in.crm.example"), null);
});

Deno.test("a server that takes only the sender's own address gets that one", async () => {
  box.refuseSender("return-");
  const id = await send("b@example.org");
  box.refuseSender("");
  deepEqual(await row(id), ["sent", null]);
  equal(sender(), "crm@crm.example");
});

Deno.test("a final bounce is recorded with its code and listed; a delay and an absence are not", async () => {
  const id = await send("c@example.org");
  const back = sender();
  await comeBack(back, report("delayed", "4.4.1"));
  await comeBack(
    back,
    letter({
      from: "c@example.org",
      to: back,
      subject: "Abwesenheit",
      fields: ["Auto-Submitted: auto-replied"],
    }),
  );
  deepEqual(await row(id), ["sent", null]);
  await comeBack(back, report("failed", "5.1.1"));
  deepEqual(await row(id), ["failed", "bounce_5.1.1"]);
  const page = await here.alice.get("/operator/mails");
  const html = await page.text();
  match(html, /c@example\.org/);
  match(html, /kam zurück \(5\.1\.1\)/);
  ok(!html.includes(`${id}/retry`), "its text is gone: it cannot be sent again");
  equal((await here.alice.post(`/operator/mails/${id}/retry`)).status, 404);
  const worded = await send("d@example.org");
  await comeBack(
    sender(),
    letter({
      from: "MAILER-DAEMON@mx.example",
      to: "x@y.example",
      subject: "failure notice",
      fields: ["Auto-Submitted: auto-replied"],
      text: "Hi. This is the qmail-send program.",
    }),
  );
  deepEqual(await row(worded), ["failed", "bounce"]);
});

Deno.test("nobody makes such an address up: it is refused at the door", async () => {
  const id = await send("e@example.org");
  const [local] = sender().split("@");
  const forged = local!.slice(0, -1) + (local!.endsWith("0") ? "1" : "0");
  equal(mailOf(secretKey, forged), null);
  equal(mailOf(secretKey, `return-${"0".repeat(32)}-${"0".repeat(16)}`), null);
  const other = local!.replace(/-[0-9a-f]{32}-/, `-${newId().replaceAll("-", "")}-`);
  for (const address of [forged, other]) {
    let code = 0;
    await comeBack(`${address}@${domain}`, report("failed", "5.1.1"))
      .catch((error) => code = error.responseCode);
    equal(code, 550);
  }
  deepEqual(await row(id), ["sent", null]);
});

Deno.test("a report in the sender's mailbox is known by the Message-ID of our mail", async () => {
  const { db } = here.test;
  const id = await send("f@example.org");
  const contents = async (messageId: string, action = "failed") =>
    await read(report(action, "5.2.2", messageId));
  equal(await noteReport(db.app, await contents("else@where.example")), false);
  equal(await noteReport(db.app, await contents(`${id}@localhost`, "delayed")), false);
  equal(await noteReport(db.app, await contents(`${id}@localhost`)), true);
  deepEqual(await row(id), ["failed", "bounce_5.2.2"]);
  equal(await noteReport(db.app, await contents(`${newId()}@localhost`)), false);
});

Deno.test("a policy notice that bounces days later does not count, and is written again", async () => {
  const { alice, bob, visitor, test } = here;
  await alice.post("/operator/policy");
  await alice.post("/operator/policy/1/proposal");
  await work();
  const asked = box.mails.findLast(({ text }) => text?.includes("/policy-approvals/"))!;
  await visitor.post(linkIn(asked, "policy-approvals"), { read: "on" });
  await alice.post("/operator/policy/1/publication", { takesEffectOn: today() });
  for (let i = 0; i < 2; i++) {
    await enqueue(test.db.app, "enforce_policy", null, {});
    await work();
  }
  const policy = (await policies.current(test.db.app))!;
  const notice = async () => {
    const [found] = await test.db.owner<{ status: string; mailId: string; retryAt: Date | null }[]>`
      select status, mail_id, retry_at
      from policy_notices
      where policy_id = ${policy.id}
        and identity_id = ${bob.identityId}
    `;
    return found!;
  };
  const { status, mailId } = await notice();
  equal(status, "sent");
  // Three days later the mail itself is gone; the record of the notice stays.
  await test.db.owner`delete from mails where id = ${mailId}`;
  const back = returnAddress(secretKey, mailId, "crm@crm.example", domain)!;
  await comeBack(back, report("failed", "5.1.10"));
  const after = await notice();
  equal(after.status, "bounced");
  notEqual(after.retryAt, null);
  deepEqual(
    (await notices.listBounced(test.db.app, policy.id)).map(({ email }) => email),
    [bob.email],
  );
});
