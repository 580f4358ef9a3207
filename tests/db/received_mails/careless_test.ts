/** Mails of careless programs: what can be understood is read, and nothing is lost silently. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { read } from "../../../db/received_mails/contents.ts";

/** Each character as the byte of its number. */
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const from = "From: Jürgen <j@x.example>\r\n";

Deno.test("umlauts that nobody declared, or declared wrongly, are read", async () => {
  const plain = `${from}Subject: Grüße\r\n`;
  for (
    const raw of [
      latin1(`${plain}\r\nGrüße`),
      utf8(`${plain}\r\nGrüße`),
      latin1(`${plain}Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße`),
      latin1(`${plain}Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGrüße`),
      latin1(
        `${plain}Content-Type: text/html\r\n\r\n<meta content="text/html; charset=iso-8859-1">Grüße`,
      ),
    ]
  ) {
    const mail = await read(raw);
    deepEqual([mail.from?.name, mail.subject, mail.text.trim()], ["Jürgen", "Grüße", "Grüße"]);
  }
  const bytes = latin1(
    `${from}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n` +
      "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n" +
      "Content-Disposition: attachment; filename=a.bin\r\n\r\n\xff\xfe\r\n--b--\r\n",
  );
  deepEqual([...(await read(bytes)).files[0]!.bytes], [0xff, 0xfe]);
});

Deno.test("UTF-8 that is called Latin-1 is read as what it is, in text and in markup", async () => {
  for (const charset of ["iso-8859-1", "windows-1252"]) {
    for (const [type, body] of [["plain", "Grüße aus Köln"], ["html", "<p>Grüße aus Köln</p>"]]) {
      const mail = await read(
        utf8(`${from}Content-Type: text/${type}; charset=${charset}\r\n\r\n${body}`),
      );
      equal(mail.text.trim(), "Grüße aus Köln");
    }
  }
  const both = await read(
    utf8(`${from}Content-Type: text/plain; charset=utf-8\r\n\r\naus „ü“ wurde Ã¼`),
  );
  equal(both.text.trim(), "aus „ü“ wurde Ã¼");
  const mail = await read(
    utf8(`${from}Content-Type: text/plain; charset=utf-8\r\n\r\nDer Server zeigt Ã¼ statt ue.`),
  );
  equal(mail.text.trim(), "Der Server zeigt Ã¼ statt ue.");
});

Deno.test("parts that nobody finds are kept as the original", async () => {
  for (const type of ["multipart/mixed", 'multipart/mixed; boundary="other"']) {
    const mail = await read(
      utf8(`${from}Content-Type: ${type}\r\n\r\n--a\r\n\r\nText\r\n--a--\r\n`),
    );
    deepEqual([mail.incomplete, mail.files.map(({ name }) => name)], [
      "structure",
      ["original.eml"],
    ]);
  }
});

Deno.test("bare carriage returns, a sender without an author, and dates in old habits", async () => {
  const old = await read(utf8(`${from}Subject: x\r\n\r\nText`.replaceAll("\r\n", "\r")));
  deepEqual([old.subject, old.text], ["x", "Text"]);
  equal((await read(utf8("Sender: s@x.example\r\n\r\nx"))).from?.address, "s@x.example");
  const at = async (date: string) =>
    (await read(utf8(`Date: ${date}\r\n\r\nx`))).sentAt?.toISOString();
  equal(await at("Thu, 01 Jan 26 10:00:00 MEZ"), "2026-01-01T09:00:00.000Z");
  equal(await at("Wed, 1 Jul 2026 10:00:00 MESZ"), "2026-07-01T08:00:00.000Z");
  equal(await at("Mon, 1 Jul 1968 12:00:00 -0400"), "1968-07-01T16:00:00.000Z");
  equal(await at("Mon, 1 Jul 1668 12:00:00 -0400"), undefined);
});

Deno.test("an address hidden in the sender's name is not taken for the sender's", async () => {
  const mail = await read(
    utf8("From: =?utf-8?Q?=22Chef=22_=3Cchef=40firma.example=3E?= <boese@z.example>\r\n\r\nx"),
  );
  equal(mail.from?.address, "boese@z.example");
});

