/** Tags: words that a tenant's people hang on contacts, companies and deals. */
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { literal } from "./pages.ts";
import { type Kind, kinds, tables } from "./record_kinds.ts";
import { bound } from "./record_lists.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import { isNarrowed, widely } from "./sights.ts";

export interface Tag {
  id: string;
  name: string;
}

export interface CountedTag extends Tag {
  contacts: number;
  companies: number;
  deals: number;
}

/** The most tags the page of tags shows. */
const most = 200;

/** The tenant's tags by name with how many living records carry each, at most one more than the bound. */
export async function list(scope: Scope): Promise<CountedTag[]> {
  const { sql, tenantId } = scope;
  return await sql<CountedTag[]>`
    select t.id, t.name, ${carried(scope, "contact")} as contacts,
      ${carried(scope, "company")} as companies, ${carried(scope, "deal")} as deals
    from tags t
    where t.tenant_id = ${tenantId}
    order by t.name_key
    limit ${most}
  `;
}

/** How many living records carry the tag `t`. Joined, all records of the house would be read for it. */
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

/** The ids of tags by name, in any case; those that do not exist yet are made. */
export async function ensure(
  { sql, tenantId, now }: Scope,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  await sql`
    insert into tags (tenant_id, id, name, created_at)
    select ${tenantId}, wish.id, wish.name, ${now}
    from unnest(${names.map(() => newId())}::uuid[], ${[...names]}::text[]) as wish (id, name)
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

/** Hangs exactly these tags on a record. */
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
  await sql`
    insert into ${table} (tenant_id, tag_id, ${column})
    select ${tenantId}, id, ${recordId}
    from unnest(${ids}::uuid[]) as id
    on conflict do nothing
  `;
}

/**
 * Gives a tag another name; throws NotFound, or Invalid when another tag has the name or records
 * out of the user's sight carry it.
 */
export async function update(scope: Scope, id: string, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  const [taken] = await sql`
    select id
    from tags
    where tenant_id = ${tenantId}
      and name_key = lower(${name})
      and id <> ${id}
  `;
  if (taken) throw new Invalid("taken", "name");
  const carrying = await allCarriers(scope, id);
  const [tag] = await sql`
    update tags
    set name = ${name}
    where tenant_id = ${tenantId}
      and id = ${id}
    returning id
  `;
  if (!tag) throw new NotFound("tag");
  await changes.record(scope, { kind: "tag", id, action: "updated", fields: [{ name: "name" }] });
  await refresh(scope, carrying);
}

/**
 * Takes a tag off all records and away; throws NotFound, or Invalid when records out of the user's
 * sight carry it.
 */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const carrying = await allCarriers(scope, id);
  const [tag] = await sql`
    delete from tags
    where tenant_id = ${tenantId}
      and id = ${id}
    returning id
  `;
  if (!tag) throw new NotFound("tag");
  await changes.record(scope, { kind: "tag", id, action: "deleted" });
  await refresh(scope, carrying);
}

type Carriers = Record<Kind, string[]>;

/** All that carry a tag: their search texts hold it. Throws Invalid when the user sees not all of them. */
async function allCarriers(scope: Scope, id: string): Promise<Carriers> {
  const all = await widely(scope, () => carriers(scope, id));
  if (!isNarrowed(scope)) return all;
  const seen = await carriers(scope, id);
  if (kinds.some((kind) => seen[kind].length < all[kind].length)) {
    throw new Invalid("tags.out_of_sight", "name");
  }
  return all;
}

/** What carries a tag and may be seen. */
async function carriers({ sql, tenantId }: Scope, id: string): Promise<Carriers> {
  const [found] = await sql<[Carriers]>`
    select
      array(
        select contact_id
        from contact_tags
        where tenant_id = ${tenantId}
          and tag_id = ${id}
      ) as contact,
      array(
        select company_id
        from company_tags
        where tenant_id = ${tenantId}
          and tag_id = ${id}
      ) as company,
      array(
        select deal_id
        from deal_tags
        where tenant_id = ${tenantId}
          and tag_id = ${id}
      ) as deal
  `;
  return found;
}

async function refresh(scope: Scope, carrying: Carriers): Promise<void> {
  for (const kind of kinds) await searchTexts.refresh(scope, kind, carrying[kind]);
}
