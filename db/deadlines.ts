/**
 * The clock of a request: Art. 12(3) GDPR as calculated by Regulation 1182/71, Art. 3. The day of
 * receipt does not count, a month ends on the same-numbered day or on its last day, and a period
 * that would end on a Saturday, Sunday or public holiday ends on the next working day.
 */
import type { HolidayNames } from "./holidays.ts";

export interface Clock {
  /** The day of receipt in Berlin, `YYYY-MM-DD`. */
  receivedOn: string;
  /** Art. 12(3) sentence 2: two more months, three from receipt. */
  extended?: boolean;
  /** Days for which the identity was in doubt and the person had been asked (Art. 12(6)). */
  pausedDays?: number;
}

/** Why the deadline is not the same-numbered day, or why it was moved. */
export type Shift =
  | { kind: "month_end" | "saturday" | "sunday"; on: string }
  | { kind: "holiday"; on: string; name: string };

export interface Deadline {
  /** Our own target: the twentieth day. */
  targetOn: string;
  /** Before any shift; reminders are counted from this date, to be on the safe side. */
  unshiftedOn: string;
  /** The last day allowed by law. */
  dueOn: string;
  /** In the order in which they moved the day. */
  shifts: readonly Shift[];
}

const targetDays = 20;
const maximumPause = 366;

/** The three dates. Throws RangeError for an invalid day or an implausible pause. */
export function deadlineOf(
  { receivedOn, extended = false, pausedDays = 0 }: Clock,
  holidays: HolidayNames,
): Deadline {
  if (!(pausedDays >= 0 && pausedDays <= maximumPause)) throw new RangeError("paused days");
  const received = Temporal.PlainDate.from(receivedOn);
  const months = extended ? 3 : 1;
  const same = received.add({ months });
  const shifts: Shift[] = [];
  if (same.day !== received.day) shifts.push({ kind: "month_end", on: same.toString() });
  const unshifted = same.add({ days: pausedDays });
  let due = unshifted;
  for (let cause = reasonOf(due, holidays); cause; cause = reasonOf(due, holidays)) {
    shifts.push(cause);
    due = due.add({ days: 1 });
  }
  return {
    targetOn: received.add({ days: targetDays + pausedDays }).toString(),
    unshiftedOn: unshifted.toString(),
    dueOn: due.toString(),
    shifts,
  };
}

function reasonOf(day: Temporal.PlainDate, holidays: HolidayNames): Shift | null {
  const on = day.toString();
  const name = holidays.get(on);
  if (name !== undefined) return { kind: "holiday", on, name };
  if (day.dayOfWeek === 6) return { kind: "saturday", on };
  if (day.dayOfWeek === 7) return { kind: "sunday", on };
  return null;
}

/**
 * The day by which an extended request should be answered although the law allows more: one month,
 * then two more, each clamped separately. This is the strictest reading.
 */
export function cautiousEnd(receivedOn: string): string {
  const first = Temporal.PlainDate.from(receivedOn).add({ months: 1 });
  return first.add({ months: 2 }).toString();
}
