/** What is kept of a request when it is over, and how long. */
import { today } from "./clock.ts";
import type { AnySql } from "./pool.ts";

const batch = 500;

/** Masks all cases, of every controller, that were closed before today; the number of cases. */
export async function maskClosed(sql: AnySql): Promise<number> {
  let total = 0;
  while (true) {
    const [row] = await sql<{ count: number }[]>`select mask_cases(${today()}, ${batch}) as count`;
    total += row!.count;
    if (row!.count < batch) return total;
  }
}

/**
 * Takes away all cases, of every controller, whose evidence has ended: what was said goes, the
 * digests of the steps stay, so that the chain still holds. The number of cases.
 */
export async function eraseExpired(sql: AnySql): Promise<number> {
  let total = 0;
  while (true) {
    const [row] = await sql<{ count: number }[]>`select erase_cases(${today()}, ${batch}) as count`;
    total += row!.count;
    if (row!.count < batch) return total;
  }
}

/**
 * Takes the name out of what else hangs on requests that erased somebody, once those are masked, and
 * out of earlier requests of the same address; how many.
 */
export async function maskErased(sql: AnySql): Promise<number> {
  let total = 0;
  while (true) {
    const [row] = await sql<{ count: number }[]>`select mask_erased_cases(${batch}) as count`;
    total += row!.count;
    if (row!.count < batch) return total;
  }
}
