/** The records that files are attached to, and whether a file's record may be shown. */
import { fullName } from "./full_names.ts";
import * as activities from "./activity_conditions.ts";
import { NotFound } from "./errors.ts";
import * as messages from "./message_views.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** A record that people attach files to, or one that came with files. */
export type HomeKind = Kind | "activity" | "message";

/** The record that a file is attached to and is deleted with. */
export interface Home {
  kind: HomeKind;
  id: string;
}

/** The column for each kind of record; the one that is not null is the home. */
export const column = (kind: HomeKind) => `${kind}_id`;

/** The home of row `f` as two columns. */
export function columns({ sql }: Scope) {
  return sql`
    case
      when f.contact_id is not null then 'contact'
      when f.company_id is not null then 'company'
      when f.deal_id is not null then 'deal'
      when f.activity_id is not null then 'activity'
      else 'message'
    end as home_kind,
    coalesce(f.contact_id, f.company_id, f.deal_id, f.activity_id, f.message_id) as home_id`;
}

/** The condition under which file `f` is on a contact, company or deal that may be shown. */
function livesOnRecord({ sql }: Scope) {
  const living = (kind: Kind) =>
    sql`exists (
      select
      from ${sql(tables[kind])} h
      where h.tenant_id = f.tenant_id
        and h.id = f.${sql(column(kind))}
        and h.deleted_at is null
    )`;
  return sql`(${living("contact")} or ${living("company")} or ${living("deal")})`;
}

/**
 * The condition under which the record of file `f` may be shown: not deleted and not restricted.
 */
export function visible(scope: Scope) {
  const { sql } = scope;
  return sql`(
    ${livesOnRecord(scope)}
    or exists (
      select
      from activities a
      where a.tenant_id = f.tenant_id
        and a.id = f.activity_id
        and ${activities.visible(scope)}
    )
    or exists (
      select
      from messages m
      where m.tenant_id = f.tenant_id
        and m.id = f.message_id
        and ${messages.visible(scope)}
    )
  )`;
}

/** The table of a kind, and the name of its row `h`. */
function named({ sql }: Scope, kind: HomeKind) {
  switch (kind) {
    case "contact":
      return {
        table: sql`contacts`,
        words: fullName("h"),
      };
    case "company":
      return { table: sql`companies`, words: sql`h.name` };
    case "deal":
      return { table: sql`deals`, words: sql`h.title` };
    case "activity":
      return { table: sql`activities`, words: sql`h.subject` };
    case "message":
      return { table: sql`messages`, words: sql`h.subject` };
  }
}

/** The name of row `f`'s record, or the subject of its activity or mail. */
export function nameColumn(scope: Scope) {
  const { sql } = scope;
  const of = (kind: HomeKind) => {
    const { table, words } = named(scope, kind);
    return sql`(
      select ${words}
      from ${table} h
      where h.tenant_id = f.tenant_id
        and h.id = f.${sql(column(kind))}
    )`;
  };
  return sql`
    coalesce(${of("contact")}, ${of("company")}, ${of("deal")}, ${of("activity")},
      ${of("message")})`;
}

/**
 * Asserts that a record may be shown and prevents its erasure until the transaction ends. Throws
 * NotFound.
 */
export async function hold(scope: Scope, { kind, id }: Home): Promise<void> {
  const { sql, tenantId } = scope;
  const [row] = await (kind === "activity"
    ? sql`
      select a.id
      from activities a
      where a.tenant_id = ${tenantId}
        and a.id = ${id}
        and ${activities.visible(scope)}
      for key share of a
    `
    : kind === "message"
    ? sql`
      select m.id
      from messages m
      where m.tenant_id = ${tenantId}
        and m.id = ${id}
        and ${messages.visible(scope)}
      for key share of m
    `
    : sql`
      select id
      from ${sql(tables[kind])}
      where tenant_id = ${tenantId}
        and id = ${id}
        and deleted_at is null
      for key share
    `);
  if (!row) throw new NotFound(kind);
}

/** The record's name, for the page with its files. Throws NotFound. */
export async function name(scope: Scope, { kind, id }: Home): Promise<string> {
  const { sql, tenantId } = scope;
  await hold(scope, { kind, id });
  const { table, words } = named(scope, kind);
  const [row] = await sql<[{ name: string }]>`
    select ${words} as name
    from ${table} h
    where h.tenant_id = ${tenantId}
      and h.id = ${id}
  `;
  return row.name;
}
