/** How much is stored about a person, counted without reading it. */
import { type Person, type PersonTable, personTables, ways } from "./person_tables.ts";
import type { Scope } from "./scope.ts";

export interface Sizes {
  /** The number of rows by table; `isMore` where there are so many that they were not all counted. */
  tables: { table: PersonTable; count: number; isMore: boolean }[];
  /** Whether it is more than a request can read: then a job makes the answer. */
  isLarge: boolean;
}

/** Up to here rows are counted. */
const countable = 100_000;

/** Rows, bytes of text, and bytes of kept import files that a request reads at most. */
const small = { rows: 4_000, bytes: 8_000_000, imports: 4_000_000 };

/** Columns with long texts; how long they are stands beside them, without reading them. */
const texts: Partial<Record<PersonTable, readonly string[]>> = {
  activities: ["body"],
  messages: ["body_text", "body_html"],
};

/** Counts the person's rows by table; tables without any are left out. */
export async function of(scope: Scope, person: Person): Promise<Sizes> {
  const tables: Sizes["tables"] = [];
  let bytes = 0;
  for (const table of personTables) {
    const found = await measure(scope, person, table);
    const count = Math.min(found.count, countable);
    if (count > 0) tables.push({ table, count, isMore: found.count > countable });
    bytes += found.bytes;
  }
  const rows = tables.reduce((sum, { count }) => sum + count, 0);
  const isLarge = rows > small.rows || bytes > small.bytes ||
    await importBytes(scope, person) > small.imports;
  return { tables, isLarge };
}

async function measure(
  scope: Scope,
  person: Person,
  table: PersonTable,
): Promise<{ count: number; bytes: number }> {
  const { sql, tenantId } = scope;
  const bytes = (texts[table] ?? []).reduce(
    (before, name) => sql`${before} + coalesce(pg_column_size(t.${sql(name)}), 0)`,
    sql`0`,
  );
  const [row] = await sql<[{ count: number; bytes: number }]>`
    select count(*)::int as count, coalesce(sum(r.bytes), 0)::float8 as bytes
    from (
      select ${bytes} as bytes
      from ${sql(table)} t
      where t.tenant_id = ${tenantId}
        and ${ways[table](scope, person)}
      limit ${countable + 1}
    ) r
  `;
  return row;
}

/** How long the kept files are that the person came with: each is read to find the person's rows. */
async function importBytes({ sql, tenantId }: Scope, { contactIds }: Person): Promise<number> {
  const ids = [...contactIds];
  const [row] = await sql<[{ bytes: number }]>`
    select coalesce(sum(i.file_size), 0)::float8 as bytes
    from imports i
    where i.tenant_id = ${tenantId}
      and i.kind = 'file'
      and i.options is not null
      and i.id in (
        select c.import_id
        from contacts c
        where c.tenant_id = ${tenantId}
          and c.id = any (${ids}::uuid[])
        union
        select u.import_id
        from import_updates u
        where u.tenant_id = ${tenantId}
          and u.contact_id = any (${ids}::uuid[])
        union
        select r.import_id
        from import_rows r
        where r.tenant_id = ${tenantId}
          and r.contact_id = any (${ids}::uuid[])
      )
  `;
  return row.bytes;
}
