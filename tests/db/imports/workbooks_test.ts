/** Excel files: what their cells show is what is imported. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { writeXlsx } from "hucre/xlsx";
import type { Hints } from "../../../db/imports/inspections.ts";
import * as workbooks from "../../../db/imports/workbooks.ts";
import { archive, type Book, escaped, parts, row, workbook } from "./books.ts";
import { importAll, sourceOf } from "./sources.ts";

/** The rows of the first sheet: number and cells. */
async function rowsOf(book: Book): Promise<[number, ...string[]][]> {
  const opened = await workbooks.open(sourceOf(await workbook(book)));
  const rows = await Array.fromAsync(opened.rows(Object.keys(book.sheets)[0]!.split('"')[0]!));
  return rows.map(({ number, cells }) => [number, ...cells]);
}

/** What cells of these types, values and formats become. */
async function shown(
  cells: [value: string, format?: string | number, type?: string][],
  from1904 = false,
): Promise<string[]> {
  const xml = cells.map(([value, format, type], at) =>
    `<row r="${at + 1}"><c r="A${at + 1}" s="${format === undefined ? 0 : at + 1}" t="${
      type ?? "n"
    }"><v>${escaped(value)}</v></c><c r="B${at + 1}"><v>1</v></c></row>`
  );
  const formats = cells.map(([, format]) => format ?? 0);
  const rows = await rowsOf({ sheets: { A: xml.join("") }, formats, from1904 });
  return rows.map(([, cell]) => cell ?? "");
}

async function book(rows: string, more: Partial<Book> = {}, hints: Hints = {}) {
  return await importAll(sourceOf(await workbook({ sheets: { Liste: rows }, ...more })), hints);
}

Deno.test("long numbers keep every digit and never get an exponent", async () => {
  deepEqual(
    await shown([
      ["491701234567"],
      ["4.91701234567E11"],
      ["4.917012345678E+12", "0.00E+00"],
      ["1234567890123456789"],
      ["1.0E-7"],
      ["0.1", 2],
      ["0.30000000000000004"],
      ["-12"],
      ["1067", "00000"],
      ["1067", "[$-407]00000"],
      ["1067", '"D-"00000'],
      ["1067", "\\D\\-00000;[Red]-0"],
      ["301234567", '"+49"\\ 0'],
      ["301234567", "+49 0##-######"],
      ["12345.5", "#,##0.00\\ [$€-407]"],
      ["80331", "#,##0"],
    ]),
    [
      "491701234567",
      "491701234567",
      "4917012345678",
      "1234567890123456789",
      "0.0000001",
      "0.1",
      "0.3",
      "-12",
      "01067",
      "01067",
      "D-01067",
      "D-01067",
      "+49 301234567",
      "+49 301-234567",
      "12345.5",
      "80331",
    ],
  );
});

Deno.test("dates become ISO dates by their format, German ones and 1904 included", async () => {
  const cells: Parameters<typeof shown>[0] = [
    ["45352", 14],
    ["45352", "dd.mm.yyyy"],
    ["45352", "TT.MM.JJJJ"],
    ["45352", "[$-407]d\\.\\ mmmm\\ yyyy;@"],
    ["45352.604166666664", 22],
    ["45352.604166666664", "dd/mm/yyyy hh:mm:ss"],
    ["45352.604166666664", 14],
    ["45352.5208449074", "yyyy-mm-dd hh:mm:ss.000"],
    ["0.604166666664", 20],
    ["0.604166666664", "h:mm AM/PM"],
    ["1.25", "[h]:mm"],
    ["1", 14],
    ["59", 14],
    ["61", 14],
    ["0", 14],
    ["-5", 14],
    ["45352.9999999", 14],
    ["2024-03-01T00:00:00", 14, "d"],
    ["2024-03-01T14:30:00", 22, "d"],
    ["45352", "0"],
    ["45352", '0" days"'],
    ["45352", "[Red]#,##0"],
  ];
  deepEqual(await shown(cells), [
    "2024-03-01",
    "2024-03-01",
    "2024-03-01",
    "2024-03-01",
    "2024-03-01 14:30",
    "2024-03-01 14:30",
    "2024-03-01",
    "2024-03-01 12:30:01",
    "14:30",
    "14:30",
    "30:00",
    "1900-01-01",
    "1900-02-28",
    "1900-03-01",
    "",
    "-5",
    "2024-03-02",
    "2024-03-01",
    "2024-03-01 14:30:00",
    "45352",
    "45352 days",
    "45352",
  ]);
  deepEqual(await shown([["43890", 14], ["0", 14]], true), ["2024-03-01", "1904-01-01"]);
});

Deno.test("percentages, booleans and texts are as shown", async () => {
  deepEqual(
    await shown([
      ["0.19", 9],
      ["0.195", 10],
      ["0.195", "0.0 %"],
      ["1", undefined, "b"],
      ["0", undefined, "b"],
      ["=1+1", undefined, "str"],
      ["Zeile_x000D_\nzwei_x005F_x0041_", undefined, "str"],
    ]),
    ["19%", "19.50%", "19.5%", "true", "false", "=1+1", "Zeile\r\nzwei_x0041_"],
  );
});

