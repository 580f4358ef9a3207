/**
 * Instants as text: the engine's own conversion takes ten times as long, and lists have hundreds.
 */

/** The date parts of texts by day since 1970; lists show the same days over and over. */
const days = new Map<number, string>();
const mostDays = 10_000;
const dayLength = 86_400_000;
const padded = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(2, "0"));

/** An instant as PostgreSQL writes it in UTC: `2026-11-27 05:30:00.12+00`. */
const asStored = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00$/;

/** Rewrites PostgreSQL's text of an instant like `toISOString`. Throws RangeError if it is none. */
export function rewriteInstant(text: string): string {
  if (!asStored.test(text)) return new Date(text).toISOString();
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${
    text.slice(20, -3).padEnd(3, "0").slice(0, 3)
  }Z`;
}

/**
 * The same text as `toISOString`: `2026-11-27T05:30:00.123Z`. Throws RangeError for an invalid
 * date.
 */
export function writeInstant(instant: Date): string {
  const time = instant.getTime();
  const day = Math.floor(time / dayLength);
  let start = days.get(day);
  if (start === undefined) {
    start = new Date(day * dayLength).toISOString().slice(0, -13);
    if (days.size >= mostDays) days.clear();
    days.set(day, start);
  }
  const rest = time - day * dayLength;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const milliseconds = rest - seconds * 1000;
  return `${start}${padded[Math.floor(minutes / 60)]}:${padded[minutes % 60]}:` +
    `${padded[seconds % 60]}.${milliseconds < 100 ? "0" : ""}${padded[milliseconds]}Z`;
}
