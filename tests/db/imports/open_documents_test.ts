/** LibreOffice files: read as the same table from Excel is. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import * as files from "../../../db/imports/files.ts";
import type { Hints } from "../../../db/imports/inspections.ts";
import * as openDocuments from "../../../db/imports/open_documents.ts";
import { archive, escaped, row, workbook } from "./books.ts";
import {
  blank,
  cell,
  content,
  flatBook,
  line,
  manifest,
  openArchive,
  openBook,
  rowOf,
} from "./open_books.ts";
import { importAll, sourceOf } from "./sources.ts";

/** The rows of the only sheet: number and cells. */
async function rowsOf(rows: string): Promise<[number, ...string[]][]> {
  const opened = await openDocuments.open(sourceOf(await openBook({ A: rows })));
  const found = await Array.fromAsync(opened.rows("A"));
  return found.map(({ number, cells }) => [number, ...cells]);
}

/** What cells of these types, values and texts become. */
async function shown(cells: [attributes: string, text?: string][]): Promise<string[]> {
  const rows = cells.map(([attributes, text = ""]) =>
    rowOf(
      `<table:table-cell ${attributes}>${
        text === "" ? "" : `<text:p>${escaped(text)}</text:p>`
      }</table:table-cell>${cell("x")}`,
    )
  );
  return (await rowsOf(rows.join(""))).map(([, first]) => first ?? "");
}

const float = (value: string) => `office:value-type="float" office:value="${value}"`;
const date = (value: string) => `office:value-type="date" office:date-value="${value}"`;
const time = (value: string) => `office:value-type="time" office:time-value="${value}"`;
const percent = (value: string) => `office:value-type="percentage" office:value="${value}"`;

async function book(rows: string, hints: Hints = {}) {
  return await importAll(sourceOf(await openBook({ Liste: rows })), hints);
}

Deno.test("numbers keep their digits, and what their format adds to them", async () => {
  const cells: [string, string, string][] = [
    ["1067", "01067", "01067"],
    ["1067", "D-01067", "D-01067"],
    ["1067", "1067", "1067"],
    ["1067", "1.067", "1067"],
    ["80331", "80 331", "80331"],
    ["80331", "80’331", "80331"],
    ["491701234567", "4,917E+11", "491701234567"],
    ["4.91701234567E11", "491701234567", "491701234567"],
    ["301234567", "+49 301234567", "+49 301234567"],
    ["301234567", "0301/234567", "0301/234567"],
    ["1712345678", "0171 2345678", "0171 2345678"],
    ["12345.5", "12.345,50", "12345.5"],
    ["500", "500,00", "500"],
    ["500", "500,-", "500"],
    ["500", "500 €", "500"],
    ["0", "0,00", "0"],
    ["0", "0E+00", "0"],
    ["0", "00000", "00000"],
    ["5", "0,05", "5"],
    ["-12", "-12", "-12"],
    ["0.30000000000000004", "0,3", "0.3"],
    ["1", "ja", "1"],
    ["42", "", "42"],
  ];
  deepEqual(
    await shown(cells.map(([value, text]) => [float(value), text])),
    cells.map(([, , expected]) => expected),
  );
});

Deno.test("days and times are ISO, whatever they are shown as", async () => {
  deepEqual(
    await shown([
      [date("2024-03-01"), "01.03.24"],
      [date("2024-03-01"), "1. März 2024"],
      [date("2024-03-01T00:00:00"), "01.03.2024"],
      [date("2024-03-01T00:00:00"), "01.03.2024 00:00"],
      [date("2024-03-01T14:30:00"), "01.03.2024 14:30"],
      [date("2024-03-01T14:30:05"), "01.03.24 02:30:05 PM"],
      [date("2024-03-01T14:30:00"), "01.03.2024"],
      [date("2024-02-29T23:59:59.999999997"), "01.03.2024 00:00"],
      [date("2024-03-01T14:30:00")],
      [date("1899-12-30"), "30.12.1899"],
      [date("morgen"), "morgen"],
      [time("PT14H30M00S"), "14:30"],
      [time("PT14H29M59.9999999S"), "02:30 PM"],
      [time("PT30H00M00S"), "30:00:00"],
      [time("PT38H30M00S"), "14:30"],
      [time("PT00H00M07S"), "00:00:07"],
      [time("bald"), "bald"],
    ]),
    [
      "2024-03-01",
      "2024-03-01",
      "2024-03-01",
      "2024-03-01 00:00",
      "2024-03-01 14:30",
      "2024-03-01 14:30:05",
      "2024-03-01",
      "2024-03-01 00:00",
      "2024-03-01 14:30",
      "",
      "morgen",
      "14:30",
      "14:30",
      "30:00",
      "14:30",
      "00:00:07",
      "bald",
    ],
  );
});

