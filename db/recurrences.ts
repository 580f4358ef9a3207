/**
 * Repetition: RRULEs of RFC 5545 that count days only, with the time set on each, so that nine
 * o'clock stays nine o'clock across a change to or from summer time.
 */
import { RRuleTemporal } from "rrule-temporal";
import { addDays } from "./local_times.ts";

export const cycles = [
  "day",
  "week",
  "month",
  "month_weekday",
  "month_last_weekday",
  "year",
] as const;
export type Cycle = typeof cycles[number];

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = typeof weekdays[number];

export interface Repeat {
  cycle: Cycle;
  /** Every how many days, weeks, months or years. */
  interval: number;
  /** The days of the week; none means the weekday of the first day. */
  days: readonly Weekday[];
  /** The last possible day, or null. */
  until: string | null;
}

/** The largest interval that a form accepts. */
export const longestInterval = 99;

/** The highest number of times after which a form can end a series. */
export const mostTimes = 999;

/** The last day that forms accept. */
const lastDay = "2199-12-31";

/** The rule of a repetition that starts on a day; `UNTIL` is a day. */
export function compose({ cycle, interval, days, until }: Repeat, start: string): string {
  const date = Temporal.PlainDate.from(start);
  const weekday = weekdays[date.dayOfWeek - 1]!;
  const chosen = weekdays.filter((day) => days.includes(day));
  const parts: Record<Cycle, string> = {
    day: "FREQ=DAILY",
    week: `FREQ=WEEKLY;BYDAY=${chosen.length > 0 ? chosen.join(",") : weekday};WKST=MO`,
    month: `FREQ=MONTHLY;${dayOfMonth(date.day)}`,
    month_weekday: `FREQ=MONTHLY;BYDAY=${date.day > 28 ? -1 : Math.ceil(date.day / 7)}${weekday}`,
    month_last_weekday: `FREQ=MONTHLY;BYDAY=-1${weekday}`,
    year: `FREQ=YEARLY;BYMONTH=${date.month};${
      date.month === 2 && date.day === 29 ? "BYMONTHDAY=-1" : `BYMONTHDAY=${date.day}`
    }`,
  };
  return `${parts[cycle]}${interval > 1 ? `;INTERVAL=${interval}` : ""}${endAt(until)}`;
}

const endAt = (until: string | null): string =>
  until === null ? "" : `;UNTIL=${until.replaceAll("-", "")}`;

/**
 * The rule of a series moved from one day to another, or kept on its day. The pattern stays if it
 * names the new day, so that a 31st that fell on a 28th becomes a 31st again, or if only this date
 * was `putOff`; otherwise the series starts again from the new day.
 */
export function goOn(
  stood: { rrule: string; day: string },
  repeat: Repeat,
  day: string,
  putOff = false,
): string {
  const was = parse(stood.rrule);
  const pattern = stood.rrule.replace(/;UNTIL=\d{8}/, "");
  const same = was.cycle === repeat.cycle && was.interval === repeat.interval &&
    was.days.join() === repeat.days.join();
  const stays = same &&
    (day === stood.day || names(pattern, day) || putOff && isLater(was, stood.day, day));
  return stays ? pattern + endAt(repeat.until) : compose(repeat, day);
}

/** Whether a rule names a day, wherever its series currently is. */
export const names = (rrule: string, day: string): boolean =>
  ruleOf(rrule, day).between(midnight(day), midnight(day), true).length > 0;

/** Whether a day may be put off that far: with an interval above one, only within its period. */
function isLater({ cycle, interval }: Repeat, from: string, to: string): boolean {
  const period = (day: string) => day.slice(0, cycle === "year" ? 4 : 7);
  return to > from && (interval === 1 || period(from) === period(to));
}

/** In months that are too short, the last day is used. */
function dayOfMonth(day: number): string {
  if (day <= 28) return `BYMONTHDAY=${day}`;
  if (day === 31) return "BYMONTHDAY=-1";
  return `BYMONTHDAY=${day === 29 ? "28,29" : "28,29,30"};BYSETPOS=-1`;
}

/** The repetition that a rule made by `compose` describes. */
export function parse(rrule: string): Repeat {
  const parts = Object.fromEntries(
    rrule.split(";").map((part) => part.split("=") as [string, string]),
  );
  const { FREQ: freq, BYDAY: byDay = "", UNTIL: until } = parts;
  const cycle = ({ DAILY: "day", WEEKLY: "week", YEARLY: "year" } as Record<string, Cycle>)[
    freq ?? ""
  ] ?? (byDay.startsWith("-") ? "month_last_weekday" : byDay ? "month_weekday" : "month");
  return {
    cycle,
    interval: Number(parts.INTERVAL ?? 1),
    days: cycle === "week" ? weekdays.filter((day) => byDay.split(",").includes(day)) : [],
    until: until ? until.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3") : null,
  };
}

const midnight = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime("UTC");

const ruleOf = (rrule: string, start: string) =>
  new RRuleTemporal<Temporal.ZonedDateTime>({
    rruleString: rrule,
    dtstart: midnight(start),
    temporal: Temporal,
    cache: false,
  });

/**
 * The days of a series within a span, both ends included. Its first day is included even if it was
 * put off to a day that the rule does not name.
 */
export function between(rrule: string, start: string, from: string, to: string): string[] {
  if (to < start) return [];
  const first = from <= start ? [start] : [];
  const after = from <= start ? addDays(start, 1) : from;
  if (after > to) return first;
  const found = ruleOf(rrule, start).between(midnight(after), midnight(to), true);
  return [...first, ...found.map((at) => at.toPlainDate().toString())];
}

/**
 * The day of the nth occurrence of a series without end; its first day counts as the first, whether
 * the rule names it or not. Null if that is later than any day a form accepts.
 */
export function nth(rrule: string, start: string, times: number): string | null {
  const found = ruleOf(rrule + endAt(lastDay), start).all((_, index) => index < times);
  const days = found.map((at) => at.toPlainDate().toString()).filter((day) => day > start);
  return [start, ...days][times - 1] ?? null;
}

/**
 * The first day of the series after `start` that is neither before `earliest` nor skipped; null if
 * the series has ended.
 */
export function next(
  rrule: string,
  start: string,
  earliest: string,
  skipped: readonly string[] = [],
): string | null {
  const rule = ruleOf(rrule, start);
  let after = earliest > start ? addDays(earliest, -1) : start;
  while (true) {
    const found = rule.next(midnight(after), false)?.toPlainDate().toString();
    if (found === undefined || !skipped.includes(found)) return found ?? null;
    after = found;
  }
}
