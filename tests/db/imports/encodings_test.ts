/** Encodings by the bytes alone, and the files that are no import at all. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { scan, text } from "../../../db/imports/encodings.ts";
import type { Encoding } from "../../../db/imports/plans.ts";
import { limits } from "../../../db/imports/problems.ts";
import { importAll, sourceOf } from "./sources.ts";

const german =
  "Name;Ort;Straße\nMüller;Köln;Königsallee\nGrößler;Nürnberg;Ährenweg\nJürgens;Düsseldorf;Mühle\n";

/** The text in a one-byte encoding, by trying every byte. */
function encode(content: string, encoding: Encoding): Uint8Array {
  const table = new Map<string, number>();
  const upper850 =
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀Óß";
  for (let byte = 0; byte < 256; byte++) {
    const one = Uint8Array.of(byte);
    const character = encoding === "ibm850"
      ? byte < 128 ? String.fromCharCode(byte) : upper850[byte - 128]
      : new TextDecoder(encoding).decode(one);
    if (character) table.set(character, byte);
  }
  return Uint8Array.from(content, (character) => table.get(character) ?? 63);
}

async function decoded(bytes: Uint8Array): Promise<[Encoding, string]> {
  const { encoding } = await scan(sourceOf(bytes));
  return [encoding, (await Array.fromAsync(text(sourceOf(bytes, 3), encoding))).join("")];
}

for (const encoding of ["windows-1252", "macintosh", "ibm850"] as const) {
  Deno.test(`German in ${encoding} is recognised by its umlauts`, async () => {
    const [found, content] = await decoded(encode(german, encoding));
    equal(found, encoding);
    equal(content, german);
  });
}

Deno.test("umlauts that only begin words reveal the encoding as well", async () => {
  const names = "Nachname;Ort\nÖzdemir;Ulm\nÜnal;Bonn\nÄhnlich;Kiel\n";
  for (const encoding of ["windows-1252", "macintosh", "ibm850"] as const) {
    deepEqual(await decoded(encode(names, encoding)), [encoding, names]);
  }
  const euros = "Notiz\n€ 50 … und dann …so\n†1999\n";
  equal((await decoded(encode(euros, "windows-1252")))[0], "windows-1252");
});

Deno.test("French and curly quotes in Windows-1252 are not taken for another encoding", async () => {
  const french = "nom;ville\nFrançois;Orléans\nHélène;Besançon\nd’Artagnan;Nîmes\n";
  equal((await decoded(encode(french, "windows-1252")))[1], french);
  const czech = "Name\nŠkoda – Žižka “x”\n";
  equal((await decoded(encode(czech, "windows-1252")))[0], "windows-1252");
});

Deno.test("languages of eastern and southern neighbours are recognised by their letters", async () => {
  for (
    const [encoding, content] of [
      ["windows-1250", "Imię;Miasto\nŁukasz Wiśniewski;Łódź\nJola Dąbrowska;Kraków żółty\n"],
      ["windows-1250", "Jméno;Město\nJiří Dvořák;Plzeň\nŽofie Černá;Kůň\n"],
      ["windows-1250", "Név;Város\nGyőri Győző;Győr\nNagy Béla;Fűzfő\n"],
      ["windows-1250", "Prezime;Ime\nKovačić;Željko\nMašić;Iva\n"],
      ["windows-1251", "Фамилия;Имя\nИванов;Пётр\nПетрова;Анна\n"],
      ["windows-1253", "Επώνυμο;Όνομα\nΠαπαδόπουλος;Νίκος\nΓεωργίου;Ελένη\n"],
      ["windows-1252", "Fornavn;By\nSøren Kjær;Ålborg\nÆble Grød;Køge\n"],
      ["windows-1252", "Nome;Città\nNicolò Così;Forlì\nGesù Più;Virtù\n"],
    ] as const
  ) deepEqual(await decoded(encode(content, encoding)), [encoding, content]);
});

Deno.test("UTF-32 is recognised by its mark, in either order", async () => {
  const points = Uint32Array.from([..."\ufeffName;Ort\nä😀;x\n"], (it) => it.codePointAt(0)!);
  const little = new Uint8Array(points.buffer);
  const big = Uint8Array.from(little, (_, at) => little[at ^ 3]!);
  deepEqual(await decoded(little), ["utf-32le", "Name;Ort\nä😀;x\n"]);
  deepEqual(await decoded(big), ["utf-32be", "Name;Ort\nä😀;x\n"]);
});

Deno.test("UTF-8 and UTF-16 are recognised with and without a mark", async () => {
  equal((await decoded(new TextEncoder().encode(german)))[0], "utf-8");
  for (const mark of ["", "\ufeff"]) {
    const units = Uint16Array.from(mark + german, (it) => it.charCodeAt(0));
    const little = new Uint8Array(units.buffer);
    const big = Uint8Array.from(little, (_, at) => little[at ^ 1]!);
    equal((await decoded(little))[0], "utf-16le");
    equal((await decoded(big))[0], "utf-16be");
    equal((await decoded(big))[1], german);
  }
});

Deno.test("one stray byte does not turn a UTF-8 file into another encoding", async () => {
  const bytes = [...new TextEncoder().encode(german.repeat(10)), 0xff];
  equal((await decoded(new Uint8Array(bytes)))[0], "utf-8");
});

