/** Addresses written as one text. */

import { deepEqual } from "node:assert/strict";
import * as postalAddresses from "../../db/postal_addresses.ts";

const blank = {
  street: "",
  extra: "",
  poBox: "",
  postalCode: "",
  city: "",
  region: "",
  country: "",
};

Deno.test("addresses of several lines are split", () => {
  const addresses: [string, Partial<postalAddresses.PostalAddress>][] = [
    ["Weg 1\n13627 Berlin\nDeutschland", {
      street: "Weg 1",
      postalCode: "13627",
      city: "Berlin",
      country: "DE",
    }],
    ["c/o Adler mbH\nRing 54\n50672 Köln", {
      street: "Ring 54",
      extra: "c/o Adler mbH",
      postalCode: "50672",
      city: "Köln",
    }],
    ["O4 4\n68161 Mannheim", { street: "O4 4", postalCode: "68161", city: "Mannheim" }],
    ["Fritz-Vomfelde-Str. 26\nD-40547 Düsseldorf", {
      street: "Fritz-Vomfelde-Str. 26",
      postalCode: "40547",
      city: "Düsseldorf",
      country: "DE",
    }],
    ["Wiggenweg 3\n9404 Rorschacherberg\nSchweiz", {
      street: "Wiggenweg 3",
      postalCode: "9404",
      city: "Rorschacherberg",
      country: "CH",
    }],
    ["Postfach 12 34\n12345 Berlin", { poBox: "12 34", postalCode: "12345", city: "Berlin" }],
    ["Weg 1, 12345 Berlin, Deutschland", {
      street: "Weg 1",
      postalCode: "12345",
      city: "Berlin",
      country: "DE",
    }],
    ["123 Main St\nAustin, TX 12345\nUnited States of America", {
      street: "123 Main St",
      postalCode: "12345",
      city: "Austin",
      region: "TX",
      country: "US",
    }],
    ["10 Downing St\nLondon SW1A 2AA\nUK", {
      street: "10 Downing St",
      postalCode: "SW1A 2AA",
      city: "London",
      country: "GB",
    }],
    ["12 High Street\nFloor 2\nLondon\nSW1A 1AA\nUnited Kingdom", {
      street: "12 High Street",
      extra: "Floor 2",
      postalCode: "SW1A 1AA",
      city: "London",
      country: "GB",
    }],
    ["4 Canal Square\nDublin 2\nD02 X525\nIreland", {
      street: "4 Canal Square",
      postalCode: "D02 X525",
      city: "Dublin 2",
      country: "IE",
    }],
    ["Postbus 123\n1012 LG Amsterdam\nNederland", {
      poBox: "123",
      postalCode: "1012 LG",
      city: "Amsterdam",
      country: "NL",
    }],
    ["Av. da Liberdade 1\n1250-096 Lisboa\nPortugal", {
      street: "Av. da Liberdade 1",
      postalCode: "1250-096",
      city: "Lisboa",
      country: "PT",
    }],
    ["Ring 3\n2. OG\n80331 München", {
      street: "Ring 3",
      extra: "2. OG",
      postalCode: "80331",
      city: "München",
    }],
    ["Rathaus", { street: "Rathaus" }],
    ["", {}],
  ];
  for (const [text, parts] of addresses) {
    deepEqual(postalAddresses.split(text), { ...blank, ...parts }, text);
  }
});

Deno.test("a line without a separator between code and town is split by its parts", () => {
  const hamburg = { street: "Weg 5", postalCode: "20095", city: "Hamburg", country: "DE" };
  const springfield = {
    street: "12 Main St",
    postalCode: "62704",
    city: "Springfield",
    region: "IL",
    country: "US",
  };
  const addresses: [string, Partial<postalAddresses.PostalAddress>][] = [
    ["Weg 5  Hamburg  20095  DE", hamburg],
    ["Weg 5  Hamburg  HH  20095  DE", { ...hamburg, region: "HH" }],
    ["Weg 5, Hamburg, 20095, Germany", hamburg],
    ["Weg 5, 20095, Hamburg, DE", hamburg],
    ["Platz 3  Wien 1  1010  Austria", {
      street: "Platz 3",
      postalCode: "1010",
      city: "Wien 1",
      country: "AT",
    }],
    ["12 Main St  Springfield  IL 62704  US", springfield],
    ["12 Main St, Springfield, IL, 62704, US", springfield],
    ["12 Main St, Springfield, IL 62704, United States", springfield],
  ];
  for (const [text, expected] of addresses) {
    deepEqual(postalAddresses.split(text), { ...blank, ...expected }, text);
  }
});

Deno.test("a country ahead of the code is neither its town nor lost", () => {
  const { street, city, postalCode, extra, country } = postalAddresses.split(
    "12 Main St, Springfield, Illinois, United States, 62704",
  );
  deepEqual([street, city, postalCode, extra, country], [
    "12 Main St",
    "Springfield",
    "62704",
    "Illinois",
    "US",
  ]);
  const short = postalAddresses.split("Weg 3, Berlin, Germany, 10115");
  deepEqual([short.street, short.city, short.postalCode, short.country, short.extra], [
    "Weg 3",
    "Berlin",
    "10115",
    "DE",
    "",
  ]);
});
