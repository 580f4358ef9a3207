/** Applies a bulk change to a batch of records, and undoes it. */
import { type Changed, holdAll, holdTag, touchable, type What } from "./bulk_batches.ts";
import * as customs from "./bulk_customs.ts";
import * as shifts from "./bulk_shifts.ts";
import * as changes from "./changes.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as exceptions from "./notice_exceptions.ts";
import * as notices from "./notices.ts";
import * as searchTexts from "./search_texts.ts";
import * as sights from "./sights.ts";

const columns = { owner: "owner_id", status: "status" } as const;

/**
 * Changes those of the records that are not in the trash, not restricted and still visible to the
 * acting user; returns those changed.
 */
export async function apply(
  scope: Scope,
  what: What,
  all: readonly string[],
): Promise<Changed[]> {
  const ids = await sights.among(scope, what.kind, all);
  await sights.lift(scope);
  const changed = await {
    tag: () => tag(scope, what, ids),
    untag: () => untag(scope, what, ids),
    owner: () => assign(scope, what, ids),
    status: () => assign(scope, what, ids),
    stage: () => shifts.apply(scope, what, ids),
    delete: () => discard(scope, what, ids),
    custom: () => customs.apply(scope, what, ids),
    notice: () => notices.apply(scope, what, ids),
    notice_exception: () => exceptions.apply(scope, what, ids),
  }[what.action]();
  await settle(scope, what, all, changed);
  return changed;
}

/**
 * Undoes the change on these records, except where somebody changed them meanwhile; returns those
 * undone. Sight was checked when it was ordered, since records given away come back.
 */
export async function revert(
  scope: Scope,
  what: What,
  before: readonly Changed[],
): Promise<Changed[]> {
  await sights.lift(scope);
  const ids = before.map(({ id }) => id);
  const changed = await {
    tag: () => untag(scope, what, ids),
    untag: () => tag(scope, what, ids),
    owner: () => reassign(scope, what, before),
    status: () => reassign(scope, what, before),
    stage: () => shifts.revert(scope, what, before),
    delete: () => restore(scope, what, ids),
    custom: () => customs.revert(scope, what, before),
    notice: () => notices.revert(scope, what, ids),
    notice_exception: () => exceptions.revert(scope, what, ids),
  }[what.action]();
  await settle(scope, what, ids, changed);
  return changed;
}

/** Writes the histories: one entry per record, grouped by previous value. */
export async function note(
  scope: Scope,
  { kind, action, value, status }: What,
  changed: readonly Changed[],
): Promise<void> {
  const forth = status === "running";
  const ids = changed.map(({ id }) => id);
  if (action === "delete") {
    return await changes.recordAll(scope, { kind, ids, action: forth ? "deleted" : "restored" });
  }
  if (action === "tag" || action === "untag") {
    return await changes.recordAll(scope, {
      kind,
      ids,
      action: "updated",
      fields: [{ name: "tags" }],
    });
  }
  if (action === "notice") return await notices.note(scope, ids, forth);
  if (action === "notice_exception") return await exceptions.note(scope, ids, forth, value);
  if (action === "custom") return await customs.note(scope, kind, value, changed, forth);
  if (action === "stage") return await shifts.note(scope, value, changed, forth);
  const now = value || null;
  for (const [old, group] of Map.groupBy(changed, (each) => each.old)) {
    await changes.recordAll(scope, {
      kind,
      ids: group.map(({ id }) => id),
      action: "updated",
      fields: [
        forth
          ? { name: columns[action], from: old, to: now }
          : { name: columns[action], from: now, to: old },
      ],
    });
  }
}

async function tag(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const column = sql(`${what.kind}_id`);
  await holdTag(scope, what.value);
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    insert into ${sql(`${what.kind}_tags`)} (tenant_id, tag_id, ${column})
    select ${tenantId}, t.id, meant.id
    from meant
    join tags t on t.tenant_id = ${tenantId} and t.id = ${what.value}
      and t.changing is distinct from 'removing'
    on conflict do nothing
    returning ${column} as id, null as old
  `;
}

async function untag(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const column = sql(`${what.kind}_id`);
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    delete from ${sql(`${what.kind}_tags`)} x
    using meant
    where x.tenant_id = ${tenantId}
      and x.tag_id = ${what.value}
      and x.${column} = meant.id
    returning x.${column} as id, null as old
  `;
}

