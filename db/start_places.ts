/**
 * Places among what others did, latest first: by time, then by the entry, then by the record it
 * concerns, so that many entries of one instant can be paged through as well.
 */
import { isId } from "./ids.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** A place as one text, which sorts like it: `2026-11-29T14:00:00.123456Z_entry_record`. */
export type Place = string;

/** After all records of an entry. */
export const none = "00000000-0000-0000-0000-000000000000";

/** The place of an instant, entry and record. */
export const placeOf = (
  { sql }: Pick<Scope, "sql">,
  at: Fragment,
  entry: Fragment,
  record: Fragment,
): Fragment =>
  sql`concat_ws('_',
    to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ${entry}, ${record}
  )`;

/** Whether a text is a place. PostgreSQL knows no year 0. */
export function isPlace(text: string): boolean {
  const [at = "", entry = "", record = "", ...rest] = text.split("_");
  if (rest.length > 0 || !isUuid(entry) || !isUuid(record)) return false;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at)) return false;
  try {
    Temporal.Instant.from(at);
    return !at.startsWith("0000");
  } catch {
    return false;
  }
}

const isUuid = (text: string) => text === none || isId(text);

/** The parts of a place; the time as a text, since a date of JavaScript is less exact. */
export function partsOf(place: Place): { at: string; entry: string; record: string } {
  const [at, entry, record] = place.split("_") as [string, string, string];
  return { at, entry, record };
}
