/** Headings in the words of other languages and devices, and what is below them. */

import { deepEqual, equal } from "node:assert/strict";
import { read } from "../../../db/imports/headings.ts";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("letters that a Mac has decomposed are read as one, in headings and in cells", async () => {
  const parted = (text: string) => text.normalize("NFD");
  const { contact } = await only({
    "Vorname": "Jo",
    "Nachname": parted("Größe"),
    [parted("Ländercode")]: "AT",
    [parted("Straße")]: parted("Größweg 1"),
  });
  equal(contact.lastName, "Größe");
  deepEqual([contact.addresses[0]?.country, contact.addresses[0]?.street], ["AT", "Größweg 1"]);
});

Deno.test("a column named by its kind alone is a phone where it holds numbers", async () => {
  const { contact } = await only({
    "Nachname": "Lind",
    "Firma": "Lind AG",
    "Büro": "030 5550101",
    "Privat": "030 5550102",
    "Mobil": "0171 5550103",
  });
  deepEqual(contact.phones.map(({ number, kind }) => [number, kind]), [
    ["+49305550101", "work"],
    ["+491715550103", "mobile"],
    ["+49305550102", "home"],
  ]);
  equal((await only({ "Nachname": "Lind", "Privat": "x" })).contact.phones.length, 0);
});

Deno.test("a column for either kind of phone leaves the kind to the number", async () => {
  for (const heading of ["Tel./Mobil", "Telefon/Handy", "Mobil oder Festnetz", "Phone / Cell"]) {
    for (const [number, kind] of [["030 5550101", "work"], ["0171 5550103", "mobile"]]) {
      const { contact } = await only({ "Nachname": "Lind", [heading]: number! });
      equal(contact.phones[0]?.kind, kind, heading);
    }
  }
  const { contact } = await only({ "Nachname": "Lind", "Rufnummer (mobil)": "030 5550101" });
  equal(contact.phones[0]?.kind, "mobile", "said, not asked");
});

Deno.test("lists of neighbours are read by their own words", async () => {
  for (
    const [first, last, company, city, country] of [
      ["Imię", "Nazwisko", "Nazwa firmy", "Miasto", "Kraj"],
      ["Nome", "Cognome", "Azienda", "Città", "Paese"],
      ["Nombre", "Apellidos", "Empresa", "Ciudad", "País"],
      ["Voornaam", "Achternaam", "Bedrijf", "Plaats", "Land"],
      ["Förnamn", "Efternamn", "Företag", "Ort", "Land"],
      ["Jméno", "Příjmení", "Firma", "Město", "Země"],
      ["Prénom", "Nom", "Entreprise", "Ville", "Pays"],
    ] as const
  ) {
    const row = {
      [first]: "Eva",
      [last]: "Lind",
      [company]: "Lind",
      [city]: "Ulm",
      [country]: "DE",
    };
    const found = await only(row);
    const address = found.contact.addresses[0];
    deepEqual(
      [found.contact.firstName, found.contact.lastName, found.company?.name, address?.city],
      ["Eva", "Lind", "Lind", "Ulm"],
      first,
    );
    equal(address?.country, "DE", country);
  }
});

Deno.test("a person with the status unsubscribed objects to mail", async () => {
  const row = { "First Name": "Eva", "Last Name": "Lind", "Status": "Unsubscribed" };
  deepEqual((await only(row)).contact.objections, ["email"]);
  for (
    const [status, objections] of [
      ["Inaktiv (abgemeldet)", ["email"]],
      ["opted-out, 2024", ["email"]],
      ["Subscribed", []],
      ["nicht abgemeldet", []],
      ["kein Opt-out", []],
      ["Do not contact", ["all"]],
      ["inaktiv", []],
    ] as const
  ) {
    deepEqual((await only({ ...row, "Status": status })).contact.objections, objections, status);
  }
});

