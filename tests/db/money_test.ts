/** Amounts of money: read exactly as people write them, whatever the language. */
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { currencyIn, mostCents, parseCents } from "../../db/money.ts";
import { formatter } from "../../views/format.ts";

const now = new Date("2026-11-26T09:00:00Z");
const formats = [formatter("de", now), formatter("en", now)];
const cents = fc.integer({ min: 0, max: mostCents });

Deno.test("amounts are read with either decimal sign, with and without groups", () => {
  const wanted: Record<string, number> = {
    "1.234,56": 123_456,
    "1,234.56": 123_456,
    "1234,56": 123_456,
    "1234.56": 123_456,
    "1'234.56": 123_456,
    "1 234,56": 123_456,
    "1\u00a0234,56\u00a0€": 123_456,
    "1.234": 123_400,
    "1,234": 123_400,
    "1.234.567": 123_456_700,
    "1,234,567.8": 123_456_780,
    "12,5": 1_250,
    "12.": 1_200,
    "0,05": 5,
    "0": 0,
    "007": 700,
    "€ 12": 1_200,
    "12 Euro": 1_200,
    "8,-": 800,
    "CHF 12.–": 1_200,
    "1.250,--": 125_000,
    "29.000000": 2_900,
    "12,5000": 1_250,
    "EUR 12,34": 1_234,
    "12 CHF": 1_200,
    "99.999.999.999,99": mostCents,
  };
  deepEqual(
    Object.fromEntries(Object.keys(wanted).map((text) => [text, parseCents(text)])),
    wanted,
  );
});

Deno.test("a currency beside an amount is named", () => {
  equal(currencyIn("12 €"), "EUR");
  equal(currencyIn("eur 12"), "EUR");
  equal(currencyIn("12,50 Euro"), "EUR");
  equal(currencyIn("$12"), "USD");
  equal(currencyIn("1'200.00 CHF"), "CHF");
  equal(currencyIn("1.200,00"), null);
});

Deno.test("what is no amount is not taken for one", () => {
  const wrong = [
    "",
    " ",
    "€",
    "zwölf",
    "-5",
    "1e3",
    "0x10",
    "1.2.3",
    "1.23.456",
    "1.234.56",
    "1,234,56",
    "12,345.6.7",
    "1,2345",
    "0,125",
    "0.123",
    "12,34,5",
    "1.234,567",
    "1'234'5",
    "١٢",
    "Infinity",
    "100.000.000.000",
    "1".repeat(40),
    "12 €€",
    "1..2",
    ",5",
  ];
  deepEqual(wrong.filter((text) => parseCents(text) !== null), []);
});

Deno.test("every amount is read back from what it is written as, in German and in English", () => {
  fc.assert(fc.property(cents, (amount) => {
    for (const format of formats) {
      equal(parseCents(format.amount(amount)), amount);
      equal(parseCents(format.money(amount)), amount);
      equal(parseCents(format.moneyInShort(amount)), amount);
    }
  }));
});

Deno.test("digits and two cents are the same amount however they are grouped", () => {
  fc.assert(fc.property(
    fc.bigInt({ min: 0n, max: 99_999_999_999n }),
    fc.integer({ min: 0, max: 99 }),
    fc.constantFrom([".", ","], [",", "."], ["'", "."], [" ", ","], ["", ","], ["", "."]),
    (whole, parts, [group, point]) => {
      const digits = String(whole).replace(/\B(?=(\d{3})+$)/g, group!);
      const text = `${digits}${point}${String(parts).padStart(2, "0")}`;
      equal(parseCents(text), Number(whole * 100n + BigInt(parts)), text);
    },
  ));
});

Deno.test("whatever is typed gives whole cents within bounds, or nothing", () => {
  const typed = fc.stringMatching(/^[0-9.,' €-]{0,24}$/);
  fc.assert(fc.property(fc.oneof(typed, fc.string()), (text) => {
    const read = parseCents(text);
    equal(read === null || (Number.isSafeInteger(read) && read >= 0 && read <= mostCents), true);
  }));
});

Deno.test("a sum beyond safe integers is shown to the cent", () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
  equal(plain(formats[0]!.money(12_345_678_901_234_567_890n)), "123.456.789.012.345.678,90 €");
  equal(plain(formats[0]!.moneyInShort(1_250_000)), "12.500 €");
  equal(plain(formats[0]!.moneyInShort(1_250_050, "CHF")), "12.500,50 CHF");
});
