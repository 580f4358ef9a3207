/** Lists as systems of the neighbours and of German houses head them. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const one = async (text: string) => (await importAll(sourceOf(text))).records[0]!;

Deno.test("a French list of Ciel or EBP has its company and telephone", async () => {
  const { contact, companies: [company] } = await one(
    "Code client;Civilité;Raison sociale;Nom;Prénom;Code postal;Ville;Pays;Téléphone fixe;Portable;N° TVA intracommunautaire\n" +
      "CL001;Monsieur;Durand SARL;Durand;Étienne;75002;Paris;France;01 42 68 53 00;06 12 34 56 78;FR40303265045\n",
  );
  deepEqual([company?.name, company?.vatId], ["Durand SARL", "FR40303265045"]);
  equal(company?.phones[0]?.number, "+33142685300");
  equal(contact?.phones[0]?.number, "+33612345678");
});

Deno.test("people of a company abroad dial from its country", async () => {
  const { contact } = await one(
    "Relatiecode;Bedrijfsnaam;Voorletters;Tussenvoegsel;Achternaam;Straat;Huisnummer;Postcode;Plaats;Land;Telefoon;Mobiel\n" +
      "1001;De Vries B.V.;J.;de;Vries;Dorpsstraat;12a;1234 AB;Amsterdam;Nederland;020-1234567;06-12345678\n",
  );
  deepEqual([contact?.firstName, contact?.lastName], ["J.", "Vries"]);
  equal(contact?.phones[0]?.number, "+31612345678");
});

Deno.test("weclapp's primary contact is the row's person", async () => {
  const { contact, companies: [company] } = await one(
    "Kundennummer;Firma;Vorname;Nachname;PLZ;Ort;Primärer Ansprechpartner Vorname;Primärer Ansprechpartner Nachname;Primärer Ansprechpartner E-Mail\n" +
      "C1000;Klein Elektro GmbH;;;50667;Köln;Rita;Klein;r.klein@klein.example\n",
  );
  deepEqual(
    [contact?.firstName, contact?.lastName, contact?.emails[0]?.address, company?.name],
    ["Rita", "Klein", "r.klein@klein.example", "Klein Elektro GmbH"],
  );
});

Deno.test("Italian and Czech lists name their country and numbers", async () => {
  const italian = await one(
    "Codice;Ragione Sociale;Cognome;Nome;CAP;Città;Nazione;Cellulare;Partita IVA\n" +
      "1;Rossi S.r.l.;Rossi;Mario;00184;Roma;Italia;333 1234567;IT00743110157\n",
  );
  equal(italian.companies[0]?.vatId, "IT00743110157");
  equal(italian.contact?.phones[0]?.number, "+393331234567");
  const czech = await one(
    "Jméno;Příjmení;Město;Stát;Mobil\nJiří;Dvořák;Plzeň;CZ;602 123 456\n",
  );
  equal(czech.contact?.addresses[0]?.country, "CZ");
});
