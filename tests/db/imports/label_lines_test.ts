/** Lists made for labels, with a line of the address in each column. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, only, sourceOf } from "./sources.ts";

Deno.test("the lines of a label are read together, however many there are", async () => {
  for (const heading of ["Adresszeile ", "Zeile", "Anschrift "]) {
    const { inspection, records } = await importAll(sourceOf(
      `${[1, 2, 3, 4, 5].map((number) => heading + number).join(";")}\n` +
        "Groß GmbH;Frau Eva Groß;Ring 1;89073 Ulm;\n" +
        "Herrn;Max Klein;Weg 2;10115 Berlin;Deutschland\n" +
        "Familie Adler;Gasse 3;6900 Bregenz;Österreich;\n" +
        "Bär GmbH;z. Hd. Herrn Tom Bär;;Weg 4;20095 Hamburg\n",
    ));
    equal(inspection.plan.kind, "mixed");
    deepEqual(
      records.map(({ contact, companies: [company] }) => {
        const address = (company ?? contact)!.addresses[0]!;
        return [
          company?.name ?? "",
          [contact?.firstName, contact?.lastName].filter(Boolean).join(" "),
          `${address.street}, ${address.postalCode} ${address.city} ${address.country}`,
        ];
      }),
      [
        ["Groß GmbH", "Eva Groß", "Ring 1, 89073 Ulm DE"],
        ["", "Max Klein", "Weg 2, 10115 Berlin DE"],
        ["", "Familie Adler", "Gasse 3, 6900 Bregenz AT"],
        ["Bär GmbH", "Tom Bär", "Weg 4, 20095 Hamburg DE"],
      ],
    );
  }
});

Deno.test("lines beside a name and a town of their own are lines of the street", async () => {
  const { company } = await only({
    "Firma": "Groß GmbH",
    "Adresse 1": "Haus A",
    "Adresse 2": "Ring 1",
    "Adresse 3": "",
    "PLZ": "89073",
    "Ort": "Ulm",
  }, ";");
  deepEqual([company!.name, company!.addresses[0]!.city], ["Groß GmbH", "Ulm"]);
});
