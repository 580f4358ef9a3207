/** Tables side by side under the same headings: none of their rows is left out. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";
import { row, workbook } from "./books.ts";

const shown = async (content: string | Uint8Array) =>
  (await importAll(sourceOf(content))).records.filter(({ skipped }) => !skipped)
    .map(({ row, contact, companies }) => [row, contact?.lastName ?? companies[0]?.name]);

const people = "Vorname;Nachname;E-Mail;;Vorname;Nachname;E-Mail\n" +
  "Eva;Groß;eva@gross.example;;Ida;Lang;ida@lang.example\n" +
  "Tom;Klein;tom@klein.example;;Udo;Kurz;udo@kurz.example\n" +
  "Ada;Neu;ada@neu.example;;;;\n";

Deno.test("behind an empty column a second table is read below the first", async () => {
  deepEqual(await shown(people), [
    [2, "Groß"],
    [3, "Klein"],
    [4, "Neu"],
    [5, "Lang"],
    [6, "Kurz"],
  ]);
  const { inspection } = await importAll(sourceOf(people));
  equal(inspection.records, 5);
  deepEqual(inspection.plan.columns.map(({ name }) => name), ["Vorname", "Nachname", "E-Mail"]);
});

Deno.test("under titles of their own three tables are three", async () => {
  const text = "Kunden;;Lieferanten;;Interessenten;\nFirma;Ort;Firma;Ort;Firma;Ort\n" +
    "Groß GmbH;Ulm;Lang AG;Bonn;Neu KG;Kiel\nKlein GmbH;Köln;;;Alt KG;Trier\n";
  deepEqual((await shown(text)).map(([, name]) => name), [
    "Groß GmbH",
    "Klein GmbH",
    "Lang AG",
    "Neu KG",
    "Alt KG",
  ]);
});

Deno.test("side tables of a spreadsheet are read the same way", async () => {
  const rows = people.trimEnd().split("\n").map((line, at) => row(at + 1, line.split(";"))).join(
    "",
  );
  const book = await workbook({ sheets: { Liste: rows } });
  deepEqual((await shown(book)).map(([, name]) => name), [
    "Groß",
    "Klein",
    "Neu",
    "Lang",
    "Kurz",
  ]);
});

Deno.test("a second address of the same person is no second person", async () => {
  const tables = [
    // The same names once more, behind an empty column.
    "Name;Straße;Ort;;Name;Straße;Ort\nEva Groß;Ring 1;Ulm;;Eva Groß;Weg 2;Bonn\n",
    // Titles about invoices and deliveries.
    "Rechnungsadresse;;;Lieferadresse;;\nName;Straße;Ort;Name;Straße;Ort\n" +
    "Eva Groß;Ring 1;Ulm;Lager Bonn;Weg 2;Bonn\n",
    // Headings that only repeat.
    "Name;Telefon;E-Mail;Name;Telefon;E-Mail\nEva Groß;030 123456;e@g.example;Tom;030 123457;t@g.example\n",
    // Other headings to the right.
    "Name;Telefon;E-Mail;;Name;Beitrag\nEva Groß;030 123456;e@g.example;;Tom Klein;12\n",
    // More than people put side by side: the file would be read for each.
    `Name;Ort${";;Name;Ort".repeat(12)}\nEva Groß;Ulm${";;Tom Klein;Bonn".repeat(12)}\n`,
    // Columns that name nobody.
    "Menge;Preis;;Menge;Preis\n1;2;;3;4\n",
  ];
  for (const table of tables) {
    const { inspection, records } = await importAll(sourceOf(table));
    deepEqual([inspection.plan.beside, records.length], [undefined, 1], table);
  }
});
