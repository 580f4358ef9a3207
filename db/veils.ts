/** Duplicates out of sight: users only learn that there is one and whom to ask. */
import type { Duplicate } from "./duplicates.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

const nothing = { id: "", name: "", reasons: [], company: null, city: null, hidden: true };

/** What a user learns of the duplicates that a query finds: hidden ones once per person to ask. */
export async function shown(
  scope: Scope,
  query: () => Promise<Duplicate[]>,
): Promise<Duplicate[]> {
  const found = await widely(scope, query);
  const asked = new Set<string | null>();
  return found.flatMap(({ ownerName, ...each }): Duplicate[] => {
    if (!each.hidden) return [{ ...each, ownerName: null }];
    if (asked.has(ownerName)) return [];
    asked.add(ownerName);
    return [{ ...nothing, ownerName }];
  });
}

/** Whether row `p` of a table is out of sight, and who is responsible for it. */
export const veil = ({ sql }: Scope, table: "contacts" | "companies" | "deals") =>
  sql`
    hides_owner(${table}, p.owner_id) as hidden,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = p.tenant_id
          and u.id = p.owner_id
      ) as owner_name`;