Deno.test("UTF-7 is read, in fields, texts and markup, and carries no markup past the cleaning", async () => {
  const head = `From: =?utf-7?Q?J+APw-rgen?= <j@x.example>\r\n` +
    "Subject: =?UNICODE-1-1-UTF-7?B?R3IrQVB3QTN3LWU=?=\r\nMIME-Version: 1.0\r\n";
  const plain = await read(utf8(
    `${head}Content-Type: text/plain; charset="utf-7"\r\n\r\n` +
      "Gr+APwA3w-e an +BBgEMgQwBD0-, 1 +- 1, Tel. +4930123456, +2D3eAA-",
  ));
  deepEqual([plain.from?.name, plain.subject], ["Jürgen", "Grüße"]);
  equal(plain.text.trim(), "Grüße an Иван, 1 + 1, Tel. +4930123456, 😀");
  const quoted = await read(utf8(
    `${head}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n` +
      "Content-Type: text/html; charset=utf-7\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
      "<p>Gr+APwA=\r\n3w-e</p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-\r\n--b--\r\n",
  ));
  equal(
    (await read(utf8('Content-Type: text/plain; charset="utf-7"\n\nValid: &Zi8- Invalid: &5g-\n')))
      .text.trim(),
    "Valid: 是 Invalid: &5g-",
  );
  equal(quoted.text, "Grüße");
  equal(quoted.html.includes("script"), false);
});

Deno.test("fields that careless programs end, encode or place wrongly are read as they were meant", async () => {
  const semicolon = await read(utf8(
    `${from}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable;\r\n\r\nGr=C3=BC=C3=9Fe`,
  ));
  equal(semicolon.text, "Grüße");
  const placed = await read(utf8(
    `${from}Content-Type: text/html\r\nContent-Disposition: =?utf-8?Q?invalid?=\r\n\r\n<p>Text</p>`,
  ));
  deepEqual([placed.text, placed.files], ["Text", []]);
  const blank = await read(utf8(
    `Content-Type: multipart/mixed;boundary="=b="\n${from.replace("\r", "")}Subject: \n \n` +
      "--=b=\nContent-Type: text/plain\n\nText\n--=b=--\n",
  ));
  deepEqual([blank.subject, blank.text.trim(), blank.incomplete], ["", "Text", null]);
  const kept = await read(
    utf8(`${from}\r\nContent-Disposition: =?x\r\nContent-Transfer-Encoding: 7bit; x\r\n`),
  );
  equal(kept.text.includes("Content-Transfer-Encoding: 7bit"), true);
});

Deno.test("a sender's overlong name is kept within bounds, an impossible date is not", async () => {
  const long = `${"a".repeat(65)}@x.example`;
  equal((await read(utf8(`From: <${long}>\r\n\r\nx`))).from?.address, long);
  equal((await read(utf8(`From: <${"a".repeat(260)}@x.example>\r\n\r\nx`))).from, null);
  equal((await read(utf8("Date: Mon, 30 Feb 2026 10:00:00 +0100\r\n\r\nx"))).sentAt, null);
  equal(
    (await read(utf8("Date: Sun, 29 Feb 2032 10:00:00 +0100\r\n\r\nx"))).sentAt?.getUTCDate(),
    29,
  );
});

Deno.test("addresses and days as mails of old have them are read", async () => {
  const old = await read(utf8(
    "From  : Eva Berg <eva@mill(by the river).  example>\r\n" +
      "To: Max <@relay.example:max@tal.example>, , ute@see   . example\r\n" +
      "Cc: <Undisclosed-Recipient:@list.example;>\r\n" +
      "Date  : Fri, 21 Nov 1997 09(or so):   55  :  06 -0600\r\n\r\nSee eva@mill . Yes",
  ));
  equal(old.from?.address, "eva@mill.example");
  deepEqual(old.to.map(({ address }) => address), ["max@tal.example", "ute@see.example"]);
  deepEqual(old.cc, []);
  equal(old.sentAt?.toISOString(), "1997-11-21T15:55:06.000Z");
  // An invalid zone counts as none.
  const zone = await read(utf8("Date: Tue, 12 Oct 2010 16:21:05 H0500\r\n\r\nx"));
  equal(zone.sentAt?.toISOString(), "2010-10-12T16:21:05.000Z");
  equal((await read(utf8("Date: irgendwann 16:21:05 H0500\r\n\r\nx"))).sentAt, null);
});

