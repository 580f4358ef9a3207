/**
 * Filters that few records pass. One plan serves all values of a filter (`keepPlans`), and it walks
 * through the list's order until a page is full: for a rare value through a million records. So the
 * index of each filter is asked first, up to a bound, and the few it knows are sorted instead.
 */
import { isNear, isRemembered } from "./counts.ts";
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

/** How far is looked, in records; tests have smaller houses. */
export interface Bounds {
  /** So many are sorted about as fast as a page is found among a million. */
  few: number;
  /** More where filters come together: what passes each of them often passes both nowhere in the house. */
  fewOfPairs: number;
  /** What a list looks at, in its own order, before all that passes is gathered instead. */
  walked: number;
  /** Gathered by the rarest filter's index; beyond, the house is read through. */
  gathered: number;
}
export const usualBounds: Bounds = {
  few: 2_000,
  fewOfPairs: 20_000,
  walked: 50_000,
  gathered: 200_000,
};

/** The ids behind one filter, in the order of the index that serves it, up to a number of them. */
interface Way {
  ids: (most: number) => Fragment;
  /** An own field that may be gone, and then narrows nothing. */
  field?: string;
}

/** What was found out about a list's filters, in a box: an awaited fragment would be run. */
export interface Rarity {
  /** A condition on row `p` that names the few records behind the rarest filter, or an empty one. */
  among: Fragment;
  /** Whether it names some, so that few records are looked at. */
  few: boolean;
  /** Whether each filter lets many through, so that the list's own order may soon fill a page. */
  many: boolean;
  /** Whether it may not: few pass all of them, or they stand at the far end. The walk needs an end. */
  long: boolean;
}

/** What of a list is looked up: its order, and whether it is its first page. */
export interface Walk {
  sort: string;
  descending: boolean;
  first: boolean;
}

/** Whether a list with these filters is read by more than one question. */
export const asks = (scope: Scope, kind: Kind, filter: Filter, walk: Walk): boolean =>
  restOf(scope, kind) !== null ||
  (ways(scope, kind, filter, walk.sort === "name").length > 0 || lacks(scope, kind, filter)) &&
    !isKnown(scope, kind, filter, walk);

/**
 * Whether many pass a list's filters and soon fill this very page. A count is remembered of many
 * alone; but they may stand at the far end of another order, or beyond the first page.
 */
const isKnown = (scope: Scope, kind: Kind, filter: Filter, walk: Walk): boolean =>
  walk.first && isRemembered(scope, kind, filter) && isNear(scope, kind, filter, walk);

/**
 * Which records a list's filters leave to be looked at: at most `most`, where not all of them are. No
 * promise where nothing has to be asked: then the list must not wait, or its question misses the round
 * trip that it belongs to. Without a `walk` all that passes is wanted, in whatever order.
 */
export function lookup(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  walk: Walk | null,
  { most, ...bounds }: Bounds & { most?: number } = usualBounds,
): Promise<Rarity> | Rarity {
  const found = ways(scope, kind, filter, walk === null || walk.sort === "name");
  // A company's persons are few, and found by themselves.
  const long = filter.company === null && (found.length > 0 || lacks(scope, kind, filter));
  const none = { among: scope.sql``, few: false, many: false, long };
  const rest = restOf(scope, kind);
  if (rest !== null) found.push({ ids: rest });
  if (found.length === 0 && !long) return none;
  if (rest === null && walk !== null && isKnown(scope, kind, filter, walk)) {
    return { ...none, many: found.length > 0, long: false };
  }
  return found.length === 0
    ? none
    : rarest(scope, found, most ?? (isPair(filter) ? bounds.fewOfPairs : bounds.few), long);
}

/**
 * The same where a walk through the list came to its end and no page was full: by any filter that an
 * index serves, and for many more records.
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

/** Whether a list is narrowed by more than one filter. */
export function isPair({ q: _, empty = [], custom = [], ...single }: Filter): boolean {
  const used = Object.values(single).filter((value) => value !== null && value !== undefined);
  return used.length + empty.length + custom.length > 1;
}

/** What a record lacks in tables of their own: no index knows who is not there. */
const elsewhere: readonly Empty[] = ["email", "phone", "address", "company", "activity"];

/** Whether a list asks for what no index knows. */
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
 * The filters in use whose ids an index knows; none for who does not see all, whose records are few.
 * The planner knows by itself how rare a status is (`all`: that one, too).
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
