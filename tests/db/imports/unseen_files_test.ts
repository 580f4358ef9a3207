/** Files as further systems write them, with all that is odd about them. */

import { deepEqual, equal } from "node:assert/strict";
import type { ImportedContact } from "../../../db/imports/records.ts";
import { importAll, only, sourceOf } from "./sources.ts";

const contactsOf = async (text: string, fileName?: string): Promise<ImportedContact[]> => {
  const { records } = await importAll(sourceOf(text), fileName ? { fileName } : {});
  return records.flatMap(({ contact }) => contact ? [contact] : []);
};

Deno.test("letters in brackets tell work, home and mobile of every field", async () => {
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
    const { kind: _, extra, poBox, ...told } = contact.addresses[0]!;
    deepEqual(told, { street, postalCode, city, region, country });
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
