/**
 * Follow-up work for a changed custom field: updates search texts, deletes a removed field's
 * values.
 */
import { historyName } from "./custom_values.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

/** The number of records processed in one transaction. */
const batch = 1_000;

/**
 * Processes the next batch of records with a value of the field (with `all`, of all records of its
 * kind) after record `after`. Returns the last one, or null when none are left. A removed field
 * loses its values first, then their traces in the history, then its own row.
 */
export async function work(
  scope: Scope,
  { fieldId, all = false }: { fieldId: string; all?: boolean },
  after: string | null,
): Promise<string | null> {
  const { sql, tenantId } = scope;
  // Records may still get values meanwhile: who saves one holds it and needs the field.
  const [field] = await sql<{ recordKind: Kind; removed: boolean }[]>`
    select record_kind, removed_at is not null as removed
    from custom_fields
    where tenant_id = ${tenantId}
      and id = ${fieldId}
    for no key update
  `;
  if (!field) return null;
  // Restricted records and those in the trash lose their values, too.
  await sql`set local app.sees_restricted = 'on'`;
  const { recordKind, removed } = field;
  const ids = all && !removed
    ? await any(scope, recordKind, after)
    : await next(scope, fieldId, recordKind, removed ? null : after);
  if (removed) {
    await sql`
      delete from custom_values
      where tenant_id = ${tenantId}
        and field_id = ${fieldId}
        and ${sql(`${recordKind}_id`)} = any (${ids}::uuid[])
    `;
  }
  await searchTexts.refresh(scope, recordKind, ids);
  if (ids.length === batch) return ids.at(-1)!;
  if (removed) await end(scope, fieldId);
  return null;
}

/** The next records that have a value of a field, by id. */
async function next(
  { sql, tenantId }: Scope,
  fieldId: string,
  kind: Kind,
  after: string | null,
): Promise<string[]> {
  const owner = sql(`${kind}_id`);
  const rows = await sql<{ id: string }[]>`
    select distinct v.${owner} as id
    from custom_values v
    where v.tenant_id = ${tenantId}
      and v.field_id = ${fieldId}
      ${after === null ? sql`` : sql`and v.${owner} > ${after}`}
    order by v.${owner}
    limit ${batch}
  `;
  return rows.map(({ id }) => id);
}

/** The next records of a kind. */
async function any(
  { sql, tenantId }: Scope,
  kind: Kind,
  after: string | null,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit ${batch}
  `;
  return rows.map(({ id }) => id);
}

async function end({ sql, tenantId }: Scope, fieldId: string): Promise<void> {
  await sql`select forget_custom_field(${historyName(fieldId)})`;
  await sql`
    update web_form_entries
    set custom = custom - ${fieldId}::text
    where tenant_id = ${tenantId}
      and custom ? ${fieldId}
  `;
  await sql`
    delete from custom_fields
    where tenant_id = ${tenantId}
      and id = ${fieldId}
  `;
}
