/** Every sample mail, read as the expectation beside it says, and damaged in every way without an error. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { read } from "../../../db/received_mails/contents.ts";

interface Expectation {
  file: string;
  expect: {
    subject: string | null;
    from: string | null;
    to: string[] | null;
    date: string | null;
    text_contains: string;
    attachments: string[];
  };
}

const root = new URL("../../data/samples/email/", import.meta.url);
const samples = [...Deno.readDirSync(root)].map(({ name }) => name)
  .filter((name) => name.endsWith(".expect.json")).sort()
  .map((name) => JSON.parse(Deno.readTextFileSync(new URL(name, root))) as Expectation);
const rawOf = (file: string) => Deno.readFileSync(new URL(file, root));
const folded = (text: string) => text.replace(/\s+/g, " ").trim();

for (const { file, expect } of samples) {
  Deno.test(`${file} is read as it was written`, async () => {
    const mail = await read(rawOf(file));
    equal(mail.subject, expect.subject ?? "");
    equal(mail.from?.address ?? null, expect.from);
    deepEqual(mail.to.map(({ address }) => address), expect.to ?? []);
    equal(mail.sentAt?.getTime() ?? null, expect.date ? Date.parse(expect.date) : null);
    ok(folded(mail.text).includes(folded(expect.text_contains)), mail.text);
    deepEqual(mail.files.map(({ name }) => name), expect.attachments);
    equal(mail.incomplete, null);
  });
}

Deno.test("there are samples of mails", () => {
  equal(samples.length, 17);
});

Deno.test("a reply names what it answers, the nearest last, and never itself", async () => {
  const seventh = await read(rawOf("mail_rfc2822_reply_07.eml"));
  deepEqual(seventh.references, ["1234@local.machine.example", "3456@example.net"]);
  equal(seventh.messageId, "abcd.1234@local.machine.tld");
  const second = await read(rawOf("tba_thread_2.eml"));
  deepEqual(second.references, ["thread-1@example.com"]);
});

Deno.test("a bounce says which mail failed, for whom and why", async () => {
  const amazon = await read(rawOf("mailparser_delivery_status.eml"));
  equal(amazon.kind, "bounce");
  equal(amazon.report?.action, "failed");
  const sendmail = await read(rawOf("mail_report_530_bounce.eml"));
  equal(sendmail.kind, "bounce");
  deepEqual(sendmail.report, {
    action: "failed",
    status: "5.3.0",
    recipients: ["edwin@zzzzzzz.com"],
    messageId: "200712232303.lBNN3jDq002941@mail12.rrrr.com.au",
  });
});

Deno.test("a sample that is cut off or scrambled is still a mail", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples.map(({ file }) => file)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
        {
          maxLength: 20,
        },
      ),
      async (file, end, flips) => {
        const whole = rawOf(file);
        const torn = whole.slice(0, Math.ceil(whole.length * end));
        for (const [at, byte] of flips) {
          if (torn.length > 0) torn[Math.floor(at * (torn.length - 1))] = byte;
        }
        const mail = await read(torn);
        const text = JSON.stringify([mail.subject, mail.text, mail.html, mail.from, mail.to]);
        ok(!text.includes("\\u0000") && text.isWellFormed());
      },
    ),
    { numRuns: 300 },
  );
});
