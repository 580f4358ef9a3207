/** Replaces identifiers by names in answers to rights of access. */
import * as accessChanges from "./access_changes.ts";
import * as customAccess from "./custom_access.ts";
import type { Rows } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

const named = {
  company_id: "companies",
  tag_id: "tags",
  pipeline_id: "pipelines",
  stage_id: "stages",
  lost_reason_id: "lost_reasons",
} as const;

/** Replaces identifiers that mean something by their names. */
export async function withNames(
  scope: Scope,
  given: Rows[],
  language: customAccess.Language,
): Promise<Rows[]> {
  const { sql, tenantId } = scope;
  const tables = await accessChanges.inWords(
    scope,
    await customAccess.inWords(scope, given, language),
    language,
  );
  const known = new Map<string, string>();
  for (const [column, table] of Object.entries(named)) {
    const ids = tables.flatMap(({ rows }) => rows.map((row) => row[column])).filter(Boolean);
    if (ids.length === 0) continue;
    const rows = await sql<{ id: string; name: string }[]>`
      select n.id, n.name
      from ${sql(table)} n
      where n.tenant_id = ${tenantId}
        and n.id = any(${[...new Set(ids as string[])]}::uuid[])
    `;
    for (const { id, name } of rows) known.set(id, name);
  }
  const shown = (name: string, value: unknown) =>
    name in named ? known.get(value as string) ?? value : value;
  return tables.map(({ table, rows }) => ({
    table,
    rows: rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shown(name, value)]))
    ),
  }));
}
