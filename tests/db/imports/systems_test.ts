/** Exports of systems beyond the collected ones, by the columns that they really write. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf, table } from "./sources.ts";

Deno.test("an opt-out of mail or calls elsewhere is an objection here too, however it is worded", async () => {
  const name = { "Vorname": "Gerd", "Nachname": "Pohl", "E-Mail": "gerd@pohl.example" };
  for (
    const [column, yes, no, channel] of [
      ["Abmeldung von allen E-Mails", "true", "false", "email"],
      ["EMAIL_BLACKLISTED", "1", "0", "email"],
      ["Do not allow Emails", "Do Not Allow", "Allow", "email"],
      ["E-Mails nicht zulassen", "Nicht zulassen", "Zulassen", "email"],
      ["Do not allow Phone Calls", "Do Not Allow", "Allow", "phone"],
      ["Do Not Call", "1", "0", "phone"],
      ["Kein Newsletter", "x", "", "email"],
      ["UNSUB_TIME", "2024-05-05 10:00:00", "", "email"],
      ["deactivated", "1620202020", "0", "email"],
      ["Keine Post", "ja", "nein", "post"],
      ["SMS_BLACKLISTED", "true", "false", "sms"],
      ["noMailing", "true", "false", "all"],
    ] as const
  ) {
    deepEqual((await only({ ...name, [column]: yes })).contact.objections, [channel], column);
    deepEqual((await only({ ...name, [column]: no })).contact.objections, [], column);
  }
});

Deno.test("Shopify guards its numbers by an apostrophe and names the address as the usual one", async () => {
  const { contact, company } = await only({
    "Customer ID": "'6123456789012",
    "First Name": "Iris",
    "Last Name": "Baum",
    "Email": "iris@baum.example",
    "Default Address Company": "Baum GmbH",
    "Default Address Address1": "Lindenallee 1",
    "Default Address Address2": "Hinterhaus",
    "Default Address City": "Essen",
    "Default Address Province Code": "",
    "Default Address Country Code": "DE",
    "Default Address Zip": "'45127",
    "Phone": "'+49 151 23456789",
    "Note": "'68er Stammkundin",
  });
  equal(contact.customerNumber, "6123456789012");
  equal(company?.name, "Baum GmbH");
  const { street, extra, postalCode, city, country } = contact.addresses[0]!;
  deepEqual([street, extra, postalCode, city, country], [
    "Lindenallee 1",
    "Hinterhaus",
    "45127",
    "Essen",
    "DE",
  ]);
  equal(contact.phones[0]?.number, "+4915123456789");
  equal(contact.notes, "'68er Stammkundin");
});

Deno.test("SuiteCRM's primary address and Dynamics' numbered one are read completely", async () => {
  const suite = await only({
    "Salutation": "Mr.",
    "First Name": "Jan",
    "Last Name": "de Vries",
    "Account Name": "Tulpen BV",
    "Email Address": "jan@tulpen.example",
    "Primary Address Street": "Damrak 1",
    "Primary Address City": "Amsterdam",
    "Primary Address Postal Code": "1012 LG",
    "Primary Address Country": "Netherlands",
  });
  const { street, postalCode, city, country } = suite.contact.addresses[0]!;
  deepEqual([street, postalCode, city, country], ["Damrak 1", "1012 LG", "Amsterdam", "NL"]);
  const dynamics = await only({
    "(Do Not Modify) Contact": "9f-1",
    "Full Name": "Ursula Lehmann",
    "Company Name": "Lehmann AG",
    "Job Title": "Prokuristin",
    "Address 1: Street 1": "Königstr. 3",
    "Address 1: City": "Stuttgart",
    "Address 1: ZIP/Postal Code": "70173",
    "Address 1: Country/Region": "Germany",
  });
  equal(dynamics.contact.addresses[0]?.postalCode, "70173");
  equal(dynamics.contact.addresses[0]?.country, "DE");
});

Deno.test("Thunderbird's plain address is the one at home beside that of work", async () => {
  const { contact } = await only({
    "Vorname": "Nina",
    "Nachname": "Groß",
    "Primäre E-Mail-Adresse": "nina@gross.example",
    "Adresse": "Zeil 1",
    "Stadt": "Frankfurt",
    "PLZ": "60313",
    "Adresse dienstlich": "Mainzer Landstr. 2",
    "Stadt dienstlich": "Frankfurt",
    "PLZ dienstlich": "60325",
  });
  deepEqual(contact.addresses.map(({ kind, street, postalCode }) => [kind, street, postalCode]), [
    ["home", "Zeil 1", "60313"],
    ["work", "Mainzer Landstr. 2", "60325"],
  ]);
});

Deno.test("Mailchimp's quoted tags, its address in one cell and its day without a year are read", async () => {
  const { contact } = await only({
    "Email Address": "eva@klein.example",
    "First Name": "Eva",
    "Last Name": "Klein",
    "Address": "Bahnhofstr. 1  Ulm  89073  Germany",
    "Birthday": "05/17",
    "TAGS": '"VIP","Newsletter"',
  });
  deepEqual(contact.tags, ["VIP", "Newsletter"]);
  equal(contact.birthday, "--05-17");
  const { street, postalCode, city, country } = contact.addresses[0]!;
  deepEqual([street, postalCode, city, country], ["Bahnhofstr. 1", "89073", "Ulm", "DE"]);
});

Deno.test("Odoo's parent is the employer of a person, by its name and not by its key", async () => {
  const person = {
    "name": "Stefan Weber",
    "company_type": "Individual",
    "parent_id": "Weber Elektro GmbH",
    "email": "stefan@weber-elektro.example",
  };
  const { contact, company } = await only(person);
  deepEqual([contact.firstName, contact.lastName, company?.name], [
    "Stefan",
    "Weber",
    "Weber Elektro GmbH",
  ]);
  equal((await only({ ...person, parent_id: "4711" })).company, undefined);
});

Deno.test("1 and 0 answer whether a record is a company, and a program's address is no website", async () => {
  const head = "Name,Is a company,Related company,Street,ZIP,City,url";
  const { records } = await importAll(
    sourceOf(`${head}
Linden Shelves,1,,Ring 1,20095,Hamburg,https://crm.example/api/v2/users/7.json
Nele Brandt,0,Linden Shelves,Ring 2,20095,Hamburg,
Ole Brandt,0,,Ring 3,20095,Hamburg,https://brandt.example
`),
  );
  deepEqual(records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name]), [
    [undefined, "Linden Shelves"],
    ["Brandt", "Linden Shelves"],
    ["Brandt", undefined],
  ]);
  equal(records[0]!.companies[0]!.website, "");
  equal(records[2]!.contact!.website, "https://brandt.example");
});

Deno.test("EspoCRM's salutation and HubSpot's German job title have their places", async () => {
  const espo = await only(
    { "salutationName": "Ms.", "firstName": "Lena", "lastName": "Hoß", "accountName": "Hoß KG" },
    ";",
  );
  equal(espo.contact.salutation, "ms");
  const hubspot = await only({
    "Vorname": "Gerd",
    "Nachname": "Pohl",
    "Jobbezeichnung": "Drucker",
  });
  equal(hubspot.contact.position, "Drucker");
});

Deno.test("Salesforce's German report, SuperOffice's and Dolibarr's French columns have their places", async () => {
  const sales = await only({
    "Vorname": "Jördis",
    "Nachname": "Groß",
    "Accountname": "Groß OHG",
    "Postanschrift (Straße)": "Königsallee 9",
    "Postanschrift (Ort)": "Düsseldorf",
    "Postanschrift (Bundesland/Provinz)": "NRW",
    "Postanschrift (PLZ)": "40212",
  });
  const { street, postalCode, city, region } = sales.contact.addresses[0]!;
  deepEqual([street, postalCode, city, region], ["Königsallee 9", "40212", "Düsseldorf", "NRW"]);
  const office = await only({
    "name": "Polar Fisk AS",
    "firstName": "Ingrid",
    "lastName": "Solberg",
    "mrMrs": "Ms",
    "email/emailAddress": "ingrid@polarfisk.example",
    "phone/formattedNumber": "+47 77 55 50 10",
    "postalAddress/zip": "9008",
  });
  equal(office.company?.name, "Polar Fisk AS");
  equal(office.contact.salutation, "ms");
  equal(office.contact.emails[0]?.address, "ingrid@polarfisk.example");
  const french = await only({
    "Civilité (c.civility)": "MME",
    "Nom* (c.lastname)": "Lefèvre",
    "Prénom (c.firstname)": "Chloé",
    "Société (s.nom)": "Lefèvre SARL",
    "Poste/Fonction (c.poste)": "Gérante",
    "Portable (c.phone_mobile)": "+33 6 55 50 01 02",
  });
  deepEqual([french.contact.salutation, french.contact.lastName, french.contact.position], [
    "ms",
    "Lefèvre",
    "Gérante",
  ]);
  equal(french.contact.phones[0]?.kind, "mobile");
});

Deno.test("Odoo's person behind the company, and Notion's link behind a name, are separated", async () => {
  const odoo = await only({
    "Display Name": "Azure Interior SARL, Nicole Ford",
    "Email": "nicole@azure.example",
  });
  deepEqual([odoo.contact.firstName, odoo.contact.lastName, odoo.company?.name], [
    "Nicole",
    "Ford",
    "Azure Interior SARL",
  ]);
  const notion = await only({
    "Name": "Rolf Zahn",
    "Firma": "Zahn Dental (https://www.notion.so/Zahn-Dental-1a2b?pvs=21)",
    "E-Mail": "rolf@zahn.example",
  });
  equal(notion.company?.name, "Zahn Dental");
});

Deno.test("addresses with names before them are persons", async () => {
  const text = "Eva Groß <eva@x.example>\nMax Klein <max@x.example>\nnews@x.example\n";
  const { records } = await importAll(sourceOf(text));
  deepEqual(
    records.map(({ contact, skipped }) => [contact?.firstName, contact?.lastName, skipped]),
    [
      ["Eva", "Groß", null],
      ["Max", "Klein", null],
      [undefined, undefined, "newsletter_without_name"],
    ],
  );
  equal(records[1]?.contact?.emails[0]?.address, "max@x.example");
});

Deno.test("a second value for one field is reported, an equal one is not", async () => {
  const { contact, warnings } = await only({
    "Vorname": "Eva",
    "Nachname": "Klein",
    "Position": "Leiterin",
    "Funktion": "leiterin",
    "Webseite": "www.gross.example",
    "Homepage": "shop.example",
    "Ort": "Ulm",
    "Stadt": "Bonn",
  });
  deepEqual([contact.website, contact.addresses[0]?.city], ["www.gross.example", "Ulm"]);
  deepEqual(warnings.map(({ code, column, value, params }) => [code, column, value, params.kept]), [
    ["second_value", "Homepage", "shop.example", "www.gross.example"],
    ["second_value", "Stadt", "Bonn", "Ulm"],
  ]);
});

Deno.test("FRITZ!Box's numbers say their kind in brackets, and a practice is no person", async () => {
  const { contact } = await only({
    "Name": "Hans Müller",
    "Rufnummer (privat)": "030 1234567",
    "Rufnummer (mobil)": "0171 2345678",
  });
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [
    ["mobile", "+491712345678"],
    ["home", "+49301234567"],
  ]);
  const { company } = await only({
    "Name": "Praxis Dr. Weber",
    "Rufnummer (privat)": "0201 44556",
  });
  equal(company?.name, "Praxis Dr. Weber");
});

Deno.test("a parcel's second line names the person or the department, not the company", async () => {
  const parcel = { "Name1": "Groß GmbH", "Strasse": "Weg 1", "PLZ": "45127", "Ort": "Essen" };
  const { contact, company } = await only({ ...parcel, "Name2": "z. Hd. Frau Eva Groß" });
  deepEqual([contact.salutation, contact.lastName, company?.name], ["ms", "Groß", "Groß GmbH"]);
  const other = await only({ ...parcel, "Name2": "Abt. Einkauf", "Ansprechpartner": "Eva Groß" });
  deepEqual([other.contact.department, other.company?.name], ["Einkauf", "Groß GmbH"]);
  equal((await only({ ...parcel, "Name2": "Werk Süd" })).company?.name, "Groß GmbH Werk Süd");
});

Deno.test("cobra's switchboard is the company's, the number beside it the person's", async () => {
  const { contact, company } = await only({
    "Firma": "Groß GmbH",
    "Vorname": "Eva",
    "Nachname": "Groß",
    "Straße": "Weg 1",
    "Ort": "Essen",
    "Telefon": "0201 123451",
    "Telefon Zentrale": "0201 123450",
    "E-Mail": "info@gross.example",
  });
  deepEqual(contact.phones.map(({ number }) => number), ["+49201123451"]);
  deepEqual(company?.phones.map(({ number }) => number), ["+49201123450"]);
  deepEqual([company?.addresses[0]?.city, company?.emails[0]?.address], [
    "Essen",
    "info@gross.example",
  ]);
});

Deno.test("rows of one company that differ keep number and address with the person", async () => {
  const rows = [
    { Firma: "Groß GmbH", Name: "Eva Groß", Telefon: "0201 123451", Ort: "Essen" },
    { Firma: "Groß GmbH", Name: "Max Klein", Telefon: "0201 123452", Ort: "Essen" },
  ];
  const { records } = await importAll(sourceOf(table(Object.keys(rows[0]!), rows)));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [
      contact?.phones[0]?.number,
      contact?.addresses.length,
      company?.addresses[0]?.city,
    ]),
    [["+49201123451", 0, "Essen"], ["+49201123452", 0, "Essen"]],
  );
});

Deno.test("HubSpot's raw fields are kept where somebody made them unreadable, passwords are not", async () => {
  const { contact, company } = await only({
    "property_firstname": "db320f93ead463e1a2faee198cd9a122",
    "property_lastname": "22370ea245fce0b355938327d41bd1e4",
    "property_company": "SampleCompany",
    "property_notes": "$2y$10$abcdefghijklmnopqrstuv",
  });
  equal(contact.lastName, "22370ea245fce0b355938327d41bd1e4");
  deepEqual([company?.name, contact.notes], ["SampleCompany", ""]);
});

Deno.test("atomic CRM's numbered phones bring their kinds, and American numbers are American", async () => {
  const { contact } = await only({
    "first_name": "Nadine",
    "last_name": "Legros",
    "phone_number1.number": "(484) 491-4638 x417",
    "phone_number1.type": "Home",
  });
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [
    ["home", "+14844914638;ext=417"],
  ]);
});

Deno.test("remarks behind a hash are no rows", async () => {
  const text = "id;first_name;last_name\n\n# some natural persons\n1;Eva;Groß\n#2;Max;Klein\n";
  const { inspection, records } = await importAll(sourceOf(text));
  deepEqual([inspection.records, records.map(({ row }) => row)], [2, [4, 5]]);
  const ruled = await importAll(
    sourceOf("Name | E-Mail\n-----|------\nEva Groß | eva@x.example\n"),
  );
  equal(ruled.records.length, 1);
});

Deno.test("Odoo's person behind their company, and a company's manager, are persons", async () => {
  const odoo = await only({
    "Display Name": "Groß GmbH, Eva Groß",
    "Related Company": "Groß GmbH",
    "Is a Company": "FALSE",
  });
  deepEqual([odoo.contact.firstName, odoo.contact.lastName, odoo.company?.name], [
    "Eva",
    "Groß",
    "Groß GmbH",
  ]);
  const list = { "Firma": "Groß GmbH", "Geschäftsführer": "Jörg Groß" };
  equal((await only(list)).contact.lastName, "Groß");
  const both = await only({ ...list, "Ansprechpartner": "Eva Klein" });
  deepEqual([both.contact.lastName, both.others?.map(({ firstName }) => firstName)], [
    "Klein",
    ["Jörg"],
  ]);
});

Deno.test("a list of customers names companies with their person, and persons alone", async () => {
  const rows = [
    {
      Name: "Groß GmbH",
      Ansprechpartner: "Eva Groß",
      Telefon: "0201 123450",
      "Kunden-Nr.": "K-17",
    },
    { Name: "Lena Heide", Ansprechpartner: "", Telefon: "07071 55667", "Kunden-Nr.": "K-18" },
  ];
  const { records } = await importAll(sourceOf(table(Object.keys(rows[0]!), rows)));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [
      contact?.lastName,
      contact?.customerNumber,
      contact?.phones[0]?.number,
      company?.name,
      company?.customerNumber,
      company?.phones[0]?.number,
    ]),
    [
      ["Groß", "", undefined, "Groß GmbH", "K-17", "+49201123450"],
      ["Heide", "K-18", "+49707155667", undefined, undefined, undefined],
    ],
  );
});

Deno.test("among addresses of companies one with the person's name is the person's", async () => {
  const rows = [
    { Firma: "Groß GmbH", Ansprechpartner: "Eva Groß", "E-Mail": "info@gross.example" },
    { Firma: "Klein KG", Ansprechpartner: "", "E-Mail": "kontakt@klein.example" },
    { Firma: "Berg AG", Ansprechpartner: "Frau Berg", "E-Mail": "h.berg@berg.example" },
  ];
  const { records } = await importAll(sourceOf(table(Object.keys(rows[0]!), rows)));
  deepEqual(
    records.map(({ contact, companies: [company] }) =>
      [contact, company].map((it) => it?.emails.map(({ address }) => address))
    ),
    [
      [[], ["info@gross.example"]],
      [undefined, ["kontakt@klein.example"]],
      [["h.berg@berg.example"], []],
    ],
  );
});

Deno.test("a heading of two halves means the first that says something", async () => {
  const { company } = await only({
    "Firma": "Groß GmbH",
    "Branche / Typ": "Bau",
    "Ort / Adresse": "Essen",
  });
  deepEqual([company?.industry, company?.addresses[0]?.city], ["Bau", "Essen"]);
});

Deno.test("columns around the person are the company's before and the person's behind", async () => {
  const { inspection, records: [record] } = await importAll(sourceOf(
    "Kunde;Telefon;E-Mail;Kontakt;Telefon;E-Mail;Kontakt;Telefon\n" +
      "Groß GmbH;0201 123450;post@gross.example;Eva Groß;0201 123451;eva@gross.example;Max Klein;0201 123452\n",
  ));
  deepEqual(inspection.plan.columns.map(({ target }) => target), [
    "company.name",
    "company.phone",
    "company.email",
    "fullName",
    "phone",
    "email",
    "person2.fullName",
    "person2.phone",
  ]);
  equal(record?.others?.[0]?.phones[0]?.number, "+49201123452");
  const { contact } = await only({
    "Firma": "Groß GmbH",
    "Kontakt": "Eva Groß",
    "Telefon": "0201 123451",
    "Kontakt 2": "Max Klein",
    "Telefon 2": "0201 123452",
  });
  equal(contact.phones[0]?.number, "+49201123451");
});

Deno.test("several persons of one cell are several, and a last name first stays one", async () => {
  const list = { "Firma": "Groß GmbH", "Straße": "Weg", "Nr.": "12", "PLZ": "45127" };
  const { contact, others, company } = await only({
    ...list,
    "Geschäftsführer": "Dr. Jörg Groß, Eva Groß und Max Klein",
  });
  deepEqual([contact, ...others ?? []].map(({ firstName, lastName }) => [firstName, lastName]), [
    ["Jörg", "Groß"],
    ["Eva", "Groß"],
    ["Max", "Klein"],
  ]);
  equal(company?.addresses[0]?.street, "Weg 12");
  for (const name of ["Groß, Eva", "von der Heide, Max"]) {
    equal((await only({ ...list, "Ansprechpartner": name })).others, undefined, name);
  }
});
