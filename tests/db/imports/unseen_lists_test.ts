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

Deno.test("of two numbers with words between both are read, whatever stands in the first", async () => {
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
  const told = ({ uid, customerNumber, title }: ImportedContact) => [uid, customerNumber, title];
  deepEqual(told(eva!.contact!), ["5", "1001", "Dr."]);
  deepEqual(told(jan!.contact!), ["6", "1002", ""]);
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
