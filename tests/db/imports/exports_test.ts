/** Files as other programs export them, with German data in each. */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { ImportedRecord } from "../../../db/imports/records.ts";
import { importAll, knownExport, sourceOf, table } from "./sources.ts";

/** Imports rows of a known export. */
async function known(name: string, rows: Record<string, string>[]): Promise<ImportedRecord[]> {
  const { columns, delimiter } = knownExport(name);
  return (await importAll(sourceOf(table(columns, rows, delimiter)))).records;
}

async function csv(columns: string, rows: string[], separator = ";"): Promise<ImportedRecord[]> {
  const text = [columns, ...rows, ""].join("\r\n");
  const { records, inspection } = await importAll(sourceOf(text));
  equal(inspection.plan.dialect.separator, separator);
  return records;
}

/** "first last" or the company's name of each record. */
function names(records: ImportedRecord[]): string[] {
  return records.map((record) =>
    record.contact
      ? [record.contact.firstName, record.contact.namePrefix, record.contact.lastName]
        .filter(Boolean).join(" ")
      : record.companies[0]?.name ?? `${record.skipped ?? record.rejected?.code}`
  );
}

Deno.test("Outlook's German export keeps work and home apart", async () => {
  const [record] = await known("outlook_2013_de", [{
    Anrede: "Frau",
    Vorname: "Jutta",
    Nachname: "Größler",
    Firma: "Größler & Söhne OHG",
    Abteilung: "Einkauf",
    Position: "Leiterin Einkauf",
    "Straße geschäftlich": "Industriestr. 12",
    "Straße geschäftlich 2": "Gebäude C",
    "Ort geschäftlich": "Reutlingen",
    "Postleitzahl geschäftlich": "72760",
    "Land/Region geschäftlich": "Deutschland",
    "Straße privat": "Lindenweg 3",
    "Ort privat": "Tübingen",
    "Postleitzahl privat": "72072",
    "Telefon geschäftlich": "07121 / 123-45",
    "Telefon (privat)": "+49 (0) 7071 55667",
    Mobiltelefon: "0171 2345678",
    "Fax geschäftlich": "07121 12346",
    "E-Mail-Adresse": "j.groessler@groessler.example",
    "E-Mail-Typ": "SMTP",
    "E-Mail: Angezeigter Name": "Jutta Größler (j.groessler@groessler.example)",
    "E-Mail 2: Adresse": "jutta@privat.example",
    Geburtstag: "24.12.1970",
    Kategorien: "Kunde;Messe 2025",
    Geschlecht: "Keine Angabe",
    Notizen: "Ruft lieber an.\nNie freitags.",
  }]);
  const contact = record?.contact;
  ok(contact);
  equal(contact.salutation, "ms");
  equal(contact.lastName, "Größler");
  equal(contact.birthday, "1970-12-24");
  deepEqual(contact.tags, ["Kunde", "Messe 2025"]);
  deepEqual(contact.phones.map((phone) => [phone.kind, phone.number]), [
    ["work", "+49712112345"],
    ["mobile", "+491712345678"],
    ["home", "+49707155667"],
    ["fax", "+49712112346"],
  ]);
  deepEqual(contact.addresses.map((it) => [it.kind, it.street, it.extra, it.city, it.country]), [
    ["work", "Industriestr. 12", "Gebäude C", "Reutlingen", "DE"],
    ["home", "Lindenweg 3", "", "Tübingen", "DE"],
  ]);
  equal(contact.emails.length, 2);
  equal(record.companies[0]?.legalForm, "OHG");
  equal(contact.notes, "Ruft lieber an.\nNie freitags.");
  deepEqual(record.warnings, []);
});

