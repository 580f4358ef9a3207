/** Amounts in imported tables: exact to the cent, whatever a database wrote behind it. */
import { equal } from "node:assert/strict";
import fc from "fast-check";
import { centsOf } from "../db/imports/deal_rows.ts";
import { mostCents } from "../db/money.ts";

Deno.test("an amount with more decimals than money has is rounded to the nearest cent", () => {
  equal(centsOf("1000.005", true), 100_001);
  equal(centsOf("0,125", false), 13);
  equal(centsOf("1.00499999999999999999", false), 100);
  equal(centsOf("99999999999.994999", false), mostCents);
  equal(centsOf("99999999999.995", true), null);
  equal(centsOf(`${"9".repeat(400)}.1234`, false), null);
  fc.assert(fc.property(
    fc.integer({ min: 0, max: mostCents - 1 }),
    fc.integer({ min: 0, max: 999_999 }),
    fc.constantFrom(".", ","),
    (cents, beyond, point) => {
      const digits = String(cents).padStart(3, "0");
      const text = `${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
      const rest = String(beyond).padStart(6, "0");
      equal(centsOf(`${text}${rest}`, false), cents + (beyond >= 500_000 ? 1 : 0));
    },
  ));
});
