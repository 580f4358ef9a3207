/** Tables that another program saved again, or that people laid out for reading. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const lines = (...rows: string[]) => sourceOf([...rows, ""].join("\r\n"));

Deno.test("a table with commas that was saved with semicolons is the table that it was", async () => {
  const saved = [
    "Vorname,Nachname,Firma,E-Mail,Notiz;;",
    '"Anna,Amsel,""Nest, Bau GmbH"",anna@x.example,";;',
    '"Bodo,Bussard,Horst AG,bodo@x.example,""eins, zwei""";;',
    "Carl,Conrad,Bau KG,carl@x.example,drei; vier; fünf",
    '"Dora,Dachs,Dach OHG,dora@x.example,""sechs";" sieben""";',
  ];
  for (const size of [5, 65_536]) {
    const { records } = await importAll(sourceOf([...saved, ""].join("\r\n"), size));
    deepEqual(
      records.map(({ contact, companies }) => [
        contact?.lastName,
        companies[0]?.name,
        contact?.emails[0]?.address,
        contact?.notes,
      ]),
      [
        ["Amsel", "Nest, Bau GmbH", "anna@x.example", ""],
        ["Bussard", "Horst AG", "bodo@x.example", "eins, zwei"],
        ["Conrad", "Bau KG", "carl@x.example", "drei; vier; fünf"],
        ["Dachs", "Dach OHG", "dora@x.example", "sechs; sieben"],
      ],
    );
  }
});

Deno.test("only some rows of such a table may be in quotes, and a row of one cell stays one", async () => {
  const some = await importAll(lines(
    "Vorname,Nachname,Firma",
    "Anna,Amsel,Nest GmbH",
    '"Bodo,Bussard,""Horst, Bau AG"""',
  ));
  deepEqual(some.records.map(({ companies }) => companies[0]?.name), [
    "Nest GmbH",
    "Horst, Bau AG",
  ]);
  const plain = await importAll(lines(
    '"Vorname","Nachname","Notiz"',
    '"Anna","Amsel","ruft; an;"',
    "Bodo,Bussard,Kunde;",
    '"Carl","Conrad","a ""b"" c"',
  ));
  deepEqual(plain.records.map(({ contact }) => contact?.notes), [
    "ruft; an;",
    "Kunde;",
    'a "b" c',
  ]);
});

Deno.test("a row that only names a region heads the rows below it and is no company", async () => {
  const { records } = await importAll(lines(
    "Firma;PLZ;Ort",
    "Region Nord;;",
    "Amsel GmbH;20095;Hamburg",
    "Baden-Württemberg;;",
    "Bussard AG;70173;Stuttgart",
    "Österreich;;",
    "Hessen;60311;Frankfurt",
    "Waldgeist;;",
    "PLZ 8;;",
    "Region Hannover GmbH;;",
    "Region Hannover;;",
    "Region: Hannover;;",
    "Land Rover;;",
    "Kanton Zürich;;",
    "Area Consulting;;",
  ));
  deepEqual(records.map(({ companies, skipped }) => companies[0]?.name ?? skipped), [
    "group_row",
    "Amsel GmbH",
    "group_row",
    "Bussard AG",
    "group_row",
    "Hessen",
    "Waldgeist",
    "group_row",
    "Region Hannover GmbH",
    "Region Hannover",
    "group_row",
    "Land Rover",
    "Kanton Zürich",
    "Area Consulting",
  ]);
  const people = await importAll(lines("Nachname;Vorname;Ort", "Sachsen;;", "Amsel;Anna;Ulm"));
  equal(people.records[0]?.contact?.lastName, "Sachsen");
  const named = await importAll(
    lines("Name;Telefon;E-Mail", "Jordan;;", "Anna Amsel;030 1234567;"),
  );
  equal(named.records[0]?.skipped, null);
});

Deno.test("a table of other headings to the right takes nothing from the first", async () => {
  const { inspection, records } = await importAll(lines(
    "Kunden;;;;Lieferanten;;",
    "Name;Ort;Telefon;;Name;Ort;Konto",
    "Amsel GmbH;Berlin;030 123456;;Conrad KG;Bonn;0228 123456",
    "Bussard AG;Bremen;0421 123456;;Dachs GmbH;Köln;0221 123456",
  ));
  deepEqual(
    records.map(({ companies, warnings }) => [
      companies[0]?.name,
      companies[0]?.addresses[0]?.city,
      companies[0]?.phones.length,
      warnings.length,
    ]),
    [["Amsel GmbH", "Berlin", 1, 0], ["Bussard AG", "Bremen", 1, 0]],
  );
  deepEqual(inspection.plan.columns.slice(3).map(({ target }) => target), [
    ...["ignore", "ignore", "ignore", "ignore"],
  ]);
});

Deno.test("a title across more columns than a page can have is a title", async () => {
  const { records } = await importAll(sourceOf(
    '<html><table><tr><td colspan="2000">Kunden 2026</td></tr><tr><th>Vorname<th>Nachname</tr>' +
      "<tr><td>Anna<td>Amsel</tr></table></html>",
  ));
  deepEqual(records.map(({ contact }) => contact?.lastName), ["Amsel"]);
});

Deno.test("sums of a part, and headings in the program's own words, are no records", async () => {
  const sums = await importAll(lines(
    "Region;Firma;Ort;Umsatz",
    "Nord;Amsel GmbH;Kiel;100",
    "Zwischensumme Nord;;;100",
    "Summe: Süd;;;50",
    "Summe Immobilien;Summe GmbH;Ulm;50",
  ));
  deepEqual(sums.records.map(({ skipped, companies }) => skipped ?? companies[0]?.name), [
    "Amsel GmbH",
    "total_row",
    "total_row",
    "Summe GmbH",
  ]);
  const twice = await importAll(lines(
    "CardCode;CardName;Phone1;E_Mail;City;Tax",
    "CardCode;CardName;Phone1;E_Mail;City;LicTradNum",
    "C1;Amsel GmbH;030 123456;info@amsel.example;Berlin;DE136695976",
  ));
  deepEqual(twice.records.map(({ skipped, companies }) => skipped ?? companies[0]?.name), [
    "header_repeated",
    "Amsel GmbH",
  ]);
});

Deno.test("a spreadsheet's sums of the rows above are no records, and a company may be named Summe", async () => {
  const names = async (...rows: string[]) =>
    (await importAll(lines(...rows))).records.map(({ skipped, rejected, companies }) =>
      skipped ?? rejected?.code ?? companies[0]?.name
    );
  const outline = await names(
    "Region;Kunde;Umsatz",
    "Vertrieb Nord;Amsel GmbH;5,00",
    "Vertrieb Nord;Horst AG;6,00",
    "Vertrieb Nord Ergebnis;;11,00",
    "Süd;Nest KG;1,00",
    "Süd Ergebnis;;1,00",
    "Summe Süd;;1,00",
    "Gesamtergebnis;;12,00",
  );
  const sum = "total_row";
  deepEqual(outline, ["Amsel GmbH", "Horst AG", sum, "Nest KG", sum, sum, sum]);
  const ofFirms = ["Amsel GmbH;5", "Amsel GmbH Ergebnis;5", "Horst AG;6", "Horst AG Ergebnis;6"];
  deepEqual(await names("Firma;Betrag", ...ofFirms), ["Amsel GmbH", sum, "Horst AG", sum]);
  const named = await names(
    "Name;Umsatz 2025;Umsatz 2026",
    "Amsel GmbH;1200,00;1500,00",
    "Summe Beratung;300,00;400,00",
    "Energie Total;300,00;400,00",
    "Summe Kunden;1800,00;2300,00",
  );
  deepEqual(named, ["Amsel GmbH", "Summe Beratung", "Energie Total", sum]);
  const called = await names(
    "Firma;Telefon",
    "Energie GmbH;030123456",
    "Energie GmbH Total;030123457",
  );
  deepEqual(called, ["Energie GmbH", "Energie GmbH Total"]);
  const keyed = await names(
    "Firma;Kd-Nr;Umsatz",
    "Horst;1;100,00",
    "Horst Total;2;200,00",
    "Nord;3;1.300,00",
    "Nord Ergebnis;4;400,00",
    "AG;5;500,00",
    "Summe AG;6;600,00",
    "Nest;7;1.000,50",
    "Nest;8;2.000,25",
    "Nest Ergebnis;;3.000,75",
    "Gesamt;;5.100,75",
  );
  const all = ["Horst", "Horst Total", "Nord", "Nord Ergebnis", "AG", "Summe AG", "Nest", "Nest"];
  deepEqual(keyed, [...all, sum, sum]);
});

Deno.test("titles that a spreadsheet filled up with empty cells are no headings", async () => {
  const { inspection, records } = await importAll(lines(
    'Umfrage "Sommerfest";;;',
    "https://polls.example/abc;;;",
    ";;;",
    ";Juni;;",
    ";Mo 3;Di 4;Mi 5",
    "Anna Amsel;OK;;OK",
    "Bodo Bussard;;OK;OK",
  ));
  equal(inspection.plan.header, 5);
  // A person without contact details is no contact, and no fault of the file.
  deepEqual(records.map(({ skipped }) => skipped), ["not_a_contact", "not_a_contact"]);
});

Deno.test("headings over two rows are read together, unless the upper one is a title", async () => {
  const [eva, uwe] = (await importAll(lines(
    "Kundenliste 2026;;;;;;;;;",
    "Nr.;Ansprechpartner;;Privat;;;Geschäftlich;;;",
    ";Vorname;Nachname;Straße;PLZ;Ort;Straße;PLZ;Ort;E-Mail",
    "1;Eva;Groß;Lindenweg 3;14467;Potsdam;Hauptstr. 1;10115;Berlin;eva@gross.example",
    "2;Uwe;Stahl;;;;Werkstr. 2;45127;Essen;uwe@stahl.example",
  ))).records.map(({ contact }) => contact!);
  const places = eva!.addresses.map(({ kind, street, city }) => [kind, street, city].join());
  deepEqual(places, ["home,Lindenweg 3,Potsdam", "work,Hauptstr. 1,Berlin"]);
  deepEqual([eva!.lastName, uwe!.firstName], ["Groß", "Uwe"]);
  const firms = await importAll(lines(
    "Firma;Ansprechpartner;;Kontakt;;Bemerkung",
    ";Vorname;Nachname;Telefon;E-Mail;",
    "Groß GmbH;Eva;Groß;030 123456;eva@gross.example;zahlt gut",
  ));
  equal(firms.inspection.plan.header, 2);
  const [firm] = firms.records;
  deepEqual(
    [firm!.contact!.firstName, firm!.companies[0]!.name, firm!.companies[0]!.notes],
    ["Eva", "Groß GmbH", "zahlt gut"],
  );
  const named = await importAll(lines("Name;;Firma", "Vorname;Nachname;", "Eva;Groß;Groß GmbH"));
  equal(named.records[0]!.contact!.firstName, "Eva");
  const run = await importAll(
    lines("Erstellt von;Max Muster;", "Name;Firma;Ort", "Eva Groß;Groß GmbH;Kiel"),
  );
  deepEqual(run.inspection.plan.columns.map(({ name }) => name), ["Name", "Firma", "Ort"]);
});

Deno.test("an address whose columns come twice is two, a street alone that comes twice is one", async () => {
  const contact = async (...rows: string[]) =>
    (await importAll(lines(...rows))).records[0]!.contact!;
  const two = await contact(
    "Vorname;Nachname;Straße;PLZ;Ort;Straße;PLZ;Ort",
    "Eva;Groß;Hauptstr. 1;10115;Berlin;Lindenweg 3;14467;Potsdam",
  );
  deepEqual(two.addresses.map(({ street, city }) => [street, city]), [
    ["Hauptstr. 1", "Berlin"],
    ["Lindenweg 3", "Potsdam"],
  ]);
  const one = await contact(
    "Vorname;Nachname;Straße;Straße;PLZ;Ort",
    "Eva;Groß;Hauptstr. 1;;10115;Berlin",
  );
  deepEqual(one.addresses.map(({ street, city }) => [street, city]), [["Hauptstr. 1", "Berlin"]]);
});
