/** When records may be erased: the law's examples as a table, and what holds for all of them. */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  assignable,
  endOf,
  recordClasses,
  type RecordClassName,
  usualPeriods,
} from "../../db/record_classes.ts";
import { clockOf, type Facts, keepableUntil } from "../../db/record_clocks.ts";

const facts = (given: Partial<Facts> = {}): Facts => ({
  status: "prospect",
  touched: "2025-03-15T10:00:00Z",
  closed: null,
  won: null,
  retainUntil: null,
  retainReason: null,
  restricted: false,
  inCase: false,
  duties: [],
  holds: [],
  periods: null,
  ...given,
});

const table: [RecordClassName, start: string, erasable: string][] = [
  ["books", "2025-03-15", "2036-01-01"],
  ["voucher", "2025-03-15", "2034-01-01"],
  ["letter", "2025-03-15", "2032-01-01"],
  ["claim", "2025-03-15", "2029-01-01"],
  ["voucher", "2025-01-01", "2034-01-01"],
  ["voucher", "2025-12-31", "2034-01-01"],
  ["voucher", "2024-02-29", "2033-01-01"],
  ["prospect", "2025-03-15", "2027-03-16"],
  ["lost_deal", "2024-02-29", "2026-03-01"],
  ["applicant", "2025-08-31", "2026-03-01"],
  ["applicant", "2025-12-31", "2026-07-01"],
];

for (const [name, start, erasable] of table) {
  Deno.test(`${name} of ${start} may be erased from ${erasable} on`, () => {
    equal(endOf(name, start), erasable);
  });
}

const day = fc.date({
  min: new Date("2000-01-01"),
  max: new Date("2080-12-31"),
  noInvalidDate: true,
}).map((date) => date.toISOString().slice(0, 10));
const name = fc.constantFrom(...Object.keys(recordClasses) as RecordClassName[]);

Deno.test("a period is never shorter than its months, and to a year's end by less than a year longer", () => {
  fc.assert(fc.property(name, day, (each, start) => {
    const { months, yearEnd } = recordClasses[each];
    const end = Temporal.PlainDate.from(endOf(each, start));
    const least = Temporal.PlainDate.from(start).add({ months });
    ok(Temporal.PlainDate.compare(end, least) > 0);
    const over = least.until(end).days;
    if (yearEnd) {
      ok(over <= 366);
      deepEqual([end.month, end.day], [1, 1]);
    } else equal(over, 1);
  }));
});

Deno.test("a later start never ends earlier, and a longer period neither", () => {
  fc.assert(fc.property(name, day, day, fc.integer({ min: 1, max: 36 }), (each, a, b, months) => {
    const [early, late] = [a, b].sort();
    ok(endOf(each, early!) <= endOf(each, late!));
    if (!recordClasses[each].bounds) return;
    const longer = { ...usualPeriods, [each]: months + 1 };
    ok(
      endOf(each, a, { ...usualPeriods, [each]: months }) < endOf(each, a, longer) ||
        recordClasses[each].yearEnd,
    );
  }));
});

Deno.test("what keeps a record longest decides, and is shown with its document", () => {
  const duty = {
    id: "1",
    class: "voucher",
    reference: "Rechnung 2025-117",
    startsOn: "2025-03-15",
    endsOn: null,
    createdOn: "2025-03-16",
  } as const;
  const clock = clockOf("contact", facts({ duties: [duty] }), "2026-11-26");
  deepEqual(clock, {
    state: "running",
    erasableOn: "2034-01-01",
    boundOn: "2034-01-31",
    cause: {
      class: "voucher",
      reference: "Rechnung 2025-117",
      startsOn: "2025-03-15",
      endsOn: "2034-01-01",
    },
    duties: [duty],
    holds: [],
  });
  const set = facts({ retainUntil: "2040-12-31", retainReason: "Rechnungen, § 147 AO" });
  equal(clockOf("contact", set, "2026-11-26").erasableOn, "2041-01-01");
  equal(
    clockOf("contact", facts({ won: "2025-03-15T10:00:00Z" }), "2026-11-26").erasableOn,
    "2032-01-01",
  );
});

Deno.test("a missing start is amber and never for ever", () => {
  const open = {
    id: "1",
    class: "voucher",
    reference: "Rechnung",
    startsOn: null,
    endsOn: null,
    createdOn: "2026-01-10",
  } as const;
  for (
    const [kind, given] of [
      ["contact", { status: "customer" }],
      ["company", { status: "supplier" }],
      ["deal", { status: "open" }],
      ["contact", { status: "prospect", duties: [open] }],
    ] as const
  ) {
    const clock = clockOf(kind, facts(given as Partial<Facts>), "2025-06-01");
    equal(clock.state, "amber", JSON.stringify(given));
    ok(clock.erasableOn < "2036-01-01");
    equal(clockOf(kind, facts(given as Partial<Facts>), clock.erasableOn).state, "due");
  }
  equal(clockOf("contact", facts({ status: "former" }), "2025-06-01").state, "running");
});

Deno.test("a hold suspends whatever is due, an open request and a restriction as well", () => {
  const late = "2099-01-01";
  equal(clockOf("contact", facts(), late).state, "due");
  const hold = { id: "1", kind: "dispute", reason: "Klage", reviewOn: "2099-06-01" } as const;
  for (const given of [{ holds: [hold] }, { inCase: true }, { restricted: true }]) {
    const clock = clockOf("contact", facts(given), late);
    equal(clock.state, "held");
    equal(clock.holds.length, 1);
  }
});

Deno.test("the law's periods cannot be shortened by a tenant's settings", () => {
  const periods = { ...usualPeriods, prospect: 1, voucher: 1, letter: 1 } as never;
  const won = facts({ status: "won", closed: "2025-03-15T10:00:00Z", periods });
  equal(clockOf("deal", won, "2026-01-01").erasableOn, "2032-01-01");
  equal(clockOf("contact", facts({ periods }), "2026-01-01").erasableOn, "2025-04-16");
});

Deno.test("a decision keeps a record until the longest lawful day, or ninety days, and no longer", () => {
  const until = (given: Partial<Facts>, today: string) =>
    keepableUntil(clockOf("contact", facts(given), today), today);
  // 36 months are the most for a prospect of 15 March 2025.
  equal(until({}, "2027-03-16"), "2028-03-16");
  equal(until({}, "2028-03-01"), "2028-05-30");
  equal(until({ status: "former" }, "2029-01-01"), "2029-04-01");
  equal(until({ status: "customer" }, "2029-01-01"), "2029-04-01");
  ok(assignable.every((each) => each in recordClasses));
});
