/** Headings of lists made at home: in the words, shortenings and parts of several countries. */

import { deepEqual, equal } from "node:assert/strict";
import { read } from "../../../db/imports/headings.ts";
import { statusOf } from "../../../db/imports/standings.ts";
import { records as german } from "../../../views/i18n/de/records.ts";
import { records as english } from "../../../views/i18n/en/records.ts";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("headings are read in the words and shortenings of our neighbours", () => {
  const known: Record<string, string> = {
    "phone":
      "Tel. Festnetz|Rufnr.|Telefon tagsüber|Tel. abends|Tél. fixe|Tel. fisso|Numero di telefono|Tfno.|Número de teléfono|Telefoon vast|Telefon stacjonarny|Tel. kontaktowy|Daytime phone|Contact No.",
    "phone.mobile": "Tfno. móvil|06-nummer|Tel. kom.|Nr komórkowy|Cell #",
    "email": "Adresse e-mail|Adresse courriel|Mél|Dirección de correo|Mailadres|Email Addr",
    "firstName": "Prénoms|Roepnaam|Nombre de pila|Imiona|Christian Name",
    "lastName": "Nom d'usage|Familienaam|Primer apellido",
    "middleName": "MI|M.I.|Middle Initial",
    "suffix": "Titel nachgestellt",
    "title": "Titel vorangestellt",
    "salutation": "m/w/d|Herr/Frau|Civ.",
    "fullName":
      "Nom et prénom|Nom Prénom|Cognome e nome|Nombre y apellidos|Apellidos, nombre|Nazwisko i imię|Jméno a příjmení|Volledige naam|T.a.v.|Interlocuteur|Ansprechp.",
    "company.name": "Fa.|Dénomination|Ditta|Sociedad|Organisatie|Naam bedrijf|Trading Name",
    "address.work.street": "N° et rue|Via e numero|Straat en huisnummer|Ulica i nr|Adresse ligne 1",
    "address.work.whole": "Wohnanschrift|Adresse postale|Adres zamieszkania",
    "address.work.houseNumber": "Hs.-Nr.|N. civico|Huisnr.|Nr budynku",
    "address.work.postalCode": "ZIP+4|Kod poczt.|Post Code",
    "address.work.city": "Commune|Comune|Localidad|Gemeente|Post Town|CAP e città|CP et ville",
    "address.work.country": "Länderkz|Państwo",
    "address.work.extra": "Anschriftenzusatz|Complément d'adresse|Apt #|Add 2",
    "birthday": "Né(e) le|Nato il|Fecha nac.|Data ur.",
    "department": "Abt.|Division",
    "customerNumber":
      "Customer #|Account #|N° client|N° d'adhérent|Cód. cliente|Klantnr.|Lidnummer|Nr klienta|Membership No",
    "company.vatId": "N° TVA intracom|Part. IVA",
    "notes": "Bem.|Remarque|Osservazioni|Notitie|Komentarz",
    "language": "Langue|Lingua|Taal",
  };
  for (const [target, headings] of Object.entries(known)) {
    for (const heading of headings.split("|")) equal(read(heading)?.target, target, heading);
  }
  // A group and a field of it are no pair.
  equal(read("Name / First Name")?.target, "firstName");
});

Deno.test("an American address has its state, its long ZIP and the middle initial", async () => {
  const { contact } = await only({
    "First Name": "John",
    "MI": "Q",
    "Last Name": "Public",
    "Street Address": "12 Main St",
    "Apt #": "4B",
    "City": "Springfield",
    "ST": "IL",
    "ZIP+4": "62704-1234",
  });
  equal(contact.firstName, "John Q");
  const { kind: _, poBox: __, country: ___, ...address } = contact.addresses[0]!;
  deepEqual(address, {
    street: "12 Main St",
    extra: "4B",
    postalCode: "62704-1234",
    city: "Springfield",
    region: "IL",
  });
  equal(contact.addresses.length, 1);
});