Deno.test("Outlook's English export reads titles and the zero date as what they are", async () => {
  const columns =
    "First Name,Middle Name,Last Name,Title,Suffix,Company,Department,Job Title,Business Street," +
    "Business City,Business Postal Code,Business Country/Region,Home Phone,Mobile Phone,Business Phone," +
    "E-mail Address,E-mail Type,E-mail Display Name,Birthday,Categories,Web Page";
  const [one, two] = await csv(columns, [
    "Max,,Muster,Mr.,,Muster GmbH,,Buyer,Hauptstr. 1,Berlin,10115,Germany,,0171 2345678,030 123456,max@muster.example,SMTP,x,0/0/00,Blue,www.muster.example",
    "Eva,,Beispiel,Dr.,,,,,,,,,,,,eva@beispiel.example,SMTP,x,7/23/1981,,",
  ], ",");
  equal(one?.contact?.salutation, "mr");
  equal(one?.contact?.position, "Buyer");
  equal(one?.contact?.birthday, "");
  equal(two?.contact?.birthday, "1981-07-23");
  deepEqual(names([one!, two!]), ["Max Muster", "Eva Beispiel"]);
});

Deno.test("Google's exports pair labels with values, old and new", async () => {
  const [recent] = await known("google_contacts_2024", [{
    "First Name": "Anna",
    "Last Name": "von Stein",
    "Name Prefix": "Dr.",
    "Organization Name": "Stein AG",
    "Organization Title": "Vorständin",
    Birthday: "1980-02-29",
    Labels: "Kunden ::: * myContacts",
    "E-mail 1 - Label": "* Work",
    "E-mail 1 - Value": "anna@stein.example ::: buero@stein.example",
    "E-mail 2 - Label": "Home",
    "E-mail 2 - Value": "anna@privat.example",
    "Phone 1 - Label": "Mobile",
    "Phone 1 - Value": "+49 171 2345678",
    "Address 1 - Label": "Home",
    "Address 1 - Formatted": "Ringstr. 5\n20095 Hamburg\nDE",
    "Address 1 - Street": "Ringstr. 5",
    "Address 1 - City": "Hamburg",
    "Address 1 - Postal Code": "20095",
    "Address 1 - Country": "DE",
  }]);
  equal(recent?.contact?.namePrefix, "von");
  equal(recent?.contact?.title, "Dr.");
  deepEqual(recent?.contact?.tags, ["Kunden"]);
  deepEqual(recent?.contact?.emails.map((it) => it.kind), ["work", "work", "home"]);
  deepEqual(recent?.contact?.addresses.map((it) => [it.kind, it.street, it.postalCode]), [
    ["home", "Ringstr. 5", "20095"],
  ]);
  const old = await known("google_contacts_old_81cols", [
    {
      Name: "Kurt Weiß",
      "Given Name": "Kurt",
      "Family Name": "Weiß",
      Birthday: " --03-14",
      "Group Membership": "* myContacts ::: Verein",
      "E-mail 1 - Type": "* Home",
      "E-mail 1 - Value": "kurt@weiss.example",
      "Phone 1 - Type": "Home Fax",
      "Phone 1 - Value": "040 123456",
      "Organization 1 - Name": "Weiß Bau GmbH",
      "Organization 1 - Title": "Polier",
    },
    { "E-mail 1 - Type": "*", "E-mail 1 - Value": "nur.adresse@weiss.example" },
    { Name: "Weiß Bau GmbH", "Organization 1 - Name": "Weiß Bau GmbH" },
  ]);
  deepEqual(names(old), ["Kurt Weiß", "nur.adresse@weiss.example", "Weiß Bau GmbH"]);
  equal(old[0]?.contact?.birthday, "--03-14");
  equal(old[0]?.contact?.phones[0]?.kind, "fax");
  equal(old[1]?.warnings[0]?.code, "name_from_email");
  equal(old[2]?.contact, null);
});

