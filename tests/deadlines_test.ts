/** Deadlines are exact to the day: Regulation 1182/71 with the holidays of the Land. */
import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { cautiousEnd, deadlineOf } from "../db/deadlines.ts";
import { holidaysFrom } from "../db/holidays.ts";
import { dayOf, daysBetween } from "../db/local_times.ts";

const federal = (year: number, land = "") => holidaysFrom(year, { country: "DE", land });
const end = async (receivedOn: string, land = "", extended = false) =>
  deadlineOf({ receivedOn, extended }, await federal(+receivedOn.slice(0, 4), land));

const cases = [
  ["2025-03-05", "2025-04-05", "2025-04-07", "2025-06-05"],
  ["2026-08-31", "2026-09-30", "2026-09-30", "2026-11-30"],
  ["2027-01-31", "2027-02-28", "2027-03-01", "2027-04-30"],
  ["2028-01-31", "2028-02-29", "2028-02-29", "2028-05-02"],
  ["2026-11-25", "2026-12-25", "2026-12-28", "2027-02-25"],
  ["2026-12-06", "2027-01-06", "2027-01-06", "2027-03-08"],
  ["2027-02-26", "2027-03-26", "2027-03-30", "2027-05-26"],
] as const;

for (const [received, unshifted, due, extended] of cases) {
  Deno.test(`received on ${received}: due on ${due}, extended on ${extended}`, async () => {
    const { unshiftedOn, dueOn } = await end(received);
    deepEqual([unshiftedOn, dueOn], [unshifted, due]);
    equal((await end(received, "", true)).dueOn, extended);
  });
}

Deno.test("Epiphany moves the end in BY, BW and ST, and nowhere else", async () => {
  for (const land of ["BY", "BW", "ST"]) equal((await end("2026-12-06", land)).dueOn, "2027-01-07");
  for (const land of ["HH", "BE", "NW", "SN"]) {
    equal((await end("2026-12-06", land)).dueOn, "2027-01-06", land);
  }
});

Deno.test("the reasons of a shift are named in order, in both languages", async () => {
  const { shifts } = await end("2027-02-26");
  deepEqual(shifts, [
    { kind: "holiday", on: "2027-03-26", name: "Karfreitag" },
    { kind: "saturday", on: "2027-03-27" },
    { kind: "sunday", on: "2027-03-28" },
    { kind: "holiday", on: "2027-03-29", name: "Ostermontag" },
  ]);
  const english = await holidaysFrom(2027, { country: "DE", land: "" }, "en");
  equal(english.get("2027-03-26"), "Good Friday");
  deepEqual((await end("2027-01-31")).shifts.map(({ kind }) => kind), ["month_end", "sunday"]);
});

Deno.test("the cautious end adds one month, then two", () => {
  equal(cautiousEnd("2027-01-31"), "2027-04-28");
  equal(cautiousEnd("2026-11-25"), "2027-02-25");
});

Deno.test("the day of receipt is Berlin's", () => {
  equal(dayOf(new Date("2026-01-31T22:59:59Z")), "2026-01-31");
  equal(dayOf(new Date("2026-01-31T23:30:00Z")), "2026-02-01");
  equal(dayOf(new Date("2026-07-31T22:30:00Z")), "2026-08-01");
  equal(dayOf(new Date("2026-07-31T21:59:59Z")), "2026-07-31");
  // Before 1893 noon at Berlin was not one of UTC's hours.
  equal(dayOf(new Date("1890-01-31T23:00:00Z")), "1890-01-31");
  equal(dayOf(new Date("1890-01-31T23:30:00Z")), "1890-02-01");
});

Deno.test("a pause moves all three dates, and the end is shifted after it", async () => {
  const holidays = await federal(2026);
  const plain = deadlineOf({ receivedOn: "2026-08-31" }, holidays);
  const paused = deadlineOf({ receivedOn: "2026-08-31", pausedDays: 3 }, holidays);
  equal(plain.targetOn, "2026-09-20");
  deepEqual([paused.targetOn, paused.unshiftedOn, paused.dueOn], [
    "2026-09-23",
    "2026-10-03",
    "2026-10-05",
  ]);
});

