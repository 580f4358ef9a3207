/**
 * Keeps lists fast during an import: nobody sees its records before it ends, but a walk through a
 * list passes all of them, so they share a timestamp and lists are read on both sides of it.
 */
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

/** The timestamp of all records of a run: between two of the clock's, so no other has it. */
export const instantOf = (sql: Scope["sql"], startedAt: Date): Fragment =>
  sql`(${startedAt}::timestamptz + interval '1 microsecond')`;

/**
 * The timestamp of the import that was running in the tenant when this page was requested; null if
 * none was. Deals keep the timestamps of their file, and are fewer.
 */
export function barOf({ sql, actor }: Scope, kind: Kind): Fragment | null {
  return actor.importing && kind !== "deal" ? instantOf(sql, actor.importing) : null;
}

/** A page's place in a list sorted by the timestamp in column `key`, downward or upward. */
interface Place {
  key: Fragment;
  down: boolean;
  /** The record that the page follows, and the condition on row `p` for that. */
  id: string | null;
  placed: Fragment;
}

/** Ids below and above all others: no real record has them. */
const ends = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];

/**
 * Conditions on row `p` for the two sides of the bar, in the order of the list. A walk starts at
 * the first condition on the key it is given, so exactly one must say where.
 */
export function sidesOf(
  { sql, tenantId }: Scope,
  kind: Kind,
  bar: Fragment,
  { key, down, id, placed }: Place,
): [Fragment, Fragment] {
  const [before, after, least, end] = down
    ? [sql`>`, sql`<`, sql`least`, ends[0]!]
    : [sql`<`, sql`>`, sql`greatest`, ends[1]!];
  const beyond = id === null ? sql`and p.${key} ${after} ${bar}` : sql`
      and (p.${key}, p.id) ${after} (
        select ${least}(a.${key}, ${bar}),
          case when a.${key} ${after} ${bar} then a.id else ${end}::uuid end
        from ${sql(tables[kind])} a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`;
  return [sql`${placed} and p.${key} ${before} ${bar}`, beyond];
}

/** The query `one` for the only side, or for both sides together, as rows `p`. */
export function together(
  sql: Scope["sql"],
  columns: Fragment,
  [side, other]: readonly [Fragment, Fragment?],
  one: (columns: Fragment, side: Fragment) => Fragment,
  last: Fragment,
): Fragment {
  if (other === undefined) return one(columns, side);
  const all = sql`p.*`;
  return sql`
    select ${columns}
    from (
      (${one(all, side)})
      union all
      (${one(all, other)})
    ) p
    ${last}
  `;
}

/** Ids, up to a number, of all but the running import's records; null if none is running. */
export function restOf(scope: Scope, kind: Kind): ((most: number) => Fragment) | null {
  const bar = barOf(scope, kind);
  if (bar === null || isNarrowed(scope)) return null;
  const { sql, tenantId } = scope;
  const side = (way: Fragment, most: number) =>
    sql`(
            select r.id
            from ${sql(tables[kind])} r
            where r.tenant_id = ${tenantId}
              and r.deleted_at is null
              and r.created_at ${way} ${bar}
            order by r.created_at desc
            limit ${literal(most)}
          )`;
  return (most) =>
    sql`
          select r.id
          from (
            ${side(sql`>`, most)}
            union all
            ${side(sql`<`, most)}
          ) r
          limit ${literal(most)}`;
}
