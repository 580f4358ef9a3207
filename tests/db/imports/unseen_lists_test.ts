/** Lists of further programs, trades and countries: words of their own for what others name, too. */

import { deepEqual, equal } from "node:assert/strict";
import type { ImportedContact, ImportedRecord } from "../../../db/imports/records.ts";
import { importAll, sourceOf } from "./sources.ts";

const list = async (...rows: string[]) =>
  (await importAll(sourceOf([...rows, ""].join("\r\n")))).records;

/** "First Last @ Company" of each record. */
const names = (records: ImportedRecord[]) =>
  records.map(({ contact, companies }) =>
    [
      contact ? `${contact.firstName} ${contact.lastName}`.trim() : "",
      ...companies.map(({ name }) => `@ ${name}`),
    ].filter(Boolean).join(" ")
  );

const objections = (records: ImportedRecord[]) =>
  records.map(({ contact }) => contact?.objections.join());

Deno.test("FN is a number in Austrian lists of companies and a first name beside LN", async () => {
  const [huber, alpen] = await list(
    "Firma;FN;UID;PLZ;Ort;GF",
    "Huber Bau GmbH;FN 123456 a;ATU12345675;1010;Wien;Mag. Josef Huber",
    "Alpen AG;234567b;;6020;Innsbruck;Dr. Eva Alp",
  );
  deepEqual([huber, alpen].map((each) => each!.companies[0]!.registerNumber), [
    "FN 123456 a",
    "234567b",
  ]);
  deepEqual(names([huber!, alpen!]), ["Josef Huber @ Huber Bau GmbH", "Eva Alp @ Alpen AG"]);
  deepEqual(names(await list("FN;LN;Mail", "Eva;Groß;e@x.example", "Uwe;Stahl;u@x.example")), [
    "Eva Groß",
    "Uwe Stahl",
  ]);
});

Deno.test("what is not allowed, or left, is an objection however a program words it", async () => {
  const dynamics = await list(
    "Vollständiger Name;E-Mail;Keine E-Mails zulassen;Keine Telefonanrufe zulassen",
    "Eva Groß;e@x.example;Nicht zulassen;Zulassen",
    "Uwe Stahl;u@x.example;Zulassen;Nicht zulassen",
  );
  deepEqual(objections(dynamics), ["email", "phone"]);
  const others = await list(
    "Vorname;Nachname;E-Mail;Von E-Mails abmelden;SMS_BLOCKLISTED;Werbung zulassen",
    "Eva;Groß;e@x.example;1;no;true",
    "Uwe;Stahl;u@x.example;0;yes;true",
    "Ina;Lux;i@x.example;0;no;false",
  );
  deepEqual(objections(others), ["email", "sms", "all"]);
});

Deno.test("two numbers with words between are both read, whatever the first holds", async () => {
  const [eva, uwe] = await list(
    "Name;Telefon",
    "Eva Groß;+49 (0)30 / 123456 oder 0171-2345678",
    "Uwe Stahl;030 123456 (Zentrale), 030 123457 (Uwe)",
  );
  const numbers = ({ contact }: ImportedRecord) => contact!.phones.map(({ number }) => number);
  deepEqual(numbers(eva!), ["+4930123456", "+491712345678"]);
  // Whose number it is must not get lost.
  deepEqual(numbers(uwe!), ["+4930123456", "030 123457 (Uwe)"]);
});

Deno.test("a client's columns are the company's, and the person's where they name one", async () => {
  const [ninja] = await list(
    "Client Name,Client Number,Client VAT Number,Client Phone,Client City,Contact First Name," +
      "Contact Last Name,Contact Email",
    "Groß GmbH,0001,DE123456788,030 123456,Berlin,Eva,Groß,eva@gross.example",
  );
  deepEqual(names([ninja!]), ["Eva Groß @ Groß GmbH"]);
  deepEqual(ninja!.companies[0]!.addresses.map(({ city }) => city), ["Berlin"]);
  equal(ninja!.companies[0]!.phones[0]!.number, "+4930123456");
  const booked = await list(
    "Client First Name,Client Last Name,Client Email",
    "Eva,Groß,eva@gross.example",
  );
  deepEqual(names(booked), ["Eva Groß"]);
  equal(booked[0]!.contact!.emails[0]!.address, "eva@gross.example");
});

