/** Creates a deal as a copy of another: what is copied besides the fields in its form. */
import * as persons from "./deal_contacts.ts";
import * as dealItems from "./deal_items.ts";
import { mayWrite } from "./field_rights.ts";
import type { Scope } from "./scope.ts";

/** The deal being copied, as far as the acting user sees it. */
export interface Source {
  id: string;
  title: string;
  currency: string;
  members: readonly persons.DealContact[];
  calculation: dealItems.Calculation;
  /** The number of line items that can be copied; none if the user may not write amounts. */
  lines: number;
}

/** The deal to be copied; null if the acting user sees no such deal. */
export async function lookup(scope: Scope, id: string): Promise<Source | null> {
  const { sql, tenantId } = scope;
  const [deal] = await sql<{ title: string; currency: string }[]>`
    select title, currency
    from deals
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
  `;
  if (!deal) return null;
  const [members, calculation] = await Promise.all([
    persons.list(scope, id),
    dealItems.list(scope, id),
  ]);
  const lines = mayWrite(scope, "deal", "amount") ? calculation.items.length : 0;
  return { ...deal, id, members, calculation, lines };
}

/** Gives the persons of a new deal their roles in the copied one and, if wanted, its line items. */
export async function complete(
  scope: Scope,
  id: string,
  { members, calculation, lines }: Source,
  withLines: boolean,
): Promise<void> {
  const { sql, tenantId } = scope;
  const inRoles = members.filter(({ role }) => role !== "");
  await sql`
    update deal_contacts x
    set role = m.role
    from unnest(
      ${inRoles.map((member) => member.id)}::uuid[], ${inRoles.map(({ role }) => role)}::text[]
    ) as m (id, role)
    where x.tenant_id = ${tenantId}
      and x.deal_id = ${id}
      and x.contact_id = m.id
  `;
  if (!withLines || lines === 0) return;
  const { items, gross } = calculation;
  const bare = items.map(({ cents: _, ...item }) => item);
  await dealItems.update(scope, id, 0, { items: bare, gross });
}
