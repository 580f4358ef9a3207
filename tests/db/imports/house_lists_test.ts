/** Lists as clubs, shops and databases of the neighbourhood write them. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

const lines = (...rows: string[]) => sourceOf(`${rows.join("\r\n")}\r\n`);

Deno.test("letters ahead of a heading tell what is private and what of the office", async () => {
  const { contact, company } = await only({
    "vorname": "Eva",
    "nachname": "Groß",
    "firma": "Groß GmbH",
    "p_strasse": "Ring 1",
    "p_plz": "89073",
    "p_ort": "Ulm",
    "p_telefon": "0731 123456",
    "p_email": "eva@privat.example",
    "g_strasse": "Am Markt 2",
    "g_plz": "80331",
    "g_ort": "München",
    "g_email": "eva@gross.example",
  }, ";");
  const places = [...contact.addresses, ...company!.addresses];
  deepEqual(places.map(({ kind, street, city }) => [kind, street, city]).sort(), [
    ["home", "Ring 1", "Ulm"],
    ["work", "Am Markt 2", "München"],
  ]);
  deepEqual(contact.emails.map(({ kind, address }) => [kind, address]), [
    ["work", "eva@gross.example"],
    ["home", "eva@privat.example"],
  ]);
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [["home", "+49731123456"]]);
});

Deno.test("a word of the database before all headings is none of what they say", async () => {
  const { contact, company } = await only({
    "kun_id": "17",
    "kun_firma": "Groß GmbH",
    "kun_vorname": "Eva",
    "kun_nachname": "Groß",
    "kun_telefon": "0043 732 123456",
    "kun_plz": "4020",
    "kun_ort": "Linz",
    "kun_land": "Austria",
  }, ";");
  deepEqual([contact.firstName, contact.lastName, company?.name], ["Eva", "Groß", "Groß GmbH"]);
  const [phone] = [...contact.phones, ...company!.phones];
  const [place] = [...contact.addresses, ...company!.addresses];
  deepEqual([phone?.number, place?.city, place?.country], ["+43732123456", "Linz", "AT"]);
});

Deno.test("who refuses advertising in words objects, whatever the column is called", async () => {
  const name = { "Vorname": "Max", "Nachname": "Klein", "E-Mail": "max@klein.example" };
  for (
    const [heading, text, objections] of [
      ["E-Mail an", "keine E-Mails", ["email"]],
      ["Post an", "keine Post", ["post"]],
      ["Kennzeichen", "Bitte keine Werbung!", ["all"]],
      ["Notizen", "Bitte nicht anrufen!", ["phone"]],
      ["Newsletter", "abbestellt", ["email"]],
      ["Einwilligung Newsletter", "widerrufen", ["email"]],
      ["Einwilligung Telefon", "Widerspruch", ["phone"]],
      ["Werbung per E-Mail", "nicht erlaubt", ["email"]],
      ["Werbung per Post", "nein", ["post"]],
      ["Sperrvermerk", "Werbesperre", ["all"]],
      ["Status", "Unerwünscht", ["email"]],
      ["Newsletter", "ja", []],
      ["Newsletter", "nein", []],
      ["Einwilligung Newsletter", "nein", []],
      ["Werbung per Post", "ja", []],
      ["Gesperrt", "gesperrt", []],
      ["Notizen", "Fragt, ob das keine Werbung sei.", []],
    ] as const
  ) {
    const { contact } = await only({ ...name, [heading]: text }, ";");
    deepEqual(contact.objections, objections, `${heading}: ${text}`);
  }
});

Deno.test("of a column in which somebody refuses, all other words are no refusal", async () => {
  const { records } = await importAll(lines(
    "Vorname;Nachname;E-Mail;Post an;Newsletter;Abgemeldet am",
    "Eva;Groß;eva@gross.example;privat;ja;",
    "Ida;Kurz;ida@kurz.example;ja;bestellt;0000-00-00 00:00:00",
    "Max;Klein;max@klein.example;keine Post;abgemeldet;2021-06-05 11:12:13",
  ));
  deepEqual(records.map(({ contact }) => contact?.objections), [[], [], ["email", "post"]]);
});

Deno.test("further persons to talk to belong to the company above them", async () => {
  const { records } = await importAll(lines(
    "Firma;Ansprechpartner;Straße;PLZ;Ort;E-Mail",
    "Groß GmbH;Eva Groß;Ring 1;89073;Ulm;eva@gross.example",
    ";Jan Lang;;;;jan@gross.example",
    "Klein KG;Max Klein;Weg 2;80331;München;max@klein.example",
    ";Ida Kurz;Gasse 3;86150;Augsburg;ida@kurz.example",
    "",
    ";Uwe Neu;;;;uwe@neu.example",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName, companies[0]?.name ?? ""]),
    [
      ["Groß", "Groß GmbH"],
      ["Lang", "Groß GmbH"],
      ["Klein", "Klein KG"],
      ["Kurz", ""],
      ["Neu", ""],
    ],
  );
  equal(records.some(({ rejected }) => rejected), false);
});

Deno.test("Odoo's further contacts of a company stand in rows of their own", async () => {
  const { records } = await importAll(lines(
    "Name,Is a Company,Zip,City,Street,Email,Contacts/Name,Contacts/Email,Contacts/Job Position",
    "Groß GmbH,TRUE,89073,Ulm,Ring 1,info@gross.example,Eva Groß,eva@gross.example,Leiterin",
    ",,,,,,Jan Lang,jan@gross.example,Meister",
    "Klein KG,TRUE,80331,München,Weg 2,info@klein.example,,,",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName ?? "", companies[0]?.name]),
    [["Groß", "Groß GmbH"], ["Lang", "Groß GmbH"], ["", "Klein KG"]],
  );
  deepEqual(records[0]?.contact?.emails.map(({ address }) => address), ["eva@gross.example"]);
});
