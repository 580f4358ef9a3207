/** Proof of clause 5.2: of ended contracts nothing is left past its day. */
import { today } from "../clock.ts";
import type { Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";

/**
 * 5.2: no row of an erased tenant in any table, no step of an erasure past its day, each erasure
 * certified. Red as well where counting a living tenant finds nothing: then nothing was counted.
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
