/** Mails made to break a reader: each is read within a moment, and the original can be viewed. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { type Contents, read } from "../../../db/received_mails/contents.ts";

const encoder = new TextEncoder();
const head =
  "From: Mia Muster <mia@muster.example>\r\nTo: wir@haus.example\r\nSubject: Angebot\r\n";

/** Reads a mail and holds it to a moment. */
async function quickly(raw: string | Uint8Array, withinMs = 3_000): Promise<Contents> {
  const from = performance.now();
  const mail = await read(typeof raw === "string" ? encoder.encode(raw) : raw);
  ok(performance.now() - from < withinMs, `it took ${performance.now() - from} ms`);
  return mail;
}

Deno.test("ten megabytes of header fields: the sender is known, the original is kept", async () => {
  for (const junk of [`X-Junk: ${"a".repeat(10_000_000)}\r\n`, "X-Junk: a\r\n".repeat(900_000)]) {
    const mail = await quickly(`${head}${junk}\r\nText`);
    equal(mail.from?.address, "mia@muster.example");
    equal(mail.subject, "Angebot");
    equal(mail.incomplete, "headers");
    deepEqual(mail.files.map(({ name }) => name), ["original.eml"]);
    ok(mail.files[0]!.bytes.length > 9_000_000);
  }
});

Deno.test("a hundred parts one in the other, and two thousand side by side", async () => {
  let nested = "Content-Type: text/plain\r\n\r\nIm Kern\r\n";
  for (let depth = 0; depth < 100; depth++) {
    nested =
      `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested}\r\n--b${depth}--\r\n`;
  }
  const deep = await quickly(head + nested);
  match(deep.text, /Im Kern/);
  equal(deep.incomplete, null);

  const part = "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n";
  const many = (count: number) =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(count)}--b--\r\n`;
  const wide = await quickly(many(2_000));
  equal(wide.incomplete, "structure");
  equal(wide.from?.address, "mia@muster.example");
  const files = await quickly(many(150));
  equal(files.incomplete, "files");
  equal(files.files.length, 101);
  equal(files.files.at(-1)!.name, "original.eml");
});

Deno.test("mails within mails within mails", async () => {
  let raw = `${head}\r\nInnen`;
  for (let depth = 0; depth < 100; depth++) {
    raw =
      `${head}Content-Type: multipart/mixed; boundary="m${depth}"\r\n\r\n--m${depth}\r\nContent-Type: message/rfc822\r\n\r\n${raw}\r\n--m${depth}--\r\n`;
  }
  const mail = await quickly(raw);
  equal(mail.files.length, 1);
  equal(mail.files[0]!.name, "mail-1.eml");
});

Deno.test("character sets that nobody knows, or that smuggle markup", async () => {
  for (
    const charset of [
      "x-klingon",
      "utf-7",
      "hex",
      "base64",
      "",
      "utf-8; drop",
      "\u00fc".repeat(500),
    ]
  ) {
    const mail = await quickly(
      `${head}Content-Type: text/html; charset=${charset}\r\n\r\n<p>Text +ADw-script+AD4-alert(1)+ADw-/script+AD4- \xfc</p>`,
    );
    ok(!/<script/i.test(mail.html), mail.html);
    match(mail.html, /Text/);
  }
  const subject = await quickly(
    `From: =?x-none?Q?M=FCller?= <m@m.example>\r\nSubject: =?utf-8?B?////?= =?\r\n\r\nx`,
  );
  equal(subject.from?.address, "m@m.example");
  ok(subject.subject.isWellFormed());
});

Deno.test("NUL and control characters reach no field", async () => {
  const mail = await quickly(
    "From: M\0ia <mia@muster.example>\r\nSubject: A\0B\x07 \u202egpj.exe\r\n" +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>a\0b</p>\r\n" +
      '--b\r\nContent-Disposition: attachment; filename="../../etc/pass\0wd"\r\n\r\nx\r\n' +
      '--b\r\nContent-Disposition: attachment; filename="C:\\\\Temp\\\\rechnung.pdf"\r\n\r\nx\r\n--b--\r\n',
  );
  const { files, ...rest } = mail;
  // deno-lint-ignore no-control-regex
  ok(!/\\u0000|\x07|\u202e/.test(JSON.stringify(rest)));
  for (const { name } of files) ok(!/[/\\\0]/.test(name) && !name.startsWith("."), name);
  equal(files.at(-1)!.name, "rechnung.pdf");
});

