/**
 * Writes a calendar for other programs (RFC 5545): escaped, folded, and with its time zone rules.
 */
import { addDays, dayOf, instantOf, timeOf, zone } from "../local_times.ts";
import { between, names } from "../recurrences.ts";
import { fold } from "./vcards.ts";

export interface CalendarEvent {
  id: string;
  summary: string;
  description: string;
  /** The page that shows it; empty if there is none. */
  url: string;
  dueAt: Date;
  /** For whole days, the first instant after them. */
  endsAt: Date | null;
  allDay: boolean;
  /** A rule of `recurrences`, whose `UNTIL` is a day. */
  rrule: string | null;
  /** Days that its series skips. */
  skipped: readonly string[];
  /** The series from which it was moved, and its original day there. */
  seriesId: string | null;
  seriesDay: string | null;
  /** Whether the person is free during the event. */
  free: boolean;
  updatedAt: Date;
  version: number;
}

/** Minutes for which an event without duration is shown, because programs hide it otherwise. */
const shortest = 15;

/** The whole file. */
export function calendar(name: string, host: string, events: readonly CalendarEvent[]): string {
  const series = new Map(
    events.filter(({ rrule }) => rrule !== null).map((each) => [each.id, each]),
  );
  const movedOut = events.flatMap((event) => {
    const from = seriesOf(event, series);
    return from ? [`${from.id} ${event.seriesDay}`] : [];
  });
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//kompaktCRM//kompaktCRM//DE",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${text(name)}`,
    `X-WR-TIMEZONE:${zone}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...events.some(zoned) ? timeZone : [],
    ...events.flatMap((event) => lines(event, host, seriesOf(event, series), new Set(movedOut))),
    "END:VCALENDAR",
  ].map(fold).join("");
}

/** A series follows the local time of the installation; a single event needs no time zone. */
const zoned = ({ rrule, allDay }: CalendarEvent) => rrule !== null && !allDay;

/** When Berlin changes its clocks, since 1996 and until the law changes. */
const timeZone = [
  "BEGIN:VTIMEZONE",
  `TZID:${zone}`,
  "BEGIN:DAYLIGHT",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "TZNAME:CEST",
  "DTSTART:19960331T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "TZNAME:CET",
  "DTSTART:19961027T030000",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "END:STANDARD",
  "END:VTIMEZONE",
];

/**
 * The series of which an event replaces one date; null if that series is not exported or has ended.
 */
function seriesOf(
  { rrule, seriesId, seriesDay }: CalendarEvent,
  series: ReadonlyMap<string, CalendarEvent>,
): CalendarEvent | null {
  const from = rrule === null && seriesId !== null ? series.get(seriesId) : undefined;
  return from && seriesDay !== null && leavesOut(from).includes(seriesDay) ? from : null;
}

/** The days on which a series would occur but is skipped. */
function leavesOut({ rrule, skipped, dueAt }: CalendarEvent): string[] {
  const first = dayOf(dueAt);
  return skipped.filter((day) => day > first && between(rrule!, first, day, day).length > 0);
}

/** A day of a series in the notation that the series uses for its times. */
const stamp = ({ dueAt, allDay }: CalendarEvent, name: string, days: readonly string[]) => {
  const at = days.map((day) => instantOf(day, timeOf(dueAt)));
  return allDay
    ? `${name};VALUE=DATE:${at.map(date).join(",")}`
    : `${name};TZID=${zone}:${at.map(local).join(",")}`;
};

function lines(
  event: CalendarEvent,
  host: string,
  from: CalendarEvent | null,
  movedOut: ReadonlySet<string>,
): string[] {
  const { description, url } = event;
  return [
    "BEGIN:VEVENT",
    `UID:${(from ?? event).id}@${host}`,
    ...from ? [stamp(from, "RECURRENCE-ID", [event.seriesDay!])] : [],
    `DTSTAMP:${utc(event.updatedAt)}`,
    `LAST-MODIFIED:${utc(event.updatedAt)}`,
    `SEQUENCE:${event.version - 1}`,
    ...times(event),
    ...event.rrule ? rules(event, event.rrule, movedOut) : [],
    `SUMMARY:${text(event.summary)}`,
    ...description ? [`DESCRIPTION:${text(description)}`] : [],
    ...url ? [`URL:${url}`] : [],
    "CLASS:PRIVATE",
    `TRANSP:${event.free ? "TRANSPARENT" : "OPAQUE"}`,
    "END:VEVENT",
  ];
}

function times(event: CalendarEvent): string[] {
  const { dueAt, endsAt, allDay } = event;
  if (allDay) {
    const end = endsAt ? dayOf(endsAt) : addDays(dayOf(dueAt), 1);
    return [`DTSTART;VALUE=DATE:${date(dueAt)}`, `DTEND;VALUE=DATE:${end.replaceAll("-", "")}`];
  }
  const end = endsAt ?? new Date(dueAt.getTime() + shortest * 60_000);
  if (!zoned(event)) return [`DTSTART:${utc(dueAt)}`, `DTEND:${utc(end)}`];
  return [`DTSTART;TZID=${zone}:${local(dueAt)}`, `DTEND;TZID=${zone}:${local(end)}`];
}

/** Years for which the days are listed that a simple rule cannot express. */
const listedYears = 10;

/**
 * The rule, and the days it cannot express: an additional first day, and the last days of February
 * that stand for a 29th or 30th, because many programs ignore the `BYSETPOS` by which we count
 * them. A series that begins at a clock time ends at an instant.
 */
function rules(event: CalendarEvent, rrule: string, movedOut: ReadonlySet<string>): string[] {
  const { dueAt, allDay } = event;
  const plain = rrule.replace(/BYMONTHDAY=[\d,]*?(\d+);BYSETPOS=-1/, "BYMONTHDAY=$1")
    .replace(
      /UNTIL=(\d{4})(\d{2})(\d{2})/,
      (whole, year, month, day) =>
        allDay ? whole : `UNTIL=${utc(instantOf(`${year}-${month}-${day}`, timeOf(dueAt)))}`,
    );
  const beside = daysBeside(rrule, plain, dayOf(dueAt));
  const out = leavesOut(event).filter((day) => !movedOut.has(`${event.id} ${day}`));
  return [
    `RRULE:${plain}`,
    ...beside.length > 0 ? [stamp(event, "RDATE", beside)] : [],
    ...out.length > 0 ? [stamp(event, "EXDATE", out)] : [],
  ];
}

function daysBeside(rrule: string, plain: string, first: string): string[] {
  if (!rrule.includes("BYSETPOS")) return names(rrule, first) ? [] : [first];
  const wanted = plain.match(/BYMONTHDAY=(\d+)/)![1];
  return between(rrule, first, first, addDays(first, 366 * listedYears)).slice(1)
    .filter((day) => !day.endsWith(`-${wanted}`));
}

const utc = (instant: Date) => instant.toISOString().replace(/[-:]|\.\d+/g, "");
const date = (instant: Date) => dayOf(instant).replaceAll("-", "");
const local = (instant: Date) => `${date(instant)}T${timeOf(instant).replace(":", "")}00`;

/**
 * A value's text: backslash, comma, semicolon and line breaks escaped, other control characters
 * removed.
 */
function text(value: string): string {
  return value.toWellFormed().replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/[\\,;]/g, "\\$&").replace(/\n/g, "\\n");
}
