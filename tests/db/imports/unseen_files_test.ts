/** Files as further systems write them, with all their peculiarities. */

import { deepEqual, equal } from "node:assert/strict";
import type { ImportedContact } from "../../../db/imports/records.ts";
import { importAll, only, sourceOf } from "./sources.ts";

const contactsOf = async (text: string, fileName?: string): Promise<ImportedContact[]> => {
  const { records } = await importAll(sourceOf(text), fileName ? { fileName } : {});
  return records.flatMap(({ contact }) => contact ? [contact] : []);
};

Deno.test("letters in brackets mark work, home and mobile in every field", async () => {
  const { contact, company } = await only({
    "Firma": "Stadtwerke Amsel",
    "Vorname": "Karl",
    "Name": "Amsel",
    "Straße (g)": "Gaswerkstr. 9",
    "PLZ (g)": "09456",
    "Ort (g)": "Annaberg",
    "Straße (p)": "Weg 2",
    "PLZ (p)": "09456",
    "Ort (p)": "Annaberg",
    "Telefon (m)": "0172 5551234",
    "Telefax (g)": "03733 55599",
  }, ";");
  const addresses = [...company!.addresses, ...contact.addresses];
  deepEqual(addresses.map(({ kind, street, city }) => [kind, street, city]), [
    ["work", "Gaswerkstr. 9", "Annaberg"],
    ["home", "Weg 2", "Annaberg"],
  ]);
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [[
    "mobile",
    "+491725551234",
  ]]);
});

Deno.test("of two lines of a street, the part of a building is the second", async () => {
  for (const street of ["12 Main St\nSuite 4", "Suite 4\n12 Main St"]) {
    const { contact } = await only({
      "First Name": "Ann",
      "Last Name": "Lee",
      "Mailing Street": street,
      "Mailing City": "Dublin",
      "Mailing Zip": "D02 X285",
      "Mailing Country": "Ireland",
    });
    const [address] = contact.addresses;
    deepEqual([address!.street, address!.extra, address!.city], [
      "12 Main St",
      "Suite 4",
      "Dublin",
    ]);
  }
});

Deno.test("Mailchimp's address is read in every country, without the device's region", async () => {
  const addresses: [string, ...string[]][] = [
    ["12 High St  Leeds  LS1 4AP  GB", "12 High St", "LS1 4AP", "Leeds", "GB"],
    ["Damrak 5  Amsterdam  1012 LG  NL", "Damrak 5", "1012 LG", "Amsterdam", "NL"],
    ["ul. Polna 3  Warszawa  00-950  PL", "ul. Polna 3", "00-950", "Warszawa", "PL"],
    ["Vasagatan 1  Stockholm  111 20  SE", "Vasagatan 1", "111 20", "Stockholm", "SE"],
    ["5 Elm St  Springfield  IL  62704  US", "5 Elm St", "62704", "Springfield", "US", "IL"],
  ];
  for (const [text, street, postalCode, city, country, region = ""] of addresses) {
    const { contact } = await only({
      "Email Address": "jo@parker.example",
      "First Name": "Jo",
      "Last Name": "Parker",
      "Address": text,
      "GMTOFF": "0",
      "CC": "gb",
      "REGION": "eng",
    });
    const { kind: _, extra, poBox, ...rest } = contact.addresses[0]!;
    deepEqual(rest, { street, postalCode, city, region, country });
    equal(extra + poBox, "");
  }
});

Deno.test("a card's number without a zero is of the address's country where none has one", async () => {
  const [contact] = await contactsOf(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ribeiro;Ana;;;\r\nTEL;TYPE=CELL:912345679\r\n" +
      "ADR;TYPE=HOME:;;Rua 5;Lisboa;;1100-060;Portugal\r\nEND:VCARD\r\n",
  );
  equal(contact!.phones[0]!.number, "+351912345679");
});

Deno.test("a shop's key of the salutation and profiles of networks are read", async () => {
  const { contact } = await only({
    salutation_key: "mrs",
    first_name: "Zoë",
    last_name: "Krämer",
    "XING-Profil": "https://www.xing.com/profile/Zoe_K",
  }, ";");
  deepEqual([contact.salutation, contact.website], ["ms", "https://www.xing.com/profile/Zoe_K"]);
});

