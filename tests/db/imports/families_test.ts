/** Lists of children with their parents, and what is none. */

import { deepEqual, equal } from "node:assert/strict";
import type { ImportedRecord } from "../../../db/imports/records.ts";
import { importAll, only, sourceOf } from "./sources.ts";

const family = async (row: Record<string, string>) => {
  const { contact, others = [] } = await only(row, ";");
  return [contact, ...others].map(({ firstName, lastName, phones, emails }) =>
    [firstName, lastName, ...phones.map((it) => it.number), ...emails.map((it) => it.address)]
      .filter(Boolean).join(" ")
  );
};

Deno.test("mother and father of a child are persons with numbers of their own", async () => {
  const parents = {
    "Mutter Vorname": "Ute",
    "Mutter Nachname": "Adler",
    "Mutter Telefon": "0171 5551234",
    "Mutter E-Mail": "ute@adler.example",
    "Vater Vorname": "Jan",
    "Vater Nachname": "Voss",
    "Vater Telefon": "0172 5551234",
  };
  const found = [
    "Mia Adler",
    "Ute Adler +491715551234 ute@adler.example",
    "Jan Voss +491725551234",
  ];
  const child = { "Kind Vorname": "Mia", "Kind Nachname": "Adler", "Geburtsdatum": "01.02.2019" };
  deepEqual(await family({ ...child, ...parents }), found);
  deepEqual(await family({ "Vorname": "Mia", "Nachname": "Adler", ...parents }), found);
});

Deno.test("numbered parents have the numbers behind them", async () => {
  deepEqual(
    await family({
      "Name des Kindes": "Mia Adler",
      "Geburtsdatum": "01.02.2019",
      "Erziehungsberechtigte/r 1": "Ute Adler",
      "Telefon 1": "0171 5551234",
      "Erziehungsberechtigte/r 2": "Jan Adler",
      "Telefon 2": "0172 5551234",
      "E-Mail Eltern": "ute@adler.example",
    }),
    ["Mia Adler", "Ute Adler +491715551234 ute@adler.example", "Jan Adler +491725551234"],
  );
  deepEqual(
    await family({
      "Child First Name": "Mia",
      "Child Last Name": "Eagle",
      "Parent 1 First Name": "Ute",
      "Parent 1 Last Name": "Eagle",
      "Parent 1 Email": "ute@eagle.example",
      "Parent 2 First Name": "Jan",
      "Parent 2 Last Name": "Eagle",
    }),
    ["Mia Eagle", "Ute Eagle ute@eagle.example", "Jan Eagle"],
  );
});

Deno.test("a legal representative is one, an agent, a parent company and children are none", async () => {
  const member = { "Vorname": "Mia", "Nachname": "Adler" };
  deepEqual(await family({ ...member, "Gesetzlicher Vertreter": "Ute Adler" }), [
    "Mia Adler",
    "Ute Adler",
  ]);
  for (
    const [heading, text] of [
      ["Vertreter", "Tom Bär"],
      ["Parent", "Acme GmbH"],
      ["Kinder", "Tom, Ina"],
      ["Partner", "Jan Adler"],
      ["Telefon Eltern", "0171 5551234"],
    ] as const
  ) {
    equal((await family({ ...member, [heading]: text })).length, 1, heading);
  }
});

Deno.test("numbered tenants and participants are persons of their own", async () => {
  const lists = [
    "Mieter 1;Telefon Mieter 1;E-Mail Mieter 1;Mieter 2;Telefon Mieter 2;E-Mail Mieter 2",
    "Tenant 1 Name;Tenant 1 Phone;Tenant 1 Email;Tenant 2 Name;Tenant 2 Phone;Tenant 2 Email",
    "Teilnehmer 1;Tel. Teilnehmer 1;Mail Teilnehmer 1;Teilnehmer 2;Tel. Teilnehmer 2;Mail Teilnehmer 2",
  ];
  for (const headings of lists) {
    const { records } = await importAll(sourceOf(
      `Straße;PLZ;Ort;${headings}\nWeg 1;50667;Köln;` +
        "Peter Lang;0221 111111;peter@lang.example;Ines Lang;0171 2222222;ines@lang.example\n",
    ));
    const [{ contact, others = [] }] = records as [ImportedRecord];
    deepEqual(
      [contact!, ...others].map(({ firstName, emails, phones }) => [
        firstName,
        emails.map(({ address }) => address),
        phones.map(({ number }) => number),
      ]),
      [
        ["Peter", ["peter@lang.example"], ["+49221111111"]],
        ["Ines", ["ines@lang.example"], ["+491712222222"]],
      ],
      headings,
    );
  }
});

Deno.test("no address of a fourth contact person goes to the third", async () => {
  const numbers = [1, 2, 3, 4];
  const { records, inspection } = await importAll(sourceOf([
    `Firma;${numbers.map((n) => `${n}. Ansprechpartner;E-Mail ${n}. Ansprechpartner`).join(";")}`,
    `Adler GmbH;${numbers.map((n) => `Eva Groß${n};e${n}@adler.example`).join(";")}`,
    "",
  ].join("\n")));
  deepEqual(
    records[0]!.others!.map(({ emails }) => emails.map(({ address }) => address)),
    [["e2@adler.example"], ["e3@adler.example"]],
  );
  deepEqual(inspection.plan.columns.slice(-2).map(({ target }) => target), ["ignore", "ignore"]);
});
