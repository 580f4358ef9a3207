/**
 * Filters that few records match. One plan serves all values of a filter (`keepPlans`) and walks
 * the list's order until a page is full: for a rare value, through a million records. So each
 * filter's index is asked first, up to a bound, and the few ids it knows are sorted instead.
 */
import { isFar, isNear, isRemembered } from "./counts.ts";
import { customIds } from "./custom_filters.ts";
import { seenFilter } from "./field_rights.ts";
import { originIds } from "./origin_filters.ts";
import { ownedBy, teamOf } from "./owners.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { beginning, between, type Empty, type Filter, placed } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
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

/** Up to a number of ids that match one filter, in the order of the index that serves it. */
interface Way {
  ids: (most: number) => Fragment;
  /** A custom field that may have been removed, in which case it filters nothing. */
  field?: string;
}

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

/**
 * The filters in use whose ids an index knows; none for users who do not see all records, as theirs
 * are few. The planner itself knows how rare a status is (`all`: include that filter too).
 */
function ways(scope: Scope, kind: Kind, given: Filter, byName: boolean, all = false): Way[] {
  if (isNarrowed(scope)) return [];
  const { sql, tenantId } = scope;
  const filter = seenFilter(scope, kind, given);
  const { tag, owner, status, place, firm, source, createdFrom, createdTo, touchFrom, touchTo } =
    filter;
  const basis = kind === "contact" ? filter.basis : undefined;
  const id = sql(`${kind}_id`);
  const found: Way[] = [];
  const way = (ids: Way["ids"]) => found.push({ ids });
  const records = (condition: Fragment, order: Fragment) => (most: number) =>
    sql`
          select r.id
          from ${sql(tables[kind])} r
          where r.tenant_id = ${tenantId}
            and r.deleted_at is null
            ${condition}
          order by ${order}
          limit ${literal(most)}`;
  if (tag !== null) {
    way((most) =>
      sql`
          select x.${id}
          from ${sql(`${kind}_tags`)} x
          where x.tenant_id = ${tenantId}
            and x.tag_id = ${tag}
          order by x.${id}
          limit ${literal(most)}`
    );
  }
  // By name there is an index of each owner's records, but none of a team's.
  const team = teamOf(owner) !== null;
  if (owner !== null && (!byName || team)) {
    const order = sql`r.sort_name collate "C"`;
    way(records(ownedBy(scope, "r.owner_id", owner), team ? sql`r.owner_id, ${order}` : order));
  }
  if (status !== null && all) {
    way(records(sql`and r.status = ${status}`, sql`r.sort_name collate "C"`));
  }
  if (createdFrom !== undefined || createdTo !== undefined) {
    way(records(between(sql, "r.created_at", createdFrom, createdTo), sql`r.created_at desc`));
  }
  if (touchFrom !== undefined || touchTo !== undefined) {
    way(records(between(sql, "r.last_touch_at", touchFrom, touchTo), sql`r.last_touch_at desc`));
  }
  if (place !== undefined && kind !== "deal") {
    const { column, within } = placed(sql, place);
    way((most) =>
      sql`
          select d.${id}
          from addresses d
          where d.tenant_id = ${tenantId}
            and d.${id} is not null
            and ${within}
          order by ${column} collate "C"
          limit ${literal(most)}`
    );
  }
  if (firm !== undefined && kind === "contact") {
    way((most) =>
      sql`
          select f.contact_id
          from companies o
          join affiliations f on f.tenant_id = o.tenant_id and f.company_id = o.id
          where o.tenant_id = ${tenantId}
            and o.deleted_at is null
            and ${beginning(sql, "o.sort_name", sql`fold(${firm})`)}
          order by o.sort_name collate "C"
          limit ${literal(most)}`
    );
  }
  if (source !== undefined || basis !== undefined) {
    way((most) => originIds(scope, kind, { source, basis }, most));
  }
  for (const each of filter.custom ?? []) {
    if (each.empty) continue;
    found.push({
      field: each.field,
      ids: (most) =>
        sql`${customIds(scope, kind, each)}
          order by v.key collate "C"
          limit ${literal(most)}`,
    });
  }
  return found;
}