Deno.test("a stage that says closed, lost is lost", async () => {
  const { records } = await importAll(sourceOf(
    "Opportunity-Name;Account-Name;Phase;Betrag\nPilot;Amsel AG;Geschlossen, verloren;5\n" +
      "Rollout;Amsel AG;Geschlossen, gewonnen;5\n",
  ));
  deepEqual(records.map(({ deal }) => deal?.status), ["lost", "won"]);
});

Deno.test("lines that rule a table of Markdown or a database are no persons", async () => {
  const tables = [
    "| Vorname | Nachname |\n|---------|:--------:|\n| Ute | Adler |\n",
    " Vorname | Nachname \n---------+----------\n Ute     | Adler    \n",
    "Vorname;Nachname\n=======;========\nUte;Adler\n",
  ];
  for (const text of tables) {
    const { records } = await importAll(sourceOf(text));
    deepEqual(records.map(({ contact }) => [contact?.firstName, contact?.lastName]), [
      ["Ute", "Adler"],
    ]);
  }
});

Deno.test("an apostrophe that a database escaped is one", async () => {
  const contacts = await contactsOf(
    "'id','firstname','lastname'\n'1','Ann','O\\'Hara'\n'2','Bo','Lee'\n",
  );
  deepEqual(contacts.map(({ lastName }) => lastName), ["O'Hara", "Lee"]);
});

Deno.test("a club's street with its number, and who is senior or was born otherwise, are read", async () => {
  const [senior] = await contactsOf(
    "Mitgl.-Nr.;Name, Vorname;Straße u. Nr.;PLZ Ort\n18;Brandt sen., Peter;Am Hafen 3;27472 Cuxhaven\n",
  );
  deepEqual([senior!.firstName, senior!.lastName, senior!.suffix], ["Peter", "Brandt", "sen."]);
  equal(senior!.addresses[0]!.street, "Am Hafen 3");
  const rows: Record<string, string>[] = [
    { Vorname: "Ina", Nachname: "Zäh, geb. Adler" },
    { Vorname: "Ina", Nachname: "Zäh geb. Adler" },
    { Name: "Zäh geb. Adler, Ina", Telefon: "030 5551234" },
    { Name: "Ina Zäh, geb. Adler", Telefon: "030 5551234" },
  ];
  for (const row of rows) {
    const { contact } = await only(row, ";");
    deepEqual([contact.firstName, contact.lastName, contact.suffix], [
      "Ina",
      "Zäh",
      "geb. Adler",
    ]);
  }
});

Deno.test("what is added to a name without a company is the person's or the address's", async () => {
  const added = async (Namenszusatz: string) =>
    (await only({ Vorname: "Tom", Nachname: "Bär", Namenszusatz, Ort: "Ulm" }, ";")).contact;
  equal((await added("jun.")).suffix, "jun.");
  equal((await added("von der")).namePrefix, "von der");
  equal((await added("Haus Sonne")).addresses[0]!.extra, "Haus Sonne");
});

Deno.test("a company's own list of expected orders is one of deals", async () => {
  const { inspection, records } = await importAll(sourceOf(
    "Auftrag;Kunde;Wert;Phase;Abschluss erwartet;Währung\n" +
      "A-1;Amsel AG;1.234,56 €;Angebot;31.12.2025;EUR\nA-2;Bär GmbH;1'234.50;Angebot;1.2.26;CHF\n",
  ));
  equal(inspection.plan.kind, "deals");
  deepEqual(records.map(({ deal }) => [deal?.name, deal?.amountCents, deal?.expectedCloseOn]), [
    ["A-1", 123456, "2025-12-31"],
    ["A-2", 123450, "2026-02-01"],
  ]);
});

Deno.test("a title of nobility in its own field is a part of the last name", async () => {
  const cards = await contactsOf(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:von Stein;Karl;;Freiherr;\r\nFN:Karl Freiherr von Stein\r\nEND:VCARD\r\n",
  );
  const [row] = await contactsOf(
    "Titel;Vorname;Nachname\nFreiherr;Karl;von Stein\nDr.;Eva;Groß\nDr.;Tom;Klein\n",
  );
  for (const { title, namePrefix, lastName } of [...cards, row!]) {
    deepEqual([title, namePrefix, lastName], ["", "Freiherr von", "Stein"]);
  }
});

