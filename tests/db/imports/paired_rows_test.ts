/** Tables with a row for each field of a person. */

import { deepEqual, equal, ok } from "node:assert/strict";
import * as pairedRows from "../../../db/imports/paired_rows.ts";
import { row, workbook } from "./books.ts";
import { importAll, sourceOf } from "./sources.ts";

/** Row, name, addresses and numbers of each person. */
async function shown(content: string | Uint8Array) {
  const { records } = await importAll(sourceOf(content, 100));
  return records.map(({ row, contact, companies, skipped }) => [
    row,
    contact ? [contact.firstName, contact.lastName].filter(Boolean).join(" ") : skipped,
    ...contact?.emails.map(({ address, kind }) => `${kind} ${address}`) ?? [],
    ...contact?.phones.map(({ number, kind }) => `${kind} ${number}`) ?? [],
    ...contact?.addresses.map(({ postalCode, city }) => `${postalCode} ${city}`) ?? [],
    ...companies.map(({ name }) => name),
  ]);
}

const wanted = [
  [2, "Eva Groß", "work eva@gross.example", "work +493023125111", "mobile +491713920011"],
  [4, "Bernd Schulz", "work bernd@schulz.example", "10115 Berlin"],
];

Deno.test("the kind and value of each row belong to the person it names, also further down", async () => {
  const rows = [
    ["Name", "Art", "Wert"],
    ["Eva Groß", "E-Mail", "eva@gross.example"],
    ["Eva Groß", "Telefon", "030 23125111"],
    ["Bernd Schulz", "E-Mail", "bernd@schulz.example"],
    ["", "PLZ", "10115"],
    ["", "Ort", "Berlin"],
    ["Eva Groß", "Mobil", "0171 3920011"],
  ];
  deepEqual(await shown(rows.map((cells) => cells.join(";")).join("\r\n")), wanted);
  const book = await workbook({
    sheets: { Liste: rows.map((cells, at) => row(at + 1, cells)).join("") },
  });
  deepEqual(await shown(book), wanted);
});

Deno.test("identifiers tell persons of one name apart, and all else is taken from any row", async () => {
  deepEqual(
    await shown(
      "ID,First Name,Last Name,Company,Type,Value\n" +
        "1,Eva,Gross,,email,eva@gross.example\n2,Eva,Gross,,email,eva@zwei.example\n" +
        "1,Eva,Gross,Gross Ltd,phone,+49 30 23125111\n",
    ),
    [
      [2, "Eva Gross", "work eva@gross.example", "work +493023125111", "Gross Ltd"],
      [3, "Eva Gross", "work eva@zwei.example"],
    ],
  );
});

Deno.test("two namesakes without a number are two where their fields begin anew", async () => {
  const rows = (...fields: string[]) =>
    shown(`Name;Art;Wert\n${fields.map((field) => `Eva Groß;${field}\n`).join("")}`);
  const [phone, other] = ["Telefon;030 23125111", "Telefon;040 66969011"];
  const [mail, second] = ["E-Mail;eva@gross.example", "E-Mail;eva@zwei.example"];
  deepEqual(await rows(phone, mail, other, second), [
    [2, "Eva Groß", "work eva@gross.example", "work +493023125111"],
    [4, "Eva Groß", "work eva@zwei.example", "work +494066969011"],
  ]);
  deepEqual(await rows(phone, "Ort;Berlin", mail, other, "Ort;Hamburg"), [
    [2, "Eva Groß", "work eva@gross.example", "work +493023125111", " Berlin"],
    [5, "Eva Groß", "work +494066969011", " Hamburg"],
  ]);
  deepEqual(await rows(phone, mail, other), [
    [2, "Eva Groß", "work eva@gross.example", "work +493023125111", "work +494066969011"],
  ]);
});

Deno.test("a phone book with a row for each number makes one person of them", async () => {
  deepEqual(
    await shown(
      'Name;Nummer;Typ;Kurzwahl\n"Groß, Eva";03023125111;privat;01\n' +
        '"Groß, Eva";01713920011;mobil;\nSchulz Bernd;08999998111;geschäftlich;\n',
    ),
    [
      [2, "Eva Groß", "mobile +491713920011", "home +493023125111"],
      [4, "Schulz Bernd", "work +498999998111"],
    ],
  );
});

Deno.test("a field that only a row far down has is no less one", async () => {
  const eva = (at: number) =>
    `Eva ${"abcdefghij"[at % 10]}${"aeiou"[at % 5]}n${"aeiouy"[Math.floor(at / 10)]}t`;
  const persons = Array.from(
    { length: 60 },
    (_, at) => `${eva(at)};E-Mail;e${at}@gross.example\n${eva(at)};Telefon;030 23125${100 + at}\n`,
  );
  const made = await shown(`Name;Art;Wert\n${persons.join("")}${eva(7)};Mobil;0171 3920011\n`);
  deepEqual([made.length, made[7]!.at(-1)], [60, "mobile +491713920011"]);
});

Deno.test("fields under the headings of fields and values are a record, or several", async () => {
  const eva = "Name;Eva Groß\nFirma;Groß AG\nE-Mail;eva@gross.example\n";
  const one = [2, "Eva Groß", "work eva@gross.example", "Groß AG"];
  deepEqual(await shown(`Art;Wert\n${eva}`), [one]);
  const tom = "Name;Tom Klein\nFirma;Klein KG\nE-Mail;tom@klein.example\n";
  deepEqual(await shown(`Feld;Inhalt\n${eva}${tom}`), [
    [3, ...one.slice(1)],
    [6, "Tom Klein", "work tom@klein.example", "Klein KG"],
  ]);
});

Deno.test("a type and a value beside a name are no fields unless the types are", async () => {
  const { inspection } = await importAll(
    sourceOf(
      "Name;Typ;Wert;E-Mail\nEva Groß;Neukunde;100;eva@gross.example\n" +
        "Eva Groß;Bestand;50;eva@gross.example\n",
    ),
  );
  deepEqual(inspection.plan.pairs, undefined);
});

Deno.test("a name that stands above all rows of a long file ends neither in hours nor in a loss", async () => {
  const count = 20_000;
  const source = (async function* () {
    await Promise.resolve();
    for (let at = 0; at < count; at++) {
      yield {
        number: at + 2,
        cells: ["Zentrale", "E-Mail", `a${at}@haus.example`],
        unclosed: false,
      };
    }
  })();
  const pairs = { field: 1, value: 2, keys: [0], own: [0] };
  const from = performance.now();
  const made = await Array.fromAsync(pairedRows.rows(source, pairs, 1, ["Name", "E-Mail"]));
  const ms = performance.now() - from;
  ok(ms < 5_000, `${ms} ms`);
  const mailboxes = made.flatMap(({ cells }) => cells[1]!.split(", "));
  deepEqual(mailboxes, Array.from({ length: count }, (_, at) => `a${at}@haus.example`));
});

Deno.test("a quotation mark that never ends is reported from any row of a person", async () => {
  const source = (async function* () {
    await Promise.resolve();
    yield { number: 2, cells: ["Eva Groß", "Telefon", "030 23125111"], unclosed: false };
    yield { number: 3, cells: ["Eva Groß", "E-Mail", "eva@gross.example"], unclosed: true };
  })();
  const pairs = { field: 1, value: 2, keys: [0], own: [0] };
  const names = ["Name", "Telefon", "E-Mail"];
  const [row] = await Array.fromAsync(pairedRows.rows(source, pairs, 1, names));
  equal(row!.unclosed, true);
});
