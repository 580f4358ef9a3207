/** Lists without a country column: whose numbers and postal codes they hold. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const head = "Vorname;Name;Strasse;PLZ;Ort;Telefon;E-Mail\n";
const read = (rows: string, home = "DE") => importAll(sourceOf(head + rows), { home });
const numbers = async (rows: string, home?: string) =>
  (await read(rows, home)).records.map(({ contact }) => contact?.phones[0]?.number);

const swiss = "Urs;Müller;Bahnhofstrasse 1;8001;Zürich;044 123 45 67;urs@mueller.ch\n" +
  "Regula;Meier;Seeweg 5;6003;Luzern;079 123 45 67;regula@bluewin.ch\n";
const austrian = "Franz;Huber;Hauptplatz 1;8010;Graz;0316 123456;franz@huber.at\n" +
  "Resi;Gruber;Gasse 5;5020;Salzburg;0664 1234567;resi@aon.at\n";
const german = "Eva;Groß;Weg 1;10115;Berlin;030 1234567;eva@gross.de\n" +
  "Jan;Ost;Weg 2;50667;Köln;0221 1234567;jan@ost.de\n";

Deno.test("a Swiss list is read as Swiss in a German tenant", async () => {
  deepEqual(await numbers(swiss), ["+41441234567", "+41791234567"]);
  const { inspection, records } = await read(swiss);
  deepEqual(inspection.land, {
    country: "CH",
    certain: true,
    signs: { places: 2, domains: 2, postalCodes: 2 },
  });
  equal(records[0]!.contact!.addresses[0]!.country, "CH");
});

Deno.test("an Austrian list in a German tenant, a German list in an Austrian one", async () => {
  deepEqual(await numbers(austrian), ["+43316123456", "+436641234567"]);
  deepEqual(await numbers(german, "AT"), ["+49301234567", "+492211234567"]);
});

Deno.test("a list of the tenant's own country is its own, and so is one of both countries", async () => {
  equal((await read(german)).inspection.land, undefined);
  equal((await read(swiss, "CH")).inspection.land, undefined);
  equal((await read(german + austrian)).inspection.land, undefined);
  const some = await read(`${german}${german}Urs;Abt;Weg 3;8001;Zürich;+41 44 1234567;u@abt.ch\n`);
  equal(some.inspection.land, undefined);
});

Deno.test("codes without any other sign are doubtful, and reported as such", async () => {
  const rows =
    "Hans;Meier;Dorfstr. 1;6210;Oberdorf;041 921 12 34;\nRuth;Keller;Dorfstr. 2;6214;Unterdorf;041 921 56 78;\n";
  const { inspection } = await read(rows);
  deepEqual([inspection.land?.country, inspection.land?.certain], ["CH", false]);
});

Deno.test("codes that lost their zero do not make a German list a foreign one", async () => {
  const { inspection } = await read(
    "Eva;Groß;Weg 1;4109;Leipzig;0341 123456;eva@gross.de\nJan;Ost;Weg 2;1067;Dresden;;jan@ost.de\n",
  );
  equal(inspection.land, undefined);
});

Deno.test("rows that name their country say nothing about the others, and the user's choice is kept", async () => {
  const named =
    "Name;PLZ;Ort;Land;Telefon\nUrs Abt;8001;Zürich;Schweiz;044 1234567\nUte Weg;6003;Luzern;CH;041 1234567\n";
  equal((await importAll(sourceOf(named), { home: "DE" })).inspection.land, undefined);
  const { inspection } = await importAll(sourceOf(head + swiss), { home: "DE", country: "AT" });
  deepEqual([inspection.plan.country, inspection.land], ["AT", undefined]);
});

Deno.test("Polish, Czech and Dutch lists are recognised by codes, legal forms and domains", async () => {
  const lists = [
    [
      "PL",
      "Firma;Kod pocztowy;Miejscowość;Telefon\nKowalski sp. z o.o.;00-238;Warszawa;22 123 45 67\nNowak sp. z o.o.;31-001;Kraków;12 123 45 67\n",
    ],
    [
      "CZ",
      "Firma;PSČ;Město;Telefon\nDvořák s.r.o.;301 00;Plzeň;377 123 456\nČerný s.r.o.;110 00;Praha;222 123 456\n",
    ],
    [
      "NL",
      "Bedrijfsnaam;Postcode;Plaats;Telefoon\nDe Vries B.V.;1234 AB;Amsterdam;020-1234567\nJansen B.V.;3011 AA;Rotterdam;010-1234567\n",
    ],
  ] as const;
  for (const [country, list] of lists) {
    const { inspection } = await importAll(sourceOf(list), { home: "DE" });
    equal(inspection.plan.country, country, list);
  }
});

Deno.test("cards without a country are recognised by the same signs as lists", async () => {
  const card = (
    name: string,
    city: string,
    code: string,
    phone: string,
    email: string,
    land = "",
  ) =>
    [
      "BEGIN:VCARD",
      "VERSION:3.0",
      `N:${name};;;;`,
      `FN:${name}`,
      `ADR:;;Weg 1;${city};;${code};${land}`,
    ]
      .concat(`TEL:${phone}`, `EMAIL:${email}`, "END:VCARD", "").join("\r\n");
  const cards = card("Müller", "Zürich", "8001", "044 123 45 67", "urs@mueller.ch") +
    card("Meier", "Luzern", "6003", "079 123 45 67", "regula@bluewin.ch");
  const { inspection, records } = await importAll(sourceOf(cards), { home: "DE" });
  deepEqual([inspection.land?.country, inspection.land?.certain], ["CH", true]);
  deepEqual(
    records.map(({ contact }) => contact?.phones[0]?.number),
    ["+41441234567", "+41791234567"],
  );
  const chosen = await importAll(sourceOf(cards), { home: "DE", country: "DE" });
  equal(chosen.inspection.land, undefined);
  const named = card("Huber", "Graz", "8010", "0316 123456", "f@huber.at", "Österreich");
  equal((await importAll(sourceOf(named + named), { home: "DE" })).inspection.land, undefined);
});

Deno.test("headings in a neighbour's language decide if nothing else says where a list is from", async () => {
  const first = async (text: string, home = "DE") => {
    const { records, inspection } = await importAll(sourceOf(text), { home });
    return [inspection.land?.country, records[0]?.contact?.phones[0]?.number];
  };
  const french = "Nom;Prénom;Téléphone\nDupont;Marie;06 12 34 56 78\n";
  deepEqual(await first(french), ["FR", "+33612345678"]);
  deepEqual(
    await first("Fornavn;Etternavn;Telefon;Postnr;Poststed\nOla;Moe;912 34 567;0150;Oslo\n"),
    ["NO", "+4791234567"],
  );
  deepEqual(
    await first("Imię;Nazwisko;Telefon komórkowy\nŁukasz;Żak;601 234 567\n"),
    ["PL", "+48601234567"],
  );
  // Also spoken at home, written at home, or from somewhere else by another sign.
  deepEqual(await first(french, "CH"), [undefined, "+41612345678"]);
  deepEqual(
    await first("Vorname;Nachname;Telefon\nEva;Groß;0171 2345678\n"),
    [undefined, "+491712345678"],
  );
  equal((await first(`${french}Rey;Luc;+41 79 123 45 67\n`))[0], "CH");
});

Deno.test("one foreign number among many of our own does not move the list abroad", async () => {
  const { inspection, records } = await importAll(sourceOf(
    "Name;Telefon\nEva Groß;040 123456\nJan Klein;0171 2233445\nUte Adler;030 1234567\n" +
      "Urs Frei;0041 44 123 45 67\n",
  ));
  equal(inspection.plan.country, "DE");
  deepEqual(records.map(({ contact }) => contact?.phones[0]?.valid), [true, true, true, true]);
});
