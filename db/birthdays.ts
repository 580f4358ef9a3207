/** Birthdays as they are stored: `1980-12-31`, or without a year `--12-31`. */
import { now } from "./clock.ts";

/** Today, wherever on earth it is. */
const latest = () => new Date(now().getTime() + 14 * 3_600_000).toISOString().slice(0, 10);

/** Whether a text names, in stored form, a day on which somebody may be born. */
export function isBirthday(text: string): boolean {
  const [, year, rest] = /^(\d{4}|-)-(\d\d-\d\d)$/.exec(text) ?? [];
  if (!year) return false;
  // A leap year, so that the 29th of February may stand without its year.
  const day = year === "-" ? `2000-${rest}` : text;
  if (day < "1890" || day > latest()) return false;
  try {
    return Temporal.PlainDate.from(day).toString() === day;
  } catch {
    return false;
  }
}
