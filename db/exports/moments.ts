/** Days and moments as people in Germany write them, and as spreadsheets count them. */

const zone = "Europe/Berlin";

/** `1980-05-06` becomes `06.05.1980`, and a day without a year (`--05-06`) `06.05.`. */
export function germanDay(day: string): string {
  const [, year, month, date] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return day;
  return `${date}.${month}.${year === "-" ? "" : year}`;
}

/** The moment in German time: `23.11.2026 10:05`. */
export function germanMoment(moment: Date): string {
  const local = localOf(moment);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return `${germanDay(local.toPlainDate().toString())} ${time}`;
}

/** The day as a number of days since 1900; null before March 1900 and for days without a year. */
export function daySerial(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - start) / dayLength);
  return days > 60 ? days : null;
}

/** The moment in German time as a number of days, with the time of day as the fraction. */
export function momentSerial(moment: Date): number {
  const local = localOf(moment);
  const wall = moment.getTime() + local.offsetNanoseconds / 1_000_000;
  return Math.round((wall - start) / 1000) / 86_400;
}

const dayLength = 86_400_000;
const start = Date.UTC(1899, 11, 30);

const localOf = (moment: Date) =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);
