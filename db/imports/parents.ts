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
  for (let at = 0; at < pairs.length; at += batch) {
    const part = pairs.slice(at, at + batch);
    made += await create(scope, part, origin);
    await join(scope, part, origin);
    await subsidiaries.openCircles(scope, part.map(({ id }) => id));
  }
  return made;
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

async function join(
  { sql, tenantId }: Scope,
  pairs: readonly Pair[],
  origin: Origin,
): Promise<void> {
  await sql`
    with given as materialized (
      select id, fold(name) as key
      from unnest(
        ${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ parent }) => parent)}::text[]
      ) as named (id, name)
    ), found as materialized (
      select given.id, (
          select o.id
          from companies o
          where o.tenant_id = ${tenantId}
            and o.sort_name collate "C" between (given.key collate "C") and given.key collate "C"
            and o.deleted_at is null
            and o.id <> given.id
            and ${inSight(sql, "o", origin)}
          order by o.sort_name collate "C", o.id
          limit 1
        ) as parent_id
      from given
    )
    update companies c
    set parent_id = found.parent_id
    from found
    where c.tenant_id = ${tenantId}
      and c.id = found.id
      and found.parent_id is not null
  `;
}

/** Companies from the file itself belong to nobody yet. */
const inSight = (sql: Scope["sql"], row: "c" | "o", { importId }: Origin) =>
  sql`(
    ${sql(row)}.import_id = ${importId}::uuid
    or not hides_owner('companies', ${sql(row)}.owner_id)
  )`;
