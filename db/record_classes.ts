/**
 * How long a tenant's records are kept: the period, what starts it, and the rule it is based on.
 * Statutory periods are fixed; the others are set by the tenant within bounds, as it is the
 * controller (Art. 28 GDPR).
 */

/** What starts a period. */
export type RecordStart =
  | "last_touch"
  | "relationship_end"
  | "closed"
  | "process_end"
  | "issued";

export interface RecordClass {
  starts: RecordStart;
  months: number;
  /** The period begins at the end of the year of its start, and so ends with a year. */
  yearEnd: boolean;
  /** What the tenant may choose, in months; null if the law fixes the period. */
  bounds: { least: number; most: number } | null;
  /** The legal provision. */
  source: string;
}

export const recordClasses = {
  /** Somebody who never bought: for as long as there is contact. */
  prospect: {
    starts: "last_touch",
    months: 24,
    yearEnd: false,
    bounds: { least: 1, most: 36 },
    source: "Art. 5(1)(e), 6(1)(f) GDPR",
  },
  lost_deal: {
    starts: "closed",
    months: 24,
    yearEnd: false,
    bounds: { least: 1, most: 36 },
    source: "Art. 5(1)(e), 6(1)(f) GDPR",
  },
  applicant: {
    starts: "process_end",
    months: 6,
    yearEnd: false,
    bounds: { least: 1, most: 6 },
    source: "AGG 15(4); ArbGG 61b(1)",
  },
  /** Claims from a relationship that has ended. */
  claim: {
    starts: "relationship_end",
    months: 36,
    yearEnd: true,
    bounds: { least: 12, most: 36 },
    source: "BGB 195, 199",
  },
  /** Offers, orders and letters about a deal. */
  letter: {
    starts: "issued",
    months: 72,
    yearEnd: true,
    bounds: null,
    source: "HGB 257(1), (4), (5); AO 147(1), (3), (4)",
  },
  /** Invoices and other documents that the books are based on. */
  voucher: {
    starts: "issued",
    months: 96,
    yearEnd: true,
    bounds: null,
    source: "HGB 257(4); AO 147(3); UStG 14b",
  },
  books: {
    starts: "issued",
    months: 120,
    yearEnd: true,
    bounds: null,
    source: "HGB 257(1), (4), (5); AO 147(1), (3), (4)",
  },
} as const satisfies Record<string, RecordClass>;

export type RecordClassName = keyof typeof recordClasses;

/** The classes that the tenant may set. */
const settable = ["prospect", "lost_deal", "applicant", "claim"] as const;
export type SettableName = typeof settable[number];

/** The classes that can be assigned to a single record, with a document. */
export const assignable = ["letter", "voucher", "books", "applicant", "claim"] as const;
export type AssignableName = typeof assignable[number];

/** A tenant's periods in months, and how long its admins have to confirm an erasure, in days. */
export interface Periods extends Record<SettableName, number> {
  /** The history of changes and exports. */
  history: number;
  confirmDays: number;
}

export const usualPeriods: Periods = {
  prospect: recordClasses.prospect.months,
  lost_deal: recordClasses.lost_deal.months,
  applicant: recordClasses.applicant.months,
  claim: recordClasses.claim.months,
  history: 12,
  confirmDays: 30,
};

/** Ends that were calculated: records begin on few days, and each page of one asks. */
const ends = new Map<string, string>();
const mostEnds = 5_000;

/**
 * The first day on which something that began on a day may be erased. The day of the start does not
 * count (BGB 187(1), 188(2)); periods to the year's end begin when that year is over (HGB 257(5)).
 */
export function endOf(name: RecordClassName, startsOn: string, periods = usualPeriods): string {
  const { yearEnd } = recordClasses[name];
  const isSettable = (settable as readonly string[]).includes(name);
  const months = isSettable ? periods[name as SettableName] : recordClasses[name].months;
  const key = `${startsOn} ${months} ${yearEnd}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(startsOn);
  const counted = yearEnd ? start.with({ month: 12, day: 31 }) : start;
  const end = counted.add({ months }).add({ days: 1 }).toString();
  if (ends.size >= mostEnds) ends.clear();
  ends.set(key, end);
  return end;
}
