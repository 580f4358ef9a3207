/** Exports of shops, ledgers, schools and telephone systems, each with what was once misread. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("osCommerce and its heirs write whose column it is before each heading", async () => {
  const { contact, company } = await only({
    customers_cid: "K010",
    customers_gender: "m",
    customers_firstname: "Udo",
    customers_lastname: "Hammer",
    customers_email_address: "udo@hammer.example",
    entry_company: "Hammer Bau",
    entry_street_address: "Bauhof",
    entry_house_number: "3a",
    entry_postcode: "30161",
    entry_city: "Hannover",
  });
  deepEqual(
    [contact.salutation, contact.firstName, contact.lastName, contact.customerNumber],
    ["mr", "Udo", "Hammer", "K010"],
  );
  deepEqual([contact.addresses[0]!.street, company!.name], ["Bauhof 3a", "Hammer Bau"]);
});

Deno.test("a ledger greets households, and c/o is a part of the address", async () => {
  const columns = "Adressnr;Anrede1;Name1;Name2;Straße;Plz;Ort";
  const { records } = await importAll(sourceOf([
    columns,
    "1;An die;Hausverwaltung Nord;c/o WEG Lindenhof;Nordring 5;22419;Hamburg",
    "2;Familie;Schulz;;Birkenweg 4;22457;Hamburg",
    "3;Herrn und Frau;Ole Petersen;und Inga Petersen;Deich 3;25836;Garding",
    "4;Familie;Bäckerei Korn GmbH;;Deich 4;25836;Garding",
  ].join("\n")));
  deepEqual(
    records.map(({ contact, companies }) =>
      contact ? [contact.firstName, contact.lastName] : companies[0]?.name
    ),
    ["Hausverwaltung Nord", ["", "Schulz"], ["Ole und Inga", "Petersen"], "Bäckerei Korn GmbH"],
  );
  const [place] = records[0]!.companies[0]!.addresses;
  deepEqual([place!.street, place!.extra], ["Nordring 5", "c/o WEG Lindenhof"]);
});

Deno.test("the name at the delivery address is no company of the buyer", async () => {
  const { contact, company } = await only({
    "Name des Käufers": "Lilo Lang",
    "E-Mail des Käufers": "lilo@lang.example",
    "Ort des Käufers": "Mainz",
    "Name der Versandadresse": "Lilo Lang",
    "Adresse der Versandadresse 1": "Langweg 3",
  }, ";");
  deepEqual([contact.lastName, company], ["Lang", undefined]);
});

Deno.test("the street is the line of an address that has a number", async () => {
  const { contact } = await only({
    "buyer-name": "Anke Amsel",
    "buyer-email": "anke@amsel.example",
    "ship-address-1": "c/o Firma",
    "ship-address-2": "Vogelweg 2",
    "ship-city": "Ulm",
    "ship-postal-code": "89073",
  }, "\t");
  deepEqual(
    [contact.addresses[0]!.street, contact.addresses[0]!.extra],
    ["Vogelweg 2", "c/o Firma"],
  );
});

Deno.test("the only mailbox of a school's list is the parent's, not the child's", async () => {
  const { contact, others } = await only({
    "Schüler_Nachname": "Berg",
    "Schüler_Vorname": "Lena",
    "Erziehungsberechtigter 1 Vorname": "Sonja",
    "Erziehungsberechtigter 1 Nachname": "Berg",
    "Erziehungsberechtigter 1 E-Mail": "sonja@berg.example",
  }, ";");
  deepEqual([contact.firstName, contact.emails], ["Lena", []]);
  equal(others![0]!.emails[0]!.address, "sonja@berg.example");
});

Deno.test("a day on which a recipient was deactivated is an objection, and an extension is one", async () => {
  const { contact } = await only({
    "E-Mail": "kai@kalt.example",
    "Vorname": "Kai",
    "Nachname": "Kalt",
    "Deaktiviert": "05.03.2024",
    "AnredeText": "Herr",
  }, ";");
  deepEqual([contact.objections, contact.salutation], [["email"], "mr"]);
  const { contact: sue } = await only({
    "First Name": "Sue",
    "Last Name": "Ray",
    "Phone 1": "(602) 555-0199",
    "Phone 1 Ext": "12",
    "Country": "United States",
  });
  equal(sue.phones[0]!.number, "+16025550199;ext=12");
});

Deno.test("days and mailboxes are read through what programs wrap around them", async () => {
  const { contact } = await only({
    "Name": "Eva Groß",
    "Email": '<a href="mailto:eva@gross.example">eva@gross.example</a>',
    "Geburtsdatum": "29221.0",
  });
  deepEqual([contact.emails.map(({ address }) => address), contact.birthday], [
    ["eva@gross.example"],
    "1980-01-01",
  ]);
});

Deno.test("heirs of one house are no person, and two customers with a turnover are", async () => {
  const { records } = await importAll(sourceOf(
    "Kunden-Nr;Name;Ort;E-Mail;Umsatz\n1;Eva Groß;Berlin;eva@gross.example;100,00\n" +
      "2;Bernd Schulz;Ulm;bernd@schulz.example;200,00\n",
  ));
  deepEqual(records.map(({ contact }) => contact?.lastName), ["Groß", "Schulz"]);
  const { records: [heirs] } = await importAll(sourceOf(
    "Name;PLZ;Ort\nErbengemeinschaft Petersen;01067;Dresden\nEva Groß;01067;Dresden\n",
  ));
  deepEqual([heirs!.contact, heirs!.companies[0]?.name], [null, "Erbengemeinschaft Petersen"]);
});

Deno.test("what an address repeats of its row's names and place is no line of it", async () => {
  const { contact, company } = await only({
    "First Name": "Anna",
    "Last Name": "Amsel",
    "Company": "Amsel AG",
    "Work Address": "Amsel AG\nWeg 3\n10115 Berlin",
    "Company Address": "Weg 3, Berlin, Land Berlin, Germany, 10115",
    "Company City": "Berlin",
    "Company State": "Land Berlin",
    "Company Country": "Germany",
  });
  for (
    const { street, extra, postalCode, city } of [contact, company!].flatMap((it) => it.addresses)
  ) {
    deepEqual([street, extra, postalCode, city], ["Weg 3", "", "10115", "Berlin"]);
  }
  const other = await only({
    Name: "Anna",
    "Last name": "Amsel",
    City: "Berlin",
    Location: "Berlin",
  });
  deepEqual(other.contact.addresses.map(({ street, city }) => [street, city]), [["", "Berlin"]]);
});

Deno.test("a problem of an address is reported of the column that has it", async () => {
  const { warnings } = await only({
    "Vorname": "Anna",
    "Nachname": "Amsel",
    "Straße": "Weg 3",
    "PLZ": "1067",
    "Ort": "Dresden",
    "Land": "a7c40f631fc920687.20179984",
  }, ";");
  deepEqual(warnings.map(({ column, code }) => [column, code]), [["Land", "country_unknown"]]);
});

Deno.test("the switchboard that CAS lists beside a person's number is the company's", async () => {
  const { contact, company } = await only({
    "Vorname": "Anna",
    "Name": "Amsel",
    "Firma": "Amsel AG",
    "Telefon (geschäftl.)": "+49 (3733) 1234-10",
    "Telefon (zentral)": "+49 (3733) 1234-0",
  }, ";");
  deepEqual(contact.phones.map(({ number }) => number), ["+493733123410"]);
  deepEqual(company!.phones.map(({ number }) => number), ["+49373312340"]);
});

Deno.test("pages of Notion leave only their names, however many a cell links", async () => {
  const page = "1a2b3c4d5e6f708190a1b2c3d4e5f607";
  const { records } = await importAll(sourceOf(
    "Name,Firma,E-Mail\n" +
      `Ute Adler,"Nest AG (../Firmen/Nest%20AG%20${page}.md), Bau KG (Bau%20KG%20${page}.md)",ute@nest.example\n` +
      `Kai Bär,"Nest AG (https://www.notion.so/Nest-AG-${page}?pvs=21), Bau KG (https://www.notion.so/Bau-${page}?pvs=21)",kai@nest.example\n`,
  ));
  deepEqual(records.map(({ companies }) => companies.map(({ name }) => name)), [
    ["Nest AG", "Bau KG"],
    ["Nest AG", "Bau KG"],
  ]);
});

Deno.test("MailerLite's type ends a subscription, and other types say nothing", async () => {
  const read = async (...types: string[]) => {
    const rows = types.map((type, at) => `p${at}@nest.example,Kai,Bär${at},${type}`);
    const { records } = await importAll(sourceOf(
      `Subscriber,Name,Last name,Type\n${rows.join("\n")}\n`,
    ));
    return records.map(({ contact }) => contact!.objections);
  };
  deepEqual(await read("active", "unsubscribed"), [[], ["email"]]);
  deepEqual(await read("Kunde", "unsubscribed"), [[], []]);
});

Deno.test("headings of further programs name companies, mailboxes and numbers", async () => {
  const monday = await importAll(
    sourceOf("Name,Konten,E-Mail\nUte Adler,Nest AG,ute@nest.example\n"),
  );
  equal(monday.records[0]!.companies[0]?.name, "Nest AG");
  const users = await only({
    "Display name": "Ute Adler",
    "First name": "Ute",
    "Last name": "Adler",
    "Department": "IT",
    "User principal name": "ute@nest.example",
  });
  deepEqual(users.contact.emails.map(({ address }) => address), ["ute@nest.example"]);
  const plenty = await only({
    "Contact number": "K1",
    "First name": "Ute",
    "Last name": "Adler",
    "Phone": "030 1234567",
    "Billing address company": "Nest AG",
    "Billing address street": "Weg",
    "Billing address house number": "3",
    "Billing address town": "Berlin",
  }, ";");
  deepEqual([plenty.contact.customerNumber, plenty.contact.phones.length, plenty.company?.name], [
    "K1",
    1,
    "Nest AG",
  ]);
});

Deno.test("tickets are no companies, whoever requested them", async () => {
  const { inspection } = await importAll(sourceOf(
    "Id,Requester,Requester id,Requester email,Subject,Tags,Via,Ticket type,Organization\n" +
      "77,Ute Adler,101,ute@nest.example,Hilfe,x,Mail,Incident,Nest AG\n",
  ));
  equal(inspection.plan.kind, "other");
});

Deno.test("whose name stands below that of a company with its legal form is its contact", async () => {
  const { records } = await importAll(sourceOf(
    "KdNr;Anrede;Name1;Name2;Ort;E-Mail\n" +
      "1;Firma;Nest Bau GmbH;Ute Adler;Bonn;info@nest.example\n" +
      "2;Firma;Nest Bau GmbH;Werk Nord;Bonn;nord@nest.example\n" +
      "3;Herr;Bär;Bert;Bonn;bert@b.example\n",
  ));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [contact?.lastName, company?.name]),
    [["Adler", "Nest Bau GmbH"], [undefined, "Nest Bau GmbH Werk Nord"], ["Bär", undefined]],
  );
});

Deno.test("a name beside a last name is the first one if it is one, and else a company", async () => {
  const read = async (...names: string[]) => {
    const rows = names.map((name, at) => `${name};Adler${at};Bonn;030 123456${at}`);
    const { records } = await importAll(sourceOf(
      `Name;Nachname;Ort;Telefon\n${rows.join("\n")}\n`,
    ));
    return records.map(({ contact, companies: [company] }) => [contact?.firstName, company?.name]);
  };
  deepEqual(await read("Ute", "Bert"), [["Ute", undefined], ["Bert", undefined]]);
  deepEqual(await read("Ayodele", "Mia", "Xoan"), [
    ["Ayodele", undefined],
    ["Mia", undefined],
    ["Xoan", undefined],
  ]);
  deepEqual(await read("Bosch", "Siemens"), [["", "Bosch"], ["", "Siemens"]]);
});
