/** Headings in the words of other languages and devices, and what stands below them. */

import { deepEqual, equal } from "node:assert/strict";
import { only } from "./sources.ts";

Deno.test("letters that a Mac has taken apart are read as one, in headings and in cells", async () => {
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

Deno.test("a column named by its kind alone is a phone where numbers stand in it", async () => {
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

Deno.test("who is marked as unsubscribed in a status objects to mail", async () => {
  const row = { "First Name": "Eva", "Last Name": "Lind", "Status": "Unsubscribed" };
  deepEqual((await only(row)).contact.objections, ["email"]);
  deepEqual((await only({ ...row, "Status": "Subscribed" })).contact.objections, []);
});