Deno.test("headings in Cyrillic and Greek letters are read", async () => {
  for (
    const [first, last, company, phone, mail, code, city, country, place] of [
      [
        "Имя",
        "Фамилия",
        "Компания",
        "Мобильный телефон",
        "Электронная почта",
        "Почтовый индекс",
        "Город",
        "Страна",
        "България",
      ],
      [
        "Ім'я",
        "Прізвище",
        "Компанія",
        "Мобільний телефон",
        "Електронна пошта",
        "Поштовий індекс",
        "Місто",
        "Країна",
        "Болгарія",
      ],
      [
        "Име",
        "Фамилия",
        "Фирма",
        "Мобилен телефон",
        "Имейл",
        "Пощенски код",
        "Град",
        "Държава",
        "България",
      ],
      [
        "Όνομα",
        "Επώνυμο",
        "Επωνυμία",
        "Κινητό",
        "Ηλεκτρονικό ταχυδρομείο",
        "Τ.Κ.",
        "Πόλη",
        "Χώρα",
        "Βουλγαρία",
      ],
    ] as const
  ) {
    const { contact, company: firm } = await only({
      [first]: "Eva",
      [last]: "Lind",
      [company]: "Lind",
      [phone]: "+359 88 8123456",
      [mail]: "eva@lind.example",
      [code]: "1000",
      [city]: "София",
      [country]: place,
    });
    const address = contact.addresses[0];
    deepEqual(
      [contact.firstName, contact.lastName, firm?.name, contact.emails[0]?.address],
      ["Eva", "Lind", "Lind", "eva@lind.example"],
      first,
    );
    deepEqual(
      [contact.phones[0]?.kind, address?.postalCode, address?.city, address?.country],
      ["mobile", "1000", "София", "BG"],
      first,
    );
  }
  equal(
    (await only({ "Όνομα": "Εύα Λιντ", "Κινητό": "+30 697 1234567" })).contact.lastName,
    "Λιντ",
  );
});

Deno.test("columns of unknown words are read by what they hold", async () => {
  const { contact, company } = await only({
    "Kuja": "Eva Groß",
    "Mira": "+49 30 1234567",
    "Tusk": "Groß GmbH",
  });
  deepEqual([contact.lastName, contact.phones[0]?.number, company?.name], [
    "Groß",
    "+49301234567",
    "Groß GmbH",
  ]);
});

Deno.test("a row's further persons are in numbered columns, or behind their name", async () => {
  for (
    const [first, mail, second, mail2, phone2] of [
      ["Ansprechpartner", "E-Mail", "Ansprechpartner 2", "E-Mail 2", "Telefon 2"],
      ["Ansprechpartner_1", "Email_1", "Ansprechpartner_2", "Email_2", "Telefon_2"],
      ["Contact 1 Name", "Contact 1 Email", "Contact 2 Name", "Contact 2 Email", "Contact 2 Phone"],
      ["Kontakt", "Kontakt E-Mail", "Zweiter Kontakt", "E-Mail zweiter Kontakt", "Telefon 2"],
    ] as const
  ) {
    const found = await only({
      "Firma": "Lind AG",
      [first]: "Eva Groß",
      [mail]: "eva@lind.example",
      [second]: "Max von Stein",
      [mail2]: "max@lind.example",
      [phone2]: "030 5550102",
    });
    const [other] = found.others ?? [];
    deepEqual(found.contact.emails.map(({ address }) => address), ["eva@lind.example"], first);
    deepEqual(
      [other?.firstName, other?.namePrefix, other?.lastName, other?.emails[0]?.address],
      ["Max", "von", "Stein", "max@lind.example"],
      first,
    );
    deepEqual(other?.phones.map(({ number }) => number), ["+49305550102"], first);
  }
  const { others } = await only({
    "Firma": "Lind AG",
    "Vorname 1": "Eva",
    "Nachname 1": "Groß",
    "Vorname 2": "Max",
    "Nachname 2": "Klein",
    "Position 2": "Einkauf",
  });
  deepEqual(others?.map(({ firstName, lastName, position }) => [firstName, lastName, position]), [
    ["Max", "Klein", "Einkauf"],
  ]);
  const { contact } = await only({
    "Vorname": "Eva",
    "E-Mail": "a@x.example",
    "E-Mail 2": "b@x.example",
  });
  equal(contact.emails.length, 2);
});

