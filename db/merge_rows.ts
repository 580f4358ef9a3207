/**
 * The rows of a merge: each change is first noted with the value before it, then made from its
 * note; undoing reads the same notes and leaves what was changed since as it is.
 */
import type { Kind } from "./record_kinds.ts";
import type { Joined, Move } from "./merge_rules.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** A merge in progress, and its shape: the key and the writable columns of each table. */
export interface Merging {
  id: string;
  kind: Kind;
  survivor: string;
  shapes: ReadonlyMap<string, Shape>;
  /** The number of the last step. */
  step: number;
}

export interface Shape {
  keys: string[];
  columns: string[];
}

/** A change to one row, known beforehand. */
export interface Change {
  id: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  /** The whole row, if the record's form rewrites such rows. */
  copy?: object;
}

/** The keys and writable columns of tables, from the system catalogue. */
export async function shapesOf(
  { sql }: Scope,
  tables: readonly string[],
): Promise<Map<string, Shape>> {
  const rows = await sql<(Shape & { name: string })[]>`
    select c.relname as name,
      array(
        select a.attname
        from pg_index i
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid
          and i.indisprimary
          and a.attname <> 'tenant_id'
        order by a.attnum
      ) as keys,
      array(
        select a.attname
        from pg_attribute a
        where a.attrelid = c.oid
          and a.attnum > 0
          and not a.attisdropped
          and a.attgenerated = ''
        order by a.attnum
      ) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relname = any (${[...new Set(tables)]}::text[])
  `;
  return new Map(rows.map(({ name, ...shape }) => [name, shape]));
}

/** Joins parts of a query. */
export const fragments = (
  parts: readonly Fragment[],
  between: (a: Fragment, b: Fragment) => Fragment,
) => parts.reduce(between);

/** The key of a row as json. */
const keyOf = ({ sql }: Scope, row: string, { keys }: Shape) =>
  sql`(
    select jsonb_object_agg(k, to_jsonb(${sql(row)}) -> k)
    from unnest(${keys}::text[]) as k
  )`;

/** Whether row `t` of the merged record and row `s` of the survivor are the same. */
function alike({ sql }: Scope, { same = [], alike }: Move): Fragment {
  if (alike === "place") {
    const bare = (row: string) =>
      sql`${sql(row)}.since_on is null and ${sql(row)}.until_on is null`;
    const agree = (name: string) =>
      sql`(s.${sql(name)} = t.${sql(name)} or '' in (s.${sql(name)}, t.${sql(name)}))`;
    return sql`
      (s.company_id, s.contact_id) in (
        (t.company_id, s.contact_id), (s.company_id, t.contact_id)
      )
      and ${agree("role")}
      and ${agree("department")}
      and (
        (${bare("s")})
        or (${bare("t")})
        or (s.since_on is not distinct from t.since_on and s.until_on is not distinct from t.until_on)
      )`;
  }
  if (same.length === 0) return sql`false`;
  const parts = same.map((name) => sql`s.${sql(name)} = t.${sql(name)}`);
  return fragments(parts, (a, b) => sql`${a} and ${b}`);
}

function joined({ sql }: Scope, name: string, how: Joined): Fragment {
  const [s, t] = [sql`s.${sql(name)}`, sql`t.${sql(name)}`];
  switch (how) {
    case "or":
      return sql`${s} or ${t}`;
    case "earliest":
      return sql`least(${s}, ${t})`;
    case "latest":
      return sql`greatest(${s}, ${t})`;
    case "known":
      return sql`case when coalesce(${s}::text, '') = '' then ${t} else ${s} end`;
    case "both":
      return sql`case
        when ${t} = '' or ${t} = ${s} then ${s}
        when ${s} = '' then ${t}
        else ${s} || ', ' || ${t} end`;
  }
}

