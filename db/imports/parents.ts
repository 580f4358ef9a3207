/** Companies that an import made under the ones they belong to, when all of the file are there. */
import * as changes from "../changes.ts";
import type { Scope } from "../scope.ts";
import * as searchTexts from "../search_texts.ts";
import type { Origin } from "./stages.ts";

/** A new company and the name of the one it belongs to. */
export interface Pair {
  id: string;
  parent: string;
}

/** Pairs linked at a time. */
const batch = 2_000;

/** Links them by name, however it is spelled; a parent that is nowhere is made. */
export async function link(scope: Scope, pairs: readonly Pair[], origin: Origin): Promise<number> {
  let made = 0;
  for (let at = 0; at < pairs.length; at += batch) {
    const part = pairs.slice(at, at + batch);
    made += await create(scope, part, origin);
    await join(scope, part, origin);
  }
  return made;
}

async function create(scope: Scope, pairs: readonly Pair[], origin: Origin): Promise<number> {
  const { sql, tenantId, actor, now } = scope;
  const by = actor.userId;
  const made = await sql<{ id: string }[]>`
    insert into companies (
      tenant_id, id, name, source, import_id, last_touch_at, created_at, created_by, updated_at,
      updated_by
    )
    select distinct on (fold(given.name)) ${tenantId}::uuid, gen_random_uuid(), given.name,
      ${origin.source}, ${origin.importId}::uuid, ${now}::timestamptz, ${now}::timestamptz,
      ${by}::uuid, ${now}::timestamptz, ${by}::uuid
    from unnest(${pairs.map(({ parent }) => parent)}::text[]) as given (name)
    where not exists (
      select
      from companies c
      where c.tenant_id = ${tenantId}
        and c.sort_name collate "C" = fold(given.name) collate "C"
        and c.deleted_at is null
        and ${inSight(sql, "c", origin)}
    )
    order by fold(given.name), given.name
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
    update companies c
    set parent_id = found.parent_id
    from (
      select given.id, (
          select o.id
          from companies o
          where o.tenant_id = ${tenantId}
            and o.sort_name collate "C" = fold(given.name) collate "C"
            and o.deleted_at is null
            and o.id <> given.id
            and ${inSight(sql, "o", origin)}
          order by o.id
          limit 1
        ) as parent_id
      from unnest(
        ${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ parent }) => parent)}::text[]
      ) as given (id, name)
    ) found
    where c.tenant_id = ${tenantId}
      and c.id = found.id
      and found.parent_id is not null
  `;
}

/** Those of the file itself belong to nobody yet. */
const inSight = (sql: Scope["sql"], row: "c" | "o", { importId }: Origin) =>
  sql`(
    ${sql(row)}.import_id = ${importId}::uuid
    or not hides_owner('companies', ${sql(row)}.owner_id)
  )`;
