/** Undoing a merge by reading its notes backwards; what was changed since stays as it is. */
import { takeBack } from "./duplicate_pairs.ts";
import { Invalid } from "./errors.ts";
import { closedColumns } from "./field_rights.ts";
import { place } from "./merge_fields.ts";
import type { Move } from "./merge_rules.ts";
import { fragments, keyed, type Shape, shapesOf } from "./merge_rows.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { among, lift } from "./sights.ts";
import * as subsidiaries from "./subsidiaries.ts";

/**
 * Throws Invalid `merges.unseen` if the user cannot see a record that was merged into the survivor,
 * `merges.closed` if a chosen value would change in a field the role may not write; what a merge
 * changed in closed fields by itself (filling empty ones, joining notes) anybody may undo.
 */
export async function assertOpen(
  scope: Scope,
  { id, kind, recordId }: { id: string; kind: Kind; recordId: string },
  ids: readonly string[],
): Promise<void> {
  if ((await among(scope, kind, ids)).length < ids.length) throw new Invalid("merges.unseen");
  const closed = Object.keys(scope.limits?.[kind] ?? {});
  if (closed.length === 0) return;
  const { sql, tenantId } = scope;
  const table = tables[kind];
  const [chosen] = await sql`
    select 1
    from merge_rows r
    join ${sql(table)} p on p.tenant_id = ${tenantId} and p.id = ${recordId}
    cross join jsonb_each_text(r.before) was
    where r.tenant_id = ${tenantId}
      and r.merge_id = ${id}
      and r.table_name = ${table}
      and r.key ->> 'id' = ${recordId}
      and was.key = any (${closedColumns(scope, kind)}::text[])
      and '' not in (coalesce(was.value, ''), coalesce(r.after ->> was.key, ''))
      and was.value <> r.after ->> was.key
      and not (was.key = 'notes' and starts_with(r.after ->> was.key, was.value))
      and to_jsonb(p) ->> was.key = r.after ->> was.key
    union all
    select 1
    from merge_rows r
    where r.tenant_id = ${tenantId}
      and r.merge_id = ${id}
      and r.table_name = 'custom_values'
      and r.copy ->> 'field_id' = any (${closed}::text[])
      and r.before ->> ${`${kind}_id`} = ${recordId}
      and r.after ->> ${`${kind}_id`} <> ${recordId}
    limit 1
  `;
  if (chosen) throw new Invalid("merges.closed");
}

/** Undoes the changes, last ones first; a value that has changed since stays. */
export async function revert(
  scope: Scope,
  mergeId: string,
  rules: readonly Move[],
): Promise<void> {
  const { sql, tenantId } = scope;
  await lift(scope);
  await takeBack(scope, mergeId);
  await release(scope, mergeId);
  await keepPlace(scope, mergeId);
  const steps = await sql<{ step: number; table: string; columns: string[]; whole: boolean }[]>`
    select step, min(table_name) as table, bool_or(copy is not null) as whole,
      array(
        select jsonb_object_keys((array_agg(after order by no))[1])
      ) as columns
    from merge_rows
    where tenant_id = ${tenantId}
      and merge_id = ${mergeId}
    group by step
    order by step desc
  `;
  const shapes = await shapesOf(scope, steps.map(({ table }) => table));
  for (const { step, table, columns, whole } of steps) {
    const shape = shapes.get(table)!;
    const sets = columns.map((name) => {
      const was = (of: "before" | "after") =>
        sql`(jsonb_populate_record(t, r.${sql(of)})).${sql(name)}`;
      return sql`${sql(name)} = case
        when t.${sql(name)} is not distinct from ${was("after")} then ${was("before")}
        else t.${sql(name)} end`;
    });
    await sql`
      update ${sql(table)} t
      set ${fragments(sets, (a, b) => sql`${a}, ${b}`)}
      from merge_rows r
      where r.tenant_id = ${tenantId}
        and r.merge_id = ${mergeId}
        and r.step = ${step}
        and t.tenant_id = ${tenantId}
        and ${keyed(scope, table, shape, sql`r.key || r.after`)}
    `;
    if (whole) await bring(scope, mergeId, step, table, shape, rules);
  }
  if (steps.some(({ table }) => table === "companies")) await openCircles(scope, mergeId);
}

