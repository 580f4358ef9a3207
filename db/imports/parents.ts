/** Links an import's new companies to their parents, once all of the file have been created. */
import * as changes from "../changes.ts";
import { instantOf } from "../running_imports.ts";
import type { Scope } from "../scope.ts";
import * as searchTexts from "../search_texts.ts";
import * as subsidiaries from "../subsidiaries.ts";
import type { Origin } from "./stages.ts";

/** A new company and the name of its parent. */
export interface Pair {
  id: string;
  parent: string;
}

/** Pairs linked at a time. */
const batch = 2_000;

/**
 * Links them by name in any spelling; missing parents are created. Names are folded once each, and
 * looked up in index order, as `matches.lookup` explains.
 */
export async function link(scope: Scope, pairs: readonly Pair[], origin: Origin): Promise<number> {
  let made = 0;
  const linked = new Map<string, string>();
  for (let at = 0; at < pairs.length; at += batch) {
    const part = pairs.slice(at, at + batch);
    made += await create(scope, part, origin);
    for (const { id, parentId } of await join(scope, part, origin)) linked.set(id, parentId);
  }
  // Companies from elsewhere belong to none of these, so only these can form a circle.
  const circles = inCircles(linked);
  if (circles.length > 0) await subsidiaries.openCircles(scope, circles);
  return made;
}

/** Those that belong to themselves through others; each is looked at once. */
function inCircles(parents: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  for (const start of parents.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    for (; at !== undefined && !done.has(at); at = parents.get(at)) {
      path.push(at);
      done.add(at);
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    if (from >= 0) found.push(...path.slice(from));
  }
  return found;
}

async function create(scope: Scope, pairs: readonly Pair[], origin: Origin): Promise<number> {
  const { sql, tenantId, actor, now } = scope;
  const by = actor.userId;
  const at = instantOf(sql, now);
  const made = await sql<{ id: string }[]>`
    insert into companies (
      tenant_id, id, name, source, import_id, owner_id, last_touch_at, created_at, created_by,
      updated_at, updated_by
    )
    with given as materialized (
      select distinct on (fold(name)) name, fold(name) as key
      from unnest(${pairs.map(({ parent }) => parent)}::text[]) as named (name)
      order by fold(name), name
    )
    select ${tenantId}::uuid, gen_random_uuid(), given.name, ${origin.source},
      ${origin.importId}::uuid, ${origin.ownerId}::uuid, ${at}, ${at}, ${by}::uuid,
      ${now}::timestamptz, ${by}::uuid
    from given
    where (
      select c.id
      from companies c
      where c.tenant_id = ${tenantId}
        and c.sort_name collate "C" between (given.key collate "C") and given.key collate "C"
        and c.deleted_at is null
        and ${inSight(sql, "c", origin)}
      order by c.sort_name collate "C", c.id
      limit 1
    ) is null
    returning id
  `;
  const ids = made.map(({ id }) => id);
  await searchTexts.refresh(scope, "company", ids);
  await changes.recordAll(scope, { kind: "company", ids, action: "imported" });
  return ids.length;
}

/**
 * No join with what was found: a planner that takes the table for empty, as before a first import,
 * would look through all of it for each company.
 */
async function join(
  { sql, tenantId }: Scope,
  pairs: readonly Pair[],
  origin: Origin,
): Promise<{ id: string; parentId: string }[]> {
  const ids = pairs.map(({ id }) => id);
  return await sql`
    with given as materialized (
      select id, fold(name) as key
      from unnest(${ids}::uuid[], ${pairs.map(({ parent }) => parent)}::text[]) as named (id, name)
    ), found as materialized (
      select jsonb_object_agg(given.id, (
          select o.id
          from companies o
          where o.tenant_id = ${tenantId}
            and o.sort_name collate "C" between (given.key collate "C") and given.key collate "C"
            and o.deleted_at is null
            and o.id <> given.id
            and ${inSight(sql, "o", origin)}
          order by o.sort_name collate "C", o.id
          limit 1
        )) as parents
      from given
    )
    update companies c
    set parent_id = ((select parents from found) ->> c.id::text)::uuid
    where c.tenant_id = ${tenantId}
      and c.id = any(${ids}::uuid[])
      and (select parents from found) ->> c.id::text is not null
    returning c.id, c.parent_id
  `;
}

/** Companies from the file itself belong to nobody yet. */
const inSight = (sql: Scope["sql"], row: "c" | "o", { importId }: Origin) =>
  sql`(
    ${sql(row)}.import_id = ${importId}::uuid
    or not hides_owner('companies', ${sql(row)}.owner_id)
  )`;