Deno.test("a charset that says it is unknown is found out", async () => {
  const raw = Uint8Array.from(
    `${from}Content-Type: text/plain; charset=X-UNKNOWN\r\n\r\nGr\u00fc\u00dfe`,
    (letter) => letter.charCodeAt(0),
  );
  equal((await read(raw)).text, "Grüße");
});

Deno.test("a file without a name is named after its location", async () => {
  const parts = ["pictures/Haus.jpg", "Hof.jpg", "https://x.example/?x=1"].map((place) =>
    `--b\r\nContent-Type: image/jpeg\r\nContent-Location: ${place}\r\n\r\nx\r\n`
  );
  const { files } = await read(utf8(
    `${from}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join("")}--b--\r\n`,
  ));
  deepEqual(files.map(({ name }) => name), ["Haus.jpg", "Hof.jpg", "file-3"]);
});

Deno.test("addresses with blanks alone between them are several", async () => {
  const mail = await read(
    utf8(
      "From: eva@x.example\r\nTo: jan@x.example ole@y.example\r\nCc: Jan Ost\r\n\r\nTo: a@x.example b@y.example\r\n",
    ),
  );
  deepEqual(mail.to.map(({ address }) => address), ["jan@x.example", "ole@y.example"]);
  equal(mail.from?.address, "eva@x.example");
  equal(mail.text.trim(), "To: a@x.example b@y.example");
});

Deno.test("parts are found by the boundary that they have, where the head names another or none", async () => {
  for (const named of ["", "; boundary=other", ";\r\n\tcharset=utf-8"]) {
    const mail = await read(utf8(
      `${from}Content-Type: multipart/alternative${named}\r\nSubject: Angebot\r\n\r\n` +
        "--=_part_1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag,\r\n\r\n" +
        "--=_part_1\r\nContent-Type: text/html\r\n\r\n<p>Guten Tag,</p>\r\n--=_part_1--\r\n",
    ));
    deepEqual(
      [mail.text.trim(), mail.html, mail.subject, mail.files, mail.incomplete],
      ["Guten Tag,", "<p>Guten Tag,</p>", "Angebot", [], null],
      named,
    );
  }
  const lost = await read(utf8(`${from}Content-Type: multipart/mixed\r\n\r\nGuten Tag\r\n`));
  deepEqual([lost.incomplete, lost.files.length], ["structure", 1]);
});

Deno.test("a boundary of signs that a replacement would read does not repeat the mail", async () => {
  for (const boundary of ["$'", "$`", "$&", "a$$b"]) {
    const mail = await read(utf8(
      `${from}Content-Type: multipart/mixed; boundary=other\r\n\r\n` +
        `--${boundary}\r\nContent-Type: text/plain\r\n\r\nGuten Tag\r\n--${boundary}--\r\n`,
    ));
    deepEqual([mail.text.trim(), mail.incomplete], ["Guten Tag", null], boundary);
  }
});

Deno.test("a type that is half a name, or runs on, is that of a text", async () => {
  for (
    const [type, body] of [
      ["text; charset=us-ascii", "Guten Tag"],
      ["text", "Guten Tag"],
      ["text/html charset=utf-8", "<p>Guten Tag</p>"],
      ["text/html Content-Transfer-Encoding: 8bit\\r\\n", "<p>Guten Tag</p>"],
    ]
  ) {
    const mail = await read(
      utf8(`${from}Content-Type: ${type}\r\nSubject: Hallo\r\n\r\n${body}\r\n`),
    );
    deepEqual([mail.text.trim(), mail.subject, mail.files], ["Guten Tag", "Hallo", []], type);
  }
});