Deno.test("a list put together of UTF-8 and Windows-1252 is read line by line as it was meant", async () => {
  const bytes = new Uint8Array([
    ...new TextEncoder().encode("Vorname;Nachname\nJürgen;Groß\nÄnne;Weiß\n"),
    ...Uint8Array.from("Jörg;Müßig\n", (character) => character.charCodeAt(0)),
  ]);
  for (const size of [1, 7, 65_536]) {
    const { records } = await importAll(sourceOf(bytes, size));
    deepEqual(records.map(({ contact }) => contact?.lastName), ["Groß", "Weiß", "Müßig"]);
  }
});

Deno.test("the encoding that the user chooses counts", async () => {
  const bytes = encode("Vorname;Nachname\nJörg;Müller\n", "macintosh");
  const { records } = await importAll(sourceOf(bytes), { encoding: "windows-1252" });
  ok(records[0]?.contact?.lastName !== "Müller");
  const right = await importAll(sourceOf(bytes), { encoding: "macintosh" });
  equal(right.records[0]?.contact?.lastName, "Müller");
});

Deno.test("what is no table, card or list is refused by name", async () => {
  const code = (content: string | Uint8Array) =>
    importAll(sourceOf(content)).then(() => "read", (error) => error.code);
  const start = (...bytes: number[]) => new Uint8Array([...bytes, ...new Uint8Array(200).fill(1)]);
  const zip = (name: string) => new TextEncoder().encode(`PK\x03\x04\x14\0\0\0\0\0\0\0\0\0${name}`);
  equal(await code(""), "empty");
  equal(await code(" \r\n\r\n"), "empty");
  equal(await code(zip("xl/workbook.xml")), "xlsx_broken");
  equal(await code(zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")), "xlsx_broken");
  equal(await code(zip("fotos/1.jpg")), "zip");
  equal(await code(start(0xd0, 0xcf, 0x11, 0xe0)), "xls_not_yet");
  equal(await code("%PDF-1.7 …"), "pdf");
  equal(await code(start(0x89, 0x50, 0x4e, 0x47)), "image");
  equal(await code("<!DOCTYPE html><html></html>"), "html");
  equal(await code('<?xml version="1.0"?><a/>'), "xml");
  equal(await code(start(1, 2, 3)), "binary");
  equal(await code("=ybegin line=128 size=9 name=a.csv\r\nxyz\r\n=yend size=9\r\n"), "binary");
  equal(await code("{\\rtf1\\ansi\nEva}"), "rich_text");
  equal(await code("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"), "calendar");
  const mail = "From: Eva <eva@x.example>\nTo: max@x.example\nSubject: Termin, Ort\n\nHallo\n";
  equal(await code(mail), "mail");
  equal(await code(`From - Thu Jan  1 10:00:00 2026\n${mail}`), "mail");
  equal(await code("From,To,Subject\nEva,Max,Hallo\n"), "read");
});

Deno.test("files beyond the limits are refused", async () => {
  const code = (content: string, large?: true) =>
    importAll(sourceOf(content), { large }).then(() => "read", (error) => error.code);
  const many = "Name\n" + "x\n".repeat(limits.rows + 1);
  equal(await code(many), "too_many_rows");
  equal(await code(many, true), "read", "at the command line");
  equal(
    await code(Array.from({ length: 1_001 }, (_, at) => `Spalte${at}`).join(";") + "\n1;2\n"),
    "too_many_columns",
  );
  equal(await code("Name;Ort\n" + ";\n".repeat(2 ** 22) + "Eva;Ulm\n"), "too_many_rows", "blank");
  equal(await code(`Name;Ort\n${";".repeat(2 ** 18)}\nEva;Ulm\n`), "too_many_columns", "blank");
  const endless = () =>
    new ReadableStream({ pull: (it) => it.enqueue(new Uint8Array(1 << 20).fill(65)) });
  equal(await importAll(endless).then(() => "read", (error) => error.code), "too_large");
  const long = `Vorname;Nachname\nMax;"${"x".repeat(limits.cell + 1)}"\nEva;Beispiel\n`;
  const { records } = await importAll(sourceOf(long));
  equal(records[0]?.rejected?.code, "cell_too_long");
  equal(records[1]?.contact?.lastName, "Beispiel");
});

Deno.test("what was encoded twice is read as it was before, and nothing else is", async () => {
  const twice = (text: string) =>
    new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));
  const rows = "Name,Straße,E-Mail\nJürgen Groß,Öhrchenstraße 5 – Hof,j@x.example\n";
  const { records } = await importAll(sourceOf(twice(rows)));
  const [{ contact } = { contact: null }] = records;
  deepEqual([contact?.firstName, contact?.lastName], ["Jürgen", "Groß"]);
  equal(contact?.addresses[0]?.street, "Öhrchenstraße 5 – Hof");
  for (const name of ["São Â", "Ãœ", "Ñandú", "Ã…ngstrÃ¶m ä", "ÂNGELA ÃO"]) {
    const kept = await importAll(sourceOf(`Vorname,Nachname\nEva,${name}\n`));
    const expected = name === "Ãœ" ? "Ü" : name;
    equal(kept.records[0]?.contact?.lastName, expected);
  }
});

Deno.test("a comment line within a table is reported, and is no person", async () => {
  const { records } = await importAll(
    sourceOf("Name,Email\nEva Groß,e@x.example\n# some of the others\nKarl Ott,k@x.example\n"),
  );
  deepEqual(records.map(({ skipped }) => skipped), [null, "total_row", null]);
  const parted = await importAll(
    sourceOf("Name,Email,City\nEva Groß,e@x.example,Köln\n# others, of old\n#7,k@x.example\n"),
  );
  deepEqual(parted.records.map(({ row }) => row), [2, 4]);
});
