/** How a tenant writes its offers: number, validity, kind of prices, default texts. */
import * as changes from "./changes.ts";
import type { Scope } from "./scope.ts";

export interface OfferSettings {
  /** See `number_ranges.ts`. */
  numberFormat: string;
  validDays: number;
  /** Whether prices are entered including tax. */
  gross: boolean;
  /** The default rate, in hundredths of a percent. */
  vatRate: number;
  openingDe: string;
  openingEn: string;
  closingDe: string;
  closingEn: string;
}

/** The defaults until they are changed; the texts then come from the catalogue. */
const usual: OfferSettings = {
  numberFormat: "AN-{JJJJ}-{NNNN}",
  validDays: 30,
  gross: false,
  vatRate: 1_900,
  openingDe: "",
  openingEn: "",
  closingDe: "",
  closingEn: "",
};

/** The tenant's settings; `known` if somebody has saved them. */
export async function find(
  { sql, tenantId }: Scope,
): Promise<OfferSettings & { known: boolean }> {
  const [row] = await sql<OfferSettings[]>`
    select number_format, valid_days, gross, vat_rate, opening_de, opening_en, closing_de, closing_en
    from offer_settings
    where tenant_id = ${tenantId}
  `;
  return { ...usual, ...row, known: row !== undefined };
}

/** Saves them, for offers created from now on. */
export async function update(scope: Scope, input: OfferSettings): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { known: _, ...before } = await find(scope);
  await sql`
    insert into offer_settings ${sql({ tenantId, ...input, updatedAt: now })}
    on conflict (tenant_id) do update
    set ${sql({ ...input, updatedAt: now })}
  `;
  const fields = changes.differences(before, input).map(({ name }) => ({ name: `offer_${name}` }));
  if (fields.length === 0) return;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "updated", fields });
}