/** Moves the rows of one record to the survivor; rows that the survivor already has stay behind. */
export async function move(
  scope: Scope,
  merging: Merging,
  loser: string,
  rule: Move,
): Promise<void> {
  const { sql, tenantId } = scope;
  const table = sql(rule.table);
  const column = sql(rule.column);
  const shape = merging.shapes.get(rule.table)!;
  const like = alike(scope, rule);
  const joins = Object.entries(rule.joins ?? {});
  const head = (step: number) =>
    sql`
    insert into merge_rows (
      tenant_id, merge_id, step, no, table_name, key, before, after, copy
    )
    select ${tenantId}, ${merging.id}, ${step}, row_number() over (), ${rule.table}`;
  if (joins.length > 0) {
    const object = (value: (name: string, how: Joined) => Fragment) =>
      fragments(
        joins.map(([name, how]) => sql`${name}::text, ${value(name, how)}`),
        (a, b) => sql`${a}, ${b}`,
      );
    const step = ++merging.step;
    await sql`
      ${head(step)}, j.key, j.before, j.after, null
      from (
        select distinct on (${keyOf(scope, "s", shape)}) ${keyOf(scope, "s", shape)} as key,
          jsonb_build_object(${object((name) => sql`s.${sql(name)}`)}) as before,
          jsonb_build_object(${object((name, how) => joined(scope, name, how))}) as after
        from ${table} t
        join ${table} s on s.tenant_id = t.tenant_id and s.${column} = ${merging.survivor}
          and ${like}
        where t.tenant_id = ${tenantId}
          and t.${column} = ${loser}
      ) j
      where j.before <> j.after
    `;
    await apply(scope, merging, step, rule.table, joins.map(([name]) => name));
  }
  const names = [rule.column, ...rule.copied ? [rule.copied] : []];
  const owner = (id: string) => Object.fromEntries(names.map((name) => [name, id]));
  const step = ++merging.step;
  await sql`
    ${head(step)}, ${keyOf(scope, "t", shape)}, ${sql.json(owner(loser))}::jsonb,
      ${sql.json(owner(merging.survivor))}::jsonb, ${rule.whole ? sql`to_jsonb(t)` : sql`null`}
    from ${table} t
    where t.tenant_id = ${tenantId}
      and t.${column} = ${loser}
      and not exists (
        select
        from ${table} s
        where s.tenant_id = t.tenant_id
          and s.${column} = ${merging.survivor}
          and ${like}
      )
  `;
  await apply(scope, merging, step, rule.table, names);
}

/** Notes and makes changes that are known beforehand, in a table whose key is `id`. */
export async function change(
  scope: Scope,
  merging: Merging,
  table: string,
  columns: readonly string[],
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const { sql, tenantId } = scope;
  const step = ++merging.step;
  await sql`insert into merge_rows ${
    sql(changes.map(({ id, before, after, copy = null }, no) => ({
      ...{ tenantId, mergeId: merging.id, step, no, tableName: table },
      key: sql.json({ id }),
      before: sql.json(before),
      after: sql.json(after),
      copy: copy === null ? null : sql.json(copy),
    })) as never)
  }`;
  await apply(scope, merging, step, table, columns);
}

/** The condition that row `t` has the key given as json. */
export const keyed = ({ sql }: Scope, table: string, { keys }: Shape, key: Fragment) =>
  fragments(
    keys.map((name) =>
      sql`t.${sql(name)} = (jsonb_populate_record(null::${sql(table)}, ${key})).${sql(name)}`
    ),
    (a, b) => sql`${a} and ${b}`,
  );

async function apply(
  scope: Scope,
  merging: Merging,
  step: number,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const { sql, tenantId } = scope;
  const sets = columns.map((name) =>
    sql`${sql(name)} = (jsonb_populate_record(t, r.after)).${sql(name)}`
  );
  await sql`
    update ${sql(table)} t
    set ${fragments(sets, (a, b) => sql`${a}, ${b}`)}
    from merge_rows r
    where r.tenant_id = ${tenantId}
      and r.merge_id = ${merging.id}
      and r.step = ${step}
      and t.tenant_id = ${tenantId}
      and ${keyed(scope, table, merging.shapes.get(table)!, sql`r.key`)}
  `;
}
