/** The only place that reads the time, so that deadlines can be rehearsed with `CLOCK_OFFSET`. */

let offset = 0;

/** The current instant, shifted by the offset of `setOffset`. */
export function now(): Date {
  return new Date(Date.now() + offset);
}

/** When it is this instant by the machine's own clock, which the queue goes by. */
export const unshifted = (instant: Date): Date => new Date(instant.getTime() - offset);

/**
 * Shifts the clock by an ISO 8601 duration (`P31D`, `-PT2H`); months and years are counted from the
 * current day in UTC. Without a duration it resets the clock. Throws RangeError like `offsetOf`.
 */
export function setOffset(iso: string | undefined): void {
  offset = iso ? offsetOf(iso) : 0;
}

/** An offset in milliseconds. Throws RangeError if it leaves the years 1 to 9999. */
export function offsetOf(iso: string): number {
  const real = Temporal.Now.zonedDateTimeISO("UTC");
  const moved = real.add(Temporal.Duration.from(iso));
  if (moved.year < 1 || moved.year > 9999) throw new RangeError("an offset beyond the calendar");
  return moved.epochMilliseconds - real.epochMilliseconds;
}

/** The calendar day of `now()` in a time zone, as `YYYY-MM-DD`. */
export function today(zone = "Europe/Berlin"): string {
  return Temporal.Instant.fromEpochMilliseconds(now().getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** The instant at which a calendar day begins in a time zone. */
export const startOf = (day: string, zone = "Europe/Berlin"): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().epochMilliseconds);

/** Milliseconds on a monotonic clock: for durations, never for dates. */
export function elapsed(): number {
  return performance.now();
}

/**
 * Waits the given number of milliseconds, or until the signal is aborted if that comes first. It
 * leaves nothing behind on the signal, so a loop may pause for as long as the service runs.
 */
export const pause = (milliseconds: number, stop?: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stop?.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    if (stop?.aborted) end();
    else stop?.addEventListener("abort", end);
  });

/** Resolves once a signal is aborted, at once if it already is. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