Deno.test("percentages, amounts, truths and texts are read by their kind", async () => {
  deepEqual(
    await shown([
      [percent("0.19"), "19 %"],
      [percent("0.195"), "19,50 %"],
      [percent("12.34"), "1.234 %"],
      [percent("0.195")],
      ['office:value-type="currency" office:currency="EUR" office:value="1234.5"', "1.234,50 €"],
      ['office:value-type="boolean" office:boolean-value="true"', "WAHR"],
      ['office:value-type="boolean" office:boolean-value="false"', "FALSCH"],
      ['office:value-type="string" office:string-value="01067"', "1067"],
      ['office:value-type="string"', "=1+1"],
      ["", "ohne Art"],
    ]),
    ["19%", "19.50%", "1234%", "19.5%", "1234.5", "true", "false", "01067", "=1+1", "ohne Art"],
  );
});

Deno.test("a cell's text is what its paragraphs show, without notes and drawings", async () => {
  const inside = (xml: string) =>
    `<table:table-cell office:value-type="string">${xml}</table:table-cell>`;
  const note = "<office:annotation><dc:creator>Eva</dc:creator><text:p>Notiz</text:p>" +
    "</office:annotation>";
  const drawing = "<draw:frame><draw:text-box><text:p>Bild</text:p></draw:text-box></draw:frame>";
  deepEqual(
    await rowsOf(rowOf([
      inside(`${note}<text:p>Jörg <text:span>Mül</text:span>ler</text:p>`),
      inside("<text:p>Hof 1</text:p><text:p/><text:p>Ulm<text:line-break/>Ost</text:p>"),
      inside('<text:p>a<text:s/><text:s text:c="3"/>b<text:tab/>c</text:p>'),
      inside("<text:p>\n   viel  \n Luft\n</text:p>"),
      inside(`<text:p><text:a xlink:href="mailto:a@b.example">a@b.example</text:a></text:p>`),
      inside(
        `${drawing}<text:p>x${drawing}y<office:annotation><text:p>n</text:p></office:annotation>` +
          "</text:p>",
      ),
      `<table:table-cell>${note}</table:table-cell>`,
      inside(
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん" +
          "</text:ruby-text></text:ruby> &lt;&#252;</text:p>",
      ),
    ].join(""))),
    [[
      1,
      "Jörg Müller",
      "Hof 1\n\nUlm\nOst",
      "a    b\tc",
      "viel Luft",
      "a@b.example",
      "xy",
      "",
      "漢 <ü",
    ]],
  );
});

Deno.test("rows and cells that repeat are counted, blank ones cost nothing", async () => {
  const twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="string">' +
    "<text:p>b</text:p></table:table-cell>";
  const far = '<table:table-cell table:number-columns-repeated="16000"/>';
  deepEqual(
    await rowsOf(
      blank(2) + rowOf(cell("a") + twice + far) + blank(1_000) +
        `<table:table-header-rows>${
          line(["c"], 'table:number-rows-repeated="3"')
        }</table:table-header-rows><table:table-row-group><table:table-row-group>${
          rowOf(
            '<table:table-cell table:number-columns-repeated="3"/><table:covered-table-cell/>' +
              cell("d"),
          )
        }</table:table-row-group></table:table-row-group>` + blank(1_047_568),
    ),
    [
      [3, "a", "b", "b"],
      [1004, "c"],
      [1005, "c"],
      [1006, "c"],
      [1007, "", "", "", "", "d"],
    ],
  );
});

