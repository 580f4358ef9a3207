/** What lines of goods come to: exact to the cent, whatever the rates, discounts and kinds of price. */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { parsePercent, parseQuantity } from "../../db/decimals.ts";
import { type Line, lineCents, sumsOf } from "../../db/line_sums.ts";
import { mostCents } from "../../db/money.ts";
import { formatter } from "../../views/format.ts";

const line = (
  quantity: number,
  priceCents: number,
  vatRate = 1_900,
  discount = 0,
): Line => ({ quantity: Math.round(quantity * 1000), priceCents, vatRate, discount });

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 10_000_000 }),
  priceCents: fc.integer({ min: 0, max: 100_000_000 }),
  discount: fc.integer({ min: 0, max: 10_000 }),
  vatRate: fc.constantFrom(0, 550, 700, 1_900, 2_000, 10_000),
});
const anyLines = fc.array(anyLine, { maxLength: 60 });

Deno.test("a line is its quantity times its price less its discount, rounded half up", () => {
  equal(lineCents(line(3, 1_999)), 5_997);
  equal(lineCents(line(1.5, 333)), 500);
  equal(lineCents(line(0.001, 499)), 0);
  equal(lineCents(line(0.001, 500)), 1);
  equal(lineCents(line(1, 101, 1_900, 5_000)), 51);
  equal(lineCents(line(1, 99, 1_900, 10_000)), 0);
  equal(lineCents(line(999_999, 9_999_999)), 9_999_989_000_001);
});

Deno.test("net prices: the tax is rounded once for each rate, not for each line", () => {
  // Three lines of 0.33: rounded alone 0.06 each, together 0.19.
  const sums = sumsOf([line(1, 33), line(1, 33), line(1, 33)], false);
  deepEqual(sums, {
    netCents: 99,
    vatCents: 19,
    grossCents: 118,
    rates: [{ vatRate: 1_900, netCents: 99, vatCents: 19 }],
  });
});

Deno.test("mixed rates are summed apart, the highest first, and those without tax as well", () => {
  const sums = sumsOf([
    line(2, 4_995, 700),
    line(1, 10_000, 1_900, 1_000),
    line(1, 5_000, 0),
    line(3, 1_050, 700),
  ], false);
  deepEqual(sums?.rates, [
    { vatRate: 1_900, netCents: 9_000, vatCents: 1_710 },
    { vatRate: 700, netCents: 13_140, vatCents: 920 },
    { vatRate: 0, netCents: 5_000, vatCents: 0 },
  ]);
  equal(sums?.grossCents, 9_000 + 1_710 + 13_140 + 920 + 5_000);
});

Deno.test("gross prices: the tax is taken out, and the sum stays what the lines say", () => {
  deepEqual(sumsOf([line(1, 11_900), line(1, 10_700, 700)], true), {
    netCents: 20_000,
    vatCents: 2_600,
    grossCents: 22_600,
    rates: [
      { vatRate: 1_900, netCents: 10_000, vatCents: 1_900 },
      { vatRate: 700, netCents: 10_000, vatCents: 700 },
    ],
  });
  equal(sumsOf([line(1, 100)], true)?.vatCents, 16);
});

Deno.test("sums are whole, add up, and do not depend on the order of the lines", () => {
  fc.assert(fc.property(anyLines, fc.boolean(), (lines, gross) => {
    const sums = sumsOf(lines, gross)!;
    equal(sums.netCents + sums.vatCents, sums.grossCents);
    for (const name of ["netCents", "vatCents"] as const) {
      ok(Number.isSafeInteger(sums[name]) && sums[name] >= 0);
      equal(sums.rates.reduce((all, each) => all + each[name], 0), sums[name]);
    }
    deepEqual(sumsOf(lines.toReversed(), gross), sums);
    const shown = lines.reduce((all, each) => all + lineCents(each), 0);
    equal(gross ? sums.grossCents : sums.netCents, shown);
  }));
});

Deno.test("no tax is further than half a cent from the exact one", () => {
  fc.assert(fc.property(anyLines, fc.boolean(), (lines, gross) => {
    for (const { vatRate, netCents, vatCents } of sumsOf(lines, gross)!.rates) {
      const base = BigInt(gross ? netCents + vatCents : netCents);
      const divisor = BigInt(gross ? 10_000 + vatRate : 10_000);
      const off = BigInt(vatCents) * divisor - base * BigInt(vatRate);
      ok(2n * off <= divisor && 2n * off > -divisor, `${vatCents} of ${base}`);
    }
  }));
});

Deno.test("sums above the largest amount are null", () => {
  equal(sumsOf([line(1, mostCents, 0)], false)?.grossCents, mostCents);
  equal(sumsOf([line(1, mostCents, 1)], false), null);
  equal(sumsOf([line(999_999_999.999, mostCents)], true), null);
});

Deno.test("quantities are read as the language writes them", () => {
  const read = (text: string) => [parseQuantity(text, "de"), parseQuantity(text, "en")];
  deepEqual(read("1,5"), [1_500, 1_500]);
  deepEqual(read("1.5"), [1_500, 1_500]);
  deepEqual(read("1.500"), [1_500_000, 1_500]);
  deepEqual(read("1,500"), [1_500, 1_500_000]);
  deepEqual(read("1.500,25"), [1_500_250, null]);
  deepEqual(read("0.125"), [125, 125]);
  for (const text of ["", "0", "-1", "1e3", "1,2345", "abc", "1.5.5", "9999999999"]) {
    deepEqual(read(text), [null, null], text);
  }
});

Deno.test("what a form shows of a quantity is read as the same again", () => {
  const formats = { de: formatter("de", new Date(0)), en: formatter("en", new Date(0)) };
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 999_999_999_999 }),
    fc.constantFrom("de", "en"),
    (thousandths, locale) => {
      equal(parseQuantity(formats[locale].number(thousandths / 1000), locale), thousandths);
    },
  ));
});

Deno.test("rates are read with and without their sign", () => {
  for (const text of ["19", "19%", "19 %", "19,0", "19.00"]) equal(parsePercent(text), 1_900);
  equal(parsePercent("5,5"), 550);
  equal(parsePercent("0"), 0);
  equal(parsePercent("100"), 10_000);
  for (const text of ["", "101", "-1", "1,234", "x"]) equal(parsePercent(text), null, text);
});
