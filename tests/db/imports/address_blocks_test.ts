/** Lists of whole addresses as on envelopes, one in each cell. */

import { deepEqual, equal } from "node:assert/strict";
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

/** Who is named at which company, and where one of them is. */
const shown = async (text: string, size?: number) =>
  (await importAll(sourceOf(text, size))).records.map(({ contact, companies: [company] }) => {
    const [address] = [...company?.addresses ?? [], ...contact?.addresses ?? []];
    return [
      contact?.lastName ?? "",
      company?.name ?? "",
      address?.street,
      address?.postalCode,
      address?.city,
      contact?.phones[0]?.number ?? "",
    ];
  });

Deno.test("labels below each other in a text are read, wherever the text is cut", async () => {
  const text = "Herr\r\nDr. Kai Bär\r\nNest GmbH\r\nGasse 2\r\n80331 München\r\n\r\n" +
    "Ute Adler\r\nWeg 1\r\n10115 Berlin\r\nTel. 030 1234567\r\n \r\n\r\n" +
    "Firma\r\nAuto Brandt KG\r\nRing 5\r\nA-1010 Wien";
  const expected = [
    ["Bär", "Nest GmbH", "Gasse 2", "80331", "München", ""],
    ["Adler", "", "Weg 1", "10115", "Berlin", "+49301234567"],
    ["", "Auto Brandt KG", "Ring 5", "1010", "Wien", ""],
  ];
  for (const size of [1, 2, 7, 19, 65_536]) deepEqual(await shown(text, size), expected);
});

Deno.test("English labels are read as a text and as lines in columns, with or without headings", async () => {
  const labels = [
    ["Mr John Smith", "Acme Widgets Ltd", "12 High Street", "LEEDS", "LS1 4AP"],
    ["Ms Laura Brown", "45 Oak Avenue", "LONDON", "SW1A 1AA"],
    ["Henderson Ltd", "3 Mill Road", "BRISTOL", "BS1 5TR"],
  ];
  const expected = [
    ["Smith", "Acme Widgets Ltd", "12 High Street", "LS1 4AP", "LEEDS", ""],
    ["Brown", "", "45 Oak Avenue", "SW1A 1AA", "LONDON", ""],
    ["", "Henderson Ltd", "3 Mill Road", "BS1 5TR", "BRISTOL", ""],
  ];
  deepEqual(await shown(labels.map((lines) => `${lines.join("\n")}\n`).join("\n")), expected);
  const heads = [1, 2, 3, 4, 5].map((number) => `Address Line ${number}`).join(",");
  deepEqual(await shown([heads, ...labels.map((lines) => lines.join(","))].join("\n")), expected);
  const bare = "Mr John Smith,Acme Widgets Ltd,12 High Street,Leeds LS1 4AP\n" +
    "Ms Laura Brown,,45 Oak Avenue,London SW1A 1AA\n,Henderson Ltd,3 Mill Road,Bristol BS1 5TR\n";
  deepEqual(await shown(bare), [
    ["Smith", "Acme Widgets Ltd", "12 High Street", "LS1 4AP", "Leeds", ""],
    ["Brown", "", "45 Oak Avenue", "SW1A 1AA", "London", ""],
    ["", "Henderson Ltd", "3 Mill Road", "BS1 5TR", "Bristol", ""],
  ]);
});

Deno.test("records of fields, letters and prose are no labels", async () => {
  const texts = [
    "Name: Eva Groß\nOrt: 10115 Berlin\nE-Mail: e@x.example\n\nName: Jan\nOrt: 20095 Hamburg\n",
    "Liebe Frau Groß,\n\nwir treffen uns morgen\nim Weg 1\n10115 Berlin\n\nViele Grüße\nJan\n",
  ];
  for (const text of texts) {
    const { inspection } = await importAll(sourceOf(text));
    equal(inspection.plan.dialect.labels, undefined);
  }
});

Deno.test("addresses below each other may end with a number and a mailbox", async () => {
  const { records } = await importAll(sourceOf(
    "Eva Groß\nGroß & Klein OHG\nAm Markt 1\n10117 Berlin\nTel. 030 23125111\neva@gross.example\n\n" +
      "Tom Klein\nKlein KG\nWeg 2\n20095 Hamburg\nMobil 0171 3920011\ntom@klein.example\n",
  ));
  deepEqual(
    records.map(({ contact, companies: [company] }) => [
      contact?.lastName,
      company?.name,
      contact?.emails[0]?.address,
      contact?.phones[0]?.number,
    ]),
    [
      ["Groß", "Groß & Klein OHG", "eva@gross.example", "+493023125111"],
      ["Klein", "Klein KG", "tom@klein.example", "+491713920011"],
    ],
  );
});
