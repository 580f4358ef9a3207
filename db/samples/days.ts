/** Instants at which somebody at work may have done something, as ISO text. */
import type { Dice } from "./dice.ts";

const day = 86_400_000;

/** Milliseconds since 1970 as ISO text. */
export const iso = (instant: number): string => new Date(instant).toISOString();

/** The calendar day of an instant, plus some days. */
export const isoDay = (instant: number, later = 0): string =>
  iso(instant + later * day).slice(0, 10);

/**
 * An instant at most `years` before `now`, more likely a recent one; on a working day, in the
 * daytime.
 */
export function workingInstant(dice: Dice, now: number, years: number): number {
  const ago = (dice.int(1, 100_000) / 100_000) ** 1.7 * years * 365 * day;
  const midnight = Math.floor((now - day - ago) / day) * day;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(midnight / day) + 4) % 7;
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  return midnight - back * day + dice.int(6 * 3600, 16 * 3600) * 1000;
}

/** An instant between two, somewhat closer to the later one. */
export function between(dice: Dice, from: number, to: number): number {
  const share = 1 - (dice.int(0, 10_000) / 10_000) ** 1.5;
  return Math.round(from + Math.max(0, to - from) * share);
}
