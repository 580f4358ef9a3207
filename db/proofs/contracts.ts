/** Proof of clause 5.2: nothing of an ended contract is left after its erasure date. */
import { today } from "../clock.ts";
import type { Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";

/**
 * 5.2: no table has a row of an erased tenant, no step of an erasure is overdue, and each erasure
 * is certified. It also fails if a count for a living tenant finds nothing, because then counting
 * does not work.
 */
export async function erased(sql: Sql): Promise<Outcome> {
  const [row] = await sql<[{ erased: number; left: number; control: number; overdue: number }]>`
    select erased, left_rows::float8 as left, control::float8 as control, overdue
    from contracts_erased(${today()})
  `;
  const [{ living }] = await sql<[{ living: boolean }]>`
    select exists (select from tenants where phase = 'open') as living
  `;
  return {
    passed: row.left === 0 && row.overdue === 0 && (!living || row.control > 0),
    figures: { ...row },
  };
}
