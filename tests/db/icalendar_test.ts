/** The calendar for other programs, read back by a parser that is not ours. */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import ICAL from "ical.js";
import { calendar, type CalendarEvent } from "../../db/exports/icalendar.ts";
import { addDays, instantOf } from "../../db/local_times.ts";
import { between, compose, cycles } from "../../db/recurrences.ts";
import { anyText } from "../support/texts.ts";

const event: CalendarEvent = {
  id: "01a2161d-2c51-7102-aa17-4d0c1209079a",
  summary: "Anruf",
  description: "",
  url: "https://crm.example/activities/1",
  dueAt: new Date("2026-05-06T12:30:00Z"),
  endsAt: new Date("2026-05-06T13:15:00Z"),
  allDay: false,
  rrule: null,
  skipped: [],
  seriesId: null,
  seriesDay: null,
  free: false,
  updatedAt: new Date("2026-05-01T08:00:00Z"),
  version: 3,
};

const written = (...events: Partial<CalendarEvent>[]) =>
  calendar("kompaktCRM", "crm.example", events.map((more) => ({ ...event, ...more })));

function parsed(text: string) {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return root.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
}

const iso = (time: ICAL.Time) => time.toJSDate().toISOString();

Deno.test("one event comes back with its times, its link and its version", () => {
  const [found] = parsed(written({}));
  equal(found!.uid, `${event.id}@crm.example`);
  equal(iso(found!.startDate), "2026-05-06T12:30:00.000Z");
  equal(iso(found!.endDate), "2026-05-06T13:15:00.000Z");
  equal(found!.sequence, 2);
  equal(found!.component.getFirstPropertyValue("url"), event.url);
  equal(found!.component.getFirstPropertyValue("class"), "PRIVATE");
});

Deno.test("an empty calendar is a calendar", () => {
  equal(parsed(written()).length, 0);
});

const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  anyText({ maxLength: 200 }),
  fc.constantFrom("a\r\nATTENDEE:mailto:x@y.example", "BEGIN:VEVENT", "\\n;,\\", "🚂".repeat(60)),
);

/** What of a text can be kept: no half signs, no controls but line ends and tabs. */
const clean = (value: string) =>
  value.toWellFormed().replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");

Deno.test("whatever a subject says, it is text: nothing gets out of it, nothing is lost", () => {
  fc.assert(
    fc.property(words, words, (summary, description) => {
      const text = written({ summary, description }, { id: "2", summary: "Danach" });
      const events = parsed(text);
      equal(events.length, 2);
      equal(events[0]!.summary, clean(summary));
      equal(events[0]!.description ?? "", clean(description));
      equal(events[0]!.component.getAllProperties("attendee").length, 0);
      equal(events[1]!.summary, "Danach");
    }),
    { numRuns: 300 },
  );
});

Deno.test("lines end with CRLF and hold at most 75 octets, no sign cut in two", () => {
  fc.assert(fc.property(words, (summary) => {
    const bytes = new TextEncoder().encode(written({ summary }));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    ok(text.endsWith("\r\n"));
    for (const line of text.slice(0, -2).split("\r\n")) {
      ok(!/[\r\n]/.test(line), JSON.stringify(line));
      ok(new TextEncoder().encode(line).length <= 75, line);
    }
  }));
});

Deno.test("whole days are dates, the end is the day after", () => {
  const whole = { allDay: true, dueAt: instantOf("2026-10-24"), endsAt: null };
  const [one] = parsed(written(whole));
  ok(one!.startDate.isDate);
  deepEqual([String(one!.startDate), String(one!.endDate)], ["2026-10-24", "2026-10-25"]);
  const [three] = parsed(written({ ...whole, endsAt: instantOf("2026-10-27") }));
  equal(String(three!.endDate), "2026-10-27");
});

Deno.test("what takes no time is drawn a quarter of an hour long", () => {
  const [found] = parsed(written({ endsAt: null }));
  equal(iso(found!.endDate), "2026-05-06T12:45:00.000Z");
});

