/** Codes, marks and placeholders in the cells of other programs, read as what they mean. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

const rows = async (text: string) => (await importAll(sourceOf(text))).records;

Deno.test("a code for a salutation is read by what its heading says, or by the norm", async () => {
  for (
    const [heading, first, second] of [
      ["Anrede (1=Herr, 2=Frau)", "1", "2"],
      ["Anrede [1 = Herr / 2 = Frau]", "01", "02"],
      ["Anrede (Herr=1, Frau=0)", "1", "0"],
      ["Anrede (1 Herr, 2 Frau)", "1", "2"],
      ["Anrede (H=Herr, F=Frau)", "H", "F"],
      ["Geschlecht", "1", "2"],
      ["Gender", "1", "2"],
    ] as const
  ) {
    const found = await rows(
      `${heading};Vorname;Nachname\n${first};Bodo;Bussard\n${second};Anna;Amsel\n`,
    );
    deepEqual(found.map(({ contact }) => contact?.salutation), ["mr", "ms"], heading);
    deepEqual(found.flatMap(({ warnings }) => warnings), [], heading);
  }
});

Deno.test("an unexplained code is no salutation, and is reported", async () => {
  const found = await rows("Anrede;Vorname;Nachname\n1;Bodo;Bussard\n0;Anna;Amsel\n;Ute;Ulm\n");
  deepEqual(found.map(({ contact }) => contact?.salutation), ["", "", ""]);
  deepEqual(found.flatMap(({ warnings }) => warnings.map(({ code, value }) => [code, value])), [
    ["salutation_unknown", "1"],
    ["salutation_unknown", "0"],
  ]);
  const { warnings } = await only({ Geschlecht: "9", Vorname: "Ute", Nachname: "Ulm" });
  deepEqual(warnings, [], "the norm's code for not stated");
});

Deno.test("countries by the numbers of the norm, also where a zero is lost", async () => {
  const found = await rows(
    "Nachname;PLZ;Ort;Land\nAmsel;10115;Berlin;276\nBussard;1010;Wien;040\nConrad;8001;Zürich;756\n" +
      "Dachs;5020;Salzburg;40\nEnte;75001;Paris;250\nFink;1010;Wien;999\n",
  );
  deepEqual(found.map(({ contact }) => contact?.addresses[0]?.country), [
    ...["DE", "AT", "CH", "AT", "FR"],
    "",
  ]);
});

Deno.test("an address without a country is where the row's own numbers dial from", async () => {
  const found = await rows(
    "Nachname;PLZ;Ort;Telefon;Mobil\nAmsel;1010;Wien;+43 1 5123456;\nBussard;8001;Zürich;+41 44 6681800;\n" +
      "Conrad;5020;Salzburg;;0043 664 1234567\nDachs;6020;Irgendwo;+43 512 123456;+41 79 1234567\n",
  );
  deepEqual(found.map(({ contact }) => contact?.addresses[0]?.country), ["AT", "CH", "AT", "AT"]);
  const [abroad, home] = await rows(
    "Nachname;PLZ;Ort;Telefon\nMaier;1010;Wien;+43 1 5123456\nMüller;10115;Berlin;030 1234567\n" +
      "Schmidt;80331;München;089 1234567\nWolf;50667;Köln;0221 1234567\n",
  );
  deepEqual([abroad, home].map((each) => each?.contact?.addresses[0]?.country), ["AT", "DE"]);
  const [odd] = await rows("Nachname;PLZ;Ort;Telefon\nMaier;10115;Berlin;+43 664 1234567\n");
  equal(odd?.contact?.addresses[0]?.country, "DE", "no code of theirs");
  const [spare] = await rows("Nachname;PLZ;Ort;Telefon\nMaier;80331;München;+34 600 123456\n");
  equal(spare?.contact?.addresses[0]?.country, "DE", "Spain has 52 provinces");
});

Deno.test("a post box with a postal code of its own is an address of its own", async () => {
  const { contact } = await only({
    Vorname: "Anna",
    Nachname: "Amsel",
    Straße: "Weg 1",
    PLZ: "10115",
    Ort: "Berlin",
    Land: "D",
    Postfach: "Postfach 12 34",
    "PLZ Postfach": "10117",
  }, ";");
  deepEqual(
    contact.addresses.map((it) => [it.street, it.poBox, it.postalCode, it.city, it.country]),
    [["Weg 1", "", "10115", "Berlin", "DE"], ["", "12 34", "10117", "Berlin", "DE"]],
  );
  const { contact: one } = await only(
    { Nachname: "Amsel", Postfach: "12 34", PLZ: "10117", Ort: "Berlin" },
    ";",
  );
  deepEqual(one.addresses.map((it) => [it.poBox, it.postalCode]), [["12 34", "10117"]]);
});

Deno.test("headings that bar something are honoured, questions about the reason are not", async () => {
  for (
    const [heading, cell, expected] of [
      ["Von E-Mail-Verteilern abgemeldet", "1", ["email"]],
      ["Kein Telefonkontakt", "ja", ["phone"]],
      ["Keine Mailings", "1", ["all"]],
      ["Bitte keine Werbung zusenden", "x", ["all"]],
      ["Opt-out SMS", "true", ["sms"]],
      ["Opt-out-Datum", "2024-01-02", ["all"]],
      ["Briefpost-Sperre", "Ja", ["post"]],
      ["Don't email", "Yes", ["email"]],
      ["Von E-Mail-Verteilern abgemeldet", "0", []],
      ["Kein Telefonkontakt", "nein", []],
      ["Nicht abgemeldet", "1", []],
      ["Keine E-Mail-Adresse", "ja", []],
      ["Keine E-Mail-Werbung an diese Adresse", "ja", ["email"]],
      ["Grund der Abmeldung (Opt-out)", "1", []],
    ] as const
  ) {
    const row = { Vorname: "Anna", Nachname: "Amsel", "E-Mail": "a@x.example", [heading]: cell };
    deepEqual((await only(row)).contact.objections, expected, `${heading}: ${cell}`);
  }
});

Deno.test("a person deleted from a mailing list, or who complained of one, gets no mailings", async () => {
  const found = await rows(
    '"E-Mail-Adresse";"Vorname";"Nachname";"Status";"Aktiviert am"\n"a@x.example";"Anna";"Amsel";"active";""\n' +
      '"b@x.example";"Bodo";"Bussard";"deleted";""\n"c@x.example";"Carl";"Conrad";"abuse";""\n' +
      '"d@x.example";"Dora";"Dachs";"bounced";""\n',
  );
  deepEqual(found.map(({ contact }) => contact?.objections), [[], ["email"], ["email"], []]);
});

Deno.test("a company called keine is no company", async () => {
  const found = await rows(
    "Vorname;Nachname;Firma;Position\nAnna;Amsel;privat;\nBodo;Bussard;Selbstständig;\n" +
      "Carl;Conrad;Freelance;Texter\nDora;Dachs;keine;\nEmil;Ente;Privat GmbH;\n" +
      "Fritz;Fink;X;\nGabi;Gans;xx;\nHans;Huhn;Blumen (Inh.Maier);\n",
  );
  deepEqual(
    found.map(({ contact, companies }) => [contact?.position, companies.map(({ name }) => name)]),
    [["", []], ["Selbstständig", []], ["Texter", []], ["", []], ["", ["Privat GmbH"]], ...[
      ["", ["X"]],
      ["", []],
      ["", ["Blumen (Inh.Maier)"]],
    ]],
  );
});

Deno.test("CiviCRM's person has an employer, a prefix and the title that is shown", async () => {
  const [person, company] = await rows(
    '"Contact Type","Display Name","First Name","Last Name","Individual Prefix","Organization Name","Current Employer"\n' +
      '"Individual","Dr. Anna Amsel","Anna","Amsel","Frau","","Nest GmbH"\n' +
      '"Organization","Nest GmbH","","","","Nest GmbH",""\n',
  );
  equal(person?.contact?.title, "Dr.");
  equal(person.contact.salutation, "ms");
  equal(person.companies[0]?.name, "Nest GmbH");
  deepEqual([company?.contact, company?.companies[0]?.name], [null, "Nest GmbH"]);
});

Deno.test("words of further programs for addresses, numbers and names are in their places", async () => {
  const suite = await only({
    "First Name": "Anna",
    "Last Name": "Amsel",
    "Email Address": "a@x.example",
    "Non-Primary E-mails": "b@x.example",
    "Account Name": "Nest GmbH (nest.example)",
  });
  deepEqual(suite.contact.emails.map(({ address }) => address), ["a@x.example", "b@x.example"]);
  deepEqual([suite.company?.name, suite.company?.website], ["Nest GmbH", "nest.example"]);
  const espo = await only({
    firstName: "Anna",
    lastName: "Amsel",
    emailAddress: "a@x.example",
    emailAddressData:
      '[{"emailAddress":"a@x.example","primary":true,"optOut":true},{"emailAddress":"b@x.example"}]',
    phoneNumberData: '[{"phoneNumber":"+4930123456","type":"Office","primary":true}]',
  });
  deepEqual(espo.contact.emails.map(({ address }) => address), ["a@x.example", "b@x.example"]);
  deepEqual(espo.contact.objections, ["email"]);
  equal(espo.contact.phones[0]?.number, "+4930123456");
  const lite = await rows(
    "Subscriber,Name,Last name,Company,Status\na@x.example,Anna,Amsel,Nest GmbH,Active\n" +
      "b@x.example,Eva Maria,Bussard,,Junk\n",
  );
  deepEqual(lite.map(({ contact }) => [contact?.firstName, contact?.objections]), [
    ["Anna", []],
    ["Eva Maria", ["email"]],
  ]);
});

Deno.test("a direct line that is a whole number is one, beside extensions too", async () => {
  const found = await rows(
    "Firma;Nachname;Telefon Firma;Telefon Durchwahl\nNest GmbH;Amsel;030 1234-0;030 1234-56\n" +
      "Horst AG;Bussard;040 9876-0;0171 2345678\n",
  );
  deepEqual(
    found.map(({ contact, companies }) => [
      contact?.phones.map(({ number }) => number),
      companies[0]?.phones.map(({ number }) => number),
    ]),
    [[["+4930123456"], ["+493012340"]], [["+491712345678"], ["+494098760"]]],
  );
});

Deno.test("in a ledger, numbers and addresses of the contact person are that person's", async () => {
  const [company, person] = await rows(
    "Kundennummer;Firmenname;Vorname;Nachname;E-Mail 1;Telefon 1;Ort 1;Ansprechpartner 1 Vorname;" +
      "Ansprechpartner 1 Nachname;Ansprechpartner 1 E-Mail\n" +
      "1;Nest GmbH;;;info@nest.example;030 123456;Berlin;Anna;Amsel;anna@nest.example\n" +
      "2;;Bodo;Bussard;b@x.example;;Köln;;;\n",
  );
  deepEqual(company?.contact?.emails.map(({ address }) => address), ["anna@nest.example"]);
  deepEqual([company?.contact?.customerNumber, company?.contact?.addresses], ["", []]);
  const { customerNumber, emails, addresses } = company!.companies[0]!;
  deepEqual([customerNumber, emails[0]?.address, emails.length, addresses[0]?.city], [
    ...["1", "info@nest.example", 1, "Berlin"],
  ]);
  deepEqual([person?.contact?.customerNumber, person?.contact?.emails[0]?.address], [
    ...["2", "b@x.example"],
  ]);
});

Deno.test("one column for names of persons and companies, with a second one behind", async () => {
  const [person, company] = await rows(
    "Kontaktart;Name 1 / Nachname;Name 2 / Vorname;Ort;Telefon p;Telefon d\n" +
      "Privat;Amsel;Anna;Berlin;030 9988776;030 123456\nFirma;Nest AG;Filiale Bonn;Bonn;;\n",
  );
  deepEqual([person?.contact?.firstName, person?.contact?.lastName, person?.companies], [
    ...["Anna", "Amsel", []],
  ]);
  deepEqual(person?.contact?.phones.map(({ kind, number }) => [kind, number]), [
    ["work", "+4930123456"],
    ["home", "+49309988776"],
  ]);
  deepEqual([company?.contact, company?.companies[0]?.name], [null, "Nest AG Filiale Bonn"]);
});

Deno.test("what belongs to relatives is not the person's", async () => {
  const [player] = await rows(
    "Player First Name,Player Last name,Mother – email\nSusie,Jones,m@x.example\n",
  );
  deepEqual(player?.contact?.emails, []);
  const [child] = await rows(
    "First Name,Last Name,Email,Phone,Phone Ext,Mum’s first name,Last Name,Mum-phone,Mum-phone-ext\n" +
      "Susie,Jones,s@x.example,+4930123456,12,Mum,Jones,+4930123457,34\n",
  );
  deepEqual(
    [child!.contact!, ...child!.others!].map(({ firstName, lastName, phones }) => [
      firstName,
      lastName,
      ...phones.map(({ number }) => number),
    ]),
    [["Susie", "Jones", "+4930123456;ext=12"], ["Mum", "Jones", "+4930123457"]],
  );
  const [state] = await rows("Last Name,County,State,Country\nJones,Farnell,NSW,Australia\n");
  deepEqual([state?.contact?.addresses[0]?.region, state?.warnings], ["NSW", []]);
});
