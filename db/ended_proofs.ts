/**
 * Evidence about closed matters (class `proof`): finished erasures of tenants, closed breaches, old
 * extracts.
 */
import { now } from "./clock.ts";
import { dayOf, instantOf } from "./local_times.ts";
import type { AnySql } from "./pool.ts";

/** Years that it is kept, counted to the end of the last calendar year. */
const keptYears = 3;

/**
 * What ended before this instant no longer proves anything: claims are time-barred (BGB 195, 199).
 */
export const firstKept = (at = now()): Date =>
  instantOf(
    Temporal.PlainDate.from(dayOf(at)).subtract({ years: keptYears }).with({ month: 1, day: 1 })
      .toString(),
  );

/** Removes what ended before `firstKept`; returns how many rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select expire_proofs(${firstKept()}) as count`;
  return row.count;
}
