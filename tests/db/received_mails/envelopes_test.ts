/** Mails within files: signed ones that only some programs show, and what Outlook packs up. */

import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { childEnvironment } from "../../../db/config.ts";
import { read } from "../../../db/received_mails/contents.ts";
import { signedWithin } from "../../../db/received_mails/envelopes.ts";

/** A value of BER; `open` without its length, ended by two zeros. */
function value(tag: number, content: Uint8Array, open = false): Buffer {
  if (open) return Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.from([0, 0])]);
  const length = content.length < 128
    ? [content.length]
    : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const identifier = (hex: string) => value(6, Buffer.from(hex, "hex"));
const all = (...parts: Uint8Array[]) => Buffer.concat(parts);

/** A mail in a file of signed data, whole or in pieces; `kind` is what the file says to be. */
function file(mail: string, open: boolean, kind = "2a864886f70d010702"): Buffer {
  const bytes = Buffer.from(mail);
  const half = Math.floor(bytes.length / 2);
  const octets = open
    ? value(0x24, all(value(4, bytes.subarray(0, half)), value(4, bytes.subarray(half))), true)
    : value(4, bytes);
  const content = value(
    0x30,
    all(identifier("2a864886f70d010701"), value(0xa0, octets, open)),
    open,
  );
  const signed = value(
    0x30,
    all(
      value(2, Buffer.of(1)),
      value(0x31, Buffer.alloc(0)),
      content,
      value(0x31, Buffer.alloc(0)),
    ),
    open,
  );
  return value(0x30, all(identifier(kind), value(0xa0, signed, open)), open);
}

const letter = (body: Buffer, type: string, name: string) =>
  read(Buffer.from(
    "From: Anna Amsel <anna@amsel.example>\r\nSubject: Widerspruch\r\nMIME-Version: 1.0\r\n" +
      `Content-Type: ${type};\r\n name="${name}"\r\nContent-Transfer-Encoding: base64\r\n` +
      `Content-Disposition: attachment; filename="${name}"\r\n\r\n${body.toString("base64")}\r\n`,
  ));

const inner = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' +
  "Content-Type: text/plain; charset=utf-8\r\n\r\nIch widerspreche für immer.\r\n--b\r\n" +
  "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=beleg.txt\r\n\r\nx\r\n--b--\r\n";

Deno.test("a mail that is signed as a whole is read, and its envelope kept", async () => {
  for (const open of [false, true]) {
    const mail = await letter(file(inner, open), "application/pkcs7-mime", "smime.p7m");
    equal(mail.text.trim(), "Ich widerspreche für immer.");
    deepEqual([mail.subject, mail.from?.address, mail.kind], [
      "Widerspruch",
      "anna@amsel.example",
      "mail",
    ]);
    deepEqual(mail.files.map(({ name }) => name), ["beleg.txt", "smime.p7m"]);
  }
});

Deno.test("an encrypted mail stays a file, and one that is broken off too", async () => {
  const sealed = file(inner, false, "2a864886f70d010703");
  for (
    const bytes of [sealed, Buffer.from("MIAG"), Buffer.alloc(0), file(inner, true).subarray(0, 9)]
  ) {
    const mail = await letter(bytes, "application/pkcs7-mime", "smime.p7m");
    equal(mail.text.trim(), "");
    equal(mail.files[0]?.name, "smime.p7m");
  }
  equal((await letter(sealed, "application/pkcs7-mime", "smime.p7m")).incomplete, "encrypted");
  // Values within values for ever, and lengths beyond the end.
  equal(signedWithin(Buffer.alloc(100_000, Buffer.of(0x30, 0x80))), null);
  equal(signedWithin(Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x06])), null);
});

Deno.test("an encrypted mail says so, by whichever program, and brings its original", async () => {
  const armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQIMA\r\n-----END PGP MESSAGE-----\r\n";
  const parts = "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--b\r\n" +
    `Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n${armour}\r\n--b--\r\n`;
  const head = "From: Anna Amsel <anna@amsel.example>\r\nSubject: ...\r\nMIME-Version: 1.0\r\n";
  const mails = [
    `${head}Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n${parts}`,
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}`,
    `${head}Content-Type: text/plain\r\n\r\n${armour}`,
  ];
  for (const raw of mails) {
    const { incomplete, files } = await read(Buffer.from(raw));
    equal(incomplete, "encrypted", raw);
    equal(files.at(-1)!.name, "original.eml");
  }
  const about = await read(Buffer.from(`${head}\r\nSo beginnt es:\r\n${armour}`));
  equal(about.incomplete, null);
});

Deno.test("a mail in millions of pieces takes the memory of one", async () => {
  const code = `
    import { signedWithin } from "./db/received_mails/envelopes.ts";
    const bytes = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));
    const value = (tag, ...parts) => {
      const length = parts.reduce((all, each) => all + each.length, 0);
      const made = new Uint8Array(6 + length);
      made.set([tag, 0x84]);
      new DataView(made.buffer).setUint32(2, length);
      let at = 6;
      for (const each of parts) made.set(each, (at += each.length) - each.length);
      return made;
    };
    const pieces = new Uint8Array(12_000_000).map((_, at) => [4, 1, 65][at % 3]);
    const content = value(0x30, bytes("06092a864886f70d010701"), value(0xa0, value(0x24, pieces)));
    const file = value(
      0x30,
      bytes("06092a864886f70d010702"),
      value(0xa0, value(0x30, bytes("0201013100"), content)),
    );
    const text = signedWithin(file);
    if (text.length !== 4_000_000 || text.some((each) => each !== 65)) Deno.exit(1);
  `;
  const { code: left, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", "--v8-flags=--max-old-space-size=128", code],
    cwd: new URL("../../../", import.meta.url),
    clearEnv: true,
    env: childEnvironment(),
  }).output();
  equal(left, 0, new TextDecoder().decode(stderr).slice(-500));
});

/** An attribute of a winmail.dat. */
function attribute(level: number, kind: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level);
  head.writeUInt32LE(kind, 1);
  head.writeUInt32LE(content.length, 5);
  return all(head, content, Buffer.alloc(2));
}

Deno.test("files that Outlook packs into a winmail.dat are files of the mail", async () => {
  const signature = Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0, 0]);
  const packed = all(
    signature,
    attribute(1, 0x00089006, Buffer.alloc(4)),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from("Vertr\xe4ge.txt\0", "latin1")),
    attribute(2, 0x0006800f, Buffer.from("Inhalt")),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from("leer.txt\0")),
  );
  const mail = await letter(packed, "application/ms-tnef", "winmail.dat");
  deepEqual(mail.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]), [
    ["Verträge.txt", "Inhalt"],
  ]);
  for (const bytes of [signature, packed.subarray(0, 40), Buffer.from("x")]) {
    const other = await letter(bytes, "application/ms-tnef", "winmail.dat");
    deepEqual(other.files.map(({ name }) => name), ["winmail.dat"]);
  }
});
