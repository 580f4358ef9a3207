/** Days and clock times in the tenants' time zone, and the instants they mean. */

/** The time zone of every tenant. */
export const zone = "Europe/Berlin";

const zoned = (instant: Date) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);

/** A cache of days by UTC hour: every day starts on one, as the offset is whole hours. */
const days = new Map<number, string>();
const mostDays = 5_000;
const sinceWholeHours = Date.UTC(1900, 0);

/** The calendar day of an instant, `2026-05-06`. */
export function dayOf(instant: Date): string {
  const at = instant.getTime();
  const hour = Math.floor(at / 3_600_000);
  const known = days.get(hour);
  if (known !== undefined) return known;
  const day = zoned(instant).toPlainDate().toString();
  if (at < sinceWholeHours) return day;
  if (days.size >= mostDays) days.clear();
  days.set(hour, day);
  return day;
}

/** The clock time of an instant, `14:30`. */
export const timeOf = (instant: Date): string =>
  zoned(instant).toPlainTime().toString({ smallestUnit: "minute" });

/**
 * The instant of a clock time on a day, by default its start. A time that the clock skips in spring
 * is read an hour later; one that occurs twice in autumn means the first (RFC 5545, 3.3.5).
 */
export function instantOf(day: string, time = "00:00"): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from(time),
  });
  return new Date(at.epochMilliseconds);
}

/** The clock time skipped in spring that is read as this instant; null if there is none. */
export function skippedAt(instant: Date): string | null {
  const before = zoned(instant).toPlainDateTime().subtract({ hours: 1 });
  const read = instantOf(before.toPlainDate().toString(), before.toPlainTime().toString());
  if (read.getTime() !== instant.getTime()) return null;
  return before.toPlainTime().toString({ smallestUnit: "minute" });
}

/** The day a number of days later or, if negative, earlier. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The Monday of a day's ISO week. */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

/** The number of days between two days. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

/** A day written as `2026-12-31` or `31.12.2026`; null if it is neither, or no day there is. */
export function writtenDay(text: string): string | null {
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text);
  const [year, month, date] = german ? [german[3], german[2], german[1]] : iso?.slice(1) ?? [];
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(date) };
    if (!(fields.year >= 1000)) return null;
    return Temporal.PlainDate.from(fields, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}