Deno.test("Zoho's customers are persons or companies by what their row names", async () => {
  const records = await known("zoho_books_contacts", [
    {
      "Display Name": "Holz Huber GmbH",
      "Company Name": "Holz Huber GmbH",
      "Customer Name": "Holz Huber GmbH",
      "Customer Sub Type": "business",
      "Customer ID": "4711",
      Salutation: "Herr",
      "First Name": "Franz",
      "Last Name": "Huber",
      EmailID: "franz@huber.example",
      "Billing Address": "Am Wald 7",
      "Billing City": "Rosenheim",
      "Billing Code": "83022",
      "Billing Country": "Germany",
      "Shipping Attention": "Lager",
    },
    {
      "Display Name": "Rita Klein",
      "Customer Name": "Rita Klein",
      "Customer Sub Type": "individual",
    },
    { "Display Name": "Leer AG", "Company Name": "Leer AG", "Customer Name": "Leer AG" },
  ]);
  deepEqual(names(records), ["Franz Huber", "Rita Klein", "Leer AG"]);
  deepEqual(records[0]?.contact?.addresses.map((it) => [it.kind, it.street, it.city]), [
    ["billing", "Am Wald 7", "Rosenheim"],
  ]);
  equal(records[0]?.companies[0]?.name, "Holz Huber GmbH");
  equal(records[1]?.companies.length, 0);
});

Deno.test("Odoo says by row who is a company", async () => {
  const records = await known("odoo_res_partner", [
    {
      ID: "1",
      Name: "Azure Interior",
      "Company Type": "Company",
      Country: "Germany",
      ZIP: "10115",
    },
    {
      ID: "2",
      Name: "Brandon Freeman",
      "Company Type": "Person",
      "Related Company": "Azure Interior",
      Email: "brandon@azure.example",
    },
    { ID: "3", Name: "Weber & Co KG", "Company Type": "Unternehmen" },
  ]);
  deepEqual(names(records), ["Azure Interior", "Brandon Freeman", "Weber & Co KG"]);
  deepEqual(records.map((record) => record.contact === null), [true, false, true]);
  equal(records[1]?.companies[0]?.name, "Azure Interior");
  equal(records[0]?.companies[0]?.addresses[0]?.country, "DE");
});

Deno.test("Dolibarr's third parties are companies", async () => {
  const [record] = await known("dolibarr_thirdparty", [{
    "Name* (s.nom)": "Maison Schmitt",
    "CustomerCode (s.code_client)": "CU2401-00001",
    "Address (s.address)": "Rosenallee 4",
    "Zip (s.cp)": "66111",
    "Town (s.ville)": "Saarbrücken",
    "Phone (s.tel)": "0681 123456",
    "VATIntraShort (s.tva_intra)": "DE136695976",
    "Email (s.email)": "info@schmitt.example",
  }]);
  equal(record?.contact, null);
  const company = record?.companies[0];
  equal(company?.name, "Maison Schmitt");
  equal(company?.vatId, "DE136695976");
  equal(company?.addresses[0]?.street, "Rosenallee 4");
  equal(company?.phones[0]?.number, "+49681123456");
});

Deno.test("DATEV's business partners are read behind the line about the file, in Windows-1252", async () => {
  const { columns } = knownExport("datev_extf510_debitoren_kreditoren");
  const body = table(columns, [
    {
      Konto: "10000",
      "Name (Adressattyp natürl. Person)": "Müller",
      "Vorname (Adressattyp natürl. Person)": "Jörg",
      Adressattyp: "1",
      Namensvorsatz: "von",
      Anrede: "Herr",
      Straße: "Königsallee 1",
      Postleitzahl: "1067",
      Ort: "Dresden",
      Land: "DE",
    },
    {
      Konto: "70001",
      "Name (Adressattyp Unternehmen)": "Süßwaren Groß GmbH",
      Adressattyp: "2",
      "EU-Land": "DE",
      "EU-UStID": "136695976",
      "Straße (Rechnungsadresse)": "Hafen 2",
      "Ort (Rechnungsadresse)": "Köln",
    },
  ], ";");
  const meta = `"EXTF";510;16;"Debitoren/Kreditoren";4;20240101000000000;;"RE"\r\n`;
  const bytes = Uint8Array.from(meta + body, (character) => character.charCodeAt(0));
  const { inspection, records } = await importAll(sourceOf(bytes));
  equal(inspection.plan.encoding, "windows-1252");
  equal(inspection.plan.header, 2);
  deepEqual(names(records), ["Jörg von Müller", "Süßwaren Groß GmbH"]);
  equal(records[0]?.row, 3);
  equal(records[0]?.contact?.addresses[0]?.postalCode, "01067");
  deepEqual(records[0]?.warnings.map((it) => it.code), ["postal_code_zero_restored"]);
  equal(records[1]?.companies[0]?.vatId, "DE136695976");
  equal(records[1]?.companies[0]?.addresses[0]?.kind, "billing");
});

