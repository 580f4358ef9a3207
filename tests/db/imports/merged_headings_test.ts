/** Headings of merged cells, which stand over the first of their columns only. */

import { deepEqual } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

/** The targets of the columns of this list. */
const targetsOf = async (content: string): Promise<string[]> =>
  (await importAll(sourceOf(content))).inspection.plan.columns.map(({ target }) => target);

Deno.test("a name and a place over two columns are their two parts", async () => {
  deepEqual(
    await targetsOf("Name;;PLZ/Ort;\nGroß;Eva;10115;Berlin\nKlein;Tom;20095;Hamburg\n"),
    ["lastName", "firstName", "address.work.postalCode", "address.work.city"],
  );
  deepEqual(await targetsOf("Name;Name;E-Mail\nEva;Groß;eva@x.example\nTom;Klein;\n"), [
    "firstName",
    "lastName",
    "email",
  ]);
});

Deno.test("a column without a heading beside whole names or companies is no part of a name", async () => {
  deepEqual(
    await targetsOf("Name;;Telefon\nEva Groß;;030 23125111\nTom Klein;Chef;\n"),
    ["fullName", "ignore", "phone"],
  );
  for (const [one, other] of [["Kunde", "Lieferant"], ["Berlin", "Hamburg"]]) {
    deepEqual(
      await targetsOf(`Name;;Telefon\nMüller;${one};030 23125111\nSchmidt;${other};\n`),
      ["fullName", "ignore", "phone"],
    );
  }
  deepEqual(
    (await targetsOf("Name;;Telefon\nNordlicht;GmbH;030 23125111\nHolzwerk;AG;\n")).includes(
      "firstName",
    ),
    false,
  );
});

Deno.test("a last column without a heading costs no row that has something in it", async () => {
  const { records } = await importAll(sourceOf(
    "Name;E-Mail;;;\nEva Groß;eva@x.example;VIP;;\nTom Klein;tom@x.example;;;\n",
  ));
  deepEqual(records.map(({ contact, rejected }) => [contact?.lastName, rejected?.code]), [
    ["Groß", undefined],
    ["Klein", undefined],
  ]);
});
