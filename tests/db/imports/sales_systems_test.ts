/** Exports of sales, shop and accounting programs, by the columns that they really write. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf, table } from "./sources.ts";

const rows = async (...all: Record<string, string>[]) => {
  const columns = [...new Set(all.flatMap((row) => Object.keys(row)))];
  const { records, inspection } = await importAll(sourceOf(table(columns, all)));
  return { records, plan: inspection.plan };
};

Deno.test("Twenty names a group before each column, and only the column says what it is", async () => {
  const { contact, company } = await only({
    "Name / First Name": "Sylvie",
    "Name / Last Name": "Palmer",
    "Emails / Primary Email": "sylvie@linden.example",
    "Emails / Additional Emails": '["sp@home.example"]',
    "Phones / Primary Phone Number": "1711234567",
    "Phones / Primary Phone Country Code": "DE",
    "Phones / Primary Phone Calling Code": "+49",
    "Phones / Additional Phones":
      '[{"number":"301234567","countryCode":"DE","callingCode":"+49"},{"number":"+43 1 5123456"}]',
    "Company / Name": "Linden AG",
    "Created by / Name": "Tim Turm",
  });
  deepEqual([contact.firstName, contact.lastName], ["Sylvie", "Palmer"]);
  equal(company?.name, "Linden AG");
  deepEqual(contact.emails.map(({ address }) => address), [
    "sylvie@linden.example",
    "sp@home.example",
  ]);
  deepEqual(contact.phones.map(({ number }) => number), [
    "+491711234567",
    "+49301234567",
    "+4315123456",
  ]);
});

Deno.test("a calling code right behind a number of the same group belongs to it", async () => {
  const { contact } = await only({
    "Name / First Name": "Jean",
    "Name / Last Name": "Petit",
    "Phones / Primary Phone Number": "789012345",
    "Phones / Primary Phone Country Code": "FR",
    "Phones / Primary Phone Calling Code": "+33",
  });
  deepEqual(contact.phones.map(({ number }) => number), ["+33789012345"]);
});

Deno.test("the usual and the main address or number of several is one like any other", async () => {
  const { contact } = await only({
    "First Name": "Sven",
    "Last Name": "Dahl",
    "Email(default)": "sven@dahl.example",
    "Phone(main)": "030 1234567",
    "Phone number - Fax": "030 1234568",
    "LANDLINE_NUMBER": "030 1234569",
  });
  equal(contact.emails[0]?.address, "sven@dahl.example");
  deepEqual(contact.phones.map(({ number, kind }) => [number, kind]), [
    ["+49301234567", "work"],
    ["+49301234569", "work"],
    ["+49301234568", "fax"],
  ]);
});

Deno.test("columns of an address that is posted to, numbered or named ahead are read completely", async () => {
  const name = { "First Name": "Paul", "Last Name": "Krämer" };
  for (
    const row of <Record<string, string>[]> [
      {
        "Mail Address Street": "Ring 1",
        "Mail Address City": "Ulm",
        "Mail Address Post Code": "89073",
        "Mail Address Country": "Germany",
      },
      {
        "address_1_address_1": "Ring 1",
        "address_1_city": "Ulm",
        "address_1_zipcode": "89073",
        "address_1_country": "DE",
      },
      {
        "_address_street": "Ring 1",
        "_address_city": "Ulm",
        "_address_postcode": "89073",
        "_address_country_id": "DE",
      },
      {
        "POAddressLine1": "Ring 1",
        "POCity": "Ulm",
        "POPostalCode": "89073",
        "POCountry": "Germany",
      },
    ]
  ) {
    const { contact } = await only({ ...name, ...row });
    const { street, postalCode, city, country } = contact.addresses[0]!;
    deepEqual([street, postalCode, city, country], ["Ring 1", "89073", "Ulm", "DE"]);
    equal(contact.addresses.length, 1);
  }
  const { contact } = await only({ ...name, "_address_telephone": "030 1234567" });
  equal(contact.phones[0]?.number, "+49301234567");
});

Deno.test("Xero's lines of an address follow one another, and its ledger is nobody's employer", async () => {
  const { records } = await rows({
    "*ContactName": "Möbel Nord",
    "FirstName": "Trish",
    "LastName": "Rawlings",
    "POAddressLine1": "Ring 1",
    "POAddressLine2": "2. Stock",
    "POCity": "Ulm",
    "SAAddressLine1": "Lager 5",
    "SACity": "Neu-Ulm",
    "SalesAccount": "200",
  }, { "*ContactName": "Stadt und Rand Agentur", "SalesAccount": "200" });
  const [one, two] = records;
  deepEqual([one?.contact?.firstName, one?.contact?.lastName], ["Trish", "Rawlings"]);
  equal(one?.companies[0]?.name, "Möbel Nord");
  const addresses = [...one!.contact!.addresses, ...one!.companies[0]!.addresses];
  deepEqual(addresses.map(({ street, extra, city }) => [street, extra, city]), [
    ["Ring 1", "2. Stock", "Ulm"],
    ["Lager 5", "", "Neu-Ulm"],
  ]);
  equal(two?.contact, null);
  equal(two?.companies[0]?.name, "Stadt und Rand Agentur");
});

Deno.test("a shown name that is not the person's own is that of the company", async () => {
  const { records } = await rows({
    "display_name": "Bluth Company (Example Lead)",
    "primary_contact_name": "Gob Bluth",
    "primary_contact_first_name": "Gob",
    "primary_contact_last_name": "Bluth",
  }, {
    "display_name": "Wayne Enterprises (Example Lead)",
    "primary_contact_name": "Bruce Wayne",
    "primary_contact_first_name": "Bruce",
    "primary_contact_last_name": "Wayne",
  });
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    ["Bluth", "Bluth Company (Example Lead)"],
    ["Wayne", "Wayne Enterprises (Example Lead)"],
  ]);
  const nicks = await rows(
    { "display_name": "sunny", "first_name": "Eva", "last_name": "Groß" },
    { "display_name": "Kalle", "first_name": "Karl", "last_name": "Ott" },
  );
  deepEqual(nicks.records.map(({ companies }) => companies.length), [0, 0]);
});

Deno.test("QuickBooks' customer beside a company is a person, where it is not the company again", async () => {
  const { records } = await rows(
    { "Customer": "Cool Cars", "Company": "Cool Cars", "Email": "cool@cars.example" },
    { "Customer": "Amy Lauterbach", "Company": "Amy's Bird Sanctuary", "Email": "b@amy.example" },
    { "Customer": "Bill Lucchini", "Company": "Bill's Windsurf Shop", "Email": "b@bill.example" },
  );
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    [undefined, "Cool Cars"],
    ["Lauterbach", "Amy's Bird Sanctuary"],
    ["Lucchini", "Bill's Windsurf Shop"],
  ]);
});

Deno.test("Stripe's names stay persons beside a column of VAT numbers that only companies fill", async () => {
  const { records } = await rows(
    { "id": "cus_1", "Email": "mia@kraus.example", "Name": "Mia Kraus", "Business Vat ID": "" },
    { "id": "cus_2", "Email": "jo@falk.example", "Name": "Jonas Falk", "Business Vat ID": "" },
    {
      "id": "cus_3",
      "Email": "ap@acme.example",
      "Name": "ACME Industries GmbH",
      "Business Vat ID": "DE136695976",
    },
  );
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    ["Kraus", undefined],
    ["Falk", undefined],
    [undefined, "ACME Industries GmbH"],
  ]);
  equal(records[2]?.companies[0]?.vatId, "DE136695976");
});

Deno.test("vtiger's module ahead of a name is no part of it", async () => {
  for (const module of ["Organizations", "Accounts"]) {
    const { company } = await only({
      "First Name": "Renate",
      "Last Name": "Vogt",
      "Organization Name": `${module}::::Vogt Consult GmbH`,
    });
    equal(company?.name, "Vogt Consult GmbH");
  }
});

Deno.test("leaving a list is an objection to its mails, with the list's name", async () => {
  const name = { "Email": "eva@gross.example", "First Name": "Eva", "Last Name": "Groß" };
  const left = await only({ ...name, "Unsubscribed from List": "Newsletter DE" });
  deepEqual(left.contact.objections, ["email"]);
  const stays = await only({ ...name, "Unsubscribed from List": "" });
  deepEqual(stays.contact.objections, []);
});

Deno.test("a country alone is kept, and completes another address of the person without one", async () => {
  const { contact } = await only({
    "Email": "k@hof.example",
    "Vorname": "Klara",
    "Nachname": "Hof",
    "Land": "Österreich",
  });
  deepEqual(contact.addresses.map(({ country, city }) => [country, city]), [["AT", ""]]);
  const both = await only({
    "Vorname": "Yves",
    "Nachname": "Laurent",
    "Straße privat": "5 Chemin du Marais",
    "PLZ privat": "38100",
    "Ort privat": "Grenoble",
    "Land privat": "Frankreich",
    "Straße dienstlich": "100 rue des Maths",
    "PLZ dienstlich": "38402",
    "Ort dienstlich": "Gières",
    "Land dienstlich": "",
  });
  deepEqual(both.contact.addresses.map(({ country }) => country), ["FR", "FR"]);
});

Deno.test("Freshsales keeps accounts and bare numbers at work, Copper its notes as details", async () => {
  const { contact, company } = await only({
    "First name": "Jane",
    "Last name": "Sampleton",
    "Accounts": "Widgetz (sample)",
    "Work": "3684932360",
    "Mobile": "+49 171 1234567",
    "Details": "Likes calls",
  });
  equal(company?.name, "Widgetz (sample)");
  deepEqual(contact.phones.map(({ kind }) => kind), ["work", "mobile"]);
  equal(contact.notes, "Likes calls");
});

Deno.test("a row that lacks a cell in its middle is put back where links, numbers and places say", async () => {
  const head =
    "name,sector,nb_sites,linkedin_url,website,phone_number,address,zipcode,city,country";
  const whole =
    "Acme,Trade,3,https://l.example/acme,https://acme.example,040 1234567,Ring 1,20095,Hamburg,DE";
  const short = "Globex,Trade,,https://globex.example,040 7654321,Weg 2,20097,Hamburg,DE";
  const { records } = await importAll(
    sourceOf([head, whole, short, "Initech,Trade,1,,,,Allee 3,10115,Berlin", ""].join("\n")),
  );
  const [, globex, initech] = records.map(({ companies }) => companies[0]!);
  equal(globex!.website, "https://globex.example");
  deepEqual(globex!.phones.map(({ number }) => number), ["+49407654321"]);
  const { street, postalCode, city, country } = globex!.addresses[0]!;
  deepEqual([street, postalCode, city, country], ["Weg 2", "20097", "Hamburg", "DE"]);
  equal(records[1]!.warnings[0]?.code, "too_few_cells");
  deepEqual(initech!.addresses.map(({ street, city }) => [street, city]), [["Allee 3", "Berlin"]]);
});

Deno.test("a row that lacks an empty cell somewhere keeps the names that are where they belong", async () => {
  const { records } = await importAll(
    sourceOf([
      "id;group;salut;first_name;last_name;title;street;zip;city;phone;mobile;fax;email;roles",
      "7;12;Herr;Ole;Brandt;Dr.;Ring 1;20095;Hamburg;040 1234567;;;ole@brandt.example;owner",
      "8;12;;Nele;Brandt;;;;;040 7654321;;nele@brandt.example;owner",
      "",
    ].join("\n")),
  );
  const { contact } = records[1]!;
  deepEqual([contact!.title, contact!.firstName, contact!.lastName], ["", "Nele", "Brandt"]);
  deepEqual(contact!.emails.map(({ address }) => address), ["nele@brandt.example"]);
  deepEqual(contact!.phones.map(({ number }) => number), ["+49407654321"]);
});

Deno.test("a degree behind a first name is no first name, and other commas stay in it", async () => {
  const named = async (first: string) => {
    const { contact } = await only({ "First Name": first, "Last Name": "O'Neil" });
    return [contact.title, contact.firstName, contact.lastName, contact.suffix];
  };
  deepEqual(await named("Tom, MBA"), ["", "Tom", "O'Neil", "MBA"]);
  deepEqual(await named("Tom, Dr."), ["Dr.", "Tom", "O'Neil", ""]);
  deepEqual(await named("Anna, Maria"), ["", "Anna, Maria", "O'Neil", ""]);
  deepEqual(await named("Dr. Tom"), ["Dr.", "Tom", "O'Neil", ""]);
  const { contact } = await only({ "Last Name": "Ost", "Phone Number (iPhone)": "0170 1234567" });
  equal(contact.phones[0]?.kind, "mobile");
});

Deno.test("a name beside first and last name is the person's where keys identify the company", async () => {
  const row = { first_name: "N.", last_name: "B.", name: "Nele Brandt", phone: "040 7654321" };
  const record = await only({ id: "003A", account_id: "001B", ...row });
  deepEqual([record.contact.lastName, record.company], ["B.", undefined]);
  equal((await only(row)).company?.name, "Nele Brandt");
});

Deno.test("of two columns for a country the one that names a country counts", async () => {
  const { contact, warnings } = await only({
    "Last Name": "Brandt",
    "Mailing Street": "1 Main St",
    "Mailing City": "Austin",
    "Mailing Country": "Unitd Stats",
    "Mailing Country Code": "US",
  });
  equal(contact.addresses[0]?.country, "US");
  deepEqual(warnings.map(({ code, value }) => [code, value]), [["second_value", "Unitd Stats"]]);
});

Deno.test("lists inside cells give each address and number with its kind", async () => {
  const { contact, warnings } = await only({
    "name": "Nele Brandt",
    "emails":
      '[{"label": "work", "value": "nele@linden.example"}, {"label": "home", "value": "nb@home.example"}]',
    "contact_numbers": "[{'label': 'home', 'value': '040 7654321'}]",
    "organization_id": "1",
  });
  deepEqual(contact.emails, [
    { address: "nele@linden.example", kind: "work" },
    { address: "nb@home.example", kind: "home" },
  ]);
  deepEqual(contact.phones.map(({ number, kind }) => [number, kind]), [["+49407654321", "home"]]);
  deepEqual(warnings, []);
});

Deno.test("deals of further systems keep currency, owner, likelihood and their end", async () => {
  const read = async (text: string) =>
    (await importAll(sourceOf(text), { fileName: "deals.csv" })).records;
  const [won] = await read(
    "Datensatz-ID;Deal-Name;Deal-Phase;Abschlussdatum;Zuständiger Mitarbeiter für Deal;Betrag\n" +
      "901;Dach;Abgeschlossen und gewonnen;31.12.2026;Klaus Klug;12.500,00\n",
  );
  deepEqual([won?.deal?.uid, won?.deal?.owner, won?.deal?.status], ["901", "Klaus Klug", "won"]);
  const [pipedrive] = await read(
    "Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Expected close date\n" +
      "Dach,12500,CHF,Contact Made,2026-12-31\n",
  );
  equal(pipedrive?.deal?.currency, "CHF");
  const [salesforce] = await read(
    "Opportunity-Name,Accountname,Phase,Betrag Währung,Betrag,Schlusstermin\n" +
      'Dach,Nest GmbH,Geschlossen und verloren,CHF,"12.500,00",31.12.2026\n',
  );
  deepEqual([salesforce?.deal?.currency, salesforce?.deal?.status], ["CHF", "lost"]);
  const odoo = "name,partner_id,stage_id,expected_revenue,date_deadline,user_id,tag_ids\n";
  const [named] = await read(
    `${odoo}Dach,Nest GmbH,New,12500.00,2026-12-31,Klaus Klug,"Hot,Web"\n`,
  );
  deepEqual(
    [named?.companies[0]?.name, named?.deal?.owner, named?.deal?.tags],
    ["Nest GmbH", "Klaus Klug", ["Hot", "Web"]],
  );
  const [keyed] = await read(`${odoo}Dach,12,New,12500.00,2026-12-31,5,\n`);
  deepEqual([keyed?.companies, keyed?.deal?.owner], [[], ""]);
  const offers = await read(
    "Angebot Nr.;Kunde;Projekt;Angebotssumme netto;Status;Auftragswahrscheinlichkeit;Bearbeiter\n" +
      "A-1;Nest GmbH;Dach;12.500,00 €;beauftragt;50 %;Klug\nA-2;Bau KG;Keller;800 €;storniert;;\n",
  );
  deepEqual(
    offers.map(({ deal }) => [deal?.uid, deal?.status, deal?.probability, deal?.owner]),
    [["A-1", "won", 50, "Klug"], ["A-2", "lost", null, ""]],
  );
});
