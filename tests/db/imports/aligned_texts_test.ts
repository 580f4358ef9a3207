/** Tables whose columns are aligned with blanks. */

import { deepEqual, equal } from "node:assert/strict";
import { columnsOf } from "../../../db/imports/aligned_texts.ts";
import { importAll, sourceOf } from "./sources.ts";

const printed = [
  "Kundenliste vom 12.11.2026                                        Seite 1",
  "",
  "KDNR   NAME                       PLZ   ORT              UMSATZ  TELEFON",
  "------ -------------------------- ----- -------------- --------- ---------------",
  "     1 Alpha GmbH                 01067 Dresden         1.200,00 0351 123456",
  "    17 Müller & Söhne KG          99084 Erfurt             50,00",
  "   123 Bäckerei Groß e.K.         07743 Jena          112.345,99 03641-5556",
  "",
];

Deno.test("a printed list is read by its columns, in whatever pieces it comes", async () => {
  for (const end of ["\n", "\r\n"]) {
    for (const size of [7, 65_536]) {
      const { records, inspection } = await importAll(sourceOf(printed.join(end), size));
      equal(inspection.plan.header, 3);
      deepEqual(
        records.map(({ row, companies: [company] }) => [
          row,
          company!.customerNumber,
          company!.name,
          company!.addresses[0]!.postalCode,
          company!.addresses[0]!.city,
          company!.phones[0]?.number,
        ]),
        [
          [5, "1", "Alpha GmbH", "01067", "Dresden", "+49351123456"],
          [6, "17", "Müller & Söhne KG", "99084", "Erfurt", undefined],
          [7, "123", "Bäckerei Groß e.K.", "07743", "Jena", "+4936415556"],
        ],
      );
    }
  }
});

Deno.test("commas within aligned cells separate nothing", async () => {
  const { records } = await importAll(sourceOf(
    "Name                 Straße              PLZ    Ort\n" +
      "Müller, Hans         Hauptstr. 5         01067  Dresden\n" +
      "Dr. Groß, Eva        Am Markt 12         99084  Erfurt\n" +
      "von Berg, Karl       Weg 3\n",
  ));
  deepEqual(
    records.map(({ contact }) => [contact!.firstName, contact!.addresses[0]!.street]),
    [["Hans", "Hauptstr. 5"], ["Eva", "Am Markt 12"], ["Karl", "Weg 3"]],
  );
});

Deno.test("a line whose text runs into the next column is rejected, not cut", async () => {
  const rows = (times: number) => "Eva Groß        Bad Homburg 030 1234567\n".repeat(times);
  const { records } = await importAll(sourceOf(
    "Name            Ort         Telefon\n" + rows(70) +
      "Maximiliane Sonnenschein Ulm 0731 123456\n" +
      "Mitglieder, Stand 12.11.2026      Seite 2\n" +
      "=========================================\n" +
      "Anne-Marie Groß Ulm         0731 123456\n" +
      "Hannes Wagenried\n" + rows(1),
  ));
  deepEqual(
    records.slice(70).map(({ contact, rejected }) => contact?.lastName ?? rejected?.code),
    ["cell_overflows", "cell_overflows", "Groß", "Wagenried", "Groß"],
  );
});

Deno.test("prose, padded tables with separators and single lines are not aligned", () => {
  const others = [
    "Liebe Mitglieder,\n\nanbei die Liste.  Name  Ort  stehen darin.\nViele Grüße\nHans\n",
    "Vorname  ;  Nachname  ;  Ort\nUte  ;  Adler  ;  Ulm\nKai  ;  Bär  ;  Bonn\n",
    "Vorname  Nachname\nUte      Adler\n",
    "Vorname,  Nachname,  Ort\nUte,  Adler,  Ulm\nKai,  Bär,  Bonn\n",
    "Name  Ort\nUte Adler Ulm\nKai Bär Bonn\n",
  ];
  for (const text of others) equal(columnsOf(text), null, text);
});