Deno.test("LinkedIn's notes before the header are skipped", async () => {
  const { columns } = knownExport("linkedin_connections");
  const text = 'Notes:\r\n"When exporting your connection data, you may notice that some of the ' +
    'email addresses are missing, see settings."\r\n\r\n' + table(columns, [
      {
        "First Name": "Lena",
        "Last Name": "Krüger, PMP",
        URL: "https://www.linkedin.com/in/lena",
        "Email Address": "",
        Company: "Krüger Consulting",
        Position: "Partnerin",
        "Connected On": "14 Mar 2024",
      },
    ]);
  const { inspection, records } = await importAll(sourceOf(text));
  equal(inspection.plan.header, 4);
  equal(inspection.records, 1);
  equal(records[0]?.row, 5);
  equal(records[0]?.contact?.firstName, "Lena");
  equal(records[0]?.companies[0]?.role, "Partnerin");
});

Deno.test("Invoice Ninja's client is a company with a contact person", async () => {
  const [record] = await known("invoiceninja_clients", [{
    Name: "Blumen Meier",
    "First Name": "Sabine",
    "Last Name": "Meier",
    Email: "sabine@blumen.example",
    "VAT Number": "DE136695976",
    "Billing Street": "Marktplatz 1",
    "Billing City": "Ulm",
    "Billing Postal Code": "89073",
    "Billing Country": "Germany",
  }]);
  deepEqual(names([record!]), ["Sabine Meier"]);
  equal(record?.companies[0]?.name, "Blumen Meier");
  equal(record?.companies[0]?.vatId, "DE136695976");
});

Deno.test("a Salesforce report keeps the account's phone with the account", async () => {
  const [record] = await known("salesforce_report_accounts_contacts", [{
    "Account: Account Name": "Adler GmbH",
    "Account: Phone": "030 1234560",
    "Contact: First Name": "Uwe",
    "Contact: Last Name": "Adler",
    "Contact: Title": "Geschäftsführer",
    "Contact: Phone": "030 1234567",
    "Contact: Email": "uwe@adler.example",
  }]);
  equal(record?.contact?.position, "Geschäftsführer");
  deepEqual(record?.contact?.phones.map((it) => it.number), ["+49301234567"]);
  deepEqual(record?.companies[0]?.phones.map((it) => it.number), ["+49301234560"]);
});

Deno.test("leads without persons make no contacts, deals make deals", async () => {
  const leads = await known("tine_crm_leads", [{
    lead_name: "Relaunch",
    Leadstate: "open",
    turnover: "1000",
  }]);
  const deals = await csv(
    "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Associated Company",
    ["1,Großauftrag,closedwon,Sales,1000,2026-01-01,Adler GmbH"],
    ",",
  );
  const pipedrive = await csv(
    "Deal - Title,Deal - Stage,Deal - Value,Person - Name,Organization - Name",
    ["Dach,Angebot,100,Uwe Adler,Adler GmbH"],
    ",",
  );
  deepEqual(leads.map((it) => it.skipped), ["not_a_contact"]);
  for (const [record] of [deals, pipedrive]) {
    equal(record!.contact, null);
    equal(record!.companies[0]!.name, "Adler GmbH");
  }
  deepEqual([deals, pipedrive].map(([it]) => it!.deal!.name), ["Großauftrag", "Dach"]);
  deepEqual(pipedrive[0]!.deal!.persons, ["Uwe Adler"]);
  equal(deals[0]!.deal!.status, "won");
});

