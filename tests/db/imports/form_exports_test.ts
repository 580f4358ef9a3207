/** Lists of clubs, events and forms, as people and their programs write them. */

import { deepEqual } from "node:assert/strict";
import { importAll, only, sourceOf, table } from "./sources.ts";

Deno.test("the questions of a form are read with their greeting, stress and placeholders", async () => {
  const { contact } = await only({
    "Hallo! Wie ist dein *Vorname*?": "Mila",
    "Und dein Nachname, {{field:01}}?": "Rose",
    "Aus welchem Ort kommst du?": "Gießen",
    "Nachricht an uns": "Bitte um Rückruf",
  });
  deepEqual(
    [contact.firstName, contact.lastName, contact.addresses[0]?.city, contact.notes],
    ["Mila", "Rose", "Gießen", "Bitte um Rückruf"],
  );
});

Deno.test("a running number is no customer's, and a text in its place heads a group", async () => {
  const { records } = await importAll(sourceOf([
    "Lfd. Nr.;Name, Vorname;Telefon;E-Mail",
    "1;Abel, Inge;030 23125111;",
    "Kinderturnen;;;",
    "2;Beck, Jürgen;;j.beck@x.example",
    "Nur für den internen Gebrauch!;;;",
  ].join("\n")));
  deepEqual(
    records.map(({ contact, skipped }) =>
      contact ? [contact.lastName, contact.customerNumber] : skipped
    ),
    [["Abel", ""], "group_row", ["Beck", ""], "group_row"],
  );
});

Deno.test("a title above the first heading is no part of the headings", async () => {
  const { inspection } = await importAll(sourceOf(
    "Attendee Details,\nAttended,First Name,Last Name,Email,Zip/Postal Code,City\n" +
      "Yes,Greta,Sommer,greta@x.example,53111,Bonn\n",
  ));
  deepEqual(inspection.plan.columns.slice(4).map(({ name }) => name), ["Zip/Postal Code", "City"]);
});

Deno.test("H and F greet a man and a woman", async () => {
  const greeted = async (code: string) =>
    (await only({ "Anr.": code, Name: "Groß", Vorname: "Toni" })).contact.salutation;
  deepEqual([await greeted("H"), await greeted("F")], ["mr", "ms"]);
});

Deno.test("CP is the postal code of the company before its person, and a fiscal name a name", async () => {
  const french = await only({
    "Raison sociale": "Durand SAS",
    Nom: "Durand",
    Prénom: "Luc",
    "Adresse 1": "3, rue des Lilas",
    CP: "69003",
    Ville: "Lyon",
    "Date naissance": "14/07/1970",
  }, ";");
  deepEqual(french.contact.birthday, "1970-07-14");
  deepEqual(french.contact.addresses, []);
  deepEqual(french.company!.addresses.map((it) => [it.postalCode, it.city]), [["69003", "Lyon"]]);
  const spanish = await only({
    "Nombre fiscal": "Construcciones Peña S.L.",
    "Persona de contacto": "Ana Ruiz",
    "Población": "Madrid",
  }, ";");
  deepEqual([spanish.company!.name, spanish.contact.lastName], [
    "Construcciones Peña S.L.",
    "Ruiz",
  ]);
});

Deno.test("boxes of a form are headed by their question and their own words", async () => {
  const { contact } = await only({
    "Name - First Name": "Kira",
    "Name - Last Name": "Nagel",
    "Contact details - E-mail": "kira@nagel.example",
    "Address - Street Address": "Gasse 3",
    "Address - Street Address Line 2": "Hinterhaus",
    "Address - Postal / Zip Code": "94032",
  });
  const [address] = contact.addresses;
  deepEqual([contact.firstName, contact.lastName, contact.emails[0]?.address], [
    "Kira",
    "Nagel",
    "kira@nagel.example",
  ]);
  deepEqual([address?.street, address?.extra, address?.postalCode], [
    "Gasse 3",
    "Hinterhaus",
    "94032",
  ]);
});

Deno.test("numbers of business partners are no companies, nor a lead's company an account number", async () => {
  const { records } = await importAll(sourceOf(
    "Geschäftspartner;GP-Typ;Name 1;Vorname;Nachname;Telefon;Telefon-NSt\n" +
      "0001000123;2;Hüttenwerke Nord AG;;;030/23125;11\n0001000124;1;;Ronja;Kranz;;\n",
  ));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [
      company?.name ?? contact?.lastName,
      (contact ?? company)?.customerNumber,
      company?.phones[0]?.number,
    ]),
    [
      ["Hüttenwerke Nord AG", "0001000123", "+493023125;ext=11"],
      ["Kranz", "0001000124", undefined],
    ],
  );
  const { company } = await only({ Nachname: "Thoms", "Firma/Konto": "Thoms Baustoffe GmbH" });
  deepEqual(company?.name, "Thoms Baustoffe GmbH");
});

