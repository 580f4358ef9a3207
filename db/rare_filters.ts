/**
 * Filters that few records pass. One plan serves all values of a filter (`keepPlans`), and it walks
 * through the list's order until a page is full: for a rare value through a million records. So the
 * index of each filter is asked first, up to a bound, and the few it knows are sorted instead.
 */
import { isRemembered } from "./counts.ts";
import { customIds } from "./custom_filters.ts";
import { seenFilter } from "./field_rights.ts";
import { originIds } from "./origin_filters.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { beginning, between, type Filter, placed } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** So many records are sorted about as fast as a page is found among a million. */
const few = 2_000;
/** More where filters come together: what passes each of them often passes both nowhere in the house. */
const fewOfPairs = 20_000;

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
  /** Whether each filter lets many through, so that the list's own order soon fills a page. */
  many: boolean;
}

/** Whether a list with these filters asks a question of its own before it is read. */
export const asks = (scope: Scope, kind: Kind, filter: Filter, byName: boolean): boolean =>
  ways(scope, kind, filter, byName).length > 0 && !isRemembered(scope, kind, filter);

/**
 * Which records a list's filters leave to be looked at: at most `most`, where not all of them are. No
 * promise where nothing has to be asked: then the list must not wait, or its question misses the round
 * trip that it belongs to.
 */
export function lookup(
  scope: Scope,
  kind: Kind,
  filter: Filter,
  byName: boolean,
  most = isPair(filter) ? fewOfPairs : few,
): Promise<Rarity> | Rarity {
  const found = ways(scope, kind, filter, byName);
  // A count is remembered of many alone, and of no more than a list counts.
  const many = found.length > 0 && most <= fewOfPairs && isRemembered(scope, kind, filter);
  return many || found.length === 0
    ? { among: scope.sql``, few: false, many }
    : rarest(scope, found, most);
}

/** Whether a list is narrowed by more than one filter. */
function isPair({ q: _, empty = [], custom = [], ...single }: Filter): boolean {
  const used = Object.values(single).filter((value) => value !== null && value !== undefined);
  return used.length + empty.length + custom.length > 1;
}

async function rarest(scope: Scope, found: readonly Way[], most: number): Promise<Rarity> {
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
  if (least > most) return { among: sql``, few: false, many: true };
  const { ids } = found[row.counts.indexOf(least)]!;
  return { among: sql`and p.id = any (array(${ids(2 * most)}))`, few: true, many: false };
}

/** The filters in use whose ids an index knows; none for who does not see all, whose records are few. */
function ways(scope: Scope, kind: Kind, given: Filter, byName: boolean): Way[] {
  if (isNarrowed(scope)) return [];
  const { sql, tenantId } = scope;
  const filter = seenFilter(scope, kind, given);
  const { tag, owner, place, firm, source, createdFrom, createdTo, touchFrom, touchTo } = filter;
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
  // By name there is an index of each owner's records.
  if (owner !== null && !byName) {
    way(records(sql`and r.owner_id = ${owner}`, sql`r.sort_name collate "C"`));
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
