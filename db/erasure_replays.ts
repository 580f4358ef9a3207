/**
 * What of an erasure a restored backup must not undo beside the rows that went: persons reduced to
 * what the law keeps, and words that were made unreadable in rows of others.
 */
import { Buffer } from "node:buffer";
import * as maskings from "./maskings.ts";
import type { AnySql } from "./pool.ts";
import * as retained from "./retained_persons.ts";
import type { Scope } from "./scope.ts";
import * as sealedSecrets from "./sealed_secrets.ts";

const useOf = (tenantId: string) => `ledger masked ${tenantId}`;

/**
 * Keeps which words were made unreadable where. They lie sealed in the ledger for as long as a backup
 * may hold them in the open, and go with the last of those.
 */
export async function keepMasked(
  { sql, tenantId }: Scope,
  secretKey: string,
  words: readonly string[],
  masked: readonly maskings.Masked[],
): Promise<void> {
  for (const { table, ids } of masked) {
    if (ids.length === 0) continue;
    const detail = sealedSecrets.seal(secretKey, useOf(tenantId), JSON.stringify(words));
    await sql`
      insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
      values (
        ${tenantId}, 'masked', ${table}, ${ids}::uuid[], ${Buffer.from(detail).toString("base64")}
      )
    `;
  }
}

/** Keeps that persons were reduced; the provision and the day are no secret. */
export async function keepRetained(
  { sql, tenantId }: Scope,
  ids: readonly string[],
  keeping: retained.Keeping,
): Promise<void> {
  await sql`
    insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
    values (${tenantId}, 'retained', 'contacts', ${[...ids]}::uuid[], ${JSON.stringify(keeping)})
  `;
}

/** A line as a replay redoes it. */
interface Redone {
  tenantId: string;
  table: string;
  ids: readonly string[];
  detail: string;
  at: string;
}

/** Reduces persons again, as the owner of a database that was taken in. */
export async function redoRetained(
  sql: AnySql,
  { tenantId, ids, detail, at }: Redone,
): Promise<void> {
  await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
  await retained.restrict({ sql, tenantId, now: new Date(at) }, ids, JSON.parse(detail));
  // The line of the restriction itself has made a reason of its own: the law is the only one.
  await sql`
    delete from restrictions
    where tenant_id = ${tenantId}
      and contact_id = any (${[...ids]}::uuid[])
      and item_id is null
      and imposed_at = ${at}
  `;
}

/**
 * Ends imports whose files went with a person: no form may offer to read them once more, and of those
 * that were run nothing is shown of the file. Whose imports came to nothing by it.
 */
export async function endImports(
  { sql, tenantId }: { sql: AnySql; tenantId: string },
  ids: readonly string[],
): Promise<{ id: string; userId: string | null }[]> {
  await sql`
    update imports
    set inspection = jsonb_set(inspection, '{samples}', '[]')
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and jsonb_typeof(inspection->'samples') = 'array'
  `;
  return await sql<{ id: string; userId: string | null }[]>`
    update imports
    set status = 'expired', inspection = null, options = null, error_code = 'person_erased'
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and status in ('uploaded', 'checking', 'checked', 'queued', 'running', 'failed')
    returning id, created_by as user_id
  `;
}

/** Makes words unreadable again. Throws SecretBroken. */
export async function redoMasked(
  sql: AnySql,
  secretKey: string,
  { tenantId, table, ids, detail }: Redone,
): Promise<void> {
  const words = JSON.parse(
    sealedSecrets.open(secretKey, useOf(tenantId), Buffer.from(detail, "base64")),
  ) as string[];
  await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
  if (table === "import_rows") await endImports({ sql, tenantId }, ids);
  // Of a pattern without words every row would be found.
  if (words.length === 0) return;
  if (table === "import_rows") {
    await sql`
      delete from import_rows t
      where t.tenant_id = ${tenantId}
        and t.import_id = any (${[...ids]}::uuid[])
        and t::text ~* ${maskings.patternOf(words)}
    `;
    return;
  }
  const [known] = await sql<{ there: boolean }[]>`
    select to_regclass(${`public.${table}`}) is not null as there
  `;
  // A backup that is older than the table holds none of its rows.
  if (!known!.there) return;
  // Offers that were issued give their words up only to an erasure.
  await sql`set local app.erases = 'on'`;
  const named = sql`t.${sql(maskings.keyOf(table))} = any (${[...ids]}::uuid[])`;
  await maskings.mask({ sql, tenantId }, table, words, named);
  const search = { contacts: "contact", companies: "company", deals: "deal" }[table];
  if (search) await sql`select ${sql(`refresh_${search}_search`)}(${[...ids]}::uuid[])`;
}