Deno.test("a bomb is a file like any other: nothing is ever unpacked", async () => {
  const bomb = gzipSync(new Uint8Array(200_000_000));
  const mail = await quickly(
    `${head}Content-Type: application/zip; name=fotos.zip\r\nContent-Transfer-Encoding: base64\r\n` +
      `Content-Disposition: attachment; filename=fotos.zip\r\n\r\n${bomb.toString("base64")}\r\n`,
  );
  equal(mail.files.length, 1);
  equal(mail.files[0]!.bytes.length, bomb.length);
});

Deno.test("markup without end, and endless text, leave the original beside what could be read", async () => {
  const html = "Content-Type: text/html\r\n\r\n";
  const deep = await quickly(head + html + "<b>".repeat(300_000));
  equal(deep.html, "");
  equal(deep.incomplete, "markup");
  equal(deep.files.at(-1)!.name, "original.eml");
  const long = await quickly(head + html + "<p>Zeile</p>".repeat(200_000), 6_000);
  equal(long.incomplete, "markup");
  match(long.text, /^Zeile\nZeile\n/);
  const text = await quickly(`${head}\r\n${"Zeile\r\n".repeat(400_000)}`);
  equal(text.incomplete, "text");
  ok(text.text.length <= 500_000);
});

Deno.test("a small mail does not grow by what it names a thousand times or has to be written safely", async () => {
  const picture = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(40_000)]);
  const related = (times: number) =>
    `${head}Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n` +
    `<p>Guten Tag</p>${'<img src="cid:a" alt="Logo">'.repeat(times)}\r\n--b\r\n` +
    "Content-Type: image/png\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
    `${picture.toString("base64")}\r\n--b--\r\n`;
  const shown = ({ html }: { html: string }) => html.split("data:image/png").length - 1;
  equal(shown(await quickly(related(10))), 10);
  const often = await quickly(related(1_000), 20_000);
  ok(often.html.length < 2_000_000, `${often.html.length}`);
  ok(shown(often) > 10 && often.html.includes("[Logo]"));
  const signs = await quickly(
    `${head}Content-Type: text/html\r\n\r\n<p>Guten Tag</p>${"&".repeat(500_000)}`,
    20_000,
  );
  equal(signs.html, "");
  equal(signs.incomplete, "markup");
  match(signs.text, /^Guten Tag/);
});

Deno.test("markup that leaves nothing is read once more for its words, and the original stays", async () => {
  const html = `${head}Content-Type: text/html; charset=utf-8\r\n\r\n`;
  const odd = await quickly(
    `${html}<title><p>Gr&uuml;&szlig;e</p><!-- nichts --><script>alert(1)</script>2 < 3<br>bis bald`,
  );
  equal(odd.text, "Grüße\n2 < 3\nbis bald");
  equal(odd.html, "");
  equal(odd.incomplete, "markup");
  equal(odd.files.at(-1)!.name, "original.eml");
  const turkish = await quickly(
    `${html}<title><p>Merhaba İİİ</p><div>Satır</div><script>var x=1</script><!-- <p>son</p>`,
  );
  equal(turkish.text, "Merhaba İİİ\nSatır\n\nson");
  for (const sign of ["<!--", "<style>", "<", "</", "<b", "<!", "<title"]) {
    await quickly(html + "<b>".repeat(600) + sign.repeat(300_000));
  }
});

Deno.test("a mail of thousands of addresses, of none, and of nonsense", async () => {
  const to = Array.from({ length: 50_000 }, (_, i) => `p${i}@many.example`).join(", ");
  const crowd = await quickly(`From: a@b.example\r\nTo: ${to}\r\n\r\nx`, 8_000);
  equal(crowd.to.length, 200);
  const none = await quickly("");
  equal(none.from, null);
  equal(none.text, "");
  const odd = await quickly(
    "From: <>, undisclosed-recipients:;, a@b, b@\r\nDate: gestern\r\n\r\nx",
  );
  equal(odd.from, null);
  equal(odd.sentAt, null);
  for (
    const date of [
      "Fri, 99 Foo 2099",
      "Tue, 1 Jan 0001 00:00:00 +0000",
      "1e400",
      "Mon, 1 Jan 275760 00:00:00",
    ]
  ) {
    equal((await quickly(`${head}Date: ${date}\r\n\r\nx`)).sentAt, null, date);
  }
});