Deno.test("a value merged downwards is in all its rows, and a header over two rows is read", async () => {
  const down = (text: string, rows: number) =>
    cell(text, `office:value-type="string" table:number-rows-spanned="${rows}"`);
  const covered = "<table:covered-table-cell/>";
  const { inspection, records } = await book(
    line(["Kontaktliste"]) +
      rowOf(
        down("Firma", 2) +
          cell("Ansprechpartner", 'office:value-type="string" table:number-columns-spanned="2"') +
          covered + down("Ort", 2),
      ) +
      rowOf(covered + cell("Vorname") + cell("Nachname") + covered) +
      rowOf(down("Adler GmbH", 3) + cell("Uwe") + cell("Adler") + cell("Ulm")) +
      rowOf(covered + cell("Ute") + cell("Klein") + cell("Bonn")) +
      rowOf(covered + cell("Ina") + cell("Groß") + cell("Kiel")) +
      rowOf(cell("") + cell("Leo") + cell("Ohne") + cell("Hof")),
  );
  equal(inspection.plan.header, 3);
  deepEqual(records.map((it) => [it.row, it.contact?.lastName, it.companies[0]?.name]), [
    [4, "Adler", "Adler GmbH"],
    [5, "Klein", "Adler GmbH"],
    [6, "Groß", "Adler GmbH"],
    [7, "Ohne", undefined],
  ]);
});

Deno.test("rows hidden by hand or by a filter are read and counted", async () => {
  const { inspection, records } = await book(
    line(["Kundenliste 2026"]) + blank(2) + line(["Vorname", "Nachname", "PLZ"]) +
      line(["Max", "Muster", "10115"]) + blank(2) +
      line(["Eva", "Beispiel", "80331"], 'table:visibility="filter"') +
      line(["Ida", "Blau", "80331"], 'table:visibility="collapse"') + blank(1_000_000),
  );
  equal(inspection.plan.format, "ods");
  equal(inspection.plan.header, 4);
  equal(inspection.hiddenRows, 2);
  deepEqual(records.map((it) => [it.row, it.contact?.lastName]), [
    [5, "Muster"],
    [8, "Beispiel"],
    [9, "Blau"],
  ]);
});

Deno.test("errors and uncomputed formulas are empty and reported by column", async () => {
  const formula = 'table:formula="of:=[.A1]"';
  const { records } = await book(
    line(["Vorname", "Nachname", "Ort", "Telefon", "Firma"]) +
      rowOf(
        cell("Max", `${formula} office:value-type="string"`) + cell("Muster") +
          cell(
            "#NV",
            `${formula} office:value-type="string" office:string-value="" ` +
              'calcext:value-type="error"',
          ) +
          `<table:table-cell ${formula}/>` +
          cell("Err:502", `${formula} office:value-type="float" office:value="0"`),
      ),
  );
  equal(records[0]?.contact?.firstName, "Max");
  deepEqual(records[0]?.warnings.map((it) => [it.code, it.column, it.params.error]), [
    ["cell_error", "Ort", "#NV"],
    ["formula_without_value", "Telefon", ""],
    ["cell_error", "Firma", "Err:502"],
  ]);
});

