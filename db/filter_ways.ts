/** The ways by which an index finds a filter's records: up to so many ids, in that index's order. */
import { customIds } from "./custom_filters.ts";
import { seenFilter } from "./field_rights.ts";
import { originIds } from "./origin_filters.ts";
import { ownedBy, teamOf } from "./owners.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { beginning, between, type Filter, placed } from "./record_filters.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** Up to a number of ids that match one filter, in the order of the index that serves it. */
export interface Way {
  ids: (most: number) => Fragment;
  /** A custom field that may have been removed, in which case it filters nothing. */
  field?: string;
}

/**
 * The filters in use whose ids an index knows; none for users who do not see all records, as theirs
 * are few. The planner itself knows how rare a status is (`all`: include that filter too).
 */
export function ways(
  scope: Scope,
  kind: Kind,
  given: Filter,
  byName: boolean,
  all = false,
): Way[] {
  if (isNarrowed(scope)) return [];
  const filter = seenFilter(scope, kind, given);
  return [
    ...taggedWays(scope, kind, filter),
    ...columnWays(scope, kind, filter, byName, all),
    ...otherWays(scope, kind, filter),
    ...customWays(scope, kind, filter),
  ];
}

function taggedWays({ sql, tenantId }: Scope, kind: Kind, { tag }: Filter): Way[] {
  if (tag === null) return [];
  const id = sql(`${kind}_id`);
  const ids = (most: number) =>
    sql`
          select x.${id}
          from ${sql(`${kind}_tags`)} x
          where x.tenant_id = ${tenantId}
            and x.tag_id = ${tag}
          order by x.${id}
          limit ${literal(most)}`;
  return [{ ids }];
}

/** What stands in the records' own table. */
function columnWays(
  scope: Scope,
  kind: Kind,
  { owner, status, createdFrom, createdTo, touchFrom, touchTo }: Filter,
  byName: boolean,
  all: boolean,
): Way[] {
  const { sql, tenantId } = scope;
  const found: Way[] = [];
  const way = (condition: Fragment, order: Fragment) =>
    found.push({
      ids: (most) =>
        sql`
          select r.id
          from ${sql(tables[kind])} r
          where r.tenant_id = ${tenantId}
            and r.deleted_at is null
            ${condition}
          order by ${order}
          limit ${literal(most)}`,
    });
  const byOwnName = sql`r.sort_name collate "C"`;
  // By name there is an index of each owner's records, but none of a team's.
  const team = teamOf(owner) !== null;
  if (owner !== null && (!byName || team)) {
    way(
      ownedBy(scope, "r.owner_id", owner),
      team ? sql`r.owner_id, ${byOwnName}` : byOwnName,
    );
  }
  if (status !== null && all) way(sql`and r.status = ${status}`, byOwnName);
  if (createdFrom !== undefined || createdTo !== undefined) {
    way(between(sql, "r.created_at", createdFrom, createdTo), sql`r.created_at desc`);
  }
  if (touchFrom !== undefined || touchTo !== undefined) {
    way(between(sql, "r.last_touch_at", touchFrom, touchTo), sql`r.last_touch_at desc`);
  }
  return found;
}

/** What stands in other tables: addresses, a contact's companies, origins. */
function otherWays(scope: Scope, kind: Kind, filter: Filter): Way[] {
  const { sql, tenantId } = scope;
  const { place, firm, source } = filter;
  const basis = kind === "contact" ? filter.basis : undefined;
  const found: Way[] = [];
  const way = (ids: Way["ids"]) => found.push({ ids });
  if (place !== undefined && kind !== "deal") {
    const id = sql(`${kind}_id`);
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
  return found;
}

function customWays(scope: Scope, kind: Kind, { custom = [] }: Filter): Way[] {
  return custom.filter(({ empty }) => !empty).map((each) => ({
    field: each.field,
    ids: (most) =>
      scope.sql`${customIds(scope, kind, each)}
          order by v.key collate "C"
          limit ${literal(most)}`,
  }));
}
