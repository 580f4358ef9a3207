/**
 * What a restored backup must not undo of an erasure, apart from deleted rows: persons reduced to
 * what the law keeps, and words made unreadable in other people's rows.
 */
import { Buffer } from "node:buffer";
import * as copies from "./masked_copies.ts";
import * as maskings from "./maskings.ts";
import type { AnySql } from "./pool.ts";
import * as retained from "./retained_persons.ts";
import type { Scope } from "./scope.ts";
import * as sealedSecrets from "./sealed_secrets.ts";

const useOf = (tenantId: string) => `ledger masked ${tenantId}`;

/**
 * Stores which words were made unreadable where. They are sealed in the ledger for as long as a
 * backup may contain them in clear text, and are removed with the last such backup.
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

/** Stores that persons were reduced; the provision and the day are not secret. */
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

/** A ledger line in the form a replay needs. */
interface Redone {
  tenantId: string;
  table: string;
  ids: readonly string[];
  detail: string;
  at: string;
}

/** Reduces persons again, as the owner of a restored database. */
export async function redoRetained(
  sql: AnySql,
  { tenantId, ids, detail, at }: Redone,
): Promise<void> {
  await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
  await retained.restrict({ sql, tenantId, now: new Date(at) }, ids, JSON.parse(detail));
  // The replayed restriction added a reason of its own, but the law is the only reason here.
  await sql`
    delete from restrictions
    where tenant_id = ${tenantId}
      and contact_id = any (${[...ids]}::uuid[])
      and item_id is null
      and imposed_at = ${at}
  `;
}

/**
 * Ends imports whose files were erased with a person: no form may offer to read them again, and
 * imports that ran no longer show anything of the file. Returns the users whose imports were
 * cancelled by this; the reports of those are removed too, as nothing else would clear them.
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
  const ended = await sql<{ id: string; userId: string | null }[]>`
    update imports
    set status = 'expired', inspection = null, options = null, error_code = 'person_erased'
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and status in ('uploaded', 'checking', 'checked', 'queued', 'running', 'failed')
    returning id, created_by as user_id
  `;
  await sql`
    delete from import_rows
    where tenant_id = ${tenantId}
      and import_id = any (${ended.map(({ id }) => id)}::uuid[])
  `;
  return ended;
}

/** Removes the rows that name a person from the reports of imports. */
export async function removeReported(
  { sql, tenantId }: { sql: AnySql; tenantId: string },
  ids: readonly string[],
  words: readonly string[],
): Promise<void> {
  // A pattern without words would match every row.
  if (words.length === 0) return;
  await sql`
    delete from import_rows t
    where t.tenant_id = ${tenantId}
      and t.import_id = any (${[...ids]}::uuid[])
      and t::text ~* ${maskings.patternOf(words)}
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
  // A pattern without words would match every row.
  if (words.length === 0) return;
  if (table === "import_rows") return await removeReported({ sql, tenantId }, ids, words);
  const [known] = await sql<{ there: boolean }[]>`
    select to_regclass(${`public.${table}`}) is not null as there
  `;
  // A backup older than the table has none of its rows.
  if (!known!.there) return;
  // The text of issued offers can only be changed by an erasure.
  await sql`set local app.erases = 'on'`;
  const named = sql`t.${sql(maskings.keyOf(table))} = any (${[...ids]}::uuid[])`;
  await maskings.mask({ sql, tenantId }, table, words, named);
  await copies.renew({ sql, tenantId }, [{ table, ids: [...ids] }]);
}
