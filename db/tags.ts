/** Tags: words that a tenant's users attach to contacts, companies and deals. */
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { words } from "./fragments.ts";
import { type Cursor, literal, type Page, page, parts } from "./pages.ts";
import { type Kind, kinds, tables } from "./record_kinds.ts";
import { bound } from "./record_counts.ts";
import type { Scope } from "./scope.ts";

export interface Tag {
  id: string;
  name: string;
}

export interface CountedTag extends Tag {
  contacts: number;
  companies: number;
  deals: number;
  /** The change in progress if very many records carry it, and how many of them are done. */
  changing: "renaming" | "removing" | null;
  carriers: number;
  carriersDone: number;
}

/** A record's tags by name, as two lists in the same order. */
export interface Tagged {
  tags: string[];
  tagIds: string[];
}

/** The same as `column` returns it. */
export interface Carried {
  tagged: Tag[];
}

/** The tags of row `p` as one column, with a single look-up for both lists. */
export const column = ({ sql }: Scope, kind: Kind) =>
  sql`array_to_json(
    array(
      select json_build_object('id', t.id, 'name', t.name)
      from ${sql(`${kind}_tags`)} x
      join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
        and t.changing is distinct from 'removing'
      where x.tenant_id = p.tenant_id
        and x.${sql(`${kind}_id`)} = p.id
      order by t.name_key
    )
  ) as tagged`;

/** A row with its tags as lists. */
export const withTags = <Row extends Carried>(
  { tagged, ...row }: Row,
): Omit<Row, keyof Carried> & Tagged => ({
  ...row,
  ...listsOf(tagged),
});

/** Tags as lists. */
export const listsOf = (tagged: readonly Tag[]): Tagged => ({
  tags: tagged.map(({ name }) => name),
  tagIds: tagged.map(({ id }) => id),
});

/** How many tags a page shows: three counts go with each. */
const size = 100;

/**
 * A page of the tags by name, those whose name contains a text or `only` one of them, with the number
 * of live records of each, at most one more than the bound.
 */
