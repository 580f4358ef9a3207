/** Repetition over the calendar: no day twice, none lost, the clock time kept over its changes. */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayOf, daysBetween, instantOf, mondayOf, timeOf } from "../../db/local_times.ts";
import {
  between,
  compose,
  cycles,
  next,
  parse,
  type Repeat,
  weekdays,
} from "../../db/recurrences.ts";

const day = fc.integer({ min: 0, max: 365 * 40 }).map((n) => addDays("2000-01-01", n));
const repeat: fc.Arbitrary<Repeat> = fc.record({
  cycle: fc.constantFrom(...cycles),
  interval: fc.integer({ min: 1, max: 12 }),
  days: fc.constant([]),
  until: fc.constant(null),
});
const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((n) =>
  `${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`
);

/** The first days of a series. */
function series(rule: string, start: string, count: number): string[] {
  const days = [start];
  while (days.length < count) {
    const following = next(rule, days.at(-1)!, "0001-01-01");
    if (following === null) break;
    days.push(following);
  }
  return days;
}

Deno.test("nine o'clock stays nine o'clock over both changes of the clock", () => {
  const rule = compose({ cycle: "week", interval: 1, days: [], until: null }, "2026-03-22");
  const utc = series(rule, "2026-03-22", 3).map((each) => instantOf(each, "09:00").toISOString());
  deepEqual(utc, [
    "2026-03-22T08:00:00.000Z",
    "2026-03-29T07:00:00.000Z",
    "2026-04-05T07:00:00.000Z",
  ]);
  equal(instantOf("2026-10-24", "09:00").toISOString(), "2026-10-24T07:00:00.000Z");
  equal(instantOf("2026-10-25", "09:00").toISOString(), "2026-10-25T08:00:00.000Z");
});

Deno.test("a time that the clock skips is read an hour later, one that comes twice is the first", () => {
  equal(instantOf("2026-03-29", "02:30").toISOString(), "2026-03-29T01:30:00.000Z");
  equal(instantOf("2026-10-25", "02:30").toISOString(), "2026-10-25T00:30:00.000Z");
});

Deno.test("a day and its clock time come back from their instant, but for skipped times", () => {
  fc.assert(fc.property(day, time, (date, clock) => {
    const instant = instantOf(date, clock);
    equal(dayOf(instant), date);
    const skipped = timeOf(instant) !== clock;
    if (skipped) equal(clock.slice(0, 2), "02", `${date} ${clock}`);
  }));
});

Deno.test("every series moves forward, and each of its days is in every span around it once", () => {
  fc.assert(fc.property(day, repeat, (start, wanted) => {
    const rule = compose(wanted, start);
    const days = series(rule, start, 8);
    equal(days.length, 8);
    for (let i = 1; i < days.length; i++) ok(days[i]! > days[i - 1]!, rule);
    deepEqual(between(rule, start, days[0]!, days[7]!), days, rule);
    deepEqual(between(rule, start, days[2]!, days[5]!), days.slice(2, 6), rule);
    deepEqual(between(rule, start, "1990-01-01", addDays(start, -1)), []);
  }));
});

Deno.test("each cycle keeps its distance", () => {
  fc.assert(fc.property(day, repeat, (start, wanted) => {
    const rule = compose(wanted, start);
    const [first, second] = series(rule, start, 2) as [string, string];
    const distance = daysBetween(first, second);
    const months = Temporal.PlainDate.from(first.slice(0, 7) + "-01")
      .until(Temporal.PlainDate.from(second.slice(0, 7) + "-01"), { largestUnit: "months" }).months;
    if (wanted.cycle === "day") equal(distance, wanted.interval);
    if (wanted.cycle === "week") equal(distance, wanted.interval * 7);
    if (["month", "month_weekday"].includes(wanted.cycle)) equal(months, wanted.interval, rule);
    if (wanted.cycle === "year") equal(months, wanted.interval * 12, rule);
  }));
});

