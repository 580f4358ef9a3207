/**
 * What follows a merge: what is recalculated, where old addresses redirect, and the end of hidden
 * records and undo data.
 */
import { enqueue } from "./jobs.ts";
import * as maskings from "./maskings.ts";
import type { AnySql } from "./pool.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

/** Merges ended in one transaction. */
const batch = 500;

/** The record that a merged record's address redirects to; null if there is none. */
export async function successor(
  { sql, tenantId }: Scope,
  kind: Kind,
  id: string,
): Promise<string | null> {
  const column = sql(`${kind}_id`);
  const [row] = await sql<{ id: string }[]>`
    select p.id
    from former_ids f
    join ${sql(tables[kind])} p on p.tenant_id = f.tenant_id and p.id = f.${column}
    where f.tenant_id = ${tenantId}
      and f.id = ${id}
      and p.deleted_at is null
  `;
  return row?.id ?? null;
}

/** Erases the contacts merged into these, which are to be erased, and the undo data of it. */
export async function forget(scope: Scope, ids: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  await sql`
    delete from contacts
    where tenant_id = ${tenantId}
      and merged_into = any (${[...ids]}::uuid[])
  `;
  await sql`
    delete from merges
    where tenant_id = ${tenantId}
      and contact_id = any (${[...ids]}::uuid[])
  `;
}

/**
 * Removes what the undo data of other merges holds about these people, under earlier identifiers
 * too: their roles at companies and in deals that were merged, and fields that named them. All of
 * it is gone with them and could not come back.
 */
export async function forgetMentions(
  { sql, tenantId }: { sql: AnySql; tenantId: string },
  ids: readonly string[],
): Promise<void> {
  const former = await sql<{ id: string }[]>`
    select id
    from former_ids
    where tenant_id = ${tenantId}
      and contact_id = any (${[...ids]}::uuid[])
  `;
  const all = [...ids, ...former.map(({ id }) => id)];
  await sql`
    delete from merge_rows r
    where r.tenant_id = ${tenantId}
      and (
        r.table_name in ('affiliations', 'custom_values')
        and (r.copy->>'contact_id' = any (${all}) or r.copy->>'person_id' = any (${all}))
        or r.table_name = 'deal_contacts'
        and (r.key->>'contact_id' = any (${all}) or r.before->>'contact_id' = any (${all}))
        or r.table_name = 'custom_values'
        and (r.before->>'person_id' = any (${all}) or r.after->>'person_id' = any (${all}))
        or r.table_name = 'affiliations'
        and r.copy is null
        -- What joined two roles names nobody; nor does anything, where the role was removed since.
        and not exists (
          select
          from affiliations a
          where a.tenant_id = ${tenantId}
            and a.id = (r.key->>'id')::uuid
            and a.contact_id::text <> all (${all})
        )
      )
  `;
}

/**
 * Erases the deals that were merged into deals of these people, and the undo data of those merges,
 * which name the people too. Returns the merges, so that a restored backup masks them again.
 */
export async function forgetDeals(
  scope: Scope,
  contactIds: readonly string[],
  words: readonly string[],
): Promise<maskings.Masked> {
  const { sql, tenantId } = scope;
  const theirs = sql`
    select x.deal_id
    from deal_contacts x
    where x.tenant_id = ${tenantId}
      and x.contact_id = any (${[...contactIds]}::uuid[])`;
  const merges = await sql<{ id: string }[]>`
    select m.id
    from merges m
    where m.tenant_id = ${tenantId}
      and m.deal_id is not null
      and (
        m.deal_id in (${theirs})
        or exists (
          select
          from merge_rows r
          where r.tenant_id = ${tenantId}
            and r.merge_id = m.id
            -- Finds people removed from the deal since.
            and r.table_name = 'deal_contacts'
            and (r.key->>'contact_id')::uuid = any (${[...contactIds]}::uuid[])
        )
        or exists (
          select
          from deals d
          where d.tenant_id = ${tenantId}
            and d.merged_into = m.deal_id
            and d.id in (${theirs})
        )
      )
    for update
  `;
  const ids = merges.map(({ id }) => id);
  const masked = await maskings.mask(
    scope,
    "merge_rows",
    words,
    sql`t.merge_id = any (${ids}::uuid[])`,
  );
  await removeHidden(scope, "deals", ids);
  await sql`
    delete from merges
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
  `;
  return { ...masked, ids: [...new Set(masked.ids)] };
}

/** Erases a batch of hidden records and undo data whose time is over; returns how many merges. */
export async function removeExpired(scope: Scope): Promise<number> {
  const { sql, tenantId, now } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const due = await sql<{ id: string }[]>`
    select id
    from merges
    where tenant_id = ${tenantId}
      and undo_until <= ${now}
    order by undo_until
    limit ${batch}
    for update skip locked
  `;
  const ids = due.map(({ id }) => id);
  for (const table of Object.values(tables)) await removeHidden(scope, table, ids);
  await sql`
    delete from merges
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
  `;
  if (ids.length > 0) await enqueue(sql, "sweep_files", tenantId, {});
  return ids.length;
}

/** Removes the records of a table that these merges hid. */
async function removeHidden(
  { sql, tenantId }: Scope,
  table: string,
  mergeIds: readonly string[],
): Promise<void> {
  await sql`
    delete from ${sql(table)}
    where tenant_id = ${tenantId}
      and merged_into is not null
      and id in (
        select (r.key->>'id')::uuid
        from merge_rows r
        where r.tenant_id = ${tenantId}
          and r.merge_id = any (${[...mergeIds]}::uuid[])
          and r.after ? 'merged_into'
      )
  `;
}

/** Raises versions, so that open forms notice, and renews search texts. */
export async function renew(scope: Scope, kind: Kind, ids: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  await sql`
    update ${sql(tables[kind])}
    set version = version + 1
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
  `;
  await searchTexts.refresh(scope, kind, ids);
  // Closed deals count once in reports, by the steps of both.
  if (kind === "deal") await sql`select write_facts(${tenantId}, ${[...ids]}::uuid[])`;
  if (kind === "company") await searchTexts.refreshAround(scope, ids);
}
