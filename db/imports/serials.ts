/**
 * Converts days and times as spreadsheets store them: a number of days, with the time as its
 * fraction.
 */

/** Which part of a moment a cell shows. */
export type Shown = "day" | "time" | "both" | "elapsed";

/** The last day supported by spreadsheets: 31 December 9999. */
const last = 2_958_465;

/**
 * `2024-03-01`, `14:30`, `2024-03-01 14:30:05`, or elapsed hours (`27:30`); empty for day 0, which
 * means "no date", null if it is no date. `from1904` counts as old Macs did.
 */
export function moment(serial: number, shown: Shown, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > last) return null;
  const seconds = Math.round(serial * 86_400);
  if (shown === "elapsed") return clock(seconds);
  const days = Math.floor(seconds / 86_400);
  const time = clock(seconds % 86_400);
  if (shown === "time") return time;
  if (days === 0 && !from1904) return shown === "both" && seconds > 0 ? time : "";
  const day = dayOf(days, from1904);
  return shown === "day" ? day : `${day} ${time}`;
}

/** Excel assumes a 29 February 1900 (day 60), so earlier days are shifted by one. */
function dayOf(days: number, from1904: boolean): string {
  const start = from1904 ? "1904-01-01" : days < 60 ? "1899-12-31" : "1899-12-30";
  return Temporal.PlainDate.from(start).add({ days }).toString();
}

/** `14:30`, with seconds if there are any; hours may exceed a day. */
export function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60 === 0 ? "" : `:${two(seconds % 60)}`;
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}${rest}`;
}
