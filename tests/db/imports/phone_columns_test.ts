/** Numbers that a list gives in parts: code of the country or place, number, extension. */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

/** The numbers of the first row, of its person and of its company. */
async function numbers(heading: string, row: string, ...more: string[]) {
  const { records, inspection } = await importAll(sourceOf([heading, row, ...more, ""].join("\n")));
  const [first] = records;
  return {
    person: first?.contact?.phones.map(({ number }) => number) ?? [],
    company: first?.companies[0]?.phones.map(({ number }) => number) ?? [],
    targets: inspection.plan.columns.map(({ target }) => target),
    warnings: first?.warnings.map(({ code }) => code) ?? [],
  };
}

Deno.test("a club's code of the place belongs to phone and fax behind it", async () => {
  const { person, targets, warnings } = await numbers(
    "Nachname;Vorname;PLZ;Ort;Vorwahl;Telefon;Fax;Handy",
    "Muster;Eva;24103;Kiel;0431;123456;123457;0171 2345678",
  );
  deepEqual(person, ["+49431123456", "+491712345678", "+49431123457"]);
  deepEqual(targets.slice(4, 6), ["phone.areaCode", "phone"]);
  deepEqual(warnings, []);
});

Deno.test("a whole number keeps its own code", async () => {
  const { person } = await numbers(
    "Nachname;Vorname;Vorwahl;Telefon;Telefon privat",
    "Muster;Eva;0431;+49 40 23456789;0431 123456",
  );
  deepEqual(person, ["+494023456789", "+49431123456"]);
});

Deno.test("each code belongs to what follows it", async () => {
  const { person } = await numbers(
    "Name;Vorname;Tel. Vorwahl;Tel. Nummer;Mobil Vorwahl;Mobil Nummer",
    "Muster;Eva;0431;123456;0171;2345678",
  );
  deepEqual(person, ["+49431123456", "+491712345678"]);
});

Deno.test("country and area codes precede the number, and a lost zero does not matter", async () => {
  for (const [land, place] of [["+49", "0431"], ["0049", "431"], ["49", "431"], ["+49", "431"]]) {
    const { person } = await numbers(
      "Nachname;Vorname;Landesvorwahl;Ortsvorwahl;Rufnummer",
      `Muster;Eva;${land};${place};123456`,
    );
    deepEqual(person, ["+49431123456"], `${land} ${place}`);
  }
  const { person } = await numbers(
    "First name;Last name;Country calling code;Phone number",
    "Eva;Muster;+43;1 5123456",
  );
  deepEqual(person, ["+4315123456"]);
});

Deno.test("ACT's and Northwind's extension belongs to the number before it", async () => {
  const american = await numbers(
    "LastName,FirstName,HomePhone,Extension,Country",
    "Davolio,Nancy,(206) 555-9857,5467,USA",
  );
  deepEqual(american.person, ["+12065559857;ext=5467"]);
  deepEqual(american.targets[3], "phone.extension");
  const act = await numbers(
    "Company,Contact,Phone,Ext,Mobile Phone",
    "Chem AG,Eva Muster,+49 40 2345678,12,+49 171 2345678",
  );
  deepEqual(act.company, ["+49402345678"]);
  deepEqual(act.person.toSorted(), ["+491712345678", "+49402345678;ext=12"]);
});

Deno.test("a German extension takes the place of the switchboard's zero", async () => {
  const { person, company } = await numbers(
    "Firma;Telefon Zentrale;Nachname;Vorname;Durchwahl",
    "Chem AG;040 23456-0;Muster;Eva;-123",
    "Chem AG;040 23456-0;Beispiel;Jan;124",
  );
  deepEqual(person, ["+494023456123"]);
  deepEqual(company, ["+4940234560"]);
});

Deno.test("a whole direct number is no extension", async () => {
  const { person, targets } = await numbers(
    "Firma;Telefon Zentrale;Nachname;Vorname;Durchwahl",
    "Chem AG;040 23456-0;Muster;Eva;040 23456-123",
  );
  deepEqual(person, ["+494023456123"]);
  deepEqual(targets[4], "phone");
});

Deno.test("codes and extensions without a number say nothing", async () => {
  const { targets } = await numbers("File;Extension;Vorname;Nachname", "a;txt;Eva;Muster");
  deepEqual(targets.slice(0, 2), ["ignore", "ignore"]);
  const { person, warnings } = await numbers(
    "Nachname;Vorname;Vorwahl;Telefon;Ext",
    "Muster;Eva;0431;;12",
  );
  deepEqual([person, warnings], [[], []]);
});

Deno.test("WhatsApp's numbers and those too long for home have lost the plus of their country", async () => {
  const { person: whatsapp } = await numbers("Name;WhatsApp", "Urs Klein;41791234567");
  deepEqual(whatsapp, ["+41791234567"]);
  const { person: long } = await numbers("Name;Telefon", "Jo Park;447911123456");
  deepEqual(long, ["+447911123456"]);
  for (
    const [home, number] of [["15112345678", "+4915112345678"], ["3023125111", "+493023125111"]]
  ) {
    const { person } = await numbers("Name;Telefon", `Eva Groß;${home}`);
    deepEqual(person, [number]);
  }
});

Deno.test("numbered and paired headings of telephone books are numbers if their cells are", async () => {
  const { targets, person } = await numbers(
    "FirstName;LastName;Home2;Business2;Office Number;Other Number",
    "Eva;Groß;03023125111;03023125112;03023125113;03023125114",
  );
  deepEqual(targets.slice(2), ["phone.home", "phone.work", "phone.work", "phone.other"]);
  deepEqual(person.length, 4);
  const { targets: none } = await numbers("Name;E-Mail;Home2", "Eva Groß;e@gross.example;ja");
  deepEqual(none[2], "ignore");
});

Deno.test("an extension behind a semicolon, as exports of ours write it, is no second number", async () => {
  deepEqual(
    (await numbers(
      "First name,Last name,Phone 1,Phone 1 type,Phone 2,Phone 2 type",
      "Anna,Amsel,'+49301234567,work,'+49301234567;ext=12,work",
    )).person,
    ["+49301234567", "+49301234567;ext=12"],
  );
});
