/** Companies that belong to another one. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as companyNames from "./company_names.ts";
import { Invalid } from "./errors.ts";
import { type Page, page } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

export interface Subsidiary {
  id: string;
  name: string;
  city: string | null;
}

/** How many a company's page shows at a time. */
const pageSize = 20;
/** No group of companies is deeper; a longer chain is not followed. */
const deepest = 50;

/** The live companies that belong to one, by name, a page at a time. */
export async function list(
  { sql, tenantId }: Scope,
  companyId: string,
  after: string | null,
): Promise<Page<Subsidiary>> {
  const rows = await sql<Subsidiary[]>`
    select c.id, c.name, c.summary->>'city' as city
    from companies c
    where c.tenant_id = ${tenantId}
      and c.parent_id = ${companyId}
      and c.deleted_at is null
      ${
    after === null ? sql`` : sql`
      and (c.sort_name collate "C", c.id) > (
        select a.sort_name collate "C", a.id
        from companies a
        where a.tenant_id = ${tenantId}
          and a.id = ${after}
      )`
  }
    order by c.sort_name collate "C", c.id
    limit ${pageSize + 1}
  `;
  return page(rows, after === null ? null : { after }, pageSize);
}

/** The parent as a form names it. */
interface Parent {
  parentId: string | null;
  parentName: string;
}

/**
 * Two companies that are put below each other at once take turns: the later one is refused. Taken
 * before any company is locked: merging companies moves those that belong to them. A parent may be
 * a company that does not exist yet.
 */
export async function lock(scope: Scope, parent: Parent | null = null): Promise<void> {
  await advisoryLocks.take(scope, "company_parents");
  if (parent === null) return;
  const { parentId: companyId, parentName: companyName } = parent;
  await companyNames.takeTurns(scope, [{ companyId, companyName }]);
}

/**
 * The id of the company that `id` is to belong to, created if none has that name; null for none.
 * Throws Invalid if that is the company itself or belongs to it.
 */
export async function parentOf(
  scope: Scope,
  id: string,
  { parentId, parentName }: Parent,
): Promise<string | null> {
  if (parentName === "") return null;
  await lock(scope);
  const found = await companyNames.ensure(scope, parentName, parentId);
  if (await belongs(scope, found, [id])) {
    throw new Invalid("companies.parent_circle", "parentName");
  }
  return found;
}

/** Whether a company is one of these or belongs to one, seen or not, through however many others. */
export async function belongs(
  scope: Scope,
  id: string,
  ids: readonly string[],
): Promise<boolean> {
  const { sql, tenantId } = scope;
  const [found] = await widely(scope, () =>
    sql`
    with recursive above as (
      select c.id, c.parent_id, 1 as depth
      from companies c
      where c.tenant_id = ${tenantId}
        and c.id = ${id}
      union all
      select c.id, c.parent_id, above.depth + 1
      from above
      join companies c on c.tenant_id = ${tenantId} and c.id = above.parent_id
      where above.depth < ${deepest}
    )
    select
    from above
    where id = any (${[...ids]}::uuid[])
  `);
  return found !== undefined;
}

/**
 * Opens circles in which these companies belong to themselves, each at one of them: what an undo
 * restores may meet parents chosen since, and a file may name two as each other's parents. Each step
 * up is a look-up by id, however many companies there are. Returns those that belong to none from
 * now on.
 */
export async function openCircles(scope: Scope, ids: readonly string[]): Promise<string[]> {
  const { sql, tenantId } = scope;
  const rows = await widely(scope, () =>
    sql<{ id: string }[]>`
    with recursive above as (
      select c.id as start, c.id as first, c.parent_id, 1 as depth
      from companies c
      where c.tenant_id = ${tenantId}
        and c.id = any (${[...ids]}::uuid[])
      union all
      select above.start, least(above.first, next.id), next.parent_id, above.depth + 1
      from above
      cross join lateral (
        select c.id, c.parent_id
        from companies c
        where c.tenant_id = ${tenantId}
          and c.id = above.parent_id
        limit 1
      ) next
      where above.parent_id <> above.start
        and above.depth < ${deepest}
    )
    update companies c
    set parent_id = null
    where c.tenant_id = ${tenantId}
      and c.id = any (array(
        select distinct on (first) start
        from above
        where parent_id = start
        order by first, start
      ))
    returning c.id
  `);
  return rows.map(({ id }) => id);
}
