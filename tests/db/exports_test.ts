/** The tables of an export: what another program reads in them. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { readXlsx } from "hucre/xlsx";
import {
  type Column,
  companyColumns,
  contactColumns,
  type Kind,
} from "../../db/exports/columns.ts";
import { german, machine, table } from "../../db/exports/csv.ts";
import { daySerial, germanDay, germanMoment, momentSerial } from "../../db/exports/moments.ts";
import { contactCard } from "../../db/exports/vcards.ts";
import { workbook } from "../../db/exports/xlsx.ts";
import { moment } from "../../db/imports/serials.ts";
import { read } from "../../db/imports/headings.ts";
import { importAll, sourceOf } from "./imports/sources.ts";
import { anyText } from "../support/texts.ts";

interface Row {
  text: string;
  code: string;
  day: string | null;
  at: Date | null;
  number: number | null;
  kind: string;
}

const column = (name: string, kind: Kind, read: Column<Row>["read"]): Column<Row> => ({
  en: name,
  de: name.toUpperCase(),
  kind,
  read,
});

const columns = [
  column("text", "text", (row) => row.text),
  column("code", "code", (row) => row.code),
  column("day", "day", (row) => row.day),
  column("at", "moment", (row) => row.at),
  column("number", "text", (row) => row.number),
  column("kind", "word", (row) => row.kind),
];

const blank: Row = { text: "", code: "", day: null, at: null, number: null, kind: "" };
const winter = new Date("2026-01-31T23:30:00Z");
const summer = new Date("2026-07-01T10:05:00Z");

async function* inBatches(rows: Row[], size = 2): AsyncGenerator<Row[]> {
  for (let at = 0; at < rows.length; at += size) {
    yield await Promise.resolve(rows.slice(at, at + size));
  }
}

async function written(rows: Row[], locale: "de" | "en" = "de") {
  const chunks: Uint8Array[] = [];
  let count = 0;
  const sheet = { name: "Kontakte", columns, locale };
  for await (const piece of workbook(sheet, inBatches(rows))) {
    chunks.push(piece.bytes);
    count += piece.count;
  }
  return { bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()), count };
}

Deno.test("a workbook holds text as text, days and moments as dates", async () => {
  const { bytes, count } = await written([
    {
      text: ' a <b> & "c"\nzwei _x0041_ ',
      code: "01067",
      day: "2024-02-29",
      at: summer,
      number: 1.5,
      kind: "ms",
    },
    { ...blank, text: "=1+1", code: "+4930123456", day: "--02-29", at: winter, kind: "work" },
    { ...blank, text: "\u0001\ud800x", day: "1899-05-01" },
    blank,
  ]);
  equal(count, 4);
  const book = await readXlsx(bytes, { readStyles: true });
  const [sheet] = book.sheets;
  equal(sheet!.name, "Kontakte");
  deepEqual(sheet!.rows, [
    ["TEXT", "CODE", "DAY", "AT", "NUMBER", "KIND"],
    [
      ' a <b> & "c"\nzwei _x0041_ ',
      "01067",
      new Date("2024-02-29T00:00:00Z"),
      new Date("2026-07-01T12:05:00Z"),
      1.5,
      "Frau",
    ],
    ["=1+1", "+4930123456", "--02-29", new Date("2026-02-01T00:30:00Z"), null, "geschäftlich"],
    ["\ufffdx", null, "1899-05-01", null, null, null],
  ]);
  equal(sheet!.freezePane?.rows, 1);
  equal(sheet!.autoFilter?.range, "A1:F5");
  deepEqual(sheet!.columns?.map(({ width }) => width), [22, 18, 12, 17, 22, 12]);
});

Deno.test("any text goes into a workbook and comes out of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyText({ minLength: 1 }), { maxLength: 5 }),
      async (texts) => {
        const { bytes } = await written(texts.map((text) => ({ ...blank, text, code: "x" })));
        const { sheets: [sheet] } = await readXlsx(bytes);
        const found = sheet!.rows.slice(1).map(([cell]) => cell ?? "");
        // deno-lint-ignore no-control-regex
        const dropped = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
        const kept = (text: string) =>
          text.toWellFormed().replace(/\r\n?/g, "\n").replace(dropped, "");
        deepEqual(found, texts.map(kept));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("a text longer than Excel takes is cut, an empty export has its headings", async () => {
  const { bytes } = await written([{ ...blank, text: "x".repeat(40_000) }], "en");
  const { sheets: [sheet] } = await readXlsx(bytes);
  equal(String(sheet!.rows[1]![0]).length, 32_767);
  const empty = await written([], "en");
  deepEqual((await readXlsx(empty.bytes)).sheets[0]!.rows, [columns.map(({ en }) => en)]);
  equal(empty.count, 0);
});

Deno.test("records that break off break the workbook off, and so does a reader who leaves", async () => {
  const sheet = { name: "A", columns, locale: "de" } as const;
  // deno-lint-ignore require-yield
  async function* broken(): AsyncGenerator<Row[]> {
    await Promise.resolve();
    throw new Error("lost");
  }
  await rejects(Array.fromAsync(workbook(sheet, broken())), /lost/);
  let closed = false;
  async function* endless(): AsyncGenerator<Row[]> {
    try {
      while (true) {
        yield await Promise.resolve(
          Array.from({ length: 200 }, () => ({ ...blank, text: crypto.randomUUID() })),
        );
      }
    } finally {
      closed = true;
    }
  }
  for await (const _ of workbook(sheet, endless())) break;
  ok(closed);
});

Deno.test("a day is counted as the import counts it back", () => {
  const days = fc.date({
    min: new Date("1900-03-01"),
    max: new Date("2999-12-31"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(days, (date) => {
    const day = date.toISOString().slice(0, 10);
    equal(moment(daySerial(day)!, "day", false), day);
  }));
  equal(daySerial("1900-02-28"), null);
  equal(daySerial("--12-24"), null);
  equal(moment(momentSerial(winter), "both", false), "2026-02-01 00:30");
});

Deno.test("a German Excel gets semicolons, its dates, commas and words", () => {
  const { head, row } = table(columns, german);
  equal(head, "\ufeffTEXT;CODE;DAY;AT;NUMBER;KIND\r\n");
  const full = {
    text: 'a;"b"',
    code: "+49 30",
    day: "1980-05-06",
    at: summer,
    number: 1.5,
    kind: "mr",
  };
  equal(row(full), `"a;""b""";'+49 30;06.05.1980;01.07.2026 12:05;1,5;Herr\r\n`);
  equal(row({ ...blank, text: "a,b", day: "--05-06", kind: "x" }), "a,b;;06.05.;;;x\r\n");
  equal(
    table(columns, machine).row(full),
    `"a;""b""",'+49 30,1980-05-06,${summer.toISOString()},1.5,mr\r\n`,
  );
  equal(germanDay("kein Tag"), "kein Tag");
  equal(germanMoment(winter), "01.02.2026 00:30");
});

Deno.test("the import knows every column in both languages, and takes them for the same", () => {
  const widths = { emails: 2, phones: 2, addresses: 2 };
  for (const { en, de } of [...contactColumns(widths), ...companyColumns(widths)]) {
    const [one, two] = [read(en), read(de)].map((it) => it?.target === "ignore" ? null : it);
    deepEqual(two, one, `${en} and ${de}`);
  }
});

Deno.test("vCard 3.0 has its own ways for types, years, kinds and genders", async () => {
  const card = contactCard(
    {
      ...{ title: "", namePrefix: "", nameSuffix: "", position: "", language: "de", website: "" },
      ...{ notes: "", customerNumber: "K1", companies: [], tags: ["a", "b"], externalUid: "" },
      id: "01a207b3-eb60-7247-af28-236b0f68b7fd",
      salutation: "ms",
      firstName: "Erika",
      lastName: "Röder",
      birthday: "--05-06",
      emails: [{ address: "a@b.example", kind: "work" }],
      phones: [{ number: "+4930123456;ext=12", kind: "fax" }, {
        number: "+491711",
        kind: "mobile",
      }],
      addresses: [],
      updatedAt: summer,
    } as unknown as Parameters<typeof contactCard>[0],
    "3.0",
  );
  match(
    card,
    /^BEGIN:VCARD\r\nVERSION:3.0\r\nUID:01a207b3-[\w-]+\r\nFN:Erika Röder\r\nN:Röder;Erika;;;\r\n/,
  );
  ok(!/KIND|urn:|VALUE=uri|^GENDER/m.test(card));
  match(card, /^EMAIL;TYPE=INTERNET,WORK,PREF:a@b.example\r$/m);
  match(card, /^TEL;TYPE=FAX,WORK,PREF:\+4930123456\\;ext=12\r$/m);
  match(card, /^TEL;TYPE=CELL:\+491711\r$/m);
  const { records: [record] } = await importAll(sourceOf(card));
  deepEqual(
    [record?.contact?.birthday, record?.contact?.salutation, record?.contact?.language],
    ["--05-06", "ms", "de"],
  );
  deepEqual(record?.contact?.phones.map(({ kind }) => kind), ["fax", "mobile"]);
});
