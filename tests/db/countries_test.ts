/** Countries as people write them. */

import { equal } from "node:assert/strict";
import * as countries from "../../db/countries.ts";

Deno.test("a country is known by name, code and car sign, in German and English", () => {
  const known: Record<string, string> = {
    Deutschland: "DE",
    germany: "DE",
    D: "DE",
    DEU: "DE",
    "Deutschland (DE)": "DE",
    Österreich: "AT",
    Oesterreich: "AT",
    Schweiz: "CH",
    "United States of America": "US",
    "The Netherlands": "NL",
    Česko: "CZ",
    Türkei: "TR",
    UK: "GB",
  };
  for (const [text, code] of Object.entries(known)) equal(countries.lookup(text), code, text);
  for (const text of ["", "Atlantis", "12345", "XX"]) equal(countries.lookup(text), null, text);
});

Deno.test("every code has a name in both languages", () => {
  for (const code of countries.codes) {
    equal(countries.lookup(countries.name(code, "de")), code);
    equal(countries.lookup(countries.name(code, "en")), code);
  }
});
