/** Instants read and written as text: the engine's own ways take ten times as long, and lists have many. */

const zero = 48;

/**
 * The instant of a timestamp's text in UTC, `2026-11-27 05:30:00.123456+00`, cut to milliseconds; of
 * any other text what `Date` makes of it.
 */
export function parseInstant(text: string): Date {
  const { length } = text;
  if (length < 22 || text.charCodeAt(10) !== 32 || !text.endsWith("+00")) return new Date(text);
  const at = (place: number) => text.charCodeAt(place) - zero;
  const two = (place: number) => at(place) * 10 + at(place + 1);
  let milliseconds = 0;
  for (let place = 20, worth = 100; worth >= 1 && place < length - 3; place++, worth /= 10) {
    milliseconds += at(place) * worth;
  }
  const year = two(0) * 100 + two(2);
  // Of the years below 100 `Date.UTC` makes others.
  if (year < 100) return new Date(text);
  return new Date(
    Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17), milliseconds),
  );
}

/** The beginnings of texts by their day since 1970; lists show the same days over and over. */
const days = new Map<number, string>();
const mostDays = 10_000;
const dayLength = 86_400_000;
const padded = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(2, "0"));

/** The same text as `toISOString`: `2026-11-27T05:30:00.123Z`. Throws RangeError for no instant. */
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