Deno.test("Outlook's columns of work and home are distinguished in other languages", async () => {
  for (
    const [title, first, last, company, street, city, home, phone, mobile, birthday] of [
      [
        "Titre",
        "Prénom",
        "Nom",
        "Société",
        "Rue (bureau)",
        "Ville (bureau)",
        "Ville (domicile)",
        "Téléphone (bureau)",
        "Tél. mobile",
        "Anniversaire",
      ],
      [
        "Titolo",
        "Nome",
        "Cognome",
        "Società",
        "Via (uff.)",
        "Città (uff.)",
        "Città (abitazione)",
        "Ufficio",
        "Cellulare",
        "Compleanno",
      ],
      [
        "Tratamiento",
        "Nombre",
        "Apellidos",
        "Organización",
        "Calle del trabajo",
        "Ciudad de trabajo",
        "Ciudad particular",
        "Teléfono del trabajo",
        "Teléfono móvil",
        "Cumpleaños",
      ],
      [
        "Titel",
        "Voornaam",
        "Achternaam",
        "Bedrijf",
        "Werkadres straat",
        "Werkadres plaats",
        "Thuisadres plaats",
        "Telefoon op werk",
        "Mobiele telefoon",
        "Verjaardag",
      ],
    ] as const
  ) {
    const { contact, company: firm } = await only({
      [title]: "Sig.ra",
      [first]: "Eva",
      [last]: "Lind",
      [company]: "Lind",
      [street]: "Via Roma 1",
      [city]: "Milano",
      [home]: "Como",
      [phone]: "+39 02 1234567",
      [mobile]: "+39 347 1234567",
      [birthday]: "17/05/1980",
    });
    deepEqual(
      [contact.salutation, contact.firstName, contact.lastName, firm?.name, contact.birthday],
      ["ms", "Eva", "Lind", "Lind", "1980-05-17"],
      first,
    );
    deepEqual(contact.addresses.map(({ kind, city }) => [kind, city]), [
      ["work", "Milano"],
      ["home", "Como"],
    ], first);
    deepEqual(contact.phones.map(({ kind }) => kind), ["work", "mobile"], first);
  }
});

Deno.test("an address whose kind is over its street alone is one address", async () => {
  const row = { "Nachname": "Lind", "PLZ": "86150", "Ort": "Augsburg" };
  const { contact } = await only({ ...row, "Straße (Rechnungsadresse)": "Weg 1" });
  deepEqual(contact.addresses.map(({ kind, street, city }) => [kind, street, city]), [
    ["billing", "Weg 1", "Augsburg"],
  ]);
  const two = { ...row, "Straße": "Weg 2", "Rechnungsstraße": "Weg 1", "Rechnungsort": "Ulm" };
  equal((await only(two)).contact.addresses.length, 2);
  const firm = { "Nachname": "Lind", "Firma": "Klein AG" };
  const turned = await only({ "Nachname": "Lind", "Straße": "Weg 2", "Rechnungsort": "Ulm" });
  deepEqual(turned.contact.addresses.map(({ kind, city }) => [kind, city]), [["billing", "Ulm"]]);
  const home = await only({
    ...firm,
    "Firma Straße": "Weg 1",
    "PLZ privat": "86150",
    "Ort privat": "Ulm",
  });
  equal(home.contact.addresses[0]?.city, "Ulm");
  equal(home.company?.addresses[0]?.city, "");
  const seat = await only({ ...firm, "Firma Ort": "Ulm", "Straße privat": "Weg 1" });
  deepEqual(seat.contact.addresses.map(({ street, city }) => [street, city]), [["Weg 1", ""]]);
});

Deno.test("answers to a form are read by what each question asks for", async () => {
  const { contact, company } = await only({
    "ID": "1",
    "Startzeit": "2026-03-01 10:00:00",
    "Fertigstellungszeit": "2026-03-01 10:04:00",
    "E-Mail": "anonymous",
    "Name": "",
    "Wie lautet Ihr Vorname?": "Rita",
    "Ihr Nachname *": "Sommer",
    "Bitte geben Sie Ihre E-Mail-Adresse ein": "rita@sommer.example",
    "Firma (falls vorhanden)": "Sommer Events",
    "In welcher Stadt wohnen Sie?": "Ulm",
    "Unter welcher Telefonnummer können wir Sie erreichen? [freiwillig]": "0731 5550101",
    "Ihre Nachricht": "Bitte um Rückruf",
    "Wie haben Sie von uns erfahren?": "Messe",
  });
  deepEqual([contact.firstName, contact.lastName], ["Rita", "Sommer"]);
  deepEqual(contact.emails.map(({ address }) => address), ["rita@sommer.example"]);
  equal(contact.phones[0]?.number, "+497315550101");
  equal(contact.addresses[0]?.city, "Ulm");
  equal(contact.notes, "Bitte um Rückruf");
  equal(company?.name, "Sommer Events");
  const other = await only({
    "Zeitstempel": "2026/03/01 10:00:00 AM OEZ",
    "Vor- und Zuname": "Hanna Roth",
    "Hi there, what's your email?": "hanna@roth.example",
    "Which company do you work for?": "Roth Optik",
    "Telefonnummer für Rückfragen": "0731 5550102",
    "Postleitzahl und Ort": "90402 Nürnberg",
  });
  deepEqual(
    [other.contact.lastName, other.contact.emails.length, other.company?.name],
    ["Roth", 1, "Roth Optik"],
  );
  equal(other.contact.phones[0]?.number, "+497315550102");
  deepEqual(
    [other.contact.addresses[0]?.postalCode, other.contact.addresses[0]?.city],
    ["90402", "Nürnberg"],
  );
  for (const heading of ["What is your name?", "Wie heißen Sie?", "Your full name"]) {
    const found = await only({ [heading]: "Eva Lind", "Your email address": "eva@lind.example" });
    deepEqual([found.contact.firstName, found.contact.lastName], ["Eva", "Lind"], heading);
    equal(found.contact.emails[0]?.address, "eva@lind.example");
  }
});