Deno.test("Shopware's customers lose their passwords on the way in", async () => {
  const { columns, delimiter } = knownExport("shopware5_customers");
  const text = table(columns, [{
    customernumber: "20001",
    email: "max@muster.example",
    password: "$2y$10$abcdefghijklmnopqrstuv",
    encoder: "bcrypt",
    billing_company: "Muster GmbH",
    billing_salutation: "mr",
    billing_firstname: "Max",
    billing_lastname: "Muster",
    billing_street: "Weg 1",
    billing_zipcode: "12345",
    billing_city: "Berlin",
    billing_countryID: "2",
    shipping_firstname: "Lager",
    shipping_lastname: "Süd",
    shipping_street: "Kai 9",
    shipping_city: "Kiel",
  }], delimiter);
  const { inspection, records } = await importAll(sourceOf(text));
  ok(!JSON.stringify({ inspection, records }).includes("$2y$"));
  deepEqual(names(records), ["Max Muster"]);
  deepEqual(records[0]?.contact?.addresses.map((it) => [it.kind, it.city]), [
    ["billing", "Berlin"],
    ["shipping", "Kiel"],
  ]);
  const password = inspection.plan.columns.find((column) => column.name === "password");
  ok(password?.secret);
  password.target = "notes";
  const again = await Array.fromAsync(
    (await import("../../../db/imports/files.ts")).read(sourceOf(text), inspection.plan),
  );
  equal(again[0]?.contact?.notes, "");
});

Deno.test("kivitendo's customer is the company, cp_ the person there", async () => {
  const [record] = await known("lxoffice_customers", [{
    customernumber: "10023",
    name: "Werkzeug Lang KG",
    street: "Gewerbepark 8",
    zipcode: "38100",
    city: "Braunschweig",
    country: "D",
    phone: "0531 1234",
    cp_greeting: "Frau",
    cp_givenname: "Ute",
    cp_name: "Lang",
    cp_email: "ute@lang.example",
  }]);
  deepEqual(names([record!]), ["Ute Lang"]);
  equal(record?.contact?.salutation, "ms");
  equal(record?.companies[0]?.name, "Werkzeug Lang KG");
  equal(record?.companies[0]?.addresses[0]?.country, "DE");
  deepEqual(record?.companies[0]?.phones.map(({ number }) => number), ["+495311234"]);
  deepEqual([record?.contact?.addresses, record?.contact?.phones], [[], []]);
});

Deno.test("HubSpot's contacts come with their company and position", async () => {
  const records = await csv(
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Associated Company,Job Title,Lifecycle Stage,Recent Deal Amount",
    ["51,Nina,Vogt,nina@vogt.example,+49 89 123456,Chef,,2026-01-01 10:00,Vogt GmbH,CTO,customer,500"],
    ",",
  );
  deepEqual(names(records), ["Nina Vogt"]);
  equal(records[0]?.contact?.uid, "51");
  equal(records[0]?.companies[0]?.name, "Vogt GmbH");
  const companies = await csv(
    "Record ID,Company name,Company owner,Phone Number,City,Country/Region,Industry,Company Domain Name",
    ["7,Vogt GmbH,Chef,+49 89 123456,München,Germany,Software,vogt.example"],
    ",",
  );
  equal(companies[0]?.contact, null);
  equal(companies[0]?.companies[0]?.website, "vogt.example");
  equal(companies[0]?.companies[0]?.addresses[0]?.city, "München");
});

