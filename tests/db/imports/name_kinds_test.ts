/** One column of names: persons, companies, or both; and which name comes first. */

import { deepEqual, equal } from "node:assert/strict";
import { kindByMail, kindOf } from "../../../db/imports/name_kinds.ts";
import { importAll, only, sourceOf } from "./sources.ts";

const named = async (text: string, fileName = "adressen.csv") => {
  const { records, inspection } = await importAll(sourceOf(text), { fileName });
  return {
    inspection,
    names: records.map(({ contact, companies }) =>
      contact ? `${contact.firstName} ${contact.lastName}`.trim() : `@${companies[0]?.name}`
    ),
  };
};

Deno.test("a name shows whether it is a person's or a company's, or leaves it open", () => {
  for (
    const name of [
      "Anna Berg",
      "Familie Krause",
      "Herr Schulz",
      "Dr. Hans Vogt",
      "Schulz, Bernd",
      "Bernd und Ute Schulz",
      "Schulz Bernd",
      "Hans-Peter Meier",
      "Dr. Weber",
      "Thomas Bau",
      "Michael Werner",
      "Jan von der Heide",
    ]
  ) equal(kindOf(name), "person", name);
  for (
    const name of [
      "Elektro Schmidt GmbH",
      "Autohaus Meier",
      "Blumen Sommer",
      "Stadtwerke Musterstadt",
      "Gebr. Krause",
      "Weber & Söhne",
      "Praxis Dr. Weber",
      "Studio 54",
      "Malermeister Krause",
      "Reisebüro Sonne",
      "Krause Metallbau",
      "Amt für Statistik",
      "Immobilien Meier",
      "Company A",
      "Nordwind Motor Company",
    ]
  ) equal(kindOf(name), "company", name);
  for (const name of ["Meier", "Nordlicht", "Azurit Welle"]) equal(kindOf(name), null, name);
});

Deno.test("a mailbox shows the kind as well", () => {
  equal(kindByMail("Azurit Welle", "info@azurit.example"), "company");
  equal(kindByMail("Ljubica Grün", "ljubica.gruen@post.example"), "person");
  equal(kindByMail("Azurit Welle", "a.w@azurit.example"), null);
});

Deno.test("an address book of private persons is not taken for one of companies", async () => {
  const { inspection, names } = await named(
    "Name;Straße;PLZ;Ort;Telefon\nAnna Berg;Weg 1;10115;Berlin;030 1234567\n" +
      "Familie Krause;Weg 3;10119;Berlin;\nAutohaus Meier;Ring 4;10121;Berlin;030 1234569\n" +
      "Dr. Hans Vogt;Weg 5;10123;Berlin;\nElektro Schmidt GmbH;Weg 6;10125;Berlin;\n" +
      "Ljubica Grün;Weg 7;10127;Berlin;\n",
  );
  deepEqual(names, [
    "Anna Berg",
    "Familie Krause",
    "@Autohaus Meier",
    "Hans Vogt",
    "@Elektro Schmidt GmbH",
    "Ljubica Grün",
  ]);
  equal(inspection.plan.kind, "mixed");
  deepEqual(inspection.names, { persons: 3, companies: 2, open: 1 });
});

Deno.test("persons alone are contacts, companies alone are companies", async () => {
  const persons = await named("Name;Handy\nAnna Berg;0171 1112223\nMeier;0172 2223334\n");
  deepEqual([persons.inspection.plan.kind, persons.names], ["contacts", ["Anna Berg", "Meier"]]);
  const firms = await named(
    "Name;Ort;E-Mail\nBlumen Sommer;Berlin;info@blumen.example\nNordlicht;Kiel;info@nord.example\n",
  );
  deepEqual(firms.names, ["@Blumen Sommer", "@Nordlicht"]);
});

Deno.test("a salutation beside a name of either makes it a person's", async () => {
  const { names } = await named(
    "Anrede;Name1;Name2;Ort;USt-IdNr.\nFirma;Müller & Co. KG;Großhandel;Köln;DE136695976\n" +
      "Herrn;Bernd Schulz;;Bonn;\n",
  );
  deepEqual(names, ["@Müller & Co. KG Großhandel", "Bernd Schulz"]);
});

