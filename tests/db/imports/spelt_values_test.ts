/** Values as people and programs write them into lists: several in a cell, coded, or added up. */

import { deepEqual } from "node:assert/strict";
import { decoded } from "../../../db/imports/encoded_words.ts";
import { apart } from "../../../db/imports/further_persons.ts";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("several extensions behind one number are several numbers", async () => {
  const cells: Record<string, string[]> = {
    "0351/5551234-0 od. -12": ["+4935155512340", "+49351555123412"],
    "03641/5556-0/-10": ["+49364155560", "+493641555610"],
    "040 12345-67/68": ["+49401234567", "+49401234568"],
    "030 5551234-0, -12, -14": ["+493055512340", "+4930555123412", "+4930555123414"],
    "+49 89 1234-0 und -55": ["+498912340", "+4989123455"],
    "0345 12345 / 12346": ["+4934512345", "+4934512346"],
    "0341/123456-7": ["+493411234567"],
    "030/1234-5678": ["+493012345678"],
  };
  for (const [cell, numbers] of Object.entries(cells)) {
    const { contact, warnings } = await only({ Vorname: "Ute", Nachname: "Adler", Telefon: cell });
    deepEqual([contact.phones.map(({ number }) => number), warnings], [numbers, []], cell);
  }
});

Deno.test("numbers that a program has calculated with are read without their decimal", async () => {
  const { contact } = await only({
    "Mitgliedsnummer": "1017.0",
    "Vorname": "Ute",
    "Nachname": "Adler",
    "Telefon": "+493511234567.0",
    "Straße": "Gasse",
    "Hausnummer": "7.0",
    "PLZ": "80331.0",
    "Ort": "München",
  });
  const { street, postalCode } = contact.addresses[0]!;
  deepEqual(
    [contact.customerNumber, contact.phones[0]!.number, street, postalCode],
    ["1017", "+493511234567", "Gasse 7", "80331"],
  );
});

Deno.test("words coded for mail headers are read as text", async () => {
  const { records } = await importAll(sourceOf(
    "Name,E-Mail\n=?UTF-8?Q?J=C3=B6rg_M=C3=BCller?=,joerg@example.de\n" +
      "=?iso-8859-1?B?SvxyZ2VuIFdlad8=?=,j@example.de\n" +
      "=?utf-8?Q?Eva?= =?utf-8?Q?_Gro=C3=9F?=,eva@example.de\n",
  ));
  deepEqual(records.map(({ contact }) => [contact?.firstName, contact?.lastName]), [
    ["Jörg", "Müller"],
    ["Jürgen", "Weiß"],
    ["Eva", "Groß"],
  ]);
  for (const other of ["Was =? das", "=?no-such?Q?x?=", "=?utf-8?B?%%?="]) {
    deepEqual(decoded(other), other);
  }
});

Deno.test("a last row that counts or adds up the others is no record, whatever its number", async () => {
  const ends = ["3;Kunden gesamt;;300,50", ";2 Kunden;;", "3;Summe;;300,50", ";Anzahl Kunden:;;2"];
  for (const end of ends) {
    const { records } = await importAll(sourceOf(
      `Nr;Firma;Ort;Umsatz\n1;Alpha GmbH;Ulm;100,50\n2;Beta AG;Bonn;200,00\n${end}\n`,
    ));
    deepEqual(records.map(({ skipped }) => skipped), [null, null, "total_row"], end);
  }
  // A company may be called so, and has a place.
  const { records } = await importAll(sourceOf(
    "Nr;Firma;Ort\n1;Alpha GmbH;Ulm\n2;Kunden gesamt;Bonn\n3;7 Mitglieder;Köln\n",
  ));
  deepEqual(records.map(({ skipped }) => skipped), [null, null, null]);
});

Deno.test("a couple's second person has their salutation and the address of both", async () => {
  const { records } = await importAll(sourceOf(
    "Anrede 1;Vorname 1;Nachname 1;Anrede 2;Vorname 2;Nachname 2;Straße;PLZ;Ort\n" +
      "Herr;Hans;Müller;Frau;Eva;Groß;Weg 1;01067;Dresden\nHerr;Kai;Bär;;;;Gasse 2;99084;Erfurt\n",
  ));
  deepEqual(
    apart(records).map(({ contact }) => [
      contact!.salutation,
      contact!.lastName,
      contact!.addresses[0]!.city,
    ]),
    [["mr", "Müller", "Dresden"], ["ms", "Groß", "Dresden"], ["mr", "Bär", "Erfurt"]],
  );
});

Deno.test("what a pivot table writes for nothing is nothing", async () => {
  const { contact } = await only({
    Vorname: "Ute",
    Nachname: "Adler",
    Firma: "(Leer)",
    Ort: "(blank)",
  });
  deepEqual([contact.lastName, contact.addresses], ["Adler", []]);
});

Deno.test("participants beside their company are persons", async () => {
  const { records } = await importAll(sourceOf(
    "Teilnehmer;Firma;E-Mail\nFrau Ute Adler;Nest GmbH;ute@nest.example\nDr. Kai Bär;-;kai@b.example\n",
  ));
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    ["Adler", "Nest GmbH"],
    ["Bär", undefined],
  ]);
});

Deno.test("a person in a ledger's two lines of a name is one, by salutation and first name", async () => {
  const { records } = await importAll(sourceOf(
    "Anrede;Name 1;Name 2;Plz;Ort\nHerrn;Müller;Hans;10115;Berlin\nFirma;Nest;GmbH & Co. KG;80331;Ulm\n",
  ));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [
      contact?.firstName,
      contact?.lastName,
      company?.name,
      company?.legalForm,
    ]),
    [["Hans", "Müller", undefined, undefined], [
      undefined,
      undefined,
      "Nest GmbH & Co. KG",
      "GmbH & Co. KG",
    ]],
  );
});

