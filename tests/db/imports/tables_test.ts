/** The reader of rows and cells: whatever is written as CSV comes back, whatever is broken survives. */

import fc from "fast-check";
import { deepEqual, equal, ok } from "node:assert/strict";
import { text } from "../../../db/imports/encodings.ts";
import * as files from "../../../db/imports/files.ts";
import type { Dialect, Encoding } from "../../../db/imports/plans.ts";
import { Unreadable } from "../../../db/imports/problems.ts";
import { rows } from "../../../db/imports/table_rows.ts";
import { importAll, sourceOf } from "./sources.ts";

const usual: Dialect = { separator: ",", quote: '"', backslash: false };

async function cellsOf(content: string | Uint8Array, dialect = usual, header = 1, size = 65_536) {
  const found = await Array.fromAsync(
    rows(text(sourceOf(content, size), "utf-8"), dialect, header),
  );
  return found.map((row) => row.cells);
}

/** Writes a table the way this dialect does. */
function write(table: string[][], dialect: Dialect, eol: string, always: boolean): string {
  const { quote, separator, backslash } = dialect;
  const escape = (cell: string) =>
    backslash
      ? cell.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
      : cell.replaceAll(quote, quote + quote);
  const needs = (cell: string) =>
    always || cell.includes(quote) || cell.includes(separator) || /[\r\n\\]|^\s|\s$|^$/.test(cell);
  return table.map((row) =>
    row.map((cell) => needs(cell) ? quote + escape(cell) + quote : cell).join(separator)
  ).join(eol) + eol;
}

function encode(content: string, encoding: Encoding, bom: boolean): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode((bom ? "\ufeff" : "") + content);
  const units = (bom ? "\ufeff" : "") + content;
  const bytes = new DataView(new ArrayBuffer(units.length * 2));
  for (let at = 0; at < units.length; at++) {
    bytes.setUint16(at * 2, units.charCodeAt(at), encoding === "utf-16le");
  }
  return new Uint8Array(bytes.buffer);
}

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("", "Müller", '"', "''", ",;\t|", "a\nb", "\r\n", "\\", '\\"', " "),
  },
);
// A zero byte or a mark in the middle of a file says things about its encoding, not about its cells.
const clean = cell.map((value) => value.replace(/[\0\ufeff]/g, "").toWellFormed());
const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.array(fc.array(clean, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
);
const dialect = fc.record({
  separator: fc.constantFrom(",", ";", "\t", "|", "^"),
  quote: fc.constantFrom<Dialect["quote"]>('"', "'"),
  backslash: fc.boolean(),
});

Deno.test("any table comes back equal, whatever its separator, quotes, line ends and encoding", async () => {
  await fc.assert(fc.asyncProperty(
    table,
    dialect,
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be"),
    fc.boolean(),
    fc.boolean(),
    fc.integer({ min: 1, max: 64 }),
    async (table, dialect, eol, encoding, bom, always, size) => {
      const bytes = encode(write(table, dialect, eol, always), encoding, bom);
      const pieces = text(sourceOf(bytes, size), encoding);
      const found = await Array.fromAsync(rows(pieces, dialect, 1));
      deepEqual(found.map((row) => row.cells), table);
      ok(found.every((row) => !row.unclosed));
    },
  ));
});

Deno.test("an empty cell stays empty and never takes the value of the row before", async () => {
  const value = fc.constantFrom("", "", "a@firma.example", "b@firma.example");
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 12 }), async (emails) => {
      const lines = emails.map((email, at) => `Vorname${at};Nachname${at};${email}`);
      const content = ["Vorname;Nachname;E-Mail", ...lines].join("\n");
      const { records } = await importAll(sourceOf(content));
      deepEqual(records.map((it) => it.contact?.emails[0]?.address ?? ""), emails);
    }),
  );
});

