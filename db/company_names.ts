/** Finds or creates the company meant by a typed name. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

/** A company as a form names it. */
export interface Named {
  /** The one that was chosen; null for none. */
  companyId: string | null;
  /** Empty for none. */
  companyName: string;
}

/**
 * Takes turns with others who name new companies, if one of these is new. Called before a record is
 * locked: whoever renames a company may have named a new one, and comes to its persons and deals.
 */
export async function takeTurns(scope: Scope, named: readonly Named[]): Promise<void> {
  const { sql, tenantId } = scope;
  const wanted = named.filter(({ companyName }) => companyName !== "");
  if (wanted.length === 0) return;
  const ids = wanted.map(({ companyId }) => companyId);
  const names = wanted.map(({ companyName }) => companyName);
  const unknown = await sql`
    select
    from unnest(${ids}::uuid[], ${names}::text[]) as w (id, name)
    where not exists (
      select
      from companies c
      where c.tenant_id = ${tenantId}
        and c.sort_name collate "C" = fold(w.name)
        and c.deleted_at is null
    )
      and not exists (
        select
        from companies c
        left join companies m
          on m.tenant_id = ${tenantId} and m.id = c.merged_into and m.deleted_at is null
        where c.tenant_id = ${tenantId}
          and c.id = w.id
          and c.name = w.name
          and (c.deleted_at is null or m.id is not null)
      )
    limit 1
  `;
  if (unknown.length > 0) await advisoryLocks.take(scope, "company_names");
}

/**
 * The id of the company meant: the chosen one, if it is not in the trash and still has the name, or
 * what it was merged into; otherwise one with that name (however spelled; the oldest of several);
 * otherwise a new one, owned by the acting user if they could not see it otherwise. It cannot be
 * merged into another until the transaction ends.
 */
export async function ensure(
  scope: Scope,
  name: string,
  chosen: string | null = null,
): Promise<string> {
  const found = await lookup(scope, name, chosen);
  if (found) return found;
  // Two who name the same new company at once mean one: the later looks again.
  await advisoryLocks.take(scope, "company_names");
  return await lookup(scope, name, chosen) ?? await create(scope, name);
}

/** Finds nothing where the company was merged into another while this waited for its lock. */
async function lookup(
  { sql, tenantId }: Scope,
  name: string,
  chosen: string | null,
): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select id
    from companies
    where tenant_id = ${tenantId}
      and deleted_at is null
      and (
        id = ${chosen} and name = ${name}
        or sort_name collate "C" = fold(${name})
        or id = (
          select m.merged_into
          from companies m
          where m.tenant_id = ${tenantId}
            and m.id = ${chosen}
            and m.name = ${name}
        )
      )
    order by id = ${chosen} desc nulls last, name = ${name} desc, id
    limit 1
    for key share
  `;
  return found?.id ?? null;
}

async function create(scope: Scope, name: string): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const id = newId();
  await sql`
    insert into companies (
      tenant_id, id, name, owner_id, last_touch_at, created_at, created_by, updated_at, updated_by
    )
    values (
      ${tenantId}, ${id}, ${name},
      case when sees_owner('companies', null) then null else acting_user() end,
      ${now}, ${now}, ${actor.userId}, ${now}, ${actor.userId}
    )
  `;
  await Promise.all([
    searchTexts.refresh(scope, "company", [id]),
    changes.record(scope, { kind: "company", id, action: "created" }),
  ]);
  return id;
}