Deno.test("shared, rich and inline texts are put together, reading aids left out", async () => {
  const rows = await rowsOf({
    strings: "<si><t>Jörg</t></si><si><r><rPr><b/></rPr><t>Mül</t></r><r><t>ler</t></r>" +
      '<rPh sb="0" eb="1"><t>ミュ</t></rPh></si><si><t xml:space="preserve"> &lt;a&gt; &#252;</t></si><si/>',
    sheets: {
      A: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>' +
        '<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>99</v></c>' +
        '<c r="F1" t="inlineStr"><is><r><t>Gro</t></r><r><t>ß</t></r></is></c></row>',
    },
  });
  deepEqual(rows, [[1, "Jörg", "Müller", " <a> ü", "", "", "Groß"]]);
});

Deno.test("cells and rows without references follow each other, prefixes are no matter", async () => {
  const made = parts({ sheets: { A: "" } });
  made["xl/worksheets/sheet1.xml"] = '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c><x:v>1' +
    '</x:v></x:c><x:c/><x:c><x:v>3</x:v></x:c></x:row><x:row r="7"><x:c r="B7"><x:v>4</x:v></x:c>' +
    "</x:row></x:sheetData></x:worksheet>";
  const opened = await workbooks.open(sourceOf(await archive(made)));
  const rows = await Array.fromAsync(opened.rows("A"));
  deepEqual(rows.map(({ number, cells }) => [number, ...cells]), [[1, "1", "", "3"], [
    7,
    "",
    "4",
  ]]);
});

Deno.test("a value merged downwards is in all its rows, and a header over two rows is read", async () => {
  const { inspection, records } = await book(
    row(1, ["Kontaktliste"]) + row(2, ["Firma", "Ansprechpartner", "", "Ort"]) +
      row(3, ["", "Vorname", "Nachname", ""]) + row(4, ["Adler GmbH", "Uwe", "Adler", "Ulm"]) +
      row(5, ["", "Ute", "Klein", "Bonn"]) + row(6, ["", "Ina", "Groß", "Kiel"]) +
      row(7, ["", "Leo", "Ohne", "Hof"]),
    {
      behind: '<mergeCells count="4"><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/>' +
        '<mergeCell ref="D2:D3"/><mergeCell ref="A4:A6"/></mergeCells>',
    },
  );
  equal(inspection.plan.header, 3);
  deepEqual(records.map((it) => [it.row, it.contact?.lastName, it.companies[0]?.name]), [
    [4, "Adler", "Adler GmbH"],
    [5, "Klein", "Adler GmbH"],
    [6, "Groß", "Adler GmbH"],
    [7, "Ohne", undefined],
  ]);
});

Deno.test("title rows, blank rows and hidden rows leave the row numbers as the sheet has them", async () => {
  const { inspection, records } = await book(
    row(1, ["Kundenliste 2026"]) + row(2, []) + row(4, ["Vorname", "Nachname", "PLZ", "Ort"]) +
      row(6, ["Max", "Muster", "10115", "Berlin"]) +
      row(9, ["Eva", "Beispiel", "80331"], 'hidden="1"'),
  );
  equal(inspection.plan.format, "xlsx");
  equal(inspection.plan.header, 4);
  equal(inspection.hiddenRows, 1);
  equal(inspection.records, 2);
  deepEqual(inspection.samples.map((it) => it.row), [6, 9]);
  deepEqual(records.map((it) => [it.row, it.contact?.lastName, it.contact?.addresses[0]?.city]), [
    [6, "Muster", "Berlin"],
    [9, "Beispiel", ""],
  ]);
  deepEqual(records.flatMap((it) => it.warnings), []);
});

Deno.test("errors and uncomputed formulas are empty and reported by column", async () => {
  const cells = '<c r="A2" t="str"><f>UPPER("max")</f><v>Max</v></c><c r="B2" t="inlineStr"><is>' +
    '<t>Muster</t></is></c><c r="C2" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c><c r="D2"><f>1+1</f></c>';
  const { records } = await book(
    row(1, ["Vorname", "Nachname", "Ort", "Telefon"]) + `<row r="2">${cells}</row>`,
  );
  equal(records[0]?.contact?.firstName, "Max");
  deepEqual(records[0]?.warnings.map((it) => [it.code, it.column, it.params.error]), [
    ["cell_error", "Ort", "#N/A"],
    ["formula_without_value", "Telefon", ""],
  ]);
});