Deno.test("the name in use comes before that at birth, which is there for all others", async () => {
  const { records } = await importAll(sourceOf(
    "Nom de naissance;Nom d'usage;Prénom\nMARTIN;DURAND;Élodie\nLEFÈVRE;;Jean-Luc\n",
  ));
  deepEqual(records.map(({ contact }) => contact?.lastName), ["DURAND", "LEFÈVRE"]);
});

Deno.test("both surnames of a Spanish name are kept, and a Dutch name by which one is called", async () => {
  const maria = await only({
    "Nombre": "María",
    "Primer apellido": "García",
    "Segundo apellido": "López",
    "Tfno. fijo": "91 123 45 67",
  }, ";");
  equal(maria.contact.lastName, "García López");
  const piet = await only({
    "Voorletters": "P.J.",
    "Roepnaam": "Piet",
    "Tussenv.": "van der",
    "Achternaam": "Meer",
  }, ";");
  deepEqual([piet.contact.firstName, piet.contact.namePrefix], ["Piet", "van der"]);
});

Deno.test("staircase and door follow the number of the house", async () => {
  const { contact } = await only({
    "Vorname": "Josef",
    "Nachname": "Huber",
    "Straße": "Mariahilfer Straße",
    "Hnr": "12",
    "Stiege": "2",
    "Tür": "14",
    "PLZ": "1060",
    "Ort": "Wien",
  }, ";");
  equal(contact.addresses[0]!.street, "Mariahilfer Straße 12/2/14");
});

Deno.test('"Post Town" and "Post Code" are of the address beside them', async () => {
  const { contact, company } = await only({
    "Company Name": "Widgets Ltd",
    "Contact Name": "Tom Hale",
    "Address Line 1": "1 Park Road",
    "Post Town": "London",
    "Post Code": "N1 9GU",
  });
  deepEqual(company!.addresses.map(({ city, postalCode }) => [city, postalCode]), [
    ["London", "N1 9GU"],
  ]);
  equal(contact.addresses.length, 0);
});

Deno.test("a heading that puts the last name first is believed unless the names contradict", async () => {
  const names = async (text: string) =>
    (await importAll(sourceOf(text))).records.map(({ contact }) =>
      [contact!.firstName, contact!.namePrefix, contact!.lastName].filter(Boolean).join(" ")
    );
  deepEqual(
    await names("Nazwisko i imię;Telefon\nWiśniewska Katarzyna;501234567\nZieliński Marek;\n"),
    ["Katarzyna Wiśniewska", "Marek Zieliński"],
  );
  deepEqual(
    await names("Cognome e nome;Telefono\nDe Luca Maria Pia;081 1234567\nVerdi Giuseppe;\n"),
    ["Maria Pia De Luca", "Giuseppe Verdi"],
  );
  deepEqual(
    await names("Nom et prénom;Email\nJean Dupont;jean@exemple.fr\nMarie Petit;\n"),
    ["Jean Dupont", "Marie Petit"],
  );
});

Deno.test("a neighbour's salutation before a name is no first name", async () => {
  const who: Record<string, [string, string, string, string]> = {
    "Mme Claire Petit": ["ms", "", "Claire", "Petit"],
    "M. Paul Dupain": ["mr", "", "Paul", "Dupain"],
  };
  for (const [name, parts] of Object.entries(who)) {
    const { contact } = await only({
      "Raison sociale": "Dupain SARL",
      "Interlocuteur": name,
      "Code postal": "33000",
    });
    deepEqual([contact.salutation, contact.title, contact.firstName, contact.lastName], parts);
  }
});

Deno.test("headings that only one language has show whose numbers a list holds", async () => {
  const lists: [string, string][] = [
    [
      "Cognome e nome;Data di nascita;Recapito telefonico\nVerdi Ugo;1.2.1970;333 1234567\n",
      "+393331234567",
    ],
    ["Nazwisko i imię;Numer telefonu\nZieliński Marek;501234567\n", "+48501234567"],
    ["Bedrijfsnaam;Woonplaats;Telefoonnummer\nJansen;Breda;076-1234567\n", "+31761234567"],
  ];
  for (const [text, number] of lists) {
    const { records: [made] } = await importAll(sourceOf(text));
    equal((made!.contact ?? made!.companies[0])!.phones[0]!.number, number);
  }
});