Deno.test("random bytes are imported or refused with a code, never answered by a crash", async () => {
  const starts = fc.constantFrom(
    "",
    "BEGIN:VCARD\r\n",
    '[{"name":',
    "\ufeff",
    'Name;E-Mail\n"',
    "sep=;\n",
  );
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ maxLength: 400 }), async (start, bytes) => {
      const content = new Uint8Array([...new TextEncoder().encode(start), ...bytes]);
      try {
        const { inspection, records } = await importAll(sourceOf(content, 16));
        equal(records.length, inspection.records);
        // PostgreSQL's jsonb takes neither zero bytes nor halves of surrogate pairs.
        ok(!/\\u0000|\\ud[89a-f]/.test(JSON.stringify({ inspection, records })));
      } catch (error) {
        ok(error instanceof Unreadable, String(error));
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("a forgotten closing quote costs its own row at most", async () => {
  const content = 'a,b,c\n1,"open,3\n2,"closed",4\n5,6,7\n';
  deepEqual(await cellsOf(content), [["a", "b", "c"], ["1", "open", "3"], ["2", "closed", "4"], [
    "5",
    "6",
    "7",
  ]]);
  const last = await cellsOf('a,b,c\n1,2,3\n4,"open to the end,6\n7,8,9');
  deepEqual(last.slice(1), [["1", "2", "3"], ["4", "open to the end", "6"], ["7", "8", "9"]]);
});

Deno.test("a closing quote forgotten before a quoted cell swallows nothing, in its line or the next", async () => {
  const head = '"a";"b";"c"\n';
  const semicolons = { ...usual, separator: ";" };
  const own = await cellsOf(`${head}"1";"open;"3; x"\n"4";"5";"open\n"7";"8";"9"\n`, semicolons);
  deepEqual(own.slice(1), [["1", "open", "3; x"], ["4", "5", "open"], ["7", "8", "9"]]);
  const text = 'a,b,c\n1,"open, with a comma,3\n4,"closed",6\n7,"8\n8",9\n';
  for (const size of [65_536, 7]) {
    const below = await cellsOf(text, usual, 1, size);
    deepEqual(below.slice(1), [
      ["1", "open", " with a comma", "3"],
      ["4", "closed", "6"],
      ["7", "8\n8", "9"],
    ]);
  }
});

Deno.test("a quote inside a quoted cell is kept, and so is a line end", async () => {
  deepEqual(await cellsOf('a,b\n"says "hello" to you",2\n"two\nlines",3\n'), [
    ["a", "b"],
    ['says "hello" to you', "2"],
    ["two\nlines", "3"],
  ]);
  deepEqual(await cellsOf('a,b\n5" pipe,2\n'), [["a", "b"], ['5" pipe', "2"]]);
});

Deno.test("mixed line ends part rows, and blank rows count as the spreadsheet counts them", async () => {
  const found = await Array.fromAsync(
    rows(text(sourceOf("a,b\r\n1,2\n\n3,4\r5,6"), "utf-8"), usual),
  );
  deepEqual(found.map((row) => [row.number, ...row.cells]), [
    [1, "a", "b"],
    [2, "1", "2"],
    [3, ""],
    [4, "3", "4"],
    [5, "5", "6"],
  ]);
});

Deno.test("a row with too many cells is rejected by number, one with too few is reported", async () => {
  const content =
    "Vorname;Nachname;Ort\nMax;Muster;Berlin;überzählig\nEva;Beispiel\nUte;Klein;Ulm;;\n";
  const { records } = await importAll(sourceOf(content));
  equal(records[0]?.rejected?.code, "too_many_cells");
  equal(records[0]?.rejected?.row, 2);
  deepEqual(records[0]?.rejected?.params, { cells: 4, columns: 3 });
  deepEqual(records[1]?.warnings.map((it) => it.code), ["too_few_cells"]);
  equal(records[1]?.contact?.lastName, "Beispiel");
  deepEqual(records[2]?.warnings, []);
});

Deno.test("totals, remarks and repeated headings are skipped and reported, names like them are not", async () => {
  const text = "Vorname;Nachname;E-Mail;Beitrag\nEva;Groß;e@x.example;12,50\nSumme;;;19,50\n" +
    "Anzahl: 2;;;\nVorname;Nachname;E-Mail;Beitrag\n;Total;t@x.example;\n" +
    "Copyright (c) 2000-2026 Beispiel, Inc.;;;\nVertraulich – nicht weitergeben;;;\n";
  const { records } = await importAll(sourceOf(text));
  deepEqual(records.map(({ row, skipped, contact }) => [row, skipped ?? contact?.lastName]), [
    [2, "Groß"],
    [3, "total_row"],
    [4, "total_row"],
    [5, "header_repeated"],
    [6, "Total"],
    [7, "total_row"],
    [8, "total_row"],
  ]);
  const firms = "Firma;Telefon;Ort\nTotal;030 5550101;Berlin\nConfidential Ltd;;Bonn\n";
  equal((await importAll(sourceOf(firms))).records.every(({ skipped }) => skipped === null), true);
});

Deno.test("sep= names the separator and is no row of data", async () => {
  const { inspection, records } = await importAll(
    sourceOf("sep=|\nVorname|Nachname\nMax|Muster\n"),
  );
  equal(inspection.plan.dialect.separator, "|");
  equal(inspection.plan.header, 2);
  equal(records[0]?.row, 3);
});

Deno.test("columns with the same name or none survive", async () => {
  const { inspection } = await importAll(
    sourceOf("Name;;Telefon;Telefon\nMax Muster;x;030 123456;040 123456\n"),
  );
  deepEqual(inspection.plan.columns.map((it) => it.name), ["Name", "", "Telefon", "Telefon"]);
  const [record] = await Array.fromAsync(
    files.read(
      sourceOf("Name;;Telefon;Telefon\nMax Muster;x;030 123456;040 123456\n"),
      inspection.plan,
    ),
  );
  equal(record?.contact?.phones.length, 2);
});

Deno.test("a zero byte in a cell is taken out and reported", async () => {
  const { records } = await importAll(sourceOf("Vorname;Nachname\nM\0ax;Muster\n"));
  equal(records[0]?.contact?.firstName, "Max");
  equal(records[0]?.warnings[0]?.code, "control_characters");
});

Deno.test("a separator is found behind quotes, lines and other separators", async () => {
  const contents: [string, string][] = [
    [";", 'Firma;Adresse;Ort\n"Meier, Klein, Groß";"Weg 1, Hof";Ulm\n"A, B, C";"x, y";Bonn\n'],
    ["\t", "Firma\tAdresse\tOrt\nMeier, Klein\tWeg 1; Hof\tUlm\n"],
    [
      ",",
      "Name,E-Mail,Notiz\nMax Muster,max@muster.example,a; b; c\nEva B,eva@b.example,d; e; f\n",
    ],
    ["^", "Name^E-Mail\nMax Muster^max@muster.example\n"],
  ];
  for (const [separator, content] of contents) {
    const { inspection } = await importAll(sourceOf(content));
    equal(inspection.plan.dialect.separator, separator);
  }
});

Deno.test("what a spreadsheet does to numbers is undone", async () => {
  const content = "Nachname;PLZ;Telefon;Mobil;Kundennummer\n" +
    'Berg;"=""01067""";\'0221 123456;491712345678;="0815"\n';
  const { records } = await importAll(sourceOf(content));
  const { contact, warnings } = records[0]!;
  equal(contact?.addresses[0]?.postalCode, "01067");
  equal(contact?.customerNumber, "0815");
  deepEqual(contact?.phones.map(({ number }) => number), ["+49221123456", "+491712345678"]);
  deepEqual(warnings, []);
});

Deno.test("several numbers and addresses of a cell are separated, with the words beside them", async () => {
  const contactOf = async (telefon: string, mail = "e@x.example") => {
    const text = `Nachname;E-Mail;Telefon\nGroß;"${mail}";"${telefon}"\n`;
    return (await importAll(sourceOf(text))).records[0]!;
  };
  const phones = async (text: string) =>
    (await contactOf(text)).contact!.phones.map(({ number, kind }) => [number, kind]);
  deepEqual(await phones("Tel.: 030 5550101, Fax: 030 5550102"), [
    ["+49305550101", "work"],
    ["+49305550102", "fax"],
  ]);
  deepEqual(await phones("030 5550101 (privat) / mobil 0171 5550102"), [
    ["+49305550101", "home"],
    ["+491715550102", "mobile"],
  ]);
  deepEqual(await phones("030 5550101 (Frau Kurz)"), [["030 5550101 (Frau Kurz)", "work"]]);
  deepEqual(await phones("-"), []);
  const mails = async (text: string) => {
    const { contact, warnings } = await contactOf("", text);
    return [...contact!.emails.map(({ address }) => address), ...warnings.map(({ code }) => code)];
  };
  deepEqual(await mails("a@x.example und b@x.example (privat)"), ["a@x.example", "b@x.example"]);
  deepEqual(await mails("eva(at)x.example / max [at] x [dot] example"), [
    "eva@x.example",
    "max@x.example",
  ]);
  deepEqual(await mails("keine"), ["email_invalid"]);
});

Deno.test("an overlong value is cut and reported, and its record survives", async () => {
  const content = `Nachname;Notizen\n${"x".repeat(5000)};${"x".repeat(30_000)}\n`;
  const { records } = await importAll(sourceOf(content));
  equal(records[0]?.contact?.lastName.length, 100);
  // No more than the form takes, or the contact could not be saved again.
  equal(records[0]?.contact?.notes.length, 20_000);
  deepEqual(new Set(records[0]?.warnings.map((it) => it.code)), new Set(["value_shortened"]));
  equal(records[0]?.warnings.length, 2);
});

Deno.test("files made to keep the reader busy are finished soon", async () => {
  const hostile = [
    "a,b,c\n" + '"a,'.repeat(100_000),
    "a,b,c\n" + '"a\n'.repeat(20_000),
    "a,b,c\n" + '"a" b\n'.repeat(20_000),
    "a,b,c\n" + '"x'.repeat(200_000),
    'a,b,c\n1,"x\n' + ',"x'.repeat(100_000),
    'a,b,c\n1,"x' + '\n,"x'.repeat(100_000),
    `Name;E-Mail;Adresse;Firma\n${Array(4).fill(`"${",".repeat(60_000)}x"`).join(";")}\n`,
    `Name;E-Mail;Adresse;Firma\n${Array(4).fill(`"${"Dr. ".repeat(15_000)}"`).join(";")}\n`,
    `BEGIN:VCARD\nVERSION:3.0\nTEL${";A".repeat(200_000)}:1\nFN:x\nEND:VCARD\n`,
  ];
  const deadline = AbortSignal.timeout(20_000);
  for (const content of hostile) {
    await importAll(sourceOf(content));
    ok(!deadline.aborted, `${content.slice(0, 40)} took too long`);
  }
});

Deno.test("a file of one endless line is refused", async () => {
  const code = await importAll(sourceOf("A".repeat(6_000_000))).then(() => "read", (it) => it.code);
  equal(code, "record_too_long");
});

Deno.test("lines of comment ahead of a table are no headings, whatever commas they hold", async () => {
  const { inspection, records } = await importAll(sourceOf(
    "# from the shop, as every night\n#\n# names, addresses, and so on\n\nName,Email\nEva Groß,e@x.example\n",
  ));
  deepEqual(inspection.plan.columns.map(({ name }) => name), ["Name", "Email"]);
  equal(records.length, 1);
  const numbered = await importAll(sourceOf("#,Name,Email\n1,Eva Groß,e@x.example\n"));
  equal(numbered.inspection.plan.columns[0]?.name, "#");
});

Deno.test("a cell that comes in many pieces is read a few times, not once for each piece", async () => {
  const quotes = '"'.repeat(900_000);
  const content = `Name,Ort\n${quotes},Ulm\nEva,Köln\n`;
  let looked = 0;
  const dialect: Dialect = {
    ...usual,
    get quote() {
      looked++;
      return usual.quote;
    },
  };
  const [, long, next] = await cellsOf(content, dialect, 1, 1_000);
  deepEqual(next, ["Eva", "Köln"]);
  equal(long?.[0]?.length, 449_999);
  ok(looked < 5_000_000, `${looked} looks for a quote`);
});
