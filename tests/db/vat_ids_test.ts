/** VAT numbers: form and check digit. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import * as vatIds from "../../db/vat_ids.ts";

Deno.test("blanks and dots do not matter, the country comes with the number", () => {
  deepEqual(vatIds.lookup("DE 236 109 136"), { number: "DE236109136", country: "DE", valid: true });
  deepEqual(vatIds.lookup("atu13585627"), { number: "ATU13585627", country: "AT", valid: true });
  deepEqual(vatIds.lookup("CHE-116.281.710 MWST"), {
    number: "CHE116281710MWST",
    country: "CH",
    valid: true,
  });
  equal(vatIds.lookup("EL123456789")?.country, "GR");
});

Deno.test("text that is no VAT number is not taken for one", () => {
  for (const text of ["MyUstId", "An UstId", "", "12345", "Deutschland"]) {
    equal(vatIds.lookup(text), null, text);
  }
});

Deno.test("a wrong digit in a German number is noticed wherever it is", () => {
  const digits = "217249198";
  fc.assert(fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, shift) => {
    const wrong = [...digits].map((digit, at) =>
      at === place ? String((Number(digit) + shift) % 10) : digit
    ).join("");
    equal(vatIds.lookup(`DE${digits}`)?.valid, true);
    equal(vatIds.lookup(`DE${wrong}`)?.valid, false);
  }));
  equal(vatIds.lookup("ATU13585628")?.valid, false);
});
