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
