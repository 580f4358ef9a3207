/** Files that an answer to a right of access encloses, and those that it only names. */
import * as ownWords from "./erasure_words.ts";
import { objectOf } from "./files.ts";
import * as ownRows from "./imports/own_rows.ts";
import * as soughtFiles from "./imports/sought_files.ts";
import { keptFor } from "./imports/states.ts";
import { type Person, rowsOf, type TableRows } from "./person_tables.ts";
import type { Scope } from "./scope.ts";
import type { Vault } from "./vault.ts";

/** A file included in the answer. */
export interface PackageFile {
  id: string;
  name: string;
  size: number;
  object: string;
  addedAt: Date;
}

/** A file of an import, and until when it is kept so that the import can be undone. */
export interface ImportFile {
  importedAt: Date;
  keptUntil: Date;
  /** How many rows of it the answer gives; null if it could not be read. */
  rows: number | null;
}

/** The rows of kept files, as a table of an answer; the map has none of that name. */
export const rowTable = "import_files";

/**
 * The newest files, all or at most `most`, with those in the trash: the tenant stores them until they
 * are erased.
 */
export async function list(scope: Scope, person: Person, most?: number): Promise<PackageFile[]> {
  const rows = await rowsOf(
    scope,
    person,
    "files",
    ["id", "name", "size", "object_id", "at"],
    most,
  );
  return rows.toSorted((a, b) => String(b.id) < String(a.id) ? -1 : 1).map((row) => ({
    id: row.id as string,
    name: row.name as string,
    size: Number(row.size),
    object: objectOf(scope.tenantId, row.object_id as string),
    addedAt: new Date(row.at as string),
  }));
}

/**
 * The kept files of imports that made, changed or named the person's record, newest first, at most
 * 100, and the person's own rows in them.
 */
export async function listImports(
  scope: Scope,
  store: Vault,
  person: Person,
): Promise<{ imported: ImportFile[]; tables: TableRows[] }> {
  const found = await listKept(scope, person);
  if (found.length === 0) return { imported: [], tables: [] };
  const sought = await soughtFiles.of(scope, person, await ownWords.of(scope, person));
  // Reading a large file takes many seconds.
  await scope.sql`set local idle_in_transaction_session_timeout = 0`;
  const imported: ImportFile[] = [];
  const rows: Record<string, unknown>[] = [];
  for (const { importedAt, ...kept } of found) {
    const own = await ownRows.list(store, kept, sought);
    imported.push({
      importedAt,
      keptUntil: new Date(importedAt.getTime() + keptFor),
      rows: own && own.length,
    });
    rows.push(...(own ?? []).map(({ row, cells }) => ({ imported_at: importedAt, row, cells })));
  }
  return { imported, tables: rows.length > 0 ? [{ table: rowTable, rows }] : [] };
}

async function listKept(
  { sql, tenantId }: Scope,
  { contactIds }: Person,
): Promise<(soughtFiles.KeptFile & { importedAt: Date })[]> {
  const ids = [...contactIds];
  return await sql<(soughtFiles.KeptFile & { importedAt: Date })[]>`
    select i.id, i.options -> 'plan' as plan, coalesce(i.finished_at, i.created_at) as imported_at
    from imports i
    where i.tenant_id = ${tenantId}
      and i.kind = 'file'
      and i.options is not null
      and (
        exists (
          select
          from contacts c
          where c.tenant_id = i.tenant_id
            and c.import_id = i.id
            and c.id = any (${ids}::uuid[])
        )
        or exists (
          select
          from import_updates u
          where u.tenant_id = i.tenant_id
            and u.import_id = i.id
            and u.contact_id = any (${ids}::uuid[])
        )
        or exists (
          select
          from import_rows r
          where r.tenant_id = i.tenant_id
            and r.import_id = i.id
            and r.contact_id = any (${ids}::uuid[])
        )
      )
    order by imported_at desc
    limit 100
  `;
}
