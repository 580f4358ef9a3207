/**
 * Sums of goods lines: calculated in whole cents with integers, rounded commercially (half away
 * from zero), tax once per rate on the sum of its lines.
 */
import { mostCents } from "./money.ts";

/** The parts of a line that count for the sum. */
export interface Line {
  /** Thousandths. */
  quantity: number;
  priceCents: number;
  /** Hundredths of a percent. */
  discount: number;
  /** Hundredths of a percent. */
  vatRate: number;
}

/** The part of the sums at one tax rate. */
export interface RateSum {
  vatRate: number;
  netCents: number;
  vatCents: number;
}

export interface Sums {
  netCents: number;
  vatCents: number;
  grossCents: number;
  /** The highest rate first. */
  rates: RateSum[];
}

/** A quotient rounded half up; neither number is negative. */
const rounded = (dividend: bigint, divisor: bigint): bigint =>
  (2n * dividend + divisor) / (2n * divisor);

/** What a line costs after its discount, net or gross like its price. */
export function lineCents({ quantity, priceCents, discount }: Line): number {
  const product = BigInt(quantity) * BigInt(priceCents) * BigInt(10_000 - discount);
  return Number(rounded(product, 10_000_000n));
}

/**
 * The sums of all lines. Prices are net and tax is added to each rate's sum or, if `gross`, prices
 * include the tax. Null if a sum exceeds the maximum amount.
 */
export function sumsOf(lines: readonly Line[], gross: boolean): Sums | null {
  const byRate = new Map<number, bigint>();
  for (const line of lines) {
    byRate.set(line.vatRate, (byRate.get(line.vatRate) ?? 0n) + BigInt(lineCents(line)));
  }
  const rates = [...byRate].sort(([a], [b]) => b - a).map(([vatRate, sum]) => {
    const vat = rounded(sum * BigInt(vatRate), BigInt(gross ? 10_000 + vatRate : 10_000));
    return { vatRate, net: gross ? sum - vat : sum, vat };
  });
  const net = rates.reduce((sum, each) => sum + each.net, 0n);
  const vat = rates.reduce((sum, each) => sum + each.vat, 0n);
  if (net + vat > BigInt(mostCents)) return null;
  return {
    netCents: Number(net),
    vatCents: Number(vat),
    grossCents: Number(net + vat),
    rates: rates.map((each) => ({
      vatRate: each.vatRate,
      netCents: Number(each.net),
      vatCents: Number(each.vat),
    })),
  };
}