/** A parent that comes back may by now belong to the company that gets it back. */
async function openCircles(scope: Scope, mergeId: string): Promise<void> {
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string }[]>`
    select distinct key->>'id' as id
    from merge_rows
    where tenant_id = ${tenantId}
      and merge_id = ${mergeId}
      and table_name = 'companies'
  `;
  await subsidiaries.openCircles(scope, rows.map(({ id }) => id));
}

/**
 * Drops owners, imports and companies that no longer exist from the undo: they cannot come back.
 */
async function release({ sql, tenantId }: Scope, mergeId: string): Promise<void> {
  const hung = {
    owner_id: "users",
    import_id: "imports",
    parent_id: "companies",
    company_id: "companies",
  };
  for (const [column, table] of Object.entries(hung)) {
    await sql`
      update merge_rows r
      set before = r.before || ${sql.json({ [column]: null })}::jsonb
      where r.tenant_id = ${tenantId}
        and r.merge_id = ${mergeId}
        and r.table_name in ('contacts', 'companies', 'deals')
        and r.before->>${column} is not null
        and not exists (
          select
          from ${sql(table)} o
          where o.tenant_id = ${tenantId}
            and o.id = (r.before->>${column})::uuid
        )
    `;
  }
}

/**
 * A deal whose stage changed since, or whose earlier stage was removed, keeps all stage columns: they
 * only make sense together.
 */
async function keepPlace({ sql, tenantId }: Scope, mergeId: string): Promise<void> {
  await sql`
    update merge_rows r
    set before = r.before || (
      select jsonb_object_agg(name, r.after -> name)
      from unnest(${[...place]}::text[]) as name
    )
    from deals d
    where r.tenant_id = ${tenantId}
      and r.merge_id = ${mergeId}
      and r.table_name = 'deals'
      and r.after ? 'stage_id'
      and d.tenant_id = ${tenantId}
      and d.id = (r.key->>'id')::uuid
      and (
        exists (
          select
          from jsonb_populate_record(d, r.after) p
          where (p.stage_id, p.status, p.closed_at, p.lost_reason_id)
            is distinct from (d.stage_id, d.status, d.closed_at, d.lost_reason_id)
        )
        or exists (
          select
          from stages s
          where s.tenant_id = ${tenantId}
            and s.id = (r.before->>'stage_id')::uuid
            and s.removed_at is not null
        )
      )
  `;
}

/** Brings back rows that the survivor's form has rewritten since. */
async function bring(
  scope: Scope,
  mergeId: string,
  step: number,
  table: string,
  shape: Shape,
  rules: readonly Move[],
): Promise<void> {
  const { sql, tenantId } = scope;
  const { needs = {} } = rules.find((rule) => rule.table === table && rule.whole) ?? {};
  const there = Object.entries(needs).map(([column, of]) =>
    sql`and (p.${sql(column)} is null or exists (
      select
      from ${sql(of)} n
      where n.tenant_id = ${tenantId}
        and n.id = p.${sql(column)}
    ))`
  );
  await sql`
    insert into ${sql(table)} (${sql(shape.columns)})
    select ${sql(shape.columns.map((name) => `p.${name}`))}
    from merge_rows r
    cross join lateral jsonb_populate_record(null::${sql(table)}, r.copy) p
    where r.tenant_id = ${tenantId}
      and r.merge_id = ${mergeId}
      and r.step = ${step}
      and r.copy is not null
      ${there.length > 0 ? fragments(there, (a, b) => sql`${a} ${b}`) : sql``}
    on conflict do nothing
  `;
}

/** An objection raised while the records were merged applies to all of them. */
export async function share(
  { sql, tenantId }: Scope,
  { recordId, createdAt }: { recordId: string; createdAt: Date },
  ids: readonly string[],
): Promise<void> {
  await sql`
    insert into objections (
      tenant_id, id, contact_id, channel, objected_at, recorded_by, by_person
    )
    select b.tenant_id, gen_random_uuid(), other.id, b.channel, b.objected_at, b.recorded_by,
      b.by_person
    from objections b
    cross join unnest(${[...ids]}::uuid[]) as other (id)
    where b.tenant_id = ${tenantId}
      and b.contact_id = ${recordId}
      and b.objected_at > ${createdAt}
    on conflict (tenant_id, contact_id, channel) do nothing
  `;
}