Deno.test("a greeted person's name over two lines is read, and any other second line kept", async () => {
  const { records } = await importAll(sourceOf([
    "Anrede;Name1;Name2;Straße;PLZ;Ort",
    "Herr;Dr. Peter;Wagner;Weg 1;10115;Berlin",
    "Eheleute;Kurz;Anna und Max;Weg 2;10115;Berlin",
    "Herr;Hans-Peter;von der Heide;Weg 3;10115;Berlin",
    "Herr;Peter Wagner;Hinterhaus;Weg 4;10115;Berlin",
    "Frau;Anna;Gartenbau;Weg 5;10115;Berlin",
    "Firma;Wagner & Co.;Filiale Nord;Weg 6;10115;Berlin",
  ].join("\n")));
  deepEqual(
    records.map(({ contact, companies: [company] }) =>
      contact
        ? [
          contact.firstName,
          `${contact.namePrefix} ${contact.lastName}`.trim(),
          contact.addresses[0]?.extra,
        ]
        : company?.name
    ),
    [
      ["Peter", "Wagner", ""],
      ["Anna und Max", "Kurz", ""],
      ["Hans-Peter", "von der Heide", ""],
      ["Peter", "Wagner", "Hinterhaus"],
      "Anna Gartenbau",
      "Wagner & Co. Filiale Nord",
    ],
  );
});

Deno.test("a word in the place of a telephone is reported and no number, a time beside one is none", async () => {
  const { contact, warnings } = await only({
    Nachname: "Horn",
    Telefon: "siehe Firma",
    Handy: "0171/3920011 (nur abends)",
  });
  deepEqual(contact.phones.map(({ number, kind }) => [number, kind]), [
    ["+491713920011", "mobile"],
  ]);
  deepEqual(warnings.map(({ code, value }) => [code, value]), [["phone_invalid", "siehe Firma"]]);
});

Deno.test("a likelihood of 1 is certain, but 1 % is not", async () => {
  const likely = async (heading: string, cell: string) => {
    const { records } = await importAll(sourceOf(table(["Deal-Name", "Betrag", heading], [
      { "Deal-Name": "Dach", Betrag: "100", [heading]: cell },
    ])));
    return records[0]!.deal!.probability;
  };
  deepEqual(await likely("Deal-Wahrscheinlichkeit", "1"), 100);
  deepEqual(await likely("Deal-Wahrscheinlichkeit", "0,4"), 40);
  deepEqual(await likely("Wahrscheinlichkeit (%)", "1"), 1);
});

Deno.test("authorities are no persons, in JSON with a plain name either", async () => {
  const names = [
    "Die Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg",
    "Data Protection Commission",
    "Úřad pro ochranu osobních údajů",
  ];
  const { records } = await importAll(sourceOf(
    JSON.stringify(names.map((name, at) => ({ id: at, name, phone: "+353 1 765 01 00" }))),
  ));
  deepEqual(records.map(({ companies: [company] }) => company?.name), names);
});

Deno.test("lines of a log are no list, whatever mailboxes they name", async () => {
  const at = "Mar 14 10:11:12 mail postfix/smtp[12]: AB: to=<eva@gross.example>, relay=mx[1.2.3.4]";
  const { inspection, records } = await importAll(sourceOf(`${at}\n${at}\n`));
  deepEqual([inspection.plan.kind, records[0]?.contact], ["other", null]);
});

Deno.test("companies of registers keep their seat, legal form and head", async () => {
  const italian = await only({
    Denominazione: "Rossi Costruzioni",
    "Forma giuridica": "S.R.L.",
    "P.IVA": "IT00743110157",
    "Sede legale": "Via Roma 1",
    CAP: "20121",
    Città: "Milano",
  });
  deepEqual(
    [italian.company?.legalForm, italian.company?.addresses[0]?.street],
    ["S.R.L.", "Via Roma 1"],
  );
  const french = await only({
    siren: "303265045",
    denomination: "BOULANGERIE DURAND",
    commune: "LYON",
    dirigeant: "DURAND Jean-Baptiste",
  });
  deepEqual([french.company?.name, french.contact?.lastName], ["BOULANGERIE DURAND", "DURAND"]);
});

Deno.test("recipients are named, and whose guests they are belongs to the address", async () => {
  const { contact } = await only({
    Empfänger: "Herrn Tom Klein c/o Lang",
    Anschrift: "Weg 2 - 20095 Hamburg",
  }, ";");
  const [{ street, extra, postalCode }] = contact.addresses as [typeof contact.addresses[0]];
  deepEqual(
    [contact.firstName, contact.lastName, street, extra, postalCode],
    ["Tom", "Klein", "Weg 2", "c/o Lang", "20095"],
  );
  const { records: [guest] } = await importAll(sourceOf(
    "Name;E-Mail\nTom Klein c/o Lang GmbH;tom@x.example\nEva Groß;eva@x.example\n",
  ));
  deepEqual([guest?.contact?.lastName, guest?.contact?.notes], ["Klein", "c/o Lang GmbH"]);
});

Deno.test("numbers beside an address in one cell are read, and reported if they cannot be", async () => {
  const read = async (cell: string) => {
    const { contact, warnings } = await only({ Name: "Eva Groß", Kontakt: cell }, ";");
    return [
      ...contact.emails.map(({ address }) => address),
      ...contact.phones.map(({ number, kind }) => `${kind} ${number}`),
      ...warnings.map(({ code }) => code),
    ];
  };
  deepEqual(await read("Tel.: 030 23125111, Mobil: 0171 3920011, eva@gross.example"), [
    "eva@gross.example",
    "work +493023125111",
    "mobile +491713920011",
  ]);
  deepEqual(await read("eva@gross.example, Kd-Nr. 0123456, Tel. 030 23125111"), [
    "eva@gross.example",
    "work +493023125111",
    "email_beside_number",
  ]);
  deepEqual(await read("eva@gross.example, 0171 39"), [
    "eva@gross.example",
    "email_beside_number",
  ]);
});