Deno.test("the first shown sheet with headings is read, and another when asked for", async () => {
  const people = (name: string) => line(["Vorname", "Nachname"]) + line(["Max", name]);
  const chart = `<table:shapes><draw:object><table:table table:name="local-table">${
    people("Bild")
  }</table:table></draw:object></table:shapes>`;
  const bytes = await openBook({
    'Alt" table:style-name="ta2': people("Alt"),
    Deckblatt: chart + blank(1_048_576),
    Anleitung: line(["Bitte ab dem nächsten Blatt ausfüllen."]),
    "Kunden &amp; Partner": people("Kunde") + blank(5),
    "'file:///D:/x.ods'#$Preise": people("Fremd"),
    'Archiv" table:style-name="ta1': people("Archiv"),
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
  deepEqual(records.map((it) => it.contact?.lastName), ["Kunde"]);
  const other = await importAll(sourceOf(bytes), { sheet: "Archiv" });
  deepEqual(other.records.map((it) => it.contact?.lastName), ["Archiv"]);
  const plan = { ...inspection.plan, sheet: "Gibt es nicht" };
  await rejects(Array.fromAsync(files.read(sourceOf(bytes), plan)), { code: "sheet_missing" });
});

Deno.test("a file that is one XML and no archive is read alike", async () => {
  const tables = { Kunden: line(["Vorname", "Nachname"]) + line(["Jörg", "Muster"]) + blank(9) };
  const [flat, packed] = [
    await importAll(sourceOf(flatBook(tables), 100)),
    await importAll(sourceOf(await openBook(tables), 100)),
  ];
  deepEqual(flat.records, packed.records);
  deepEqual(flat.inspection.plan, packed.inspection.plan);
  equal(flat.records[0]?.contact?.firstName, "Jörg");
  const text = flatBook(tables).replace("document.spreadsheet", "document.text");
  await rejects(importAll(sourceOf(text)), { code: "xml" });
});

Deno.test("a table of LibreOffice makes what the same of Excel makes", async () => {
  const text = fc.constantFrom(
    "",
    "Jörg",
    "Müller-Lüdenscheid",
    "a;b",
    "=1+1",
    "<x>&",
    "Zeile\nzwei",
  );
  const person = fc.record({
    first: text,
    last: text,
    email: fc.constantFrom("", "a@b.example", "kaputt@"),
    phone: fc.constantFrom("", "491712345678"),
    code: fc.constantFrom("", "1067", "80331"),
    day: fc.constantFrom("", "1980-02-29", "2024-12-31"),
  });
  const heads = ["Vorname", "Nachname", "E-Mail", "Telefon", "PLZ", "Geburtstag"];
  const serial = (day: string) => String(Date.parse(day) / 86_400_000 + 25_569);
  const text2 = (value: string) =>
    value === ""
      ? cell("")
      : `<table:table-cell office:value-type="string">${
        value.split("\n").map((it) => `<text:p>${escaped(it)}</text:p>`).join("")
      }</table:table-cell>`;
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 8 }), async (people) => {
      const number = (at: number, column: string, value: string, style: number) =>
        value === "" ? "" : `<c r="${column}${at + 2}" s="${style}"><v>${value}</v></c>`;
      const xlsx = await workbook({
        formats: ["00000", "dd.mm.yyyy"],
        sheets: {
          Kunden: row(1, heads) +
            people.map((it, at) =>
              row(at + 2, [it.first, it.last, it.email]).replace(
                "</row>",
                number(at, "D", it.phone, 0) + number(at, "E", it.code, 1) +
                  number(at, "F", it.day && serial(it.day), 2) + "</row>",
              )
            ).join(""),
        },
      });
      const ods = await openBook({
        Kunden: line(heads) + people.map((it) =>
          rowOf(
            text2(it.first) + text2(it.last) + text2(it.email) +
              cell(it.phone, float(it.phone)) +
              cell(it.code && it.code.padStart(5, "0"), float(it.code)) +
              cell(it.day && it.day.split("-").reverse().join("."), date(it.day)),
          )
        ).join("") + blank(1_048_000),
      });
      const header = { header: 1 };
      const [one, two] = [
        await importAll(sourceOf(xlsx), header),
        await importAll(sourceOf(ods, 100), header),
      ];
      deepEqual(two.records, one.records);
      deepEqual(
        { ...two.inspection, bytes: 0, plan: { ...two.inspection.plan, format: "xlsx" } },
        { ...one.inspection, bytes: 0 },
      );
    }),
    { numRuns: 40 },
  );
});