Deno.test("a text that no empty line parts from the fields is read, a broken field is skipped", async () => {
  const mail = await read(
    utf8(`${from}Subject: Hallo\r\nGuten Tag,\r\nich rufe an.\r\n\r\nGruß\r\n`),
  );
  deepEqual([mail.subject, mail.text.trim()], ["Hallo", "Guten Tag,\nich rufe an.\n\nGruß"]);
  const bare = await read(utf8("Guten Tag an Sie\r\n\r\nbis morgen\r\n"));
  equal(bare.text.trim(), "Guten Tag an Sie\n\nbis morgen");
  const broken = await read(
    utf8(`X-A: b\r\nquite broken\r\n${from}Subject: Hallo\r\n\r\nGuten Tag\r\n`),
  );
  deepEqual([broken.from?.address, broken.subject, broken.text.trim()], [
    "j@x.example",
    "Hallo",
    "Guten Tag",
  ]);
});

Deno.test("parts are found by a boundary with umlauts, whatever they are encoded in", async () => {
  const raw = `${from}Content-Type: multipart/alternative; boundary="bär"\r\n\r\n--bär\r\n` +
    "Content-Type: text/html; charset=UTF-8\r\n\r\n<p>Guten Tag</p>\r\n--bär--\r\n";
  for (const bytes of [utf8(raw), latin1(raw)]) {
    const mail = await read(bytes);
    deepEqual([mail.text.trim(), mail.incomplete, mail.files], ["Guten Tag", null, []]);
  }
});

Deno.test("the words of a mail without the parts that it announces are its text", async () => {
  const mail = await read(
    utf8(`${from}Content-Type: multipart/mixed; boundary=b\r\n\r\nGuten Tag,\r\n\r\nGrüße\r\n`),
  );
  deepEqual([mail.text.trim(), mail.incomplete, mail.files.length], [
    "Guten Tag,\n\nGrüße",
    "structure",
    1,
  ]);
});

Deno.test("a text said once more in a form that few read is no file", async () => {
  const part = (type: string, more = "") =>
    `--b\r\nContent-Type: ${type}\r\n${more}\r\nGuten Tag\r\n`;
  const mail = await read(utf8(
    `${from}Content-Type: multipart/alternative; boundary=b\r\n\r\n${part("text/plain")}` +
      `${part("text/x-amp-html")}${part("text/enriched")}--b--\r\n`,
  ));
  deepEqual([mail.text.trim(), mail.files], ["Guten Tag", []]);
  const alone = await read(utf8(
    `${from}Content-Type: multipart/mixed; boundary=b\r\n\r\n${part("text/enriched")}--b--\r\n`,
  ));
  equal(alone.files.length, 1);
});

Deno.test("a text with a name below the mail's own words is a file, a mail's alternative is not", async () => {
  const part = (type: string, body: string, more = "", boundary = "b") =>
    `--${boundary}\r\nContent-Type: ${type}\r\n${more}\r\n${body}\r\n`;
  const mail = await read(utf8(
    `${from}Content-Type: multipart/mixed; boundary=b\r\n\r\n` +
      part('text/plain; name="body.txt"', "Guten Tag") +
      part("text/plain", "Liste", "Content-Disposition: inline;\r\n\tfilename=liste.txt\r\n") +
      part('text/html;\r\n name="bericht.html"', "<p>Bericht</p>") +
      part("message/rfc822", part('text/plain; name="x.txt"', "x", "", "c"), "Subject: x\r\n") +
      part("application/octet-stream", "") + "--b--\r\n",
  ));
  deepEqual([mail.text.trim(), mail.html, mail.files.map(({ name }) => name)], [
    "Guten Tag",
    "",
    ["liste.txt", "bericht.html", "mail-3.eml"],
  ]);
  const both = await read(utf8(
    `${from}Content-Type: multipart/alternative;\r\n boundary="b"\r\n\r\n` +
      part("text/plain", "Guten Tag") + part('text/html; name="mail.html"', "<p>Guten Tag</p>") +
      "--b--\r\n",
  ));
  deepEqual([both.text.trim(), both.html, both.files], ["Guten Tag", "<p>Guten Tag</p>", []]);
});

