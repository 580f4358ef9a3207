/** Where data are stored: each store has a country of the European Economic Area (clause 4.1). */
import { now } from "./clock.ts";
import { Invalid } from "./errors.ts";
import type { AnySql } from "./pool.ts";
import { assertWithin } from "./setting_bounds.ts";

export const storeNames = ["database", "files", "logs", "backups"] as const;
export type StoreName = typeof storeNames[number];

/** The countries of the stores; those not set yet are left out. */
export async function list(sql: AnySql): Promise<Partial<Record<StoreName, string>>> {
  const rows = await sql<{ name: StoreName; country: string }[]>`select name, country from stores`;
  return Object.fromEntries(rows.map(({ name, country }) => [name, country]));
}

/** Sets the stores' countries. Throws Invalid, citing the clause, for a country outside the EEA. */
export async function assign(sql: AnySql, places: Record<StoreName, string>): Promise<void> {
  for (const name of storeNames) {
    const fault = assertWithin("store_country", places[name]);
    if (fault) throw new Invalid(fault, name);
  }
  const rows = storeNames.map((name) => ({ name, country: places[name], updatedAt: now() }));
  await sql`
    insert into stores ${sql(rows)}
    on conflict (name) do update
    set country = excluded.country, updated_at = excluded.updated_at
    where stores.country <> excluded.country
  `;
}