Deno.test("an invalid day and an absurdly long pause are refused", () => {
  const none = new Map<string, string>();
  for (const receivedOn of ["2027-02-30", "", "x", "2027-13-01"]) {
    throws(() => deadlineOf({ receivedOn }, none), RangeError, receivedOn);
  }
  for (const pausedDays of [-1, 367, NaN, Infinity]) {
    throws(() => deadlineOf({ receivedOn: "2027-01-01", pausedDays }, none), RangeError);
  }
});

/** Gauss's rule for Easter, as an oracle that shares nothing with the library. */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
}

const epiphany = "01-06", women = "03-08", assumption = "08-15", children = "09-20";
const reformation = "10-31", allSaints = "11-01";
const fixed: Record<string, string[]> = {
  BW: [epiphany, allSaints],
  BY: [epiphany, allSaints],
  BE: [women],
  BB: [reformation],
  HB: [reformation],
  HH: [reformation],
  HE: [],
  MV: [women, reformation],
  NI: [reformation],
  NW: [allSaints],
  RP: [allSaints],
  SL: [assumption, allSaints],
  SN: [reformation],
  ST: [epiphany, reformation],
  SH: [reformation],
  TH: [children, reformation],
};
const corpusChristi = ["BW", "BY", "HE", "NW", "RP", "SL"];
/** Declared once by law. */
const once: Record<string, string[]> = { BE: ["2025-05-08", "2028-06-17"] };

function feasts(land: string, year: number): string[] {
  const sunday = easter(year);
  const after = (days: number) => sunday.add({ days }).toString();
  const days = ["01-01", "05-01", "10-03", "12-25", "12-26", ...fixed[land]!]
    .map((day) => `${year}-${day}`);
  days.push(after(-2), after(1), after(39), after(50));
  if (corpusChristi.includes(land)) days.push(after(60));
  if (land === "BB") days.push(after(0), after(49));
  if (land === "SN") {
    const november22 = new Temporal.PlainDate(year, 11, 22);
    days.push(november22.subtract({ days: (november22.dayOfWeek + 4) % 7 }).toString());
  }
  days.push(...(once[land] ?? []).filter((day) => day.startsWith(`${year}`)));
  return [...new Set(days)].sort();
}

Deno.test("the library knows the public holidays of every Land in every year to 2035", async () => {
  for (const land of Object.keys(fixed)) {
    for (let year = 2025; year <= 2035; year++) {
      const names = await federal(year, land);
      const own = [...names.keys()].filter((day) => day.startsWith(`${year}`)).sort();
      deepEqual(own, feasts(land, year), `${land} ${year}`);
    }
  }
});

Deno.test("the end is a working day, never before the unshifted one, never needlessly late", async () => {
  const holidays = new Map<string, string>();
  for (let year = 2025; year <= 2036; year += 3) {
    for (const [day, name] of await federal(year, "BY")) holidays.set(day, name);
  }
  const works = (day: string) => !holidays.has(day) && Temporal.PlainDate.from(day).dayOfWeek <= 5;
  const days = daysBetween("2025-01-01", "2035-08-01");
  fc.assert(fc.property(fc.nat(days), fc.boolean(), fc.nat(60), (offset, extended, pausedDays) => {
    const received = Temporal.PlainDate.from("2025-01-01").add({ days: offset });
    const clock = { receivedOn: received.toString(), extended, pausedDays };
    const found = deadlineOf(clock, holidays);
    ok(works(found.dueOn));
    const gap = daysBetween(found.unshiftedOn, found.dueOn);
    ok(gap >= 0 && gap <= 5);
    for (let day = 0; day < gap; day++) {
      ok(!works(Temporal.PlainDate.from(found.unshiftedOn).add({ days: day }).toString()));
    }
    equal(found.shifts.filter(({ kind }) => kind !== "month_end").length, gap);
    const next = deadlineOf(
      { ...clock, receivedOn: received.add({ days: 1 }).toString() },
      holidays,
    );
    ok(next.unshiftedOn >= found.unshiftedOn && next.dueOn >= found.dueOn);
    if (!extended) ok(deadlineOf({ ...clock, extended: true }, holidays).dueOn > found.dueOn);
  }));
});
