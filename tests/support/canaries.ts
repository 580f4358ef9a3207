/** Puts a unique word into every column about a person that accepts one. */
import { columnsOf, type Person, personTables, ways } from "../../db/person_tables.ts";
import type { Scope } from "../../db/scope.ts";
import type { Sql } from "../../db/pool.ts";

/** Puts `mark-table-column` into every text column of the person's rows. Returns the words. */
export async function plant(
  owner: Sql,
  tenantId: string,
  person: Person,
  mark: string,
): Promise<string[]> {
  const kinds = await owner<{ name: string; type: string }[]>`
    select table_name || '.' || column_name as name, data_type as type
    from information_schema.columns
    where table_schema = 'public'
      and is_generated = 'NEVER'
  `;
  const types = new Map(kinds.map(({ name, type }) => [name, type]));
  const put: string[] = [];
  for (const table of personTables) {
    for (const [column, { inAccessExport }] of columnsOf(table)) {
      const type = types.get(`${table}.${column}`);
      if (inAccessExport !== "value" || (type !== "text" && type !== "jsonb")) continue;
      // What people are found by stays as it is; cases and changes are written by rules of their
      // own.
      const own = ["emails.address", "mails.recipient", "cases.person_email", "offers.number"];
      if (own.includes(`${table}.${column}`)) continue;
      const word = `${mark}-${table}-${column}`.replaceAll("_", "-");
      if (await write(owner, tenantId, person, { table, column, type, word })) put.push(word);
    }
  }
  return put;
}

/** Returns false if a rule of the column accepts only certain words. */
async function write(
  owner: Sql,
  tenantId: string,
  person: Person,
  { table, column, type, word }: {
    table: typeof personTables[number];
    column: string;
    type: string;
    word: string;
  },
): Promise<boolean> {
  const value = type === "jsonb" ? owner.json([{ name: word }]) : word;
  try {
    return await owner.begin(async (sql) => {
      const scope = { sql, tenantId } as unknown as Scope;
      // Issued documents are immutable, except under this setting.
      await sql`set local app.erases = 'on'`;
      const { count } = await sql`
        update ${sql(table)} t
        set ${sql(column)} = ${value as string}
        where t.tenant_id = ${tenantId}
          and ${ways[table](scope, person)}
      `;
      return count > 0;
    });
  } catch (error) {
    if ((error as { code?: string }).code === "23514") return false;
    throw error;
  }
}
