/**
 * Filters lists by a source or a legal basis: the values in use are read first, then their records.
 */
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** Maximum sources examined; for a tenant with more the list is walked instead. */
const mostOrigins = 1_000;

/** What a list is filtered by: part of a source's words, a basis, or both. */
export interface Origin {
  source?: string;
  basis?: string;
}

/**
 * The ids of records with such an origin, up to a maximum; that many empty ones if there are too
 * many sources to tell. Each source is found through the index from the previous one.
 */
export function originIds(
  { sql, tenantId }: Scope,
  kind: Kind,
  { source, basis }: Origin,
  most: number,
): Fragment {
  const table = sql(tables[kind]);
  const none = sql``;
  const ofPerson = kind === "contact";
  const columns = ofPerson
    ? sql`r.source collate "C", r.legal_basis collate "C"`
    : sql`r.source collate "C"`;
  const taken = ofPerson
    ? sql`r.source collate "C" as source, r.legal_basis collate "C" as basis`
    : sql`r.source collate "C" as source`;
  const names = (row: string) =>
    ofPerson ? sql`${sql(row)}.source, ${sql(row)}.basis` : sql`${sql(row)}.source`;
  const next = (after: Fragment) =>
    sql`
              select ${taken}
              from ${table} r
              where r.tenant_id = ${tenantId}
                and r.deleted_at is null
                ${after}
              order by ${columns}
              limit 1`;
  const behind = ofPerson
    ? sql`and (${columns}) > (k.source, k.basis)`
    : sql`and ${columns} > k.source`;
  return sql`
          with recursive known as (
            (${next(none)})
            union all
            select ${names("n")}
            from known k
            cross join lateral (${next(behind)}
            ) n
          ), origins as materialized (
            select ${names("known")}
            from known
            limit ${literal(mostOrigins + 1)}
          )
          select found.id
          from (
            select r.id
            from origins o
            cross join lateral (
              select r.id
              from ${table} r
              where r.tenant_id = ${tenantId}
                and r.deleted_at is null
                and r.source collate "C" = o.source
                ${ofPerson ? sql`and r.legal_basis collate "C" = o.basis` : none}
              limit ${literal(most)}
            ) r
            where (select count(*) from origins) <= ${literal(mostOrigins)}
              ${
    source === undefined
      ? none
      : sql`and strpos(lower(o.source collate "default"), lower(${source})) > 0`
  }
              ${basis === undefined || !ofPerson ? none : sql`and o.basis = ${basis}`}
            union all
            select null
            from generate_series(1, ${literal(most)})
            where (select count(*) from origins) > ${literal(mostOrigins)}
          ) found
          limit ${literal(most)}`;
}