Deno.test("a card that shows only a number is called by the whole of it", async () => {
  const [contact] = await contactsOf(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:+49 151 55512345\r\nTEL;TYPE=CELL:+49 151 55512345\r\nEND:VCARD\r\n",
  );
  deepEqual([contact!.firstName, contact!.lastName], ["", "+49 151 55512345"]);
});

Deno.test("Insightly's postal address and Calendly's number for reminders are read", async () => {
  const { contact } = await only({
    FirstName: "Hugo",
    LastName: "Prat",
    AddressMailStreet: "Calle Mayor 5",
    AddressMailCity: "Madrid",
    AddressMailPostcode: "28013",
    AddressMailCountry: "Spain",
  });
  deepEqual([contact.addresses[0]!.street, contact.addresses[0]!.city], [
    "Calle Mayor 5",
    "Madrid",
  ]);
  const [guest] = await contactsOf(
    "User Name,Invitee Name,Invitee Email,Text Reminder Number\n" +
      "Ann Owner,Ute Adler,ute@adler.example,+49 171 5551234\n",
  );
  deepEqual([guest!.lastName, guest!.phones[0]?.number], ["Adler", "+491715551234"]);
});

Deno.test("lists of neighbours name positions, registers and customers in their own words", async () => {
  const { contact: danish, company } = await only({
    "Kundenr.": "7",
    Firmanavn: "Mølle A/S",
    Fornavn: "Mads",
    Efternavn: "Øst",
    Stilling: "Direktør",
    "CVR-nr.": "12345678",
  }, ";");
  deepEqual([company!.name, company!.registerNumber, danish.position], [
    "Mølle A/S",
    "12345678",
    "Direktør",
  ]);
  for (const heading of ["Funkce", "Befattning", "Tittel", "Tehtävänimike"]) {
    const { contact } = await only({ "First Name": "Åsa", "Last Name": "Lind", [heading]: "VD" });
    equal(contact.position, "VD", heading);
  }
  const { contact: dutch } = await only({
    Voornaam: "Anouk",
    Achternaam: "Vries",
    Straat: "Keizersgracht",
    Huisnummer: "12",
    Toevoeging: "hs",
    Postcode: "1015 CJ",
    Plaats: "Amsterdam",
  }, ";");
  equal(dutch.addresses[0]!.street, "Keizersgracht 12 hs");
  const { contact: czech } = await only({
    Jméno: "Jiří",
    Příjmení: "Novák",
    Ulice: "Hlavní 5",
    Město: "Brno",
    PSČ: "602 00",
    Telefon: "+420 541 555 123",
  }, ";");
  equal(czech.addresses[0]!.country, "CZ");
  const { contact: italian } = await only({
    Referente: "Dott.ssa Giulia Riva",
    Azienda: "Riva Srl",
  });
  deepEqual([italian.title, italian.firstName], ["Dott.ssa", "Giulia"]);
  const { contact: swiss } = await only({ Name: "Zäch", Vorname: "Beat", Sprache: "d" }, ";");
  equal(swiss.language, "de");
});

Deno.test("of people in several roles the first is the row's, and relatives are nobody's contact", async () => {
  const owner = await only({
    "Objekt-Nr": "W12",
    "Eigentümer Name": "Kern",
    "Eigentümer Vorname": "Max",
    "Eigentümer Telefon": "030 5551234",
    "Mieter Name": "Adler, Ute",
    "Mieter Telefon": "0171 5551234",
  }, ";");
  deepEqual([owner.contact.firstName, owner.contact.lastName], ["Max", "Kern"]);
  deepEqual(owner.contact.phones.map(({ number }) => number), ["+49305551234"]);
  equal(owner.company, undefined);
  const pupil = await only({
    Klasse: "3a",
    "Schüler Nachname": "Adler",
    "Schüler Vorname": "Mia",
    "Mutter Name": "Ute Adler",
    "Mutter Telefon": "0171 5551234",
  }, ";");
  deepEqual([pupil.contact.firstName, pupil.contact.phones.length], ["Mia", 0]);
  const kept = await only({
    Vorname: "Ute",
    Nachname: "Adler",
    "E-Mail": "ute@adler.example",
    "Eigentümer Name": "Jan Voss",
    "Eigentümer E-Mail": "jan@firma.example",
  }, ";");
  deepEqual([kept.contact.lastName, kept.contact.emails.map(({ address }) => address)], [
    "Adler",
    ["ute@adler.example"],
  ]);
});