async function assign(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const column = sql(columns[what.action as keyof typeof columns]);
  const value = typed(scope, what);
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id, p.${column} as old
      ${touchable(scope, what, ids)}
    )
    update ${sql(tables[what.kind])} p
    set ${column} = ${value}
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and meant.old is distinct from ${value}
    returning p.id, meant.old::text
  `;
}

async function reassign(
  scope: Scope,
  what: What,
  before: readonly Changed[],
): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  const ids = before.map(({ id }) => id);
  const column = sql(columns[what.action as keyof typeof columns]);
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id, p.${column} as present
      ${touchable(scope, what, ids)}
    )
    update ${sql(tables[what.kind])} p
    set ${column} = r.old${what.action === "owner" ? sql`::uuid` : sql``}
    from meant
    join unnest(${ids}::uuid[], ${before.map(({ old }) => old)}::text[]) as r (id, old)
      on r.id = meant.id
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and meant.present is not distinct from ${typed(scope, what)}
    returning p.id, r.old
  `;
}

const typed = ({ sql }: Scope, { action, value }: What) =>
  action === "owner" ? sql`${value || null}::uuid` : sql`${value}::text`;

async function discard(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId, actor, now } = scope;
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    update ${sql(tables[what.kind])} p
    set deleted_at = ${now}, deleted_by = ${actor.userId},
      erase_after = ${now}::timestamptz + make_interval(days => (
        select trash_days
        from tenants
        where id = ${tenantId}
      ))
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
    returning p.id, null as old
  `;
}

/**
 * Only records trashed by this change: those restored and then merged or deleted since stay put.
 */
async function restore(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  await holdAll(scope, what.kind, sql`select unnest(${[...ids]}::uuid[]) as id`);
  return await sql<Changed[]>`
    update ${sql(tables[what.kind])} p
    set deleted_at = null, deleted_by = null, erase_after = null
    where p.tenant_id = ${tenantId}
      and p.id = any (${[...ids]}::uuid[])
      and p.deleted_at <= (
        select coalesce(finished_at, 'infinity')
        from bulk_changes
        where tenant_id = ${tenantId}
          and id = ${what.id}
      )
    returning p.id, null as old
  `;
}

/** Updates what depends on a change: versions, times, search texts, and the change's own rows. */
async function settle(
  scope: Scope,
  what: What,
  ids: readonly string[],
  changed: readonly Changed[],
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const changedIds = changed.map(({ id }) => id);
  const gone = what.action === "delete";
  await sql`
    update ${sql(tables[what.kind])} p
    set version = version + 1${
    gone ? sql`` : sql`, last_touch_at = ${now}, updated_at = ${now}, updated_by = ${actor.userId}`
  }
    where p.tenant_id = ${tenantId}
      and p.id = any (${changedIds}::uuid[])
  `;
  await sql`
    update bulk_change_rows r
    set state = case when ${what.status === "undoing"} then 'undone'
        when c.id is null then 'same' else 'changed' end,
      old = coalesce(c.old, r.old)
    from unnest(${[...ids]}::uuid[]) as m (id)
    left join unnest(
      ${changedIds}::uuid[], ${changed.map(({ old }) => old)}::text[]
    ) as c (id, old) on c.id = m.id
    where r.tenant_id = ${tenantId}
      and r.bulk_change_id = ${what.id}
      and r.record_id = m.id
  `;
  await refresh(scope, what, changedIds);
}

/** Search texts contain tags; those of persons and deals contain their companies' names. */
async function refresh(scope: Scope, { kind, action }: What, ids: string[]): Promise<void> {
  if (["owner", "status", "stage", "notice", "notice_exception"].includes(action)) return;
  await searchTexts.refresh(scope, kind, ids);
  if (kind === "company" && action === "delete") await searchTexts.refreshAround(scope, ids);
}
