/** Legal forms removed from company names. */

import { deepEqual } from "node:assert/strict";
import * as legalForms from "../../db/legal_forms.ts";

Deno.test("the legal form is found at the end of the name", () => {
  const names: [string, string, string][] = [
    ["Müller GmbH & Co. KG", "Müller", "GmbH & Co. KG"],
    ["Müller GmbH und Co KG", "Müller", "GmbH & Co. KG"],
    ["Start UG (haftungsbeschränkt)", "Start", "UG (haftungsbeschränkt)"],
    ["Start UG", "Start", "UG (haftungsbeschränkt)"],
    ["Bäckerei Huber e.K.", "Bäckerei Huber", "e.K."],
    ["1&1 Internet SE", "1&1 Internet", "SE"],
    ["ADAC e. V.", "ADAC", "e.V."],
    ["Hostsharing eG", "Hostsharing", "eG"],
    ["Anwälte Müller PartG mbB", "Anwälte Müller", "PartG mbB"],
    ["Verlagsgesellschaft mbH", "Verlagsgesellschaft", "GmbH"],
    ["Henkel AG & Co. KGaA", "Henkel", "AG & Co. KGaA"],
    ["Nachbarn GbR", "Nachbarn", "GbR"],
    ["Diakonie gGmbH", "Diakonie", "gGmbH"],
    ["Wien Handel e.U.", "Wien Handel", "e.U."],
    ["Acme, Inc.", "Acme", "Inc."],
    ["Philips B.V.", "Philips", "B.V."],
    ["Dom Sp. z o.o.", "Dom", "Sp. z o.o."],
    ["Boutique S.A.", "Boutique", "S.A."],
    ["Bau GmbH i.L.", "Bau", "GmbH"],
  ];
  for (const [name, base, form] of names) deepEqual(legalForms.split(name), { base, form }, name);
});

Deno.test("names that only look like it are left alone", () => {
  for (
    const name of ["Frank Ag", "Paul Eg", "Visa", "Kommanditgesellschaft", "Musterfrau", "Omas Kg"]
  ) {
    deepEqual(legalForms.split(name), { base: name, form: "" });
  }
});
