/** What exports of shops, payments and newsletters say about persons beside their orders. */

import { deepEqual } from "node:assert/strict";
import { importAll, only, sourceOf, table } from "./sources.ts";

Deno.test("of a payment's two mailboxes the payer's is taken, not that of the list's owner", async () => {
  const row = { Name: "Ulrike Sand", Brutto: "49,90", Auswirkung: "Haben" };
  const payer = { "Absender E-Mail-Adresse": "ulrike@sand.example" };
  const shop = { "Empfänger E-Mail-Adresse": "kasse@shop.example" };
  const address = { Lieferadresse: "Ulrike Sand, Deichweg 5, 26548 Norderney, Deutschland" };
  const { contact } = await only({ ...row, ...payer, ...shop, ...address });
  deepEqual(contact.emails.map(({ address }) => address), ["ulrike@sand.example"]);
  const [{ street, extra, city }] = contact.addresses as [typeof contact.addresses[0]];
  deepEqual([street, extra, city], ["Deichweg 5", "", "Norderney"]);
  const rows = ["eva@gross.example", "tom@klein.example"].map((to, at) => ({
    Name: ["Eva Groß", "Tom Klein"][at]!,
    "From Email Address": "kasse@shop.example",
    "To Email Address": to,
  }));
  const { records } = await importAll(sourceOf(table(Object.keys(rows[0]!), rows)));
  deepEqual(
    records.map(({ contact }) => contact?.emails.map(({ address }) => address)),
    [["eva@gross.example"], ["tom@klein.example"]],
  );
});

Deno.test("what only the recipient's columns tell is kept if buyer and recipient are one person", async () => {
  const phonesOf = async (recipient: string) => {
    const { contact } = await only({
      "Name des Käufers": "Bernd Kranz",
      "Ort des Käufers": "Bad Tölz",
      "Name des Empfängers": recipient,
      "Telefonnummer des Empfängers": "030 23125111",
      "Ort des Empfängers": "Berlin",
    });
    return [contact.phones.map(({ number }) => number), contact.addresses.map(({ city }) => city)];
  };
  deepEqual(await phonesOf("Bernd Kranz"), [["+493023125111"], ["Bad Tölz"]]);
  deepEqual(await phonesOf("Eva Groß"), [[], ["Bad Tölz"]]);
});

Deno.test("customers of a payment service are persons unless they have a VAT number", async () => {
  const { records } = await importAll(sourceOf(
    "id,Email,Name,Card Brand,Card Name,Business Vat ID\n" +
      "cus_1,felix@arnd.example,Felix Arnd,Visa,F. Arnd,\n" +
      "cus_2,post@nord.example,Nordlicht Energie GmbH,Visa,,DE136695976\n",
  ));
  deepEqual(
    records.map(({ contact, companies }) => [contact?.lastName, ...companies.map((it) => it.name)]),
    [["Arnd"], [undefined, "Nordlicht Energie GmbH"]],
  );
});

Deno.test("a yes under EMAIL_BLACKLIST is an objection to mail, under SMS_BLACKLIST to SMS", async () => {
  const { records } = await importAll(sourceOf(
    "EMAIL;NACHNAME;EMAIL_BLACKLIST;SMS_BLACKLIST\na@x.example;Ebert;1;0\nb@x.example;Klein;0;1\n",
  ));
  deepEqual(records.map(({ contact }) => contact?.objections), [["email"], ["sms"]]);
});

Deno.test("titles are read under customer_title and Titel, and before a last name with a suffix", async () => {
  const titleOf = async (row: Record<string, string>) => {
    const { contact } = await only({ Vorname: "Eva", "E-Mail": "eva@x.example", ...row });
    return [contact.title, contact.lastName, contact.suffix, contact.position];
  };
  deepEqual(await titleOf({ customer_title: "Dr.", Nachname: "Groß" }), ["Dr.", "Groß", "", ""]);
  deepEqual(await titleOf({ Titel: "lic. iur.", Nachname: "Groß" }), ["lic. iur.", "Groß", "", ""]);
  deepEqual(await titleOf({ Nachname: "Dr. Groß, MBA" }), ["Dr.", "Groß", "MBA", ""]);
});

Deno.test("pictures and pronouns around a name are no part of it", async () => {
  const nameOf = async (name: string) => (await only({ Vorname: "Eva", Nachname: name })).contact;
  deepEqual((await nameOf("🚀 Groß (she/her)")).lastName, "Groß");
  deepEqual((await nameOf("Groß (Klein)")).lastName, "Groß (Klein)");
  deepEqual((await nameOf("🚀")).lastName, "🚀");
  deepEqual((await nameOf("Groß ❤️👩🏽‍💻")).lastName, "Groß");
  deepEqual((await nameOf("ශ්‍රී")).lastName, "ශ්‍රී");
  deepEqual((await nameOf("Groß [Extern]")).lastName, "Groß");
});

Deno.test("a day of birth in three columns that does not exist is reported", async () => {
  const { contact, warnings } = await only({
    "First Name": "Gisela",
    "Last Name": "Groß",
    "Birth Year": "1951",
    "Birth Month": "2",
    "Birth Day": "29",
  });
  deepEqual([contact.birthday, warnings.map(({ code }) => code)], ["", ["date_invalid"]]);
});

Deno.test("a database's keys with names are read, and its notes in markup as text", async () => {
  const { company } = await only({
    is_company: "True",
    name: "Wolke Textil GmbH",
    city: "Leipzig",
    state_id: "Sachsen (DE)",
    category_id: "Kunde,A",
    comment: "<p>Guter Kunde<br>seit 2019</p>",
  });
  deepEqual(
    [company!.addresses[0]!.region, company!.tags, company!.notes],
    ["Sachsen (DE)", ["Kunde", "A"], "Guter Kunde\nseit 2019"],
  );
});

Deno.test("capitals joined to all headings are no part of them", async () => {
  const { contact, company } = await only({
    ...{ OXID: "e7af1c3b786fd02906ccd75698f4e6b9", OXACTIVE: "1", OXUSERNAME: "wolf@x.example" },
    ...{ OXPASSWORD: "$2y$10$abc", OXCUSTNR: "8", OXCOMPANY: "Wolf & Co", OXFNAME: "Isolde" },
    ...{ OXLNAME: "Wolf", OXSTREET: "Turmgasse", OXSTREETNR: "4", OXCITY: "Görlitz" },
    ...{ OXZIP: "02826", OXSAL: "MRS", OXPRIVFON: "030 23125111", OXBIRTHDATE: "1969-06-09" },
  });
  deepEqual(
    [contact.salutation, contact.firstName, contact.lastName, contact.birthday, contact.uid],
    ["ms", "Isolde", "Wolf", "1969-06-09", "e7af1c3b786fd02906ccd75698f4e6b9"],
  );
  deepEqual(contact.phones.map(({ kind, number }) => [kind, number]), [["home", "+493023125111"]]);
  deepEqual([company?.name, company?.customerNumber, company?.addresses[0]?.street], [
    "Wolf & Co",
    "8",
    "Turmgasse 4",
  ]);
});