Deno.test("Pipedrive's people and organisations are read in both languages", async () => {
  const [english] = await csv(
    "Person - Name,Person - Label,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Phone - Mobile,Person - Open deals,Person - Owner",
    ["Tim Braun,Hot,Braun GmbH,tim@braun.example,t@privat.example,0171 2345678,1,Chef"],
    ",",
  );
  equal(english?.contact?.lastName, "Braun");
  deepEqual(english?.contact?.emails.map((it) => it.kind), ["work", "home"]);
  equal(english?.companies[0]?.name, "Braun GmbH");
  const [german] = await csv(
    "Person - Name;Person - Organisation;Person - E-Mail-Adresse - Geschäftlich;Person - Telefon - Privat",
    [
      "Eva Lang;Lang KG;eva@lang.example;0531 1234567",
    ],
  );
  equal(german?.contact?.phones[0]?.kind, "home");
  equal(german?.companies[0]?.name, "Lang KG");
  const [place] = await csv("Organization - Name,Organization - Address,Organization - People", [
    'Lang KG,"Gewerbepark 8, 38100 Braunschweig, Deutschland",1',
  ], ",");
  equal(place?.companies[0]?.addresses[0]?.city, "Braunschweig");
});

Deno.test("CentralStationCRM and Lexware call the last name just Name", async () => {
  const [station] = await csv(
    "Anrede;Titel;Vorname;Name;Firma;Position;Tel. (Büro);E-Mail (Büro);Straße (Büro);PLZ (Büro);Ort (Büro);Land (Büro);Tags",
    ["Herr;Dr.;Paul;Ebert;Ebert AG;Vorstand;0711 123456;paul@ebert.example;Königstr. 1;70173;Stuttgart;Deutschland;VIP, Messe"],
  );
  deepEqual(names([station!]), ["Paul Ebert"]);
  equal(station?.contact?.title, "Dr.");
  deepEqual(station?.contact?.tags, ["VIP", "Messe"]);
  const lexware = await csv(
    "Kundennummer;Matchcode;Anrede;Firma;Name;Vorname;Strasse;PLZ;Ort;Land;Telefon1;Mobil;Telefax;Email;USt-IdNr.",
    [
      "10001;LANG;Firma;Lang KG;;;Gewerbepark 8;38100;Braunschweig;D;0531 1234;;;info@lang.example;DE136695976",
      "10002;EBERT;Herr;;Ebert;Paul;Königstr. 1;70173;Stuttgart;D;;0171 2345678;;paul@ebert.example;",
      "10003;WOLF;Firma;;Wolf GmbH;;Weg 2;10115;Berlin;D;;;;;",
    ],
  );
  deepEqual(names(lexware), ["Lang KG", "Paul Ebert", "Wolf GmbH"]);
  equal(lexware[0]?.companies[0]?.vatId, "DE136695976");
});

Deno.test("sevdesk's and lexoffice's customers keep their categories and numbers", async () => {
  const [sevdesk] = await csv(
    "Kunden-Nr.;Anrede;Titel;Nachname;Vorname;Organisation;Namenszusatz;Position;Kategorie;IBAN;BIC;Umsatzsteuer-ID;Strasse;PLZ;Ort;Land;Adress-Kategorie;Telefon;Telefon-Kategorie;Mobil;Fax;E-Mail;E-Mail-Kategorie;Webseite;Beschreibung;Geburtstag;Tags",
    ["1001;Frau;;Sommer;Ida;Sommer UG (haftungsbeschränkt);;Chefin;Kunde;DE00;X;DE136695976;Weg 1;20095;Hamburg;Deutschland;Rechnung;040 123456;Arbeit;;;ida@sommer.example;Privat;;;01.02.1990;"],
  );
  deepEqual(names([sevdesk!]), ["Ida Sommer"]);
  equal(sevdesk?.contact?.addresses[0]?.kind, "billing");
  equal(sevdesk?.contact?.emails[0]?.kind, "home");
  equal(sevdesk?.companies[0]?.legalForm, "UG (haftungsbeschränkt)");
  equal(sevdesk?.contact?.customerNumber, "1001");
  const [lexoffice] = await csv(
    "Kundennummer;Firmenname;Anrede;Vorname;Nachname;E-Mail 1;Telefonnummer 1;Rechnungsadresse Straße / Hausnr.;Rechnungsadresse PLZ;Rechnungsadresse Ort;Rechnungsadresse Land;Lieferadresse Ort;Ust-ID;Anmerkung/Notiz",
    ["10;Sommer UG;Frau;Ida;Sommer;ida@sommer.example;040 123456;Weg 1;20095;Hamburg;DE;Kiel;DE136695976;nett"],
  );
  deepEqual(lexoffice?.companies[0]?.addresses.map((it) => [it.kind, it.street, it.city]), [
    ["billing", "Weg 1", "Hamburg"],
    ["shipping", "", "Kiel"],
  ]);
  equal(lexoffice?.contact?.notes, "nett");
});

