/** What the deals of a list come to, by currency. */
import type { DealRow } from "./deal_lists.ts";
import { isHidden } from "./field_rights.ts";
import type { Filter } from "./record_filters.ts";
import type { Scope } from "./scope.ts";
import { selected } from "./selections.ts";

/** Cents as a whole number of any length. */
export interface Sum {
  currency: string;
  cents: bigint;
}

/** Of more deals the sum is not worth the look at each. */
export const bound = 5_000;

/** The sums of all that the filter lets through, the largest first; none for whoever sees no amounts. */
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

/** The same of rows that were read already. */
export function of(rows: readonly Pick<DealRow, "amountCents" | "currency">[]): Sum[] {
  const sums = new Map<string, bigint>();
  for (const { amountCents, currency } of rows) {
    if (amountCents) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountCents));
  }
  return sorted([...sums].map(([currency, cents]) => ({ currency, cents })));
}

const sorted = (sums: Sum[]): Sum[] =>
  sums.sort((a, b) => a.cents === b.cents ? 0 : a.cents < b.cents ? 1 : -1);