Deno.test("a last name beside a company is a person's, and a list of things names companies", async () => {
  deepEqual(names(await list("Name;Firma", "Groß;Groß GmbH", "Stahl;Stahl AG")), [
    "Groß @ Groß GmbH",
    "Stahl @ Stahl AG",
  ]);
  const schools = await list(
    "Schulnummer;Schulname;Schulleitung;PLZ;Ort;E-Mail",
    "1;Goethe-Gymnasium;Frau Eva Groß;10115;Berlin;info@goethe.example",
    "2;Grundschule am See;Herr Uwe Stahl;45127;Essen;info@see.example",
  );
  deepEqual(names(schools), ["Eva Groß @ Goethe-Gymnasium", "Uwe Stahl @ Grundschule am See"]);
  const banks = await list(
    "Identnummer;Bankenname;Straße;PLZ;Ort;Postadresse / Straße;Postadresse / PLZ;" +
      "Postadresse / Ort;Telefon",
    "1;Bank am Ring;Ring 3;1010;Wien;Postgasse 1;1011;Wien;01 51312",
    "2;Muster Bank AG;Platz 1;1020;Wien;;;;01 51313",
  );
  deepEqual(names(banks), ["@ Bank am Ring", "@ Muster Bank AG"]);
  deepEqual(banks[0]!.companies[0]!.addresses.map(({ street }) => street), [
    "Ring 3",
    "Postgasse 1",
  ]);
  const users = await importAll(sourceOf("Username,Email\r\nEva Amsel,e@x.example\r\n"));
  equal(users.inspection.plan.columns[0]!.target, "ignore");
});

Deno.test("rows whose own codes name their countries say nothing of the others", async () => {
  const records = await list(
    "Firma;Straße;PLZ/Ort;Tel.",
    "Mühle GmbH;Mühlweg 1;01067 Dresden;0351/123456",
    "Alpen AG;Am Platz 3;A-1010 Wien;+43 1 5131234",
    "Tirol GmbH;Ring 1;A-6020 Innsbruck;0512 123456",
  );
  deepEqual(records.map(({ companies }) => companies[0]!.phones[0]!.number), [
    "+49351123456",
    "+4315131234",
    "+43512123456",
  ]);
  const [russian] = await list(
    "Фамилия;Имя;Организация;Телефон;Город",
    "Иванов;Михаил;ООО Ромашка;8 (912) 345-67-89;Москва",
    "Петрова;Анна;АО Берёза;8 (495) 123-45-67;Москва",
  );
  equal(russian!.contact!.phones[0]!.number, "+79123456789");
});

Deno.test("keys, kinds and degrees of billing programs are no numbers, tags or lost", async () => {
  const [eva, jan] = await list(
    "CUSTOMER_ID;CUSTOMER_NUMBER;ORGANIZATION;ACADEMIC_DEGREE;FIRST_NAME;LAST_NAME;CUSTOMER_TYPE",
    "5;1001;Groß GmbH;Dr.;Eva;Groß;business",
    "6;1002;;;Jan;Klein;consumer",
  );
  const identified = (
    { uid, customerNumber, title }: ImportedContact,
  ) => [uid, customerNumber, title];
  deepEqual(identified(eva!.contact!), ["5", "1001", "Dr."]);
  deepEqual(identified(jan!.contact!), ["6", "1002", ""]);
  const both = await list(
    "Firma / Person;Funktion;Telefon",
    "Groß GmbH;;030 123456",
    "Eva Groß;Leiterin;030 123457",
  );
  deepEqual(names(both), ["@ Groß GmbH", "Eva Groß"]);
  const customers = await list("Kunde;Kd-Nr", "Horst;1", "Nordlicht;2", "Klein & Söhne;3");
  deepEqual(names(customers), ["@ Horst", "@ Nordlicht", "@ Klein & Söhne"]);
});

Deno.test("a person's cell may name several companies, each with its legal form", async () => {
  const records = await list(
    "Name;Firma;Telefon",
    "Eva Groß;Groß GmbH / Stahl AG;030 123456",
    "Uwe Stahl;Stahl AG, Lux OHG;",
    'Ina Lux;"Lux OHG\nGroß GmbH";',
    "Jan Klein;Müller, Meier & Partner GmbH;",
    "Max Holz;Holz GmbH & Co. KG / Werk Süd;",
  );
  deepEqual(names(records), [
    "Eva Groß @ Groß GmbH @ Stahl AG",
    "Uwe Stahl @ Stahl AG @ Lux OHG",
    "Ina Lux @ Lux OHG @ Groß GmbH",
    "Jan Klein @ Müller, Meier & Partner GmbH",
    "Max Holz @ Holz GmbH & Co. KG / Werk Süd",
  ]);
  const firms = await list("Firma;Telefon", "Groß GmbH / Stahl AG;030 123456");
  deepEqual(names(firms), ["@ Groß GmbH / Stahl AG"]);
});

const bytesOf = (text: string, letters: Record<string, number>) =>
  Uint8Array.from(text, (letter) => letters[letter] ?? letter.charCodeAt(0));

Deno.test("in a list with few letters the headings reveal the encoding", async () => {
  const czech = "Jméno;Příjmení;Firma;PSČ;Město\r\nJan;Novák;Novák s.r.o.;110 00;Praha\r\n";
  const central = { ř: 0xf8, í: 0xed, Č: 0xc8, ě: 0xec, á: 0xe1, é: 0xe9 };
  const read = await importAll(sourceOf(bytesOf(czech, central)));
  equal(read.inspection.plan.encoding, "windows-1250");
  deepEqual(names(read.records), ["Jan Novák @ Novák s.r.o."]);
  const dos = await importAll(sourceOf(
    bytesOf("Straße;PLZ;Firma\r\nRing 1;10115;Amsel GmbH\r\n", { ß: 0xe1 }),
  ));
  equal(dos.records[0]!.companies[0]!.addresses[0]!.street, "Ring 1");
});

