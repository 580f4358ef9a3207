/** Persons who are restricted or erased while an export is being sent (Art. 17, 18 GDPR). */
import type { Scope } from "./scope.ts";

/** The export was stopped: it may contain somebody who was restricted or erased since it began. */
class PersonHalted extends Error {
  override name = "PersonHalted";
}

/** Maximum milliseconds that a transaction which restricts or erases somebody may take. */
const longest = 3_600_000;

/**
 * An export reads a snapshot taken at its beginning, so it would otherwise still include these
 * persons.
 */
export class Halts {
  private constructor(readonly from: Date, readonly before: number) {}

  /** Records the state as the export's own snapshot shows it: a replica may lag behind. */
  static async open(scope: Scope): Promise<Halts> {
    const from = new Date(scope.now.getTime() - longest);
    return new Halts(from, await countSince(scope, from));
  }

  /** Throws PersonHalted. */
  async assertNone(scope: Scope): Promise<void> {
    if (await countSince(scope, this.from) > this.before) {
      throw new PersonHalted("somebody was restricted or erased meanwhile");
    }
  }
}

async function countSince({ sql, tenantId }: Scope, from: Date): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select (
      select count(*)
      from restrictions
      where tenant_id = ${tenantId}
        and imposed_at >= ${from}
    )::int + (
      select count(*)
      from erasures
      where tenant_id = ${tenantId}
        and erased_at >= ${from}
    )::int as count
  `;
  return row.count;
}