Deno.test("the first shown sheet with headings is read, and another when asked for", async () => {
  const people = (name: string) => row(1, ["Vorname", "Nachname"]) + row(2, ["Max", name]);
  const bytes = await workbook({
    sheets: {
      'Alt" state="veryHidden': people("Alt"),
      Deckblatt: '<row r="1"><c r="A1" s="0"/></row>',
      Anleitung: row(1, ["Bitte ab dem nächsten Blatt ausfüllen."]),
      "Kunden &amp; Partner": people("Kunde"),
      Archiv: people("Archiv"),
    },
  });
  const { inspection, records } = await importAll(sourceOf(bytes));
  deepEqual(inspection.sheets, [
    { name: "Alt", hidden: true, filled: true, named: true },
    { name: "Deckblatt", hidden: false, filled: false, named: false },
    { name: "Anleitung", hidden: false, filled: true, named: false },
    { name: "Kunden & Partner", hidden: false, filled: true, named: true },
    { name: "Archiv", hidden: false, filled: true, named: true },
  ]);
  equal(inspection.plan.sheet, "Kunden & Partner");
  equal(records[0]?.contact?.lastName, "Kunde");
  const other = await importAll(sourceOf(bytes), { sheet: "Archiv" });
  equal(other.records[0]?.contact?.lastName, "Archiv");
  const gone = await importAll(sourceOf(bytes), { sheet: "Gibt es nicht" });
  equal(gone.inspection.plan.sheet, "Kunden & Partner");
});

Deno.test("a table in Excel makes the records that it makes as CSV", async () => {
  const text = fc.constantFrom(
    "",
    "",
    "Jörg",
    "Müller-Lüdenscheid",
    "a;b",
    'sagt "ja"',
    "=1+1",
    "O'Neil",
    "<x>&",
  );
  const person = fc.record({
    first: text,
    last: text,
    email: fc.constantFrom("", "a@b.example", "kaputt@"),
    phone: fc.constantFrom("", "0301234567", "+49 171 2345678", "004312345678"),
    code: fc.constantFrom("", "01067", "80331", "1010"),
    day: fc.constantFrom("", "1980-02-29", "2024-12-31", "1901-01-01"),
  });
  const heads = ["Vorname", "Nachname", "E-Mail", "Telefon", "PLZ", "Geburtstag"];
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
      const lines = people.map((it) => [it.first, it.last, it.email, it.phone, it.code, it.day]);
      const csv = [heads, ...lines].map((cells) =>
        cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";")
      ).join("\r\n");
      const xlsx = await writeXlsx({
        sheets: [{
          name: "Kunden",
          columns: heads.map((_, at) => at === 5 ? { numFmt: "dd.mm.yyyy" } : {}),
          rows: [
            heads,
            ...lines.map((cells) =>
              cells.map((cell, at) => {
                if (cell === "") return null;
                return at === 5 ? new Date(`${cell}T00:00:00Z`) : cell;
              })
            ),
          ],
        }],
      });
      const header = { header: 1 };
      const [one, two] = [
        await importAll(sourceOf(`${csv}\r\n`), { ...header, separator: ";" }),
        await importAll(sourceOf(xlsx, 100), header),
      ];
      deepEqual(two.records, one.records);
      deepEqual(two.inspection.plan.columns, one.inspection.plan.columns);
    }),
    { numRuns: 60 },
  );
});

Deno.test("what is no workbook, or a sealed or broken one, is refused by name", async () => {
  const code = (bytes: Uint8Array) =>
    importAll(sourceOf(bytes)).then(() => "read", (it) => it.code);
  const good = await workbook({ sheets: { A: row(1, ["Vorname", "Nachname"]) } });
  equal(await code(good.slice(0, good.length - 30)), "xlsx_broken");
  equal(await code(good.slice(0, 400)), "xlsx_broken");
  equal(await code(await workbook({ sheets: { A: "" } })), "empty");
  equal(await code(await workbook({ sheets: { A: "<row>" } })), "xlsx_broken");
  equal(await code(await archive({ "xl/a.xml": "<a/>" })), "xlsx_broken");
  const binary = parts({ sheets: { A: "" } });
  binary["_rels/.rels"] = binary["_rels/.rels"]!.replace("workbook.xml", "workbook.bin");
  equal(await code(await archive(binary)), "xlsb_not_yet");
  equal(await code(await archive({ "word/document.xml": "<a/>" })), "zip");
  equal(
    await code(await archive({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" })),
    // Stored, as OpenDocument demands, its name would be readable; deflated it is any archive.
    "zip",
  );
  const container = new Uint8Array(100_000);
  container.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  equal(await code(container), "xls_not_yet");
  container.set([..."EncryptedPackage"].flatMap((letter) => [letter.charCodeAt(0), 0]), 65_530);
  equal(await code(container), "xlsx_encrypted");
});

Deno.test("entities and document types are refused, however they are meant", async () => {
  const made = parts({ sheets: { A: "" } });
  made["xl/worksheets/sheet1.xml"] =
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c><v>&e;' +
    "</v></c></row></sheetData></worksheet>";
  await rejects(importAll(sourceOf(await archive(made))), { code: "xlsx_broken" });
});

Deno.test("random changes to a workbook are imported or refused with a code", async () => {
  const good = await workbook({
    sheets: { A: row(1, ["Vorname", "Nachname"]) + row(2, ["Max", "Muster"]) },
  });
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      const outcome = await importAll(sourceOf(bytes)).then(() => "", (error) => error.name);
      ok(["", "Unreadable"].includes(outcome), outcome);
    }),
    { numRuns: 300 },
  );
});