const start = fc.integer({ min: 0, max: 5_000 }).map((n) => addDays("2024-01-01", n));
const time = fc.integer({ min: 6, max: 21 }).map((hour) => `${String(hour).padStart(2, "0")}:15`);

Deno.test("a parser counts a series as we do, over both changes of the clock, to its end", () => {
  fc.assert(
    fc.property(
      start,
      time,
      fc.constantFrom(...cycles),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      fc.option(fc.integer({ min: 0, max: 900 })),
      (day, clock, cycle, interval, allDay, length) => {
        const until = length === null ? null : addDays(day, length);
        const rrule = compose({ cycle, interval, days: [], until }, day);
        const dueAt = instantOf(day, allDay ? "00:00" : clock);
        const endsAt = allDay ? null : new Date(dueAt.getTime() + 3_600_000);
        const [found] = parsed(written({ rrule, dueAt, endsAt, allDay }));
        const days = between(rrule, day, day, addDays(day, 365 * 10)).slice(0, 8);
        const iterator = found!.iterator();
        const theirs: string[] = [];
        while (theirs.length < days.length) {
          const next = iterator.next();
          if (!next) break;
          theirs.push(allDay ? next.toString() : iso(next));
        }
        deepEqual(
          theirs,
          allDay ? days : days.map((each) => instantOf(each, clock).toISOString()),
          rrule,
        );
        if (until !== null && days.length < 8) equal(iterator.next() ?? null, null, rrule);
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("a postponed first day outside the rule is named, and counted once", () => {
  for (const allDay of [true, false]) {
    const dueAt = instantOf("2026-05-06", allDay ? "00:00" : "14:30");
    const rrule = "FREQ=WEEKLY;BYDAY=FR;WKST=MO";
    const [found] = parsed(written({ rrule, dueAt, endsAt: null, allDay }));
    const iterator = found!.iterator();
    deepEqual(
      [1, 2, 3].map(() => iterator.next()!.toString().slice(0, 10)),
      ["2026-05-06", "2026-05-08", "2026-05-15"],
    );
  }
});

Deno.test("a day left out is excluded, one that was moved takes the place of its own", () => {
  const series = "01a2161d-2c51-7102-aa17-4d0c1209079b";
  const rrule = compose(
    { cycle: "week", interval: 1, days: [], until: null },
    "2026-05-06",
  );
  for (const allDay of [false, true]) {
    const dueAt = allDay ? instantOf("2026-05-06") : event.dueAt;
    const endsAt = allDay ? null : event.endsAt;
    const text = written(
      { id: series, rrule, skipped: ["2026-05-13", "2026-05-20"], dueAt, endsAt, allDay },
      {
        seriesId: series,
        seriesDay: "2026-05-20",
        dueAt: new Date("2026-05-22T08:00:00Z"),
        endsAt: null,
      },
    );
    const [master, moved] = parsed(text);
    equal(moved!.uid, master!.uid);
    ok(moved!.isRecurrenceException());
    const iterator = master!.iterator();
    const starts = Array.from({ length: 3 }, () => master!.getOccurrenceDetails(iterator.next()));
    deepEqual(
      starts.map(({ startDate }) => startDate.toString().slice(0, 10)),
      ["2026-05-06", "2026-05-22", "2026-05-27"],
    );
  }
});

Deno.test("a moved date stands alone where its series is not in the file or has moved on", () => {
  const series = "01a2161d-2c51-7102-aa17-4d0c1209079b";
  const moved = { seriesId: series, seriesDay: "2026-05-06" };
  const [alone] = parsed(written(moved));
  equal(alone!.uid, `${event.id}@crm.example`);
  equal(alone!.isRecurrenceException(), false);
  const rrule = compose({ cycle: "week", interval: 1, days: [], until: null }, "2026-05-13");
  const later = { id: series, rrule, skipped: ["2026-05-06"], dueAt: instantOf("2026-05-13") };
  const [, beside] = parsed(written(later, moved));
  equal(beside!.isRecurrenceException(), false);
});