Deno.test("last names that come first are recognised from the column as a whole", async () => {
  const { names, inspection } = await named(
    "Anrede;Name;Telefon\nHerr;Schulz Bernd;0171 1112223\nFrau;Dr. Sommer Anna;0171 1112224\n" +
      "Frau;von der Linden Ljubica;0171 1112225\nHerr;Werner Thomas;0171 1112226\n",
  );
  equal(inspection.plan.lastFirst, true);
  deepEqual(names, ["Bernd Schulz", "Anna Sommer", "Ljubica Linden", "Werner Thomas"]);
  const usual = await named("Name;Telefon\nBernd Schulz;0171 1112223\nAnna Thomas;0171 1112224\n");
  equal(usual.inspection.plan.lastFirst, undefined);
});

Deno.test("a comma within a company's long name makes no person of it", () => {
  equal(
    kindOf("Datenschutzaufsicht Nord für das Erzbistum Hamburg, die Bistümer Nord und Süd"),
    null,
  );
  equal(
    kindOf("Autorité de protection des données, Autoriteit van de bescherming van gegevens"),
    null,
  );
  equal(kindOf("von der Leyen, Eva Maria"), "person");
  equal(kindOf("Groß, Eva"), "person");
});

Deno.test("rare first names before last names that are first ones too stay ahead", async () => {
  const names = async (...lines: string[]) =>
    (await importAll(sourceOf(["Name;E-Mail", ...lines, ""].join("\n")))).records
      .map(({ contact }) => [contact?.firstName, contact?.lastName].join(" / "));
  deepEqual(await names("Yngve Paul;y@x.example", "Zenzi Peter;z@x.example"), [
    "Yngve / Paul",
    "Zenzi / Peter",
  ]);
  // Mailboxes begin with the first name, mostly.
  deepEqual(
    await names("Yngve Tanja;yngve.tanja@x.example", "Zenzi Eva;zenzi.eva@x.example"),
    ["Yngve / Tanja", "Zenzi / Eva"],
  );
  deepEqual(
    await names(
      "Groß Eva;eva.gross@x.example",
      "Sorge Yngve;yngve.sorge@x.example",
      "Klein Tanja;t@x.example",
    ),
    ["Eva / Groß", "Yngve / Sorge", "Tanja / Klein"],
  );
  deepEqual(await names("Groß Eva;", "Klein Peter;", "Lang Paul;"), [
    "Eva / Groß",
    "Peter / Klein",
    "Paul / Lang",
  ]);
  deepEqual(await names("Müller Thomas;", "Schmidt Peter;", "Maier Martin;", "Huber Stefan;"), [
    "Thomas / Müller",
    "Peter / Schmidt",
    "Martin / Maier",
    "Stefan / Huber",
  ]);
});

Deno.test("beside a company a reversed name with titles and particles is a person's", async () => {
  const { records } = await importAll(sourceOf(
    'Name;Firma\n"von der Heide, Dr. Karl";Heide GmbH\n"Müller-Lüdenscheidt, Prof. Dr. med. Eva";\n',
  ));
  deepEqual(
    records.map(({ contact, companies }) => [
      contact?.title,
      contact?.firstName,
      contact?.namePrefix,
      contact?.lastName,
      companies[0]?.name,
    ]),
    [
      ["Dr.", "Karl", "von der", "Heide", "Heide GmbH"],
      ["Prof. Dr. med.", "Eva", "", "Müller-Lüdenscheidt", undefined],
    ],
  );
});

Deno.test("two names with a stroke between them are two persons, and no company", async () => {
  const { records } = await importAll(sourceOf(
    "Name;Telefon\nAnna Amsel / Bodo Bussard;030 23125111\nDohle, Dirk/Dohle, Eva;030 23125112\n" +
      "Müller GmbH / Meier;030 23125113\nGasthof Adler / Anna Amsel;030 23125114\n",
  ));
  deepEqual(
    records.map(({ contact, others = [], companies }) =>
      [...contact ? [contact, ...others] : [], ...companies].map((one) =>
        "name" in one ? one.name : `${one.firstName} ${one.lastName}`
      )
    ),
    [
      ["Anna Amsel", "Bodo Bussard"],
      ["Dirk Dohle", "Eva Dohle"],
      ["Müller GmbH / Meier"],
      ["Gasthof Adler / Anna Amsel"],
    ],
  );
});

Deno.test("The is a first name, and no article that begins a company's", async () => {
  const { contact } = await only({ Name: "The Anh Tran", Telefon: "030 23125111" }, ";");
  deepEqual([contact?.firstName, contact?.lastName], ["The Anh", "Tran"]);
});
