/** What single programs write into their exports, and no other program does. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("an order of eBay or Amazon names the buyer, with the address in lines", async () => {
  const ebay = await only({
    "Bestellnummer": "12-1",
    "Nutzername des Käufers": "jana_b",
    "Name des Käufers": "Jana Böhm",
    "E-Mail des Käufers": "jana@x.example",
    "Adresse 1 des Käufers": "Weg 5",
    "Adresse 2 des Käufers": "Hinterhaus",
    "Ort des Käufers": "Hamburg",
    "PLZ des Käufers": "20095",
    "Name des Empfängers": "Uwe Böhm",
    "Artikelnummer": "7",
    "Anzahl": "1",
  }, ";");
  const amazon = await only({
    "order-id": "302-1",
    "buyer-email": "jana@x.example",
    "buyer-name": "Jana Böhm",
    "sku": "S1",
    "item-price": "9.90",
    "recipient-name": "Uwe Böhm",
    "ship-address-1": "Weg 5",
    "ship-address-2": "Hinterhaus",
    "ship-city": "Hamburg",
    "ship-postal-code": "20095",
  }, "\t");
  for (const { contact } of [ebay, amazon]) {
    equal(`${contact.firstName} ${contact.lastName}`, "Jana Böhm");
    equal(contact.emails[0]?.address, "jana@x.example");
    deepEqual(
      contact.addresses.map(({ street, extra, postalCode, city }) => [
        street,
        extra,
        postalCode,
        city,
      ]),
      [["Weg 5", "Hinterhaus", "20095", "Hamburg"]],
    );
  }
});

Deno.test("the lines that eBay adds below its orders are no buyers", async () => {
  const { records } = await importAll(sourceOf(
    "Protokollnummer;Name des Käufers;E-Mail des Käufers;Ort des Käufers;PLZ des Käufers;Land\n" +
      "5;Jana Böhm;jana@x.example;Hamburg;20095;Deutschland\n\n" +
      "1;Datensätze heruntergeladen;von;12-Mrz-24;10:33:11;bis\n",
  ));
  deepEqual(records.map(({ contact, skipped }) => contact?.lastName ?? skipped), [
    "Böhm",
    "total_row",
  ]);
});

Deno.test("SAP Business One's codes, names and addresses of partners are read", async () => {
  const { contact, company } = await only({
    "BP Code": "C20000",
    "BP Name": "Nordwind",
    "Telephone 1": "040 123456",
    "Contact Person": "Jana Böhm",
    "Bill-to Street": "Weg 5",
    "Bill-to Zip Code": "20095",
    "Bill-to City": "Hamburg",
    "Ship-to Street": "Kai 1",
    "Ship-to Zip Code": "20457",
    "Ship-to City": "Hamburg",
  }, "\t");
  equal(contact.lastName, "Böhm");
  deepEqual([company!.name, company!.customerNumber], ["Nordwind", "C20000"]);
  deepEqual(company!.addresses.map(({ kind, street }) => [kind, street]), [
    ["billing", "Weg 5"],
    ["shipping", "Kai 1"],
  ]);
});

Deno.test("Pipedrive's town under four names and its organisation as an object are read", async () => {
  const { company } = await only({
    "Person - Name": "Jana Böhm",
    "Organisation - Name": "Nordwind GmbH",
    "Organisation - Straße/Straßenname der Adresse": "Weg 5",
    "Organisation - PLZ/Postleitzahl der Adresse": "20095",
    "Organisation - Stadt/Ort/Dorf/Gemeinde der Adresse": "Hamburg",
  });
  deepEqual([company!.addresses[0]?.street, company!.addresses[0]?.city], ["Weg 5", "Hamburg"]);
  const { records } = await importAll(sourceOf(JSON.stringify({
    data: [{
      id: 1,
      name: "Jana Böhm",
      org_id: { name: "Nordwind", address: "Weg 5, 20095 Hamburg" },
    }],
  })));
  const [organisation] = records[0]!.companies;
  deepEqual([organisation?.name, organisation?.addresses[0]?.city], ["Nordwind", "Hamburg"]);
});

Deno.test("Pipedrive's German deals keep when and why they were lost", async () => {
  const { records } = await importAll(sourceOf(
    "Deal - Titel,Deal - Wert,Deal - Status,Deal - Verloren um,Deal - Grund für verlorenen Deal\n" +
      "Wartung,10,Verloren,2024-04-01 08:00:00,Preis\n",
  ));
  deepEqual([records[0]!.deal?.closedOn, records[0]!.deal?.lostReason], ["2024-04-01", "Preis"]);
});

Deno.test("what FileMaker writes for lines and repeated values parts them", async () => {
  const { contact } = await only({
    "Vorname": "Jana",
    "Nachname": "Böhm",
    "Strasse": "Weg 5\x0bHinterhaus",
    "Telefon": "040 123456\x1d0171 2233445",
  });
  deepEqual(contact.phones.map(({ number }) => number), ["+4940123456", "+491712233445"]);
  deepEqual([contact.addresses[0]?.street, contact.addresses[0]?.extra], ["Weg 5", "Hinterhaus"]);
});

Deno.test("a country given by name and by code is one, and two countries are reported", async () => {
  for (const [code, warnings] of [["DE", 0], ["AT", 1]] as const) {
    const { records } = await importAll(sourceOf(
      `Name,Address,City,Zip,Country,Country code\nNest GmbH,Weg 5,Ulm,89073,Germany,${code}\n`,
    ));
    equal(records[0]!.warnings.length, warnings);
  }
});

Deno.test("who is to be addressed at Sage's customer leaves number and mail with the company", async () => {
  const { contact, company } = await only({
    "Kto-Nr.": "10001",
    "Matchcode": "NORDWIND",
    "Name 1": "Nordwind GmbH",
    "Name 2": "z. Hd. Frau Jana Böhm",
    "Straße": "Weg 5",
    "PLZ": "20095",
    "Ort": "Hamburg",
    "eMail": "info@nordwind.example",
  }, ";");
  deepEqual([contact.lastName, contact.emails, contact.customerNumber], ["Böhm", [], ""]);
  deepEqual([company!.customerNumber, company!.emails[0]?.address, company!.addresses[0]?.city], [
    "10001",
    "info@nordwind.example",
    "Hamburg",
  ]);
});

Deno.test("WooCommerce's two lines in one column belong to the town beside them", async () => {
  const { contact } = await only({
    "First Name (Billing)": "Jana",
    "Last Name (Billing)": "Böhm",
    "Address 1&2 (Billing)": "Weg 5",
    "City (Billing)": "Hamburg",
    "Postcode (Billing)": "20095",
  });
  deepEqual(contact.addresses.map(({ street, city }) => [street, city]), [["Weg 5", "Hamburg"]]);
});

Deno.test("a messenger's sign and a form's aside are no part of name and heading", async () => {
  const { contact } = await only({
    "Vollständiger Name": "~Urs Frei",
    "PLZ\n(5-stellig)": "20095",
    "Ort": "Hamburg",
  });
  deepEqual([contact.firstName, contact.lastName], ["Urs", "Frei"]);
  equal(contact.addresses[0]?.postalCode, "20095");
});

Deno.test("each file of Belgium's register alone names every company once, or nobody", async () => {
  const denomination = await importAll(sourceOf(
    '"EntityNumber","Language","TypeOfDenomination","Denomination"\n' +
      '"0200.065.765","2","001","Vereniging Veneco"\n"0200.065.765","2","002","Veneco"\n' +
      '"0200.068.636","1","001","Farys"\n',
  ));
  deepEqual(denomination.records.map(({ companies: [company] }) => company?.uid), [
    "0200.065.765",
    "0200.065.765",
    "0200.068.636",
  ]);
  const files = [
    '"EntityNumber","EntityContact","ContactType","Value"\n' +
    '"0200.362.210","ENT","EMAIL","officiel@inbw.example"\n"0200.362.210","ENT","TEL","067218111"\n',
    '"EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise","JuridicalForm"\n' +
    '"0200.065.765","AC","000","2","416"\n',
  ];
  for (const file of files) {
    const { records } = await importAll(sourceOf(file));
    deepEqual(new Set(records.map(({ skipped }) => skipped)), new Set(["not_a_contact"]));
  }
});

Deno.test("a private customer whose name an invoicing program repeats is no company", async () => {
  const { records } = await importAll(sourceOf(
    "Kundennummer;Name;Straße;PLZ;Ort;Vorname;Nachname\n" +
      "1;Nordwind GmbH;Weg 5;20095;Hamburg;Jana;Böhm\n2;Ralf Kern;Gasse 1;01067;Dresden;Ralf;Kern\n",
  ));
  deepEqual(records.map(({ companies }) => companies.map(({ name }) => name)), [
    ["Nordwind GmbH"],
    [],
  ]);
  const { contact } = records[1]!;
  deepEqual([contact!.customerNumber, contact!.addresses[0]?.city], ["2", "Dresden"]);
});