Deno.test("lines of a letter that look like fields stay as they were written", async () => {
  const words = "Bitte prüfen Sie:\r\nTo: x@a . example y@b.example\r\n" +
    "Content-Type: text/html charset=utf-8\r\nContent-Transfer-Encoding: 8bit; x\r\n" +
    "Content-Disposition: =?utf-8?q?x?=\r\nSubject: =?utf-7?Q?Gr+APwA3w-e?=\r\nContent-Type: text\r\n" +
    "--x\r\nContent-Type: text\r\n\r\nEnde";
  const plain = await read(utf8(`${from}Content-Type: text\r\n\r\n${words}`));
  equal(plain.text.trim(), words.replaceAll("\r\n", "\n"));
  const parts = await read(utf8(
    `${from}Content-Type: multipart/mixed;\r\n boundary="b"\r\n\r\n--b\r\n\r\nOben\r\n--b\r\n` +
      `Content-Type: text; charset=utf-8\r\n\r\n${words}\r\n--b--\r\n`,
  ));
  equal(parts.text.trim(), `Oben\n${words.replaceAll("\r\n", "\n")}`);
});

Deno.test("fields of parts, and of mails within a mail, are read as they were meant", async () => {
  const mail = await read(utf8(
    `${from}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n` +
      "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n" +
      "Content-Type: text\r\nContent-Transfer-Encoding: quoted-printable; x\r\n\r\nGr=C3=BC=C3=9Fe\r\n" +
      "--c--\r\n--b--\r\n",
  ));
  equal(mail.text.trim(), "Grüße");
});

Deno.test("a packed text that names no charset, or none that is one, is read all the same", async () => {
  const coded = "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
  const heads = [
    `Content-Type: text/plain\r\n${coded}Gr=FC=DFe`,
    `Content-Type: text/plain; charset=us-ascii\r\n${coded}Gr=FC=DFe`,
    `Content-Type: text/plain; charset="ansi"\r\n${coded}Gr=FC=DFe`,
    `Content-Type: text/plain;\r\n\tcharset=default; format=flowed\r\n${coded}Gr=FC=DFe`,
    `Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${
      btoa("<p>Gr\xfc\xdfe</p>")
    }`,
    `Content-Type: text/plain\r\n${coded}Gr=C3=BC=C3=9Fe`,
    "Content-Type: multipart/alternative; boundary=b\r\n\r\n" +
    `--b\r\nContent-Type: text/plain\r\n${coded}Gr=FC=DFe\r\n` +
    `--b\r\nContent-Type: text/html; charset=utf-8\r\n${coded}<p>Gr=C3=BC=C3=9Fe</p>\r\n--b--`,
  ];
  for (const head of heads) {
    const raw = `From: a@b.example\r\nMIME-Version: 1.0\r\n${head}\r\n`;
    const { text, html } = await read(new TextEncoder().encode(raw));
    equal(text.trim(), "Grüße", head);
    if (html) ok(html.includes("Grüße"), head);
  }
});

Deno.test("a packed text of UTF-8 that broke off within a letter keeps its others", async () => {
  const packed = btoa(String.fromCharCode(...utf8("Grüße aus Köln, schöne Häus")) + "\xc3");
  const { text } = await read(utf8(
    `${from}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${packed}\r\n`,
  ));
  ok(text.startsWith("Grüße aus Köln, schöne Häus"), text);
});

Deno.test("a date is read in the language of the sender", async () => {
  const dates = [
    "Di, 05 Mai 2026 10:00:00 +0200",
    "Dienstag, 5. Mai 2026 10:00:00 +0200",
    "mar., 05 mai 2026 10:00:00 +0200",
    "mar, 5 mag 2026 10:00:00 +0200",
    "5 mayo 2026 10:00:00 +0200",
    "Tue, 5 May 2026 10:00:00 +0200",
  ];
  for (const date of dates) {
    const { sentAt } = await read(utf8(`${from}Date: ${date}\r\n\r\nText`));
    equal(sentAt?.toISOString(), "2026-05-05T08:00:00.000Z", date);
  }
  const others = await Promise.all(
    [
      "Sa, 12 Mär 2022 09:30:00 +0100",
      "Fri, 30 Feb 2026 10:00:00 +0200",
      "Di, 05 Xyz 2026 10:00:00 +0200",
    ]
      .map(async (date) => (await read(utf8(`${from}Date: ${date}\r\n\r\nText`))).sentAt),
  );
  deepEqual(others.map((at) => at?.toISOString().slice(0, 10)), [
    "2022-03-12",
    undefined,
    undefined,
  ]);
});