Deno.test("Thunderbird's address book joins the birthday out of three columns", async () => {
  const [german] = await csv(
    "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Tel. dienstlich,Tel. privat,Fax-Nummer,Mobil-Tel.-Nr.,Privat: Adresse,Privat: Adresse 2,Privat: Ort,Privat: PLZ,Privat: Land,Dienstlich: Adresse,Dienstlich: Ort,Dienstlich: PLZ,Arbeitstitel,Abteilung,Organisation,Webseite 1,Geburtsjahr,Geburtsmonat,Geburtstag,Notizen",
    ["Olaf,Horn,Olaf Horn,,olaf@horn.example,o@privat.example,0421 12345,0421 67890,,0171 2345678,Deich 1,Hinterhaus,Bremen,28195,Deutschland,Hafen 2,Bremen,28217,Schiffer,,Horn GmbH,,1975,4,9,"],
    ",",
  );
  equal(german?.contact?.birthday, "1975-04-09");
  deepEqual(german?.contact?.addresses.map((it) => [it.kind, it.street, it.extra]), [
    ["home", "Deich 1", "Hinterhaus"],
    ["work", "Hafen 2", ""],
  ]);
  equal(german?.contact?.phones.find((it) => it.kind === "mobile")?.number, "+491712345678");
  equal(german?.companies[0]?.role, "Schiffer");
  const [english] = await csv(
    "First Name,Last Name,Display Name,Primary Email,Work Phone,Home Address,Home City,Home ZipCode,Home Country,Work Address,Work City,Organization,Birth Year,Birth Month,Birth Day",
    ["Olaf,Horn,Olaf Horn,olaf@horn.example,0421 12345,Deich 1,Bremen,28195,Germany,Hafen 2,Bremen,Horn GmbH,1975,4,9"],
    ",",
  );
  equal(english?.contact?.birthday, "1975-04-09");
  deepEqual(english?.contact?.addresses.map((it) => it.kind), ["home", "work"]);
});

Deno.test("a list without headings is understood by what it holds", async () => {
  const { inspection, records } = await importAll(sourceOf(
    "Max;Muster;Weg 1;10115;Berlin;max.muster@firma.example;030 123456\n" +
      "Eva;Beispiel;Ring 2;20095;Hamburg;eva.beispiel@firma.example;040 123456\n",
  ));
  equal(inspection.plan.header, 0);
  equal(inspection.records, 2);
  deepEqual(names(records), ["Max Muster", "Eva Beispiel"]);
  equal(records[1]?.contact?.addresses[0]?.city, "Hamburg");
  equal(records[1]?.contact?.phones[0]?.number, "+4940123456");
});

Deno.test("one column of whole names, last name first or not", async () => {
  const records = await csv("Name;E-Mail;Telefon", [
    "Müller, Dr. Hans;hans@mueller.example;030 1234567",
    "Heide, Max von der;max@heide.example;",
    "Anna Maria Schulz;anna@schulz.example;",
  ]);
  deepEqual(names(records), ["Hans Müller", "Max von der Heide", "Anna Maria Schulz"]);
  equal(records[0]?.contact?.title, "Dr.");
});

