/** Lists of children with their parents, and what is none. */

import { deepEqual, equal } from "node:assert/strict";
import { only } from "./sources.ts";

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