/** Faults of real and of malicious senders, each with what has to be read of it all the same. */
const broken: Record<string, [string, (mail: Contents) => void]> = {
  "a file of Outlook's own kind": [
    `Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n` +
    `Content-Disposition: attachment; filename="winmail.dat"\r\n\r\neJ8+IgEAAZAIAA==\r\n`,
    ({ files }) => deepEqual(files.map(({ name }) => name), ["winmail.dat"]),
  ],
  "base64 that is none": [
    "Content-Transfer-Encoding: base64\r\n\r\n=====%%%\r\nSGFsbG8=\r\n",
    ({ subject }) => equal(subject, "Angebot"),
  ],
  "no Message-ID": ["\r\nHallo", ({ messageId }) => equal(messageId, null)],
  "ids without end": [
    `Message-ID: <${"a".repeat(9_000)}@x>\r\nReferences: ${"<r@x> ".repeat(5_000)}\r\n\r\nHallo`,
    ({ messageId, references }) => ok(messageId!.length <= 500 && references.length === 1),
  ],
  "parts without a boundary": [
    "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nHallo",
    ({ from }) => equal(from?.address, "mia@muster.example"),
  ],
  "a boundary that is empty": [
    'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nHallo',
    ({ from }) => equal(from?.address, "mia@muster.example"),
  ],
  "half characters": [
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=ED=A0=80 =C0=80 Hallo",
    ({ text }) => ok(text.isWellFormed() && text.includes("Hallo")),
  ],
  "a path in a name of many parts": [
    "Content-Disposition: attachment; filename*0*=utf-8''%2e%2e%2f%2e%2e%2fetc; filename*1*=%2fpasswd%00\r\n\r\nx",
    ({ files }) => deepEqual(files.map(({ name }) => name), ["passwd"]),
  ],
  "a name without end": [
    `Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="${
      "a".repeat(5_000)
    }.pdf"\r\n\r\n%PDF-1.4`,
    ({ files }) => ok(files[0]!.name.length <= 150 && files[0]!.name.endsWith("a.pdf")),
  ],
  "an invitation without a name": [
    "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR",
    ({ files }) => deepEqual(files.map(({ name }) => name), ["invite-1.ics"]),
  ],
  "a report about nothing": [
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n" +
    "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;\r\nStatus: 9.9.9\r\n\0\r\n--r--",
    ({ from }) => equal(from?.address, "mia@muster.example"),
  ],
  "a report with control characters": [
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n" +
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n" +
    "Final-Recipient: rfc822; m\0ia\x07\u202e\r\nAction: failed\r\nStatus: 5.1.1\r\n--r--",
    ({ report }) => deepEqual(report?.recipients, ["mia"]),
  ],
  "a picture that runs": [
    "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n" +
    '<p>Hallo</p><img src="cid:s"><svg onload=alert(1)>\r\n--r\r\nContent-Type: image/svg+xml\r\n' +
    'Content-ID: <s>\r\n\r\n<svg onload="alert(1)"/>\r\n--r--',
    ({ html }) => ok(html.includes("Hallo") && !/svg|onload/i.test(html), html),
  ],
};

for (const [name, [rest, holds]] of Object.entries(broken)) {
  Deno.test(`a mail is read with ${name}`, async () => holds(await quickly(head + rest)));
}

Deno.test("a field cannot be smuggled in by an encoded line end", async () => {
  const mail = await quickly(
    'From: "Eve\r\n Bcc: x@y.example" <eve@x.example>\r\n' +
      "Subject: =?utf-8?Q?Hi=0D=0ABcc:_all@x.example?=\r\n\r\nHallo",
  );
  equal(mail.subject, "Hi Bcc: all@x.example");
  ok(!/[\r\n]/.test(mail.from!.name));
});

Deno.test("a mail with bare line ends is read as well", async () => {
  const mail = await quickly(head.replaceAll("\r\n", "\n") + "\nHallo");
  deepEqual([mail.subject, mail.text.trim()], ["Angebot", "Hallo"]);
});

Deno.test("random bytes of any length are a mail", async () => {
  for (const size of [1, 10, 1_000, 100_000]) {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
    await quickly(bytes);
  }
});