Deno.test("where every address is in the United States, the month of a day comes first", async () => {
  const { contact } = await only({
    "First Name": "Joe",
    "Last Name": "Doe",
    City: "Boston",
    Country: "USA",
    DOB: "1/2/1970",
  });
  equal(contact.birthday, "1970-01-02");
});

Deno.test("in a ledger whose companies have VAT numbers, a name with a comma is a person's", async () => {
  const { records } = await importAll(sourceOf(
    "Konto;Bezeichnung;Straße;PLZ;Ort;USt-IdNr\n10001;Kern GmbH;Weg 1;01067;Dresden;DE136695976\n" +
      "10002;Adler, Ute;Weg 2;01309;Dresden;\n10003;Groß, Eva;Weg 3;01309;Dresden;\n",
  ));
  deepEqual(records.map(({ contact, companies }) => contact?.lastName ?? companies[0]?.name), [
    "Kern GmbH",
    "Adler",
    "Groß",
  ]);
});

Deno.test("a no under advertising by a channel is an objection, a missing yes is none", async () => {
  const { contact } = await only({
    Name: "Ute Adler",
    "E-Mail": "ute@adler.example",
    "Werbung E-Mail": "nein",
    "Werbung Telefon": "ja",
    "Werbung Post": "nein",
    "Einwilligung Newsletter": "nein",
  }, ";");
  deepEqual(contact.objections, ["email", "post"]);
  const { contact: mailjet } = await only({
    email: "ute@adler.example",
    firstname: "Ute",
    name: "Adler",
    is_excluded_from_campaigns: "true",
  });
  deepEqual(mailjet.objections, ["email"]);
});

Deno.test("the name that Close shows is the company's beside that of its contact", async () => {
  const { contact, company } = await only({
    id: "lead_1",
    display_name: "Quist Labs",
    primary_contact_name: "Zoe Quist",
    primary_contact_primary_email: "zoe@quist.example",
  });
  deepEqual([company?.name, contact.firstName, contact.lastName], ["Quist Labs", "Zoe", "Quist"]);
});

Deno.test("deals of Bitrix24, SuiteCRM and Pipedrive keep worth, end and owner", async () => {
  const [bitrix] = (await importAll(sourceOf(
    "ID;Auftragsname;Phase;Betrag;Währung;Unternehmen;Verantwortliche Person\n" +
      "5;Dach;Verhandlung;1250.00;Euro;Kern GmbH;Jana Voss\n",
  ))).records;
  deepEqual([bitrix?.deal?.name, bitrix?.deal?.amountCents, bitrix?.deal?.owner], [
    "Dach",
    125000,
    "Jana Voss",
  ]);
  const [suite] = (await importAll(sourceOf(
    "Opportunity Name,ID,Account Name,Opportunity Amount,Currency,Sales Stage\n" +
      "Big,abc,Riva,25000.00,Euro : €,Closed Won\n",
  ))).records;
  deepEqual([suite?.deal?.amountCents, suite?.deal?.currency], [2500000, "EUR"]);
  const [pipedrive] = (await importAll(sourceOf(
    "Deal - Titel,Deal - Wert,Deal - Phase,Deal - Status,Deal - Verloren-Zeit\n" +
      "Dach,980,Angebot,Verloren,2025-02-01 12:00:00\n",
  ))).records;
  equal(pipedrive?.deal?.closedOn, "2025-02-01");
});

Deno.test("the cards of a board are neither persons nor companies", async () => {
  const card = { id: "c1", name: "Dach Süd", desc: "", due: null, idShort: 4 };
  const cards = [{ ...card, idList: "l1", idBoard: "b1", idMembers: [] }];
  const { inspection } = await importAll(sourceOf(JSON.stringify({ id: "b1", cards })));
  equal(inspection.plan.kind, "other");
});

Deno.test("SAP's customers with a last name first are persons, Navision's have a number", async () => {
  const { records } = await importAll(sourceOf(
    "KUNNR;NAME1;STRAS;PSTLZ;ORT01;STCEG\n100001;Kern GmbH;Weg 1;10115;Berlin;DE136695976\n" +
      "100002;Adler, Ute;Weg 2;10115;Berlin;\n100003;Adler, Kern & Partner;Weg 3;10115;Berlin;\n",
  ));
  deepEqual(records.map(({ contact, companies }) => contact?.lastName ?? companies[0]?.name), [
    "Kern GmbH",
    "Adler",
    "Adler, Kern & Partner",
  ]);
  const { company } = await only({
    "Nr.": "D00010",
    Name: "Kern GmbH",
    Kontaktname: "Frau Ute Adler",
    Debitorenbuchungsgruppe: "INLAND",
  }, ";");
  equal(company!.customerNumber, "D00010");
});