Deno.test("no line of a ledger's name is lost, whoever it greets", async () => {
  const { records } = await importAll(sourceOf(
    "Anrede;Name 1;Name 2;Ort\nFrau;Praxis Wolf;Eva;Bonn\nHerrn;Meyer zu Bergsten;Hans;Ulm\n",
  ));
  const [shop, person] = records;
  deepEqual(shop!.companies[0]?.name, "Praxis Wolf Eva");
  deepEqual([person!.contact!.firstName, person!.contact!.lastName], ["Hans", "Meyer zu Bergsten"]);
});

Deno.test("an area code with a blank, and a last row of a spreadsheet's table, are known", async () => {
  const { records } = await importAll(sourceOf(
    "Nachname;Vorname;Vorwahl;Rufnummer;Umsatz\nAdler;Ute;030;123456;5\nBär;Kai;0 89;12 34 56;6\n" +
      "Ergebnis;;;;11\n",
  ));
  deepEqual(records.map(({ contact, skipped }) => contact?.phones[0]?.number ?? skipped), [
    "+4930123456",
    "+4989123456",
    "total_row",
  ]);
});

Deno.test("the number of a house comes first where it does, and its name is a line of its own", async () => {
  const { records } = await importAll(sourceOf(
    "Forename,Surname,House Name/No,Street,Town,Postcode\nEmma,Smith,Rose Cottage,Mill Lane,Bakewell,DE45 1AB\n" +
      "Raj,Patel,12a,High Street,Leeds,LS1 4AP\n",
  ));
  deepEqual(
    records.map(({ contact }) => [
      contact!.addresses[0]!.street,
      contact!.addresses[0]!.extra,
    ]),
    [["Mill Lane", "Rose Cottage"], ["12a High Street", ""]],
  );
});

Deno.test("a Spanish name has two last names behind one or two first names", async () => {
  const { records } = await importAll(sourceOf(
    "Nombre y apellidos;CP y población;Empresa\nSr. José García López;50001 Zaragoza;Ebro S.L.\n" +
      "José Luis Ruiz;08001 Barcelona;\n",
  ));
  deepEqual(records.map(({ contact }) => [contact!.firstName, contact!.lastName]), [
    ["José", "García López"],
    ["José Luis", "Ruiz"],
  ]);
  deepEqual(records[0]!.contact!.addresses[0]!.city, "Zaragoza");
});

Deno.test("owners of animals and colleagues are persons where a list names nobody else", async () => {
  const lists = [
    "Besitzer;Tier;Straße;Telefon\nAdler, Ute;Bello;Weg 1;0171 1234567\nBär, Kai;Minka;Gasse 2;\n",
    "Mitarbeiter;Kürzel;Mobil;E-Mail\nAdler, Ute;AU;0171 1234567;ute@n.example\nBär, Kai;BK;;kai@n.example\n",
  ];
  for (const list of lists) {
    const { records } = await importAll(sourceOf(list));
    deepEqual(records.map(({ contact }) => [contact?.firstName, contact?.lastName]), [
      ["Ute", "Adler"],
      ["Kai", "Bär"],
    ]);
  }
});

Deno.test('letters before numbers say their kind, and "AB" behind one says nothing', async () => {
  const cells: Record<string, [string, string][]> = {
    "T: 089/123456 M: 0172/1234567": [["work", "+4989123456"], ["mobile", "+491721234567"]],
    "030 123456 (AB)": [["work", "+4930123456"]],
    "P: 030 123456": [["home", "+4930123456"]],
  };
  for (const [cell, numbers] of Object.entries(cells)) {
    const { contact } = await only({ Vorname: "Ute", Nachname: "Adler", Telefon: cell });
    deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), numbers, cell);
  }
});

Deno.test("a town with state and ZIP in one cell is taken apart", async () => {
  const { contact } = await only({
    "Name": "Mary O'Brien",
    "Address": "12 Main St",
    "City/State/Zip": "Portland, OR 97201",
  });
  const [{ city, region, postalCode } = { city: "", region: "", postalCode: "" }] =
    contact.addresses;
  deepEqual([city, region, postalCode], ["Portland", "OR", "97201"]);
});

Deno.test("a couple is not greeted as one man, and a Natel is dialled in Switzerland", async () => {
  const couple = await only({ Anrede: "Herr und Frau", Vorname: "Kai u. Ute", Nachname: "Adler" });
  deepEqual(couple.contact.salutation, "");
  const swiss = await only({
    Name: "Meier",
    Vorname: "Urs",
    Wohnort: "Zürich",
    Natel: "079 123 45 67",
  });
  deepEqual(swiss.contact.phones[0]!.number, "+41791234567");
});

Deno.test('two whole names in one cell are two persons, "Groß, Eva Maria" is one', async () => {
  const { records } = await importAll(sourceOf(
    "Firma;GF\nNest GmbH;Ute Adler, Kai Bär\nHorst KG;Groß, Eva Maria\n",
  ));
  deepEqual(
    records.map(({ contact, others = [] }) => [contact!, ...others].map((it) => it.lastName)),
    [["Adler", "Bär"], ["Groß"]],
  );
});

Deno.test('a company before "Hr. Kern" employs him', async () => {
  const { records } = await importAll(sourceOf(
    "Interessent;Tel.;Mail\nFam. Adler;0171 1234567;ute@a.example\nBär, Kai;;kai@b.example\n" +
      '"Nest GmbH, Hr. Kern";030 123456;\n',
  ));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [contact!.lastName, company?.name]),
    [["Fam. Adler", undefined], ["Bär", undefined], ["Kern", "Nest GmbH"]],
  );
});