Deno.test("a row that names only its company becomes a company among the contacts", async () => {
  const records = await csv("Firma;Vorname;Nachname;E-Mail", [
    "Adler GmbH;Uwe;Adler;uwe@adler.example",
    "Bussard GmbH;;;info@bussard.example",
    ";;;",
    ";;Falke;",
  ]);
  deepEqual(names(records), ["Uwe Adler", "Bussard GmbH", "Falke"]);
  equal(records[1]?.companies[0]?.emails[0]?.address, "info@bussard.example");
  equal(records[2]?.row, 5);
});

Deno.test("a bare list of addresses creates nobody and is no consent", async () => {
  const records = await csv("E-Mail;Angemeldet am", [
    "a@liste.example;01.02.2024",
    "b@liste.example;02.02.2024",
  ]);
  deepEqual(records.map((record) => record.skipped), [
    "newsletter_without_name",
    "newsletter_without_name",
  ]);
});

Deno.test("a hosting company's contacts belong to their partner and keep their care-of line", async () => {
  const records = await csv(
    "contact_id; bp_id; salut; first_name; last_name; title; firma; co; street; zipcode;city; country; phone_private; phone_office; phone_mobile; fax; email; roles",
    [
      "1101; 100; Herr; Max; Muster; ; ; ; Weg 50; 26524; Hage; DE; ; +49 4931 123456; +49 1522 1234567;; max@muster.example; partner",
      "1201; 132; Frau; Jenny; Klein; Dr.; Klein GmbH; c/o Groß; Ring 1; 20095; Hamburg; DE; ; ; ; ; jenny@klein.example; billing",
      "1301; 133; ; ; ; ; Lager AG; ; Kai 1; 24103; Kiel; DE; ; ; ; ; info@lager.example; ",
    ],
  );
  deepEqual(names(records), ["Max Muster", "Jenny Klein", "Lager AG"]);
  equal(records[1]?.contact?.title, "Dr.");
  equal(records[1]?.contact?.addresses[0]?.extra, "c/o Groß");
  equal(records[0]?.contact?.phones.find((it) => it.kind === "mobile")?.number, "+4915221234567");
});

Deno.test("raw HubSpot properties are read without their prefix", async () => {
  const [record] = await csv(
    "_fivetran_deleted,_fivetran_synced,id,property_email,property_firstname,property_lastname,property_company,property_createdate",
    ["FALSE,2020-07-09 15:25:37.054,51,nina@vogt.example,Nina,Vogt,Vogt GmbH,2020-07-09"],
    ",",
  );
  equal(record?.contact?.lastName, "Vogt");
  equal(record?.companies[0]?.name, "Vogt GmbH");
  const [deal] = await csv("deal_id,property_dealname,property_amount,property_closedate", [
    "1,Dach,100,2020-07-09",
  ], ",");
  deepEqual([deal?.deal?.name, deal?.deal?.amountCents], ["Dach", 10_000]);
});

Deno.test("the file's name settles a doubtful list of names", async () => {
  const content = "Name;Telefon\nGrüne Aue;030 1234567\nAlte Mühle;030 7654321\n";
  const firms = await importAll(sourceOf(content), { fileName: "Firmen 2026.csv" });
  equal(firms.inspection.plan.kind, "companies");
  const people = await importAll(sourceOf(content));
  equal(people.inspection.plan.kind, "contacts");
});

Deno.test("a name beside a company's column is the person's", async () => {
  for (const [one, two] of [["Paul Ebert", "Eva Lang"], ["Ebert, Paul", "Lang, Eva"]]) {
    const rows = [`${one};0711 123456;Wolf GmbH`, `${two};0711 123457;Wolf GmbH`];
    const records = await csv("Name;Telefon;Firma", rows);
    deepEqual(names(records), ["Paul Ebert", "Eva Lang"]);
    equal(records[0]?.companies[0]?.name, "Wolf GmbH");
  }
  const [branch] = await csv("Name;Telefon;Übergeordnete Firma", ["Alte Mühle;0711 1;Wolf GmbH"]);
  equal(branch?.contact, null);
});
