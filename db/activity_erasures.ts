/** What happens to activities when the records they are about are erased. */
import type { About } from "./activity_links.ts";
import { literal } from "./pages.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/**
 * Erases the activities that are about these records only, when the records are erased: what was
 * said about a person is erased with the person.
 */
export async function removeAlone(
  { sql, tenantId }: Scope,
  kind: About["kind"],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from activities a
    where a.tenant_id = ${tenantId}
      and a.id in (
        select activity_id
        from activity_links
        where tenant_id = ${tenantId}
          and direct
          and ${sql(`${kind}_id`)} = any(${[...ids]}::uuid[])
      )
      and not exists (
        select
        from activity_links l
        where l.tenant_id = ${tenantId}
          and l.activity_id = a.id
          and l.direct
          and l.record_id <> all(${[...ids]}::uuid[])
      )
  `;
}

/** Erases an import's activities, and those that are only about its records of these kinds. */
export async function removeOfImport(
  scope: Scope,
  importId: string,
  kinds: readonly About["kind"][] = ["contact"],
): Promise<void> {
  await removeOwnOfImport(scope, importId);
  const { sql, tenantId } = scope;
  for (const kind of kinds) {
    const concerned = await sql<{ id: string }[]>`
      select r.id
      from ${sql(tables[kind])} r
      where r.tenant_id = ${tenantId}
        and r.import_id = ${importId}
        and exists (
          select
          from activity_links l
          where l.tenant_id = ${tenantId}
            and l.${sql(`${kind}_id`)} = r.id
        )
    `;
    await removeAlone(scope, kind, concerned.map(({ id }) => id));
  }
}

/** Erases up to `most` of the activities that an import created; returns how many. */
export async function removeOwnOfImport(
  { sql, tenantId }: Scope,
  importId: string,
  most?: number,
): Promise<number> {
  const { count } = await sql`
    delete from activities
    where tenant_id = ${tenantId}
      and id in (
        select id
        from activities
        where tenant_id = ${tenantId}
          and import_id = ${importId}
        ${most === undefined ? sql`` : sql`limit ${literal(most)}`}
      )
  `;
  return count;
}
