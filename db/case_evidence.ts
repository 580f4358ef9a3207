/** What is kept of a request after it is closed, and for how long. */
import { today } from "./clock.ts";
import type { AnySql } from "./pool.ts";

const batch = 500;

/** Masks all cases, of every controller, that were closed before today; returns how many. */
export async function maskClosed(sql: AnySql): Promise<number> {
  let total = 0;
  while (true) {
    const [row] = await sql<{ count: number }[]>`select mask_cases(${today()}, ${batch}) as count`;
    total += row!.count;
    if (row!.count < batch) return total;
  }
}

/**
 * Erases all cases, of every controller, whose evidence period has ended: their content is removed,
 * the steps' digests stay, so that the chain still holds. Returns how many.
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
 * Once requests that erased somebody are masked, removes the name from everything else attached to
 * them and from earlier requests of the same address; returns how many.
 */
export async function maskErased(sql: AnySql): Promise<number> {
  let total = 0;
  while (true) {
    const [row] = await sql<{ count: number }[]>`select mask_erased_cases(${batch}) as count`;
    total += row!.count;
    if (row!.count < batch) return total;
  }
}
