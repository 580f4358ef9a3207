/** The sums of the deals in a list, by currency. */
import type { DealRow } from "./deal_lists.ts";
import { isHidden } from "./field_rights.ts";
import type { Filter } from "./record_filters.ts";
import type { Scope } from "./scope.ts";
import { selected } from "./selections.ts";

/** Cents as an integer of any length. */
export interface Sum {
  currency: string;
  cents: bigint;
}

/** The maximum number of deals to sum; beyond that, reading them all is too costly. */
export const bound = 5_000;

/**
 * The sums of all deals that match the filter, largest first; none for users who may not see
 * amounts.
 */
export async function list(scope: Scope, filter: Filter): Promise<Sum[]> {
  if (isHidden(scope, "deal", "amount")) return [];
  const { sql, tenantId } = scope;
  const { ids } = await selected(scope, "deal", { filter }, bound);
  const rows = await sql<{ currency: string; cents: string }[]>`
    select p.currency, sum(p.amount_cents)::text as cents
    from (${ids}) s
    join deals p on p.tenant_id = ${tenantId} and p.id = s.id
    where p.amount_cents <> 0
    group by p.currency
  `;
  return sorted(rows.map(({ currency, cents }) => ({ currency, cents: BigInt(cents) })));
}

/** The same for rows already read. */
export function of(rows: readonly Pick<DealRow, "amountCents" | "currency">[]): Sum[] {
  const sums = new Map<string, bigint>();
  for (const { amountCents, currency } of rows) {
    if (amountCents) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountCents));
  }
  return sorted([...sums].map(([currency, cents]) => ({ currency, cents })));
}

const sorted = (sums: Sum[]): Sum[] =>
  sums.sort((a, b) => a.cents === b.cents ? 0 : a.cents < b.cents ? 1 : -1);
