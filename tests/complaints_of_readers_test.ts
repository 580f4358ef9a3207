/** A reader's complaint at their mail provider (RFC 5965) is an objection to advertising by e-mail. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as messages from "../db/messages.ts";
import * as suppressions from "../db/suppressions.ts";
import { cast, type Person } from "./support/cast.ts";
import { arrive, contact, letter } from "./support/letters.ts";

const { alice, charlie, test } = await cast();
const { owner } = test.db;

/** A mail of alice's tenant that was sent to these addresses; returns its Message-ID. */
async function sent(...to: string[]): Promise<string> {
  const messageId = `${newId()}@haus.example`;
  await alice.scope((scope) =>
    messages.create(scope, {
      ...{ direction: "out", kind: "mail", state: "sent", userId: alice.userId, messageId },
      from: { name: "Alice", address: alice.email },
      to: to.map((address) => ({ name: "", address })),
      ...{ references: [], cc: [], text: "", html: "", subject: "Angebot" },
      at: new Date("2026-01-02T10:00:00Z"),
    })
  );
  return messageId;
}

/** A feedback report as large providers send it. */
const complaint = (id: string, { type = "abuse", fields = "" } = {}) =>
  letter({
    from: "feedback@provider.example",
    to: alice.email,
    subject: "Email Feedback Report",
    fields: [
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    ],
    text: [
      "--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.",
      `--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: ${type}\r\n` +
      `User-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n${fields}`,
      `--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n` +
      `From: info@haus.example\r\nTo: redacted@provider.example\r\nSubject: Angebot\r\n` +
      `Message-ID: <${id}>\r\n\r\nGuten Tag`,
      "--b--",
    ].join("\r\n"),
  });

const objectionsOf = async (contactId: string) =>
  (await owner<{ channel: string; byPerson: boolean }[]>`
    select channel, by_person from objections where contact_id = ${contactId} order by channel
  `).map((row) => ({ ...row }));

const isBarred = ({ tenantId }: Person, address: string) =>
  alice.scope(async (scope) => {
    const hash = suppressions.hasherOfAll(test.services.config.secretKey, tenantId);
    return (await suppressions.among(scope, hash, [address], "email")).has(address);
  });

Deno.test("a complaint is an objection by e-mail of the person written to, and bars the address", async () => {
  const address = "Satt@provider.example";
  const id = await contact(alice, "Satt", address);
  const header = await sent(address);
  const { messageId } = await arrive(alice, complaint(header));
  deepEqual(await objectionsOf(id), [{ channel: "email", byPerson: true }]);
  ok(await isBarred(alice, address.toLowerCase()));
  const [row] = await owner<{ kind: string; same: boolean; files: number }[]>`
    select r.kind, r.thread_id = m.thread_id as same,
      (select count(*)::int from files f where f.message_id = r.id) as files
    from messages r
    join messages m on m.message_id_header = ${header}
    where r.id = ${messageId}
  `;
  equal(row!.kind, "bulk");
  equal(row!.files, 0, "our own mail is no attachment");
  const told = await owner`
    select action from changes where record_id = ${id} and action = 'objected_by_complaint'
  `;
  equal(told.length, 1);
  await arrive(alice, complaint(header, { fields: "Version: 2\r\n" }));
  equal((await objectionsOf(id)).length, 1, "a second complaint changes nothing");
});

Deno.test("of several recipients the one who is named objects, or all of them if nobody is", async () => {
  const [anna, otto] = [
    await contact(alice, "Anna", "anna@provider.example"),
    await contact(alice, "Otto", "otto@provider.example"),
  ];
  const both = ["anna@provider.example", "otto@provider.example"];
  await arrive(
    alice,
    complaint(await sent(...both), {
      fields:
        "Original-Rcpt-To: rfc822; ANNA@provider.example\r\nOriginal-Rcpt-To: x@y.example\r\n",
    }),
  );
  deepEqual([(await objectionsOf(anna)).length, (await objectionsOf(otto)).length], [1, 0]);
  ok(!await isBarred(alice, "x@y.example"), "nobody was written to there");
  await arrive(alice, complaint(await sent(...both)));
  deepEqual([(await objectionsOf(anna)).length, (await objectionsOf(otto)).length], [1, 1]);
});

Deno.test("no complaint: about a mail of others, of another tenant, or a server's report of a forgery", async () => {
  const id = await contact(alice, "Bleibt", "bleibt@provider.example");
  const header = await sent("bleibt@provider.example");
  await arrive(
    alice,
    complaint("unbekannt@x.example", {
      fields: "Original-Rcpt-To: bleibt@provider.example\r\n",
    }),
  );
  await arrive(charlie, complaint(header));
  for (const type of ["auth-failure", "not-spam", "virus", "dmarc", ""]) {
    await arrive(alice, complaint(header, { type }));
  }
  deepEqual(await objectionsOf(id), []);
  ok(!await isBarred(alice, "bleibt@provider.example"));
});