Deno.test("Google's columns are read in German and French, with the title as such", async () => {
  const german = await only({
    "Vorname": "Ute",
    "Nachname": "Adler",
    "Namenspräfix": "Dr.",
    "Name der Organisation": "Nest GmbH",
    "Position in der Organisation": "Leiterin",
    "E-Mail 1 – Label": "Work",
    "E-Mail 1 – Wert": "ute@nest.example",
    "Telefon 1 – Label": "Mobile",
    "Telefon 1 – Wert": "0171 1234567",
    "Adresse 1 – Label": "Home",
    "Adresse 1 – Formatiert": "Weg 1\n10115 Berlin",
  });
  const { title, namePrefix, position, phones, addresses } = german.contact;
  deepEqual([title, namePrefix, position], ["Dr.", "", "Leiterin"]);
  deepEqual(phones.map(({ kind, number }) => [kind, number]), [["mobile", "+491711234567"]]);
  deepEqual(addresses.map(({ kind, city }) => [kind, city]), [["home", "Berlin"]]);
  const french = await only({
    "Prénom": "Élise",
    "Nom de famille": "Dupont",
    "Nom de l'organisation": "Petit SARL",
    "Valeur téléphone 1": "06 12 34 56 78",
    "Rue adresse 1": "12 rue de la Paix",
    "Ville adresse 1": "Paris",
  });
  deepEqual(
    [french.company?.name, french.contact.phones[0]!.number, french.contact.addresses[0]!.street],
    ["Petit SARL", "+33612345678", "12 rue de la Paix"],
  );
});

Deno.test("headings of a few letters mean what their cells show", async () => {
  const lists: [string, string[]][] = [
    ["Vorname;Nachname;Mo;Di;Mi;Do\nAnna;Schmidt;x;;x;\n", ["Mi"]],
    ["Vorname;Nachname;Mo;Di;Mi;Do\nAnna;Schmidt;X;;X;\n", ["Mi"]],
    ["Firma;PLZ;Ort;Krs\nAdler AG;59423;Unna;UN\n", ["Krs"]],
    ["Firma;Ein;Aus\nAdler AG;8:00;17:00\n", ["Ein"]],
    ["Firma;Ort;AP\nAdler AG;Ulm;12,5\n", ["AP"]],
    ["Vorname;Nachname;Straße;Nr.;Top\nUte;Adler;Ring;12;ja\n", ["Top"]],
    ["First Name;Last Name;Denomination\nAnna;Smith;Catholic\n", ["Denomination"]],
  ];
  for (const [list, headings] of lists) {
    const { plan } = (await importAll(sourceOf(list))).inspection;
    for (const { name, target } of plan.columns) {
      if (headings.includes(name)) equal(target, "ignore", list);
    }
  }
  const polish = await importAll(sourceOf("Nazwa firmy;KRS;NIP\nAdler sp. z o.o.;0000123456;\n"));
  equal(polish.records[0]?.companies[0]?.registerNumber, "0000123456");
  const french = await importAll(sourceOf("DENOMINATION;VILLE\nAdler SARL;Paris\n"));
  equal(french.records[0]?.companies[0]?.name, "Adler SARL");
});

Deno.test("a name by birth counts for those who have no other", async () => {
  const { records } = await importAll(sourceOf(
    "Nom;Prénom;Nom de naissance\nDupont;Anne;Martin\n;Luc;Petit\n",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName, companies.length]),
    [["Dupont", 0], ["Petit", 0]],
  );
});

Deno.test("a status is read by the words our own pages show, and by those they once showed", () => {
  for (const words of [german, english]) {
    for (const [key, word] of Object.entries(words)) {
      const status = /^status_(?!open$|won$|lost$)(.+)$/.exec(key)?.[1];
      if (status) equal(statusOf(word), status, word);
    }
  }
  equal(statusOf("Zulieferung"), "supplier");
});
