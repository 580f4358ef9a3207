/**
 * What a record's page shows besides the record, in one look-up: most records have no mails, files
 * or deals, and preparing a query costs more than finding nothing with it.
 */
import { nameColumns, type Names, seenNames } from "./choices.ts";
import { NotFound } from "./errors.ts";
import type { Fragment } from "./pool.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import type { EntryKind, Subject } from "./timeline.ts";

/** Which panels may have content; an empty one may be named, but a filled one is never missing. */
export interface Panels extends Names {
  planned: boolean;
  deals: boolean;
  files: boolean;
  /** The kinds of entries that its timeline may have. */
  entries: readonly EntryKind[];
}

/** The same as `column` returns it. */
export type Around =
  & Names
  & Record<"planned" | "dealings" | "linked" | "deals" | "files", boolean>;

/** What there is around a record, and its name; does not check that the record may be seen. */
export async function look(scope: Scope, subject: Subject): Promise<Panels> {
  const [{ around }] = await scope.sql<[{ around: Around }]>`select ${column(scope, subject)}`;
  return fromColumn(scope, around);
}

/** The same as a column, for callers that read the record in the same query. */
export function column(scope: Scope, { kind, id }: Subject): Fragment {
  const { sql, tenantId } = scope;
  const key = sql(`${kind}_id`);
  const some = (table: string) =>
    sql`
      select
      from ${sql(table)} x
      where x.tenant_id = ${tenantId}
        and x.${key} = ${id}`;
  return sql`
    (
      select row_to_json(around)
      from (
        select
          exists (${some("activity_links")} and x.open_due is not null) as planned,
          exists (${some("activity_links")}) or exists (${some("message_links")}) as dealings,
          exists (${some("file_links")}) as linked,
          exists (${some("files")} and x.deleted_at is null) as files,
          ${kind === "deal" ? sql`true` : sql`exists (${some(dealsOf[kind])})`} as deals,
          ${nameColumns(scope)}
      ) around
    ) as around`;
}

/** The panels from the column. */
export function fromColumn(
  scope: Scope,
  { planned, dealings, linked, deals, files, ...names }: Around,
): Panels {
  return {
    ...seenNames(scope, names),
    ...{ planned, deals, files },
    entries: [
      // Grouped: each set of kinds is another query whose plan every connection keeps.
      ...dealings ? ["activity", "mail"] as const : [],
      ...linked ? ["file"] as const : [],
      ...deals ? ["stage"] as const : [],
      "change",
    ],
  };
}

/** The tables that say which deals a record has. */
const dealsOf = { contact: "deal_contacts", company: "deals" } as const;

/** The name of a record that may be shown. Throws NotFound. */
export async function names(scope: Scope, subject: Subject): Promise<Names> {
  return seenNames(scope, await read<Names>(scope, subject, nameColumns(scope)));
}

/** Asserts that a record may be shown. Throws NotFound. */
export async function find(scope: Scope, subject: Subject): Promise<void> {
  await read(scope, subject, scope.sql`p.id`);
}

async function read<Row extends object>(
  { sql, tenantId }: Scope,
  { kind, id }: Subject,
  columns: Fragment,
): Promise<Row> {
  const [found] = await sql<Row[]>`
    select ${columns}
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.id = ${id}
      and p.deleted_at is null
  `;
  if (!found) throw new NotFound(kind);
  return found;
}
