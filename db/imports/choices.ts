/** Users' decisions about single rows whose record may already exist. */
import { Invalid } from "../errors.ts";
import type { Scope } from "../scope.ts";

/** `create` makes a new record all the same. */
export type Choice = "skip" | "fill" | "overwrite" | "create";
export const choices: readonly Choice[] = ["skip", "fill", "overwrite", "create"];

/** The choices made for an import, by row. */
export async function all(
  { sql, tenantId }: Scope,
  importId: string,
): Promise<ReadonlyMap<number, Choice>> {
  const rows = await sql<{ row: number; choice: Choice }[]>`
    select row_no as row, choice
    from import_choices
    where tenant_id = ${tenantId}
      and import_id = ${importId}
  `;
  return new Map(rows.map(({ row, choice }) => [row, choice]));
}

/** How many choices were made for an import. */
export async function count({ sql, tenantId }: Scope, importId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int
    from import_choices
    where tenant_id = ${tenantId}
      and import_id = ${importId}
  `;
  return row!.count;
}

/** The choices for a page of rows. */
export async function among(
  { sql, tenantId }: Scope,
  importId: string,
  rows: readonly number[],
): Promise<ReadonlyMap<number, Choice>> {
  const found = await sql<{ row: number; choice: Choice }[]>`
    select row_no as row, choice
    from import_choices
    where tenant_id = ${tenantId}
      and import_id = ${importId}
      and row_no = any (${[...rows]}::int[])
  `;
  return new Map(found.map(({ row, choice }) => [row, choice]));
}

/**
 * Stores choices for rows that the report calls duplicates or updates; null removes one. Throws
 * Invalid if the import is past its rehearsal.
 */
export async function keep(
  { sql, tenantId }: Scope,
  importId: string,
  made: ReadonlyMap<number, Choice | null>,
): Promise<void> {
  const [due] = await sql`
    select id
    from imports
    where tenant_id = ${tenantId}
      and id = ${importId}
      and status = 'checked'
    for update
  `;
  if (!due) throw new Invalid("imports.too_late");
  const rows = [...made];
  await sql`
    delete from import_choices
    where tenant_id = ${tenantId}
      and import_id = ${importId}
      and row_no = any (${rows.map(([row]) => row)}::int[])
  `;
  const kept = rows.filter(([, choice]) => choice !== null);
  await sql`
    insert into import_choices (tenant_id, import_id, row_no, choice)
    select ${tenantId}, ${importId}, made.row_no, made.choice
    from unnest(
      ${kept.map(([row]) => row)}::int[], ${kept.map(([, choice]) => choice)}::text[]
    ) as made (row_no, choice)
    where exists (
      select
      from import_rows r
      where r.tenant_id = ${tenantId}
        and r.import_id = ${importId}
        and r.row_no = made.row_no
        and r.outcome in ('duplicate', 'updated')
    )
  `;
}

/** Deletes the choices, because the rows of the file are now numbered differently. */
export async function clear({ sql, tenantId }: Scope, importId: string): Promise<void> {
  await sql`
    delete from import_choices
    where tenant_id = ${tenantId}
      and import_id = ${importId}
  `;
}