Deno.test("a month that is too short has its last day, a leap day the last of February", () => {
  const monthly = (start: string) =>
    series(compose({ cycle: "month", interval: 1, days: [], until: null }, start), start, 4);
  deepEqual(monthly("2026-01-31"), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
  deepEqual(monthly("2026-01-30"), ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]);
  const yearly = compose({ cycle: "year", interval: 1, days: [], until: null }, "2024-02-29");
  deepEqual(series(yearly, "2024-02-29", 5).slice(1), [
    "2025-02-28",
    "2026-02-28",
    "2027-02-28",
    "2028-02-29",
  ]);
});

Deno.test("the second Tuesday stays the second, the fifth becomes the last", () => {
  const repeat = { cycle: "month_weekday", interval: 1, days: [], until: null } as const;
  deepEqual(series(compose(repeat, "2026-01-13"), "2026-01-13", 3), [
    "2026-01-13",
    "2026-02-10",
    "2026-03-10",
  ]);
  deepEqual(series(compose(repeat, "2026-01-30"), "2026-01-30", 3), [
    "2026-01-30",
    "2026-02-27",
    "2026-03-27",
  ]);
});

Deno.test("a fourth Friday that is the last can be meant as the last", () => {
  const repeat = { cycle: "month_last_weekday", interval: 1, days: [], until: null } as const;
  const rule = compose(repeat, "2026-12-25");
  deepEqual(series(rule, "2026-12-25", 4), [
    "2026-12-25",
    "2027-01-29",
    "2027-02-26",
    "2027-03-26",
  ]);
  deepEqual(parse(rule), repeat);
  // Begun on another day it has that day, then the last of each month.
  deepEqual(series(compose(repeat, "2026-12-18"), "2026-12-18", 3), [
    "2026-12-18",
    "2026-12-25",
    "2027-01-29",
  ]);
});

Deno.test("several days of every second week stay in the same weeks", () => {
  const rule = compose(
    { cycle: "week", interval: 2, days: ["TH", "MO"], until: null },
    "2026-12-28",
  );
  deepEqual(series(rule, "2026-12-28", 5), [
    "2026-12-28",
    "2026-12-31",
    "2027-01-11",
    "2027-01-14",
    "2027-01-25",
  ]);
});

Deno.test("a series ends with its last day", () => {
  const rule = compose({ cycle: "day", interval: 2, days: [], until: "2026-05-06" }, "2026-05-02");
  deepEqual(series(rule, "2026-05-02", 9), ["2026-05-02", "2026-05-04", "2026-05-06"]);
  equal(next(rule, "2026-05-02", "2026-05-07"), null);
});

Deno.test("what was completed late continues from today, never in the past", () => {
  const weekly = compose({ cycle: "week", interval: 1, days: [], until: null }, "2026-05-04");
  equal(next(weekly, "2026-05-04", "2026-06-03"), "2026-06-08");
  equal(next(weekly, "2026-05-04", "2026-06-08"), "2026-06-08");
  equal(next(weekly, "2026-05-04", "2026-05-01"), "2026-05-11", "done too early");
});

Deno.test("a postponed day is kept once, and the rule continues as before", () => {
  const rule = compose({ cycle: "week", interval: 1, days: [], until: null }, "2026-05-04");
  deepEqual(between(rule, "2026-05-06", "2026-05-01", "2026-05-20"), [
    "2026-05-06",
    "2026-05-11",
    "2026-05-18",
  ]);
});

Deno.test("a rule is read as it was composed", () => {
  fc.assert(fc.property(
    day,
    repeat,
    fc.subarray([...weekdays], { minLength: 1 }),
    fc.option(day),
    (start, wanted, days, until) => {
      const whole = { ...wanted, until, days: wanted.cycle === "week" ? days : [] };
      // A fifth weekday is the last: few months have one.
      const fifth = wanted.cycle === "month_weekday" && Number(start.slice(8)) > 28;
      const cycle = fifth ? "month_last_weekday" : wanted.cycle;
      deepEqual(parse(compose(whole, start)), { ...whole, cycle });
    },
  ));
});

Deno.test("weeks begin on Monday", () => {
  fc.assert(fc.property(day, (date) => {
    const monday = mondayOf(date);
    equal(Temporal.PlainDate.from(monday).dayOfWeek, 1);
    ok(daysBetween(monday, date) >= 0 && daysBetween(monday, date) <= 6);
  }));
});
