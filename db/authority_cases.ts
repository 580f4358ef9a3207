/** Open cases in which an authority seems to have written: none of our days is its own. */
import { addresses, looked, wrote } from "./authorities.ts";
import type { Scope } from "./scope.ts";

/** How many letters are looked at, oldest first; later ones count by our own days. */
const most = 1_000;

/** The ids of these cases. */
export async function listOpen({ sql, tenantId }: Scope): Promise<string[]> {
  const rows = await sql<{ id: string; personEmail: string; body: string }[]>`
    select id, person_email, left(body, ${looked}) as body
    from cases
    where tenant_id = ${tenantId}
      and status = 'open'
      and (lower(person_email) like any (${addresses}) or left(body, ${looked}) like '%58%')
    order by id
    limit ${most}
  `;
  return rows.filter(wrote).map(({ id }) => id);
}