Deno.test("a mail that lay in a file is the one that was sent", async () => {
  const mail = `${from}Subject: Grüße\r\n\r\nText aus Köln`;
  const wide = Uint8Array.from([0xff, 0xfe, ...[...mail].flatMap((it) => [it.charCodeAt(0), 0])]);
  const apple = '<?xml version="1.0"?>\n<plist><dict/></plist>\n';
  const files = [
    Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8(mail)]),
    wide,
    Uint8Array.from([...utf8(`${utf8(mail).length}   \n`), ...utf8(mail), ...utf8(apple)]),
  ];
  for (const file of files) {
    const { from: sender, subject, text } = await read(file);
    deepEqual([sender?.address, subject, text.trim()], ["j@x.example", "Grüße", "Text aus Köln"]);
  }
});

Deno.test("a list's plain footer below an encoded text is shown below the text", async () => {
  const head = `${from}Content-Type: text/plain; charset=utf-8\r\n` +
    "Content-Transfer-Encoding: base64\r\n\r\n";
  const packed = btoa(String.fromCharCode(...utf8("Grüße aus Köln. ".repeat(8))));
  const footer = "_______________\r\nListe mailing list\r\n";
  const lines = packed.match(/.{1,76}/g)!.join("\r\n");
  const { text } = await read(utf8(`${head}${lines}\r\n${footer}`));
  equal(text.trim(), `${"Grüße aus Köln. ".repeat(8)}\n\n_______________\nListe mailing list`);
  const bare = await read(utf8(`${head}${lines}\r\n`));
  equal(bare.text, "Grüße aus Köln. ".repeat(8));
});

Deno.test("a text that only points to the markup is replaced by the markup's own", async () => {
  const both = async (plain: string) =>
    (await read(utf8(
      `${from}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n` +
        `Content-Type: text/plain; charset=utf-8\r\n\r\n${plain}\r\n--b\r\n` +
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Bitte löschen Sie meine Daten.</p>\r\n--b--\r\n",
    ))).text.trim();
  for (
    const plain of [
      "",
      "Ihr E-Mail-Programm kann kein HTML anzeigen.",
      "This is a multi-part message in MIME format.",
      "Your mail client does not support HTML. Please view it in a browser.",
      "Diese Nachricht ist im HTML-Format.",
    ]
  ) equal(await both(plain), "Bitte löschen Sie meine Daten.", plain);
  for (const plain of ["Bitte um Auskunft.", "Der HTML-Kurs beginnt morgen."]) {
    equal(await both(plain), plain);
  }
});

Deno.test("a text that says it is packed but consists of words is read as it is", async () => {
  const of = async (type: string, body: string) => {
    const { text, files } = await read(new TextEncoder().encode(
      `From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n` +
        `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--b--\r\n`,
    ));
    return [text.trim(), files.length];
  };
  const plain = "Bitte löschen Sie meine Daten.\r\nDanke";
  deepEqual(await of("text/plain; charset=utf-8", plain), [plain.replace("\r", ""), 0]);
  deepEqual((await of("text/html; charset=utf-8", "<p>Guten Tag</p>"))[0], "Guten Tag");
  const packed = btoa("Guten Tag, wie vereinbart schicken wir Ihnen die Zeichnung der Pumpe.");
  deepEqual(await of("text/plain", packed), [atob(packed), 0]);
  deepEqual(await of("text/plain", packed.replace(/.{20}/g, "$& \r\n")), [atob(packed), 0]);
  deepEqual((await of("application/pdf; name=a.pdf", "Kein Text hier"))[1], 1);
});