Deno.test("a file with other prefixes for its name spaces is read the same", async () => {
  const rows = line(["Name", "PLZ", "Geburtstag"]) + rowOf(
    cell("Ute Adler") +
      `<table:table-cell ${float("1067")}><text:p>01.067</text:p></table:table-cell>` +
      `<table:table-cell ${date("1971-03-04")}><text:p>04.03.71</text:p></table:table-cell>`,
  );
  const usual = content({ A: rows });
  const other = usual.replaceAll(/\b(office|table|text):(?=[a-z-]+[ =>/])/g, "x$1:")
    .replaceAll(/xmlns:(office|table|text)=/g, "xmlns:x$1=");
  ok(other.includes('xoffice:value="1067"'));
  const read = async (text: string) => {
    const bytes = await openArchive({ "content.xml": text, "META-INF/manifest.xml": manifest() });
    const { contact } = (await importAll(sourceOf(bytes))).records[0]!;
    return [contact!.lastName, contact!.addresses[0]!.postalCode, contact!.birthday];
  };
  deepEqual(await read(other), await read(usual));
  deepEqual(await read(other), ["Adler", "1067", "1971-03-04"]);
});

Deno.test("a file that was packed again, with its type elsewhere, is still a spreadsheet", async () => {
  const rows = line(["Vorname", "Nachname"]) + line(["Max", "Muster"]);
  const made = { "content.xml": content({ A: rows }), "META-INF/manifest.xml": manifest() };
  const type = "application/vnd.oasis.opendocument.spreadsheet";
  for (const parts of [made, { ...made, mimetype: type }]) {
    const { records } = await importAll(sourceOf(await archive(parts)));
    equal(records[0]!.contact?.lastName, "Muster");
  }
});

Deno.test("the address behind a link that only says whom it is to is kept", async () => {
  const link = (text: string) =>
    '<table:table-cell office:value-type="string"><text:p><text:a ' +
    `xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="mailto:ute@adler.example">${text}` +
    "</text:a></text:p></table:table-cell>";
  for (const text of ["E-Mail schreiben", "ute@adler.example"]) {
    const { records } = await book(
      line(["Name", "E-Mail"]) + rowOf(cell("Ute Adler") + link(text)),
    );
    deepEqual(records[0]!.contact!.emails.map(({ address }) => address), ["ute@adler.example"]);
    deepEqual(records[0]!.warnings, []);
  }
});

Deno.test("a sealed, broken or other file is refused by name", async () => {
  const code = (bytes: Uint8Array) =>
    importAll(sourceOf(bytes)).then(() => "read", (it) => it.code);
  const rows = line(["Vorname", "Nachname"]) + line(["Max", "Muster"]);
  const good = await openBook({ A: rows });
  equal(await code(good), "read");
  equal(await code(good.slice(0, good.length - 30)), "xlsx_broken");
  equal(await code(await openBook({ A: "" })), "empty");
  equal(await code(await openBook({ A: "<table:table-row>" })), "xlsx_broken");
  equal(await code(await openArchive({ "styles.xml": "<a/>" })), "xlsx_broken");
  equal(
    await code(
      await openArchive({ "META-INF/manifest.xml": manifest(true), "content.xml": "\x01" }),
    ),
    "xlsx_encrypted",
  );
  equal(await code(await openArchive({ "encrypted-package": "\x01" })), "xlsx_encrypted");
  const made = { "content.xml": content({ A: rows }), "META-INF/manifest.xml": manifest() };
  equal(await code(await archive({ mimetype: "x", ...made })), "zip");
  const entity = made["content.xml"].replace(
    "<office:document",
    '<!DOCTYPE x [<!ENTITY e "x">]>$&',
  );
  equal(await code(await openArchive({ ...made, "content.xml": entity })), "xlsx_broken");
});

Deno.test("random changes to a file are imported or refused with a code", async () => {
  const good = await openBook({ A: line(["Vorname", "Nachname"]) + line(["Max", "Muster"]) });
  const flat = new TextEncoder().encode(flatBook({ A: line(["Vorname", "Nachname"]) }));
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      for (const bytes of [good.slice(), flat.slice()]) {
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const outcome = await importAll(sourceOf(bytes)).then(() => "", (error) => error.name);
        ok(["", "Unreadable"].includes(outcome), outcome);
      }
    }),
    { numRuns: 150 },
  );
});
