/**
 * Search texts and summaries repeat words of other rows: whoever makes a person unreadable there has
 * these copies written anew, and looks for those that still name the person.
 */
import type { Masked } from "./maskings.ts";
import type { AnySql, Fragment } from "./pool.ts";
import { type Kind, kinds, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** A tenant's transaction or, for a database being restored, its owner's. */
type Place = { sql: AnySql; tenantId: string };

/** Records rewritten by one statement. */
const batch = 1_000;

/** Rewrites the copies of masked rows: a company's name is in its contacts and deals as well. */
export async function renew(place: Place, masked: readonly Masked[]): Promise<void> {
  for (const kind of kinds) {
    const ids = new Set<string>();
    for (const { table, ids: rows } of masked) {
      const holders = rows.length === 0 ? null : holdersOf(place, kind, table, rows);
      if (holders) { for (const { id } of await holders) ids.add(id); }
    }
    await rewrite(place, kind, [...ids].sort());
  }
}

/** The records of a kind that repeat words of these rows; null if none of the kind does. */
function holdersOf({ sql, tenantId }: Place, kind: Kind, table: string, rows: string[]) {
  const [id, name] = [sql`t.${sql(`${kind}_id`)}`, sql`${sql(table)}`];
  const of = (column: Fragment, from: Fragment, by: Fragment) =>
    sql<{ id: string }[]>`
      select distinct ${column} as id
      from ${from} t
      where t.tenant_id = ${tenantId}
        and ${by} = any (${rows}::uuid[])
        and ${column} is not null
    `;
  switch (table) {
    case tables[kind]:
      return of(sql`t.id`, name, sql`t.id`);
    case "companies":
      return kind === "contact"
        ? of(sql`t.contact_id`, sql`affiliations`, sql`t.company_id`)
        : of(sql`t.id`, sql`deals`, sql`t.company_id`);
    case "emails":
    case "phones":
    case "addresses":
      return kind === "deal" ? null : of(id, name, sql`t.id`);
    case "custom_values":
      return of(id, name, sql`t.id`);
    case "custom_choices":
      return of(id, sql`custom_values`, sql`t.choice_id`);
    case "tags":
      return of(id, sql`${sql(`${kind}_tags`)}`, sql`t.tag_id`);
    default:
      return null;
  }
}

/**
 * Writes every copy anew that contains all words of one of the names, and returns how many did not
 * agree with the rows they were made of: whoever was saving meanwhile may have copied a name once
 * more. Namesakes keep theirs.
 */
export async function renewNaming(scope: Scope, names: readonly string[]): Promise<number> {
  const { sql, tenantId } = scope;
  const folded = await sql<{ words: string[] }[]>`
    select string_to_array(fold(name), ' ') as words
    from unnest(${[...names]}::text[]) name
  `;
  let stale = 0;
  for (const { words } of folded) {
    // A single word is the last name of many.
    if (words.length < 2) continue;
    const all = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
    for (const kind of kinds) {
      for (let after: string | null = null;;) {
        const rows: { id: string }[] = await sql<{ id: string }[]>`
          select id
          from ${sql(tables[kind])}
          where tenant_id = ${tenantId}
            and search like all (${all}::text[])
            ${after === null ? sql`` : sql`and id > ${after}`}
          order by id
          limit ${batch}
        `;
        stale += await rewrite(scope, kind, rows.map(({ id }) => id));
        if (rows.length < batch) break;
        after = rows.at(-1)!.id;
      }
    }
  }
  return stale;
}

/** Rewrites these records from what is true now; returns how many were not up to date. */
async function rewrite({ sql, tenantId }: Place, kind: Kind, ids: string[]): Promise<number> {
  let stale = 0;
  for (let from = 0; from < ids.length; from += batch) {
    const some = ids.slice(from, from + batch);
    // Locked first, in one order: what others are saving must not be overwritten by older words.
    const before = await sql<{ id: string; search: string }[]>`
      select id, search
      from ${sql(tables[kind])}
      where tenant_id = ${tenantId}
        and id = any (${some}::uuid[])
      order by id
      for no key update
    `;
    await sql`select ${sql(`refresh_${kind}_search`)}(${some}::uuid[])`;
    const [row] = await sql<[{ count: number }]>`
      select count(*)::int as count
      from ${sql(tables[kind])} c
      join unnest(${before.map(({ id }) => id)}::uuid[], ${
      before.map(({ search }) => search)
    }::text[]) as b (id, search) on b.id = c.id
      where c.tenant_id = ${tenantId}
        and c.search <> b.search
    `;
    stale += row.count;
  }
  return stale;
}
