/** Lists of whole addresses as on envelopes, one in each cell. */

import { deepEqual } from "node:assert/strict";
import { parted } from "../../../db/imports/address_blocks.ts";
import { importAll, sourceOf } from "./sources.ts";

Deno.test("an address as on an envelope names its person or company", async () => {
  const blocks = [
    "Frau\nDr. Ute Adler\nWeg 1\n10115 Berlin",
    "Nest GmbH\nz. Hd. Herrn Kai Bär\nGasse 2\n80331 München",
    "Familie Krause\nHof 3\n99084 Erfurt",
    "Firma\nSchmidt\nWerk Nord\nPostfach 12 34\n01067 Dresden\nDeutschland",
    "Max Kern\nRing 5\nA-1010 Wien",
  ];
  const text = `Adresse;Telefon\n${blocks.map((block) => `"${block}";`).join("\n")}\n`;
  const { records } = await importAll(sourceOf(text));
  deepEqual(
    records.map(({ contact, companies: [company] }) => {
      const [address] = [...company?.addresses ?? [], ...contact?.addresses ?? []];
      return [
        contact?.salutation,
        contact?.lastName,
        company?.name,
        address?.street || address?.poBox,
        address?.city,
      ];
    }),
    [
      ["ms", "Adler", undefined, "Weg 1", "Berlin"],
      ["mr", "Bär", "Nest GmbH", "Gasse 2", "München"],
      ["", "Familie Krause", undefined, "Hof 3", "Erfurt"],
      [undefined, undefined, "Schmidt", "12 34", "Dresden"],
      ["", "Kern", undefined, "Ring 5", "Wien"],
    ],
  );
});

Deno.test("an address without a name, or beside one, stays an address", async () => {
  deepEqual(parted("Weg 1\n10115 Berlin"), null);
  deepEqual(parted("Ute Adler\nruft zurück\nmorgen"), null);
  const { records } = await importAll(sourceOf(
    'Name;Adresse\nUte Adler;"c/o Bär\nWeg 1\n10115 Berlin"\n',
  ));
  deepEqual(
    records.map(({ contact }) => [contact?.lastName, contact?.addresses[0]?.street]),
    [["Adler", "Weg 1"]],
  );
});