Deno.test("errors of a spreadsheet in a table of text are empty and told", async () => {
  const { records } = await importAll(sourceOf(
    "Vorname;Nachname;PLZ;Ort;Telefon\nUte;Adler;#NV;#WERT!;########\nTom;Bär;10115;Berlin;\n",
  ));
  const [ute] = records;
  deepEqual([ute!.contact!.addresses, ute!.contact!.phones], [[], []]);
  deepEqual(ute!.warnings.map(({ code, column, params }) => [code, column, params.error]), [
    ["cell_error", "PLZ", "#NV"],
    ["cell_error", "Ort", "#WERT!"],
    ["cell_error", "Telefon", "########"],
  ]);
});

Deno.test("two numbers that differ in their end are two, and blanks around @ lose no address", async () => {
  const { contact } = await only({
    Vorname: "Ute",
    Nachname: "Adler",
    Telefon: "089-5551234/35",
    "E-Mail": "ute @ adler.example",
  }, ";");
  deepEqual(contact.phones.map(({ number }) => number), ["+49895551234", "+49895551235"]);
  deepEqual(contact.emails.map(({ address }) => address), ["ute@adler.example"]);
});

Deno.test("Collmex's lines without headings name persons, not their kind of record", async () => {
  const contacts = await contactsOf(
    "CMXKND;10001;1;Herr;Dr.;Max;Muster;Muster GmbH;Einkauf;Weg 1;10115;Berlin;DE;030 5551234;max@muster.example\n" +
      "CMXKND;10002;1;Frau;;Ute;Adler;;;Weg 2;10115;Berlin;DE;030 5551236;ute@adler.example\n",
  );
  deepEqual(contacts.map(({ firstName, lastName }) => [firstName, lastName]), [
    ["Max", "Muster"],
    ["Ute", "Adler"],
  ]);
  deepEqual(contacts[1]!.addresses.map(({ postalCode, city }) => [postalCode, city]), [
    ["10115", "Berlin"],
  ]);
});

Deno.test("a practice on a card is a company, and a stage above its deals is no deal", async () => {
  const { records: [card] } = await importAll(sourceOf(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zahnarztpraxis Dr. Weiß\r\nN:Dr. Weiß;Zahnarztpraxis;;;\r\n" +
      "TEL:089 5551234\r\nEND:VCARD\r\n",
  ));
  equal(card!.companies[0]?.name, "Zahnarztpraxis Dr. Weiß");
  const { records } = await importAll(sourceOf(
    "Projekt;Kunde;Summe;Wahrsch.;Ziel\nAngebot;;;;\nDach;Kern GmbH;12.500,50 €;60 %;30.06.2025\n" +
      "Verhandlung;;;;\nWartung;Bär KG;980 €;80 %;15.07.2025\n",
  ));
  deepEqual(records.map(({ deal, skipped }) => deal?.name ?? skipped), [
    "group_row",
    "Dach",
    "group_row",
    "Wartung",
  ]);
});

Deno.test("leads of Facebook and contacts of Keap and NationBuilder keep what they tell", async () => {
  const { contact: lead } = await only({
    id: "l:123",
    full_name: "Ute Adler",
    phone_number: "p:+491715551234",
    post_code: "z:01067",
    city: "Dresden",
  }, "\t");
  deepEqual([lead.uid, lead.phones[0]?.number, lead.addresses[0]?.postalCode], [
    "123",
    "+491715551234",
    "01067",
  ]);
  const { contact: keap } = await only({
    "First Name": "Ute",
    "Last Name": "Adler",
    Email: "ute@adler.example",
    "Email Status": "Opted Out",
  });
  deepEqual(keap.objections, ["email"]);
  const { contact: member } = await only({
    nationbuilder_id: "9",
    first_name: "Ute",
    last_name: "Adler",
    tag_list: "a, b",
    born_at: "1961-03-05",
  });
  deepEqual([member.uid, member.tags, member.birthday], ["9", ["a", "b"], "1961-03-05"]);
});
