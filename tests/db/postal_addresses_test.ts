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

Deno.test("addresses of several lines come apart", () => {
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
    ["Rathaus", { street: "Rathaus" }],
    ["", {}],
  ];
  for (const [text, parts] of addresses) {
    deepEqual(postalAddresses.split(text), { ...blank, ...parts }, text);
  }
});
