/** Tables whose headings are in their first column, and lists of fields below each other. */

import { deepEqual, equal } from "node:assert/strict";
import { row, workbook } from "./books.ts";
import { importAll, sourceOf } from "./sources.ts";

const shown = async (content: string | Uint8Array) =>
  (await importAll(sourceOf(content, 50))).records.map(({ contact, companies }) => [
    contact?.lastName,
    contact?.emails[0]?.address,
    companies[0]?.name,
  ]);
const two = [
  ["Groß", "eva@gross.example", "Groß AG"],
  ["Klein", "tom@klein.example", "Klein KG"],
];
const rows = [
  ["Vorname", "Eva", "Tom"],
  ["Nachname", "Groß", "Klein"],
  ["Firma", "Groß AG", "Klein KG"],
  ["E-Mail", "eva@gross.example", "tom@klein.example"],
];

Deno.test("a table on its side has a record in each column", async () => {
  const text = rows.map((cells) => cells.join(";")).join("\n");
  deepEqual(await shown(text), two);
  const book = await workbook({
    sheets: { Liste: rows.map((cells, at) => row(at + 1, cells)).join("") },
  });
  deepEqual(await shown(book), two);
  const { inspection, records } = await importAll(sourceOf(text));
  equal(inspection.records, 2);
  deepEqual(records.map(({ row }) => row), [2, 3]);
});

Deno.test("fields below each other are a record up to the next of the first kind", async () => {
  const text =
    "Name: Eva Groß\nFirma: Groß AG\nE-Mail: eva@gross.example\nWeb: https://gross.example\n\n" +
    "Name: Tom Klein\nFirma: Klein KG\nTelefon: 030 123456\nE-Mail: tom@klein.example\n";
  deepEqual(await shown(text), two);
  const { records } = await importAll(sourceOf(text));
  equal(records[1]!.contact!.phones[0]!.number, "+4930123456");
});

Deno.test("a record far down that lacks its first field is no part of the one before", async () => {
  const person = (at: number) =>
    `Name;Eva Groß\nFirma;Groß AG\nAdresse;Weg ${at};89073 Ulm\nE-Mail;eva${at}@gross.example\n\n`;
  const text = Array.from({ length: 20 }, (_, at) => person(at + 1)).join("") +
    "Firma;Klein KG\nE-Mail;tom@klein.example\n\n" + person(30);
  const { records } = await importAll(sourceOf(text));
  equal(records.length, 22);
  deepEqual(
    records.slice(19).map(({ contact, companies }) =>
      (contact?.emails[0] ?? companies[0]?.emails[0])?.address
    ),
    ["eva20@gross.example", "tom@klein.example", "eva30@gross.example"],
  );
  deepEqual([records[0]!.contact?.addresses[0]?.postalCode], ["89073"]);
});

Deno.test("a list that only contains such words is read downwards", async () => {
  const tables = [
    // Of fields, and what they are.
    "Feld;Art;Pflicht\nVorname;Text;ja\nNachname;Text;ja\nE-Mail;Adresse;nein\nTelefon;Nummer;nein\n",
    // Of persons, one below the other.
    "Vorname;Nachname;E-Mail\nEva;Groß;eva@gross.example\nTom;Klein;tom@klein.example\n",
    "Name\nEva Groß\nTom Klein\n",
    "Telefon;030 123456\nTelefon;030 123457\nTelefon;030 123458\n",
    "Ort;Name\nUlm;Eva Groß\nFirma;Tom Klein\n",
  ];
  for (const table of tables) {
    const { inspection } = await importAll(sourceOf(table));
    equal(inspection.plan.turned, undefined, table);
  }
});

Deno.test("a field that first comes far down in a list of fields is read like the others", async () => {
  const fields = (at: number) => [
    ["Name", `Eva Groß`],
    ["Firma", "Groß AG"],
    ["E-Mail", `eva${at}@gross.example`],
    ...at > 25 ? [["Telefon", "030 123456"], ["Lieblingsfarbe", "blau"], [`Zeile ${at}`, "x"]] : [],
  ];
  const people = Array.from({ length: 30 }, (_, at) => fields(at + 1));
  const text = people.map((each) => each.map((cells) => cells.join(": ") + "\n").join("")).join(
    "\n",
  );
  const book = await workbook({
    sheets: { Liste: people.flat().map((cells, at) => row(at + 1, cells)).join("") },
  });
  for (const content of [text, book]) {
    const { inspection, records } = await importAll(sourceOf(content));
    const names = ["Name", "Firma", "E-Mail", "Telefon", "Lieblingsfarbe"];
    deepEqual(inspection.plan.columns.map(({ name }) => name), names);
    equal(records.length, 30);
    equal(records[29]!.contact?.phones[0]?.number, "+4930123456");
  }
});
