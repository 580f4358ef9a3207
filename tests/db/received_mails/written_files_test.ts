/** Files in the text of a mail: each is a file, and the text is without them. */

import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { read } from "../../../db/received_mails/contents.ts";

/** Three bytes as four letters, as uuencode writes them. */
function letters(bytes: Uint8Array): string {
  const [one = 0, two = 0, three = 0] = bytes;
  const codes = [one >> 2, one << 4 | two >> 4, two << 2 | three >> 6, three];
  return codes.map((code) => String.fromCharCode((code & 63) === 0 ? 96 : (code & 63) + 32)).join(
    "",
  );
}

/** Only lines of a whole number of threes, save the last. */
function uuencoded(bytes: Uint8Array, name: string): string {
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const part = bytes.subarray(at, at + 45);
    let line = String.fromCharCode(part.length + 32);
    for (let from = 0; from < part.length; from += 3) {
      line += letters(part.subarray(from, from + 3));
    }
    lines.push(line);
  }
  return [...lines, "`", "end"].join("\r\n");
}

const every = Uint8Array.from({ length: 700 }, (_, at) => at * 7 % 256);
const mail = (text: string, fields = "") =>
  read(Buffer.from(`From: a@b.example\r\nSubject: Bericht\r\n${fields}\r\n${text}\r\n`, "latin1"));

Deno.test("what an old program wrote into the text is a file beside it", async () => {
  const { text, files, incomplete } = await mail(
    `Hallo,\r\n\r\n${uuencoded(every, "bericht.pdf")}\r\n\r\nGruß\r\n` +
      `${uuencoded(Buffer.from("kurz"), "notiz.txt")}`,
  );
  equal(text.replace(/\n+/g, " ").trim(), "Hallo, Gruß");
  deepEqual(files.map(({ name, mediaType }) => [name, mediaType]), [
    ["bericht.pdf", "application/pdf"],
    ["notiz.txt", "text/plain"],
  ]);
  deepEqual([...files[0]!.bytes], [...every]);
  equal(Buffer.from(files[1]!.bytes).toString(), "kurz");
  equal(incomplete, null);
});

Deno.test("a file whose name ends in what every object has is one of no known kind", async () => {
  const { files } = await mail(uuencoded(Buffer.from("kurz"), "notiz.constructor"));
  deepEqual(files.map(({ mediaType }) => mediaType), ["application/octet-stream"]);
});

Deno.test("blanks lost at the ends of lines, and base64, spoil no file", async () => {
  const spaced = uuencoded(Uint8Array.of(1, 2, 0, 0, 0, 0), "a.bin").replaceAll("`", " ")
    .split("\r\n").map((line) => line.trimEnd()).join("\r\n");
  const coded = `begin-base64 644 b.bin\r\n${Buffer.from(every).toString("base64")}\r\n====`;
  const { files } = await mail(`${spaced}\r\n${coded}`);
  deepEqual(files.map(({ bytes }) => [...bytes]), [[1, 2, 0, 0, 0, 0], [...every]]);
});

Deno.test("a part in that encoding is the file that it holds", async () => {
  const { files, text } = await mail(
    "--b\r\nContent-Type: text/plain\r\n\r\nHallo\r\n--b\r\nContent-Type: application/msword\r\n" +
      "Content-Transfer-Encoding: x-uuencode\r\n" +
      `Content-Disposition: attachment; filename=bericht.doc\r\n\r\n${
        uuencoded(every, "x")
      }\r\n--b--`,
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n",
  );
  equal(text.trim(), "Hallo");
  deepEqual(files.map(({ name }) => name), ["bericht.doc"]);
  deepEqual([...files[0]!.bytes], [...every]);
});

Deno.test("words that only begin like a file stay words", async () => {
  const texts = [
    "begin 644 of the list\r\nAnna und Bert\r\nend",
    "begin 644 a.txt\r\n`\r\nWir sehen uns morgen früh am Bahnhof.\r\nend",
    `${uuencoded(every, "bericht.doc").slice(0, 200)}\r\n`,
    "begin 644 a.txt\r\nend",
  ];
  for (const words of texts) {
    const { text, files } = await mail(words);
    deepEqual(files, [], words);
    equal(text.trim().replaceAll("\n", "\r\n"), words.trim());
  }
});
