/**
 * Filters that few records match. One plan serves all values of a filter (`keepPlans`) and walks
 * the list's order until a page is full: for a rare value, through a million records. So each
 * filter's index is asked first, up to a bound, and the few ids it knows are sorted instead.
 */
import { isFar, isNear, isRemembered } from "./counts.ts";
import { seenFilter } from "./field_rights.ts";
import { type Way, ways } from "./filter_ways.ts";
import type { Fragment } from "./pool.ts";
import type { Empty, Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";
import { restOf } from "./running_imports.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** How far to look, in records; tests have smaller tenants. */
export interface Bounds {
  /** This many are sorted about as fast as a page is found among a million. */
  few: number;
  /** More for combined filters: records that match each of them often match none together. */
  fewOfPairs: number;
  /** How many rows a list reads in its own order before all matching rows are gathered instead. */
  walked: number;
  /** How many ids the rarest filter's index gathers; beyond that, all records are read. */
  gathered: number;
}
export const usualBounds: Bounds = {
  few: 2_000,
  fewOfPairs: 20_000,
  walked: 50_000,
  gathered: 200_000,
};

/** What was found out about a list's filters; wrapped, because awaiting a fragment would run it. */
export interface Rarity {
  /** A condition on row `p` that names the few records of the rarest filter, or an empty one. */
  among: Fragment;
  /** Whether it names some, so that few records are read. */
  few: boolean;
  /** Whether each filter matches many records, so that the list's own order soon fills a page. */
  many: boolean;
  /** Whether it may not: few match all filters, or only at the far end. The walk needs a limit. */
  long: boolean;
}

/** The part of a list to be read: its order, and whether this is its first page. */
export interface Walk {
  sort: string;
  descending: boolean;
  first: boolean;
}

/** Whether a list with these filters takes more than one query. */
export const asks = (scope: Scope, kind: Kind, filter: Filter, walk: Walk): boolean =>
  restOf(scope, kind) !== null ||
  (ways(scope, kind, filter, walk.sort === "name").length > 0 || lacks(scope, kind, filter)) &&
    !isKnown(scope, kind, filter, walk);

/**
 * Whether many records match a list's filters and soon fill this very page. Only high counts are
 * remembered; but the matches may be at the far end of another order, or beyond the first page.
 */
const isKnown = (scope: Scope, kind: Kind, filter: Filter, walk: Walk): boolean =>
  walk.first && isRemembered(scope, kind, filter) && isNear(scope, kind, filter, walk);

/**
 * Which records a list's filters leave to be read: at most `most`, unless all of them are. Not a
 * promise if no query is needed: the list must not wait, or its query misses its shared round trip.
 * Without a `walk`, all matches are wanted, in any order.
 */
export function lookup(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  walk: Walk | null,
  { most, ...bounds }: Bounds & { most?: number } = usualBounds,
): Promise<Rarity> | Rarity {
  const found = ways(scope, kind, filter, walk === null || walk.sort === "name");
  // A company's contacts are few and found directly.
  const long = filter.company === null && (found.length > 0 || lacks(scope, kind, filter));
  const none = { among: scope.sql``, few: false, many: false, long };
  const rest = restOf(scope, kind);
  if (rest !== null) found.push({ ids: rest });
  if (found.length === 0 && !long) return none;
  if (rest === null && walk !== null && isRemembered(scope, kind, filter)) {
    const many = found.length > 0;
    if (isKnown(scope, kind, filter, walk)) return { ...none, many, long: false };
    // Many match together: their order soon fills a page, unless it was found not to.
    if (!isFar(scope, kind, filter)) return { ...none, many };
  }
  return found.length === 0
    ? none
    : rarest(scope, found, most ?? (isPair(filter) ? bounds.fewOfPairs : bounds.few), long);
}

/**
 * The same after a walk through the list reached its limit without filling a page: with any filter
 * that an index serves, and for many more records.
 */
export async function gather(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  { gathered }: Bounds,
): Promise<Rarity> {
  const found = ways(scope, kind, filter, false, true);
  const rest = restOf(scope, kind);
  if (rest !== null) found.push({ ids: rest });
  const none = { among: scope.sql``, few: false, many: false, long: true };
  return found.length === 0 ? none : await rarest(scope, found, gathered, true);
}

/** Whether a list has more than one filter. */
export function isPair({ q: _, empty = [], custom = [], ...single }: Filter): boolean {
  const used = Object.values(single).filter((value) => value !== null && value !== undefined);
  return used.length + empty.length + custom.length > 1;
}

/** What a record may lack in separate tables: no index lists the records without an entry there. */
const elsewhere: readonly Empty[] = [
  "email",
  "phone",
  "address",
  "company",
  "activity",
  "notice",
  "exception",
];

/** Whether a list filters by something no index knows. */
function lacks(scope: Scope, kind: Kind, given: Filter): boolean {
  if (isNarrowed(scope)) return false;
  const { empty = [], custom = [] } = seenFilter(scope, kind, given);
  return custom.some((each) => each.empty) ||
    kind !== "deal" && empty.some((each) => elsewhere.includes(each));
}

async function rarest(
  scope: Scope,
  found: readonly Way[],
  most: number,
  long: boolean,
): Promise<Rarity> {
  const { sql, tenantId } = scope;
  const counts = found.map(({ ids, field }) =>
    sql`coalesce((
        select count(*)::int
        from (${ids(most + 1)}) found
        ${
      field === undefined ? sql`` : sql`
        having exists (
          select
          from custom_fields f
          where f.tenant_id = ${tenantId}
            and f.id = ${field}
            and f.removed_at is null
        )`
    }
      ), ${most + 1})`
  );
  const [row] = await sql<[{ counts: number[] }]>`
    select array[${counts.reduce((all, each) => sql`${all}, ${each}`)}] as counts
  `;
  const least = Math.min(...row.counts);
  if (least > most) return { among: sql``, few: false, many: true, long };
  const { ids } = found[row.counts.indexOf(least)]!;
  const among = sql`and p.id = any (array(${ids(2 * most)}))`;
  return { among, few: true, many: false, long: false };
}
