/** What an import finds a record's numbers by is what the schema makes of them. */
import { deepEqual, equal } from "node:assert/strict";
import { digitsOf } from "../../../db/imports/phone_digits.ts";
import { database } from "../../support/db.ts";

Deno.test("numbers of every calling code are found by the digits that the schema finds", async () => {
  const numbers = Array.from({ length: 1_000 }, (_, code) => `+${code}30123456`);
  const { owner } = await database();
  const made = await owner<{ digits: string }[]>`
    select phone_digits(number) as digits
    from unnest(${numbers}::text[]) with ordinality as given (number, at)
    order by at
  `;
  deepEqual(numbers.map((number) => digitsOf([number])), made.map(({ digits }) => digits));
});

Deno.test("several numbers are joined one after the other, and none give no digits", () => {
  equal(digitsOf(["+4930123456", "+50222334455"]), "4930123456 030123456 50222334455 50222334455 ");
  equal(digitsOf([]), "");
});

Deno.test("a number with more than digits is left to the schema, with all beside it", () => {
  for (const number of ["+4930123456;ext=12", "030 123456", "+", "", "+49٣٠١٢٣"]) {
    equal(digitsOf(["+4930123456", number]), null);
  }
});