Deno.test("what a form asks about others, or wants a yes to, is not the person's own", async () => {
  const { contact, company } = await only({
    "Vorname": "Eva",
    "Nachname": "Lind",
    "E-Mail (wie im Kundenkonto)": "eva@lind.example",
    "Name (Kind)": "Max Lind",
    "E-Mail (Mitarbeiter)": "ada@roth.example",
    "Telefon (Assistenz)": "0731 5550103",
    "Geburtsdatum (Kind)": "01.02.2015",
    "Telefon (Notfall)": "0731 5550101",
    "Notfall-Telefon": "0731 5550102",
    "Firma und Ort": "Klein AG, Ulm",
    "Who is your contact at us?": "Ada Roth",
    "Name Angebot": "Messebau",
    "Dürfen wir Sie per Telefon kontaktieren?": "Nein",
    "Angebot per E-Mail": "Ja",
    "Haben Sie eine Firma?": "Nein",
  });
  deepEqual([contact.firstName, contact.lastName, contact.birthday], ["Eva", "Lind", ""]);
  deepEqual(contact.emails.map(({ address }) => address), ["eva@lind.example"]);
  deepEqual([contact.phones, contact.addresses, company], [[], [], undefined]);
});

Deno.test("a few further addresses far below are read, and an invalid one is reported", async () => {
  const list = Array.from({ length: 1_100 }, (_, at) => `Eva;Lind;e${at}@lind.example;`);
  list[1_001] += "zwei@lind.example";
  const head = "Vorname;Nachname;E-Mail;E-Mail 2\n";
  const { records } = await importAll(sourceOf(head + list.join("\n")));
  equal(records[1_001]!.contact!.emails[1]?.address, "zwei@lind.example");
  const wrong = await only({
    "Nachname": "Lind",
    "E-Mail": "eva@lind.example",
    "E-Mail 2": "eva@lind,example",
  });
  equal(wrong.warnings.length, 1);
});

Deno.test("two boxes below one question are the two names", async () => {
  for (const [first, last] of [["First", "Last"], ["Vorname", "Nachname"]]) {
    const { contact } = await only({
      [`Name (${first})`]: "Eva",
      [`Name (${last})`]: "Lind",
      "Email (Enter Email)": "eva@lind.example",
    });
    deepEqual([contact.firstName, contact.lastName, contact.emails.length], ["Eva", "Lind", 1]);
  }
  equal(
    (await only({ "Name (Vor- und Nachname)": "Eva Lind", "E-Mail": "e@lind.example" }))
      .contact.firstName,
    "Eva",
  );
});

Deno.test("German compounds of owner and kind are read like the two words", () => {
  for (
    const [heading, target] of [
      ["Rechnungsadresse", "address.billing.whole"],
      ["Lieferadresse", "address.shipping.whole"],
      ["Lieferanschrift 2", "address.shipping.extra"],
      ["Privatadresse", "address.home.whole"],
      ["Geschäftsadresse", "address.work.whole"],
      ["Firmenadresse", "company.address.work.whole"],
      ["Rechnungsadresse Vorname", "firstName"],
      ["Privatadresse PLZ", "address.home.postalCode"],
      ["Diensttelefon", "phone.work"],
      ["Bürotelefon", "phone.work"],
      ["Privathandy", "phone.mobile"],
      ["Firmentelefon", "company.phone"],
      ["Privatmail", "email.home"],
      ["Arbeits-E-Mail", "email.work"],
      ["Firmenmail", "company.email"],
      ["Firmenname", "company.name"],
      ["Org.", "company.name"],
      ["Mob.", "phone.mobile"],
      ["Interne Bemerkung", "notes"],
      ["Familienname, Vorname", "fullName"],
    ] as const
  ) equal(read(heading)?.target, target, heading);
});
