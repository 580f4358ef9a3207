/** Files that an answer to a right of access encloses, and those that it only names. */
import { objectOf } from "./files.ts";
import { keptFor } from "./imports/states.ts";
import { type Person, rowsOf } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

/** A file included in the answer. */
export interface PackageFile {
  id: string;
  name: string;
  size: number;
  object: string;
}

/** A file of an import, and until when it is kept so that the import can be undone. */
export interface ImportFile {
  importedAt: Date;
  keptUntil: Date;
}

/** Includes files in the trash: the tenant stores them until they are erased. */
export async function list(scope: Scope, person: Person): Promise<PackageFile[]> {
  const rows = await rowsOf(scope, person, "files", ["id", "name", "size", "object_id"]);
  return rows.map((row) => ({
    id: row.id as string,
    name: row.name as string,
    size: Number(row.size),
    object: objectOf(scope.tenantId, row.object_id as string),
  }));
}

/** The kept files of imports that made or changed the person's record, newest first; at most 100. */
export async function listImports(
  { sql, tenantId }: Scope,
  { contactIds }: Person,
): Promise<ImportFile[]> {
  const ids = [...contactIds];
  const rows = await sql<{ importedAt: Date }[]>`
    select coalesce(i.finished_at, i.created_at) as imported_at
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
      )
    order by imported_at desc
    limit 100
  `;
  return rows.map(({ importedAt }) => ({
    importedAt,
    keptUntil: new Date(importedAt.getTime() + keptFor),
  }));
}