Deno.test("lists of renters, patients and places on a map name the right persons and companies", async () => {
  const tenants = await list(
    "Objekt;Mieter;Einzug;Telefon",
    "Ring 2;Groß, Eva;01.01.2020;030 123456",
    "Ring 3;Stahl, Uwe;01.01.2021;030 123457",
  );
  deepEqual(names(tenants), ["Eva Groß", "Uwe Stahl"]);
  const places = await list(
    "title,category,address,phone,rating",
    'Bäckerei Mühle,Bakery,"Mühlweg 1, 01067 Dresden",+49 351 123456,4.5',
    'Café am Markt,Café,"Markt 2, 01067 Dresden",+49 351 123457,4.1',
  );
  deepEqual(names(places), ["@ Bäckerei Mühle", "@ Café am Markt"]);
  const counted = await importAll(sourceOf("Kurs;Teilnehmer\r\nYoga;25\r\nTanz;12\r\n"));
  deepEqual(counted.records.map(({ skipped }) => skipped), ["not_a_contact", "not_a_contact"]);
});

Deno.test("days without dots, and a region of France, are read", async () => {
  const born = await list(
    "Vorname;Nachname;GebDatum",
    "Eva;Groß;17051980",
    "Uwe;Stahl;1051980",
    "Ina;Lux;19800517",
  );
  deepEqual(born.map(({ contact }) => contact!.birthday), [
    "1980-05-17",
    "1980-05-01",
    "1980-05-17",
  ]);
  const [claire] = await list(
    "Prénom;Nom;Code postal;Ville;Département;Service;Titre civilité",
    "Claire;Martin;69003;Lyon;Rhône;Achats;Madame",
  );
  equal(claire!.contact!.addresses[0]!.region, "Rhône");
  deepEqual([claire!.contact!.department, claire!.contact!.salutation], ["Achats", "ms"]);
});

Deno.test("lines without headings give place and number, a quoted word stays quoted", async () => {
  const lines = await list(
    "Groß GmbH, Hauptstr. 1, 10115 Berlin, Tel. 030 123456",
    "Stahl AG, Werkstr. 2, 45127 Essen, Tel. 0201 98765",
  );
  const shown = lines.map(({ companies: [company] }) => [
    ...[company!.name, company!.addresses[0]!.postalCode, company!.addresses[0]!.city],
    company!.phones[0]!.number,
  ]);
  deepEqual(shown, [
    ["Groß GmbH", "10115", "Berlin", "+4930123456"],
    ["Stahl AG", "45127", "Essen", "+4920198765"],
  ]);
  const [lux] = await list("Name,Firma,Notiz", 'Ina Lux,"Lux" OHG,ok');
  deepEqual([lux!.companies[0]!.name, lux!.contact!.notes], ['"Lux" OHG', "ok"]);
  const [form] = await list("Wie ist Ihr Vorname?,Und Ihr Nachname?", "Eva,Groß");
  equal(form!.contact!.lastName, "Groß");
});

Deno.test("a cell may hold a person with address and number, and the line about a file is no heading", async () => {
  const shown = (records: ImportedRecord[]) =>
    records.map(({ contact }) => [
      ...[contact?.lastName, contact?.emails[0]?.address, contact?.phones[0]?.number],
    ]);
  const blocks = await list(
    "Firma;Kontakt",
    'Groß GmbH;"Frau Eva Groß\nTel.: 030 123456\neva@gross.example"',
    'Stahl AG;"Uwe Stahl\nuwe@stahl.example"',
  );
  deepEqual(shown(blocks), [
    ["Groß", "eva@gross.example", "+4930123456"],
    ["Stahl", "uwe@stahl.example", undefined],
  ]);
  const written = await list(
    "Kontakt;Firma",
    "Eva Groß <eva@gross.example>;Groß GmbH",
    '"""Stahl, Uwe"" <uwe@stahl.example>";Stahl AG',
  );
  deepEqual(names(written), ["Eva Groß @ Groß GmbH", "Uwe Stahl @ Stahl AG"]);
  const two = await list("Firma;Kontakt", 'Groß GmbH;"Eva Groß\nJan Klein"');
  deepEqual([two[0]!.contact!.lastName, two[0]!.others?.[0]?.lastName], ["Groß", "Klein"]);
  const datev = await importAll(sourceOf(
    '"EXTF";700;16;"Debitoren/Kreditoren";5;20261128;;"";"";"";1001;1\r\n' +
      "Konto;Name (Adressattyp Unternehmen);Unternehmensgegenstand;Adressattyp;Anrede;Straße;" +
      "Postleitzahl;Ort;Land;Telefon;E-Mail;Kurzbezeichnung\r\n" +
      '10000;"Groß GmbH";"Maschinen";"2";"Firma";"Ring 1";"10115";"Berlin";"DE";"";"";""\r\n',
  ));
  equal(datev.inspection.plan.columns[1]!.name, "Name (Adressattyp Unternehmen)");
});