export async function list(
  scope: Scope,
  { q = "", only, cursor = null }: { q?: string; only?: string; cursor?: Cursor } = {},
): Promise<Page<CountedTag>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`desc` : sql`asc`;
  const sought = `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await sql<CountedTag[]>`
    select t.id, ${nameOf(scope)} as name, t.changing, t.carriers, t.carriers_done,
      ${carried(scope, "contact")} as contacts, ${carried(scope, "company")} as companies, ${
    carried(scope, "deal")
  } as deals
    from tags t
    where t.tenant_id = ${tenantId}
      ${only === undefined ? sql`` : sql`and t.id = ${only}`}
      ${q === "" ? sql`` : sql`and lower(${nameOf(scope)}) like ${sought}`}
      ${
    id === null ? sql`` : sql`
      and (lower(${nameOf(scope)}), t.id) ${backwards ? sql`<` : sql`>`} (
        select lower(${nameOf(scope, "s")}), s.id
        from tags s
        where s.tenant_id = ${tenantId}
          and s.id = ${id}
      )`
  }
    order by lower(${nameOf(scope)}) ${direction}, t.id ${direction}
    limit ${literal(size + 1)}
  `;
  return page(rows, cursor, size);
}

/** The name under which people know a tag; empty for one that is gone. */
export async function nameNow(scope: Scope, id: string): Promise<string> {
  const { sql, tenantId } = scope;
  const [tag] = await sql<{ name: string }[]>`
    select ${nameOf(scope)} as name
    from tags t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
  `;
  return tag?.name ?? "";
}

/** A tag, locked until the transaction ends. Throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<Tag> {
  const [tag] = await sql<Tag[]>`
    select t.id, t.name
    from tags t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
    for update
  `;
  if (!tag) throw new NotFound("tag");
  return tag;
}

/** The name of a tag as people know it: one being removed has already given up its own. */
const nameOf = ({ sql }: Scope, row: "t" | "s" = "t") =>
  sql`case when ${words(row)}.changing = 'removing' then ${words(row)}.name_before
      else ${words(row)}.name end`;

/** How many live records carry tag `t`. A join would read all records of the tenant for it. */
const carried = ({ sql, tenantId }: Scope, kind: Kind) =>
  sql`(
        select count(*)::int
        from (
          select
          from ${sql(`${kind}_tags`)} x
          where x.tenant_id = ${tenantId}
            and x.tag_id = t.id
            and exists (
              select
              from ${sql(tables[kind])} r
              where r.tenant_id = ${tenantId}
                and r.id = x.${sql(`${kind}_id`)}
                and r.deleted_at is null
              offset 0
            )
          limit ${literal(bound + 1)}
        ) found
      )`;

/**
 * The ids of tags by name, in any case; missing ones are created, in one order: two requests that
 * create the same ones would otherwise deadlock.
 */
export async function ensure(
  { sql, tenantId, now }: Scope,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  await sql`
    insert into tags (tenant_id, id, name, created_at)
    select ${tenantId}, wish.id, wish.name, ${now}
    from unnest(${names.map(() => newId())}::uuid[], ${[...names]}::text[]) as wish (id, name)
    order by lower(wish.name)
    on conflict (tenant_id, name_key) do nothing
  `;
  const found = await sql<{ id: string }[]>`
    select id
    from tags
    where tenant_id = ${tenantId}
      and name_key = any (select lower(name) from unnest(${[...names]}::text[]) as name)
  `;
  return found.map(({ id }) => id);
}

/**
 * Creates the missing tags and keeps all of them from being renamed or removed until the
 * transaction ends. Taken before a record is locked: renaming locks a tag before its carriers.
 */
export async function hold(scope: Scope, names: readonly string[]): Promise<void> {
  const { sql, tenantId } = scope;
  const ids = await ensure(scope, names);
  await sql`
    select
    from tags
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
    order by id
    for key share
  `;
}

/** Whether a record has exactly these tags, in any case. */
export async function areThose(
  { sql, tenantId }: Scope,
  kind: Kind,
  recordId: string,
  names: readonly string[],
): Promise<boolean> {
  const [row] = await sql<[{ same: boolean }]>`
    select array(
      select t.name_key
      from ${sql(`${kind}_tags`)} x
      join tags t on t.tenant_id = ${tenantId} and t.id = x.tag_id
      where x.tenant_id = ${tenantId}
        and x.${sql(`${kind}_id`)} = ${recordId}
      order by t.name_key collate "C"
    ) = array(
      select distinct lower(w.name) collate "C"
      from unnest(${[...names]}::text[]) as w (name)
      order by 1
    ) as same
  `;
  return row.same;
}

/** Attaches exactly these tags to a record. */
export async function assign(
  scope: Scope,
  kind: Kind,
  recordId: string,
  names: readonly string[],
): Promise<void> {
  const { sql, tenantId } = scope;
  const table = sql(`${kind}_tags`);
  const column = sql(`${kind}_id`);
  const ids = await ensure(scope, names);
  await sql`
    delete from ${table}
    where tenant_id = ${tenantId}
      and ${column} = ${recordId}
      and tag_id <> all (${ids}::uuid[])
  `;
  // Locked, because a tag that somebody removes meanwhile cannot be attached any more.
  await sql`
    insert into ${table} (tenant_id, tag_id, ${column})
    select ${tenantId}, fresh.id, ${recordId}
    from (
      select t.id
      from tags t
      where t.tenant_id = ${tenantId}
        and t.id = any (${ids}::uuid[])
        and not exists (
          select
          from ${table} x
          where x.tenant_id = ${tenantId}
            and x.tag_id = t.id
            and x.${column} = ${recordId}
        )
      order by t.id
      for key share of t
    ) fresh
    on conflict do nothing
  `;
}

/** Whether a bulk change that attached the tag also created it; if so, locks it. */
export async function holdMade(
  { sql, tenantId }: Scope,
  id: string,
  bulkChangeId: string,
): Promise<boolean> {
  // One transaction, and so one time, makes both.
  const [made] = await sql`
    select
    from tags t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
      and t.changing is null
      and t.created_at = (
        select b.created_at
        from bulk_changes b
        where b.tenant_id = ${tenantId}
          and b.id = ${bulkChangeId}
      )
    for update
  `;
  return made !== undefined;
}

/** Deletes a tag, locked before, that no record carries, not even one in the trash. */
export async function removeUnused({ sql, tenantId }: Scope, id: string): Promise<void> {
  const unused = kinds.map((kind) =>
    sql`and not exists (
        select
        from ${sql(`${kind}_tags`)} x
        where x.tenant_id = ${tenantId}
          and x.tag_id = ${id}
      )`
  );
  await sql`
    delete from tags
    where tenant_id = ${tenantId}
      and id = ${id}
      ${unused}
  `;
}
