/**
 * Lists saved under a name: a user's own and those shared in the tenant, one of them opening by
 * default.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import { Forbidden, Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

export interface ViewRow {
  id: string;
  kind: Kind;
  name: string;
  /** The parameters of the list's address. */
  query: string;
  shared: boolean;
  /** Whether the acting user made it. */
  own: boolean;
  /** Whether it opens for the acting user by default. */
  usual: boolean;
}

export interface ViewInput {
  name: string;
  query: string;
  shared: boolean;
  usual: boolean;
}

/** The most views of a kind that a user may keep. */
export const most = 50;
/** The most that a list shows: all of one's own come before those shared by others. */
const mostShown = 2 * most;

const columns = ({ sql, actor }: Scope) =>
  sql`
    v.id, v.kind, v.name, v.query, v.shared, v.user_id = ${actor.userId} as own,
      exists (
        select
        from view_defaults d
        where d.tenant_id = v.tenant_id
          and d.user_id = ${actor.userId}
          and d.view_id = v.id
      ) as usual`;

/** The acting user's own views and the shared ones, the default first, then by name. */
export async function list(scope: Scope, kind: Kind): Promise<ViewRow[]> {
  const [row] = await scope.sql<[{ views: ViewRow[] }]>`select ${column(scope, kind)}`;
  return row.views;
}

/** The acting user's own views and shared ones, the default first, then by name, as a column. */
export function column(scope: Scope, kind: Kind): Fragment {
  const { sql, tenantId, actor } = scope;
  return sql`
      (
        select coalesce(json_agg(k order by k.usual desc, lower(k.name), k.id), '[]')
        from (
          select ${columns(scope)}
          from views v
          where v.tenant_id = ${tenantId}
            and v.kind = ${kind}
            and (v.shared or v.user_id = ${actor.userId})
          order by usual desc, own desc, lower(v.name), v.id
          limit ${literal(mostShown)}
        ) k
      ) as views`;
}

/** One view that the acting user sees; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<ViewRow> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql<ViewRow[]>`
    select ${columns(scope)}
    from views v
    where v.tenant_id = ${tenantId}
      and v.id = ${id}
      and (v.shared or v.user_id = ${actor.userId})
  `;
  if (!row) throw new NotFound("view");
  return row;
}

/**
 * Saves a list under a name; returns its id, also for a second press of the button. Throws Invalid
 * if the name is taken or there are too many.
 */
export async function create(scope: Scope, kind: Kind, input: ViewInput): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  await advisoryLocks.take(scope, "views", kind);
  const seen = await list(scope, kind);
  const { name, query, shared } = input;
  const same = seen.find((each) =>
    each.own && each.name === name && each.query === query && each.shared === shared
  );
  if (same) {
    await settle(scope, same.id, kind, input.usual);
    return same.id;
  }
  if (seen.filter(({ own }) => own).length >= most) {
    throw new Invalid("lists.too_many_views", "name");
  }
  await assertFree(scope, kind, input.name, null);
  const id = newId();
  await sql`insert into views ${
    sql({
      tenantId,
      id,
      kind,
      name: input.name,
      query: input.query,
      shared: input.shared,
      userId: actor.userId,
      createdAt: now,
      updatedAt: now,
    })
  }`;
  await settle(scope, id, kind, input.usual);
  return id;
}

/**
 * Overwrites a view. Everybody may set their own default; anything else only its maker and, for a
 * shared one, those who may `manage`. Throws NotFound, Forbidden, or Invalid for a taken name.
 */
export async function update(
  scope: Scope,
  id: string,
  input: ViewInput,
  manage: boolean,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await find(scope, id);
  const { name, query, shared } = input;
  if (before.name !== name || before.query !== query || before.shared !== shared) {
    if (!before.own && !manage) throw new Forbidden("views.write");
    await advisoryLocks.take(scope, "views", before.kind);
    await assertFree(scope, before.kind, name, id);
    await sql`
      update views
      set name = ${name}, query = ${query}, shared = ${shared}, updated_at = ${now}
      where tenant_id = ${tenantId}
        and id = ${id}
    `;
    if (!shared) await forgetOthers(scope, id);
  }
  await settle(scope, id, before.kind, input.usual);
}

/** Deletes a view, even where it is somebody's default; throws NotFound or Forbidden. */
export async function remove(scope: Scope, id: string, manage: boolean): Promise<ViewRow> {
  const { sql, tenantId } = scope;
  const view = await find(scope, id);
  if (!view.own && !manage) throw new Forbidden("views.write");
  await sql`
    delete from views
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return view;
}

/** Makes a view the acting user's default, or stops it being that. */
async function settle(scope: Scope, id: string, kind: Kind, usual: boolean): Promise<void> {
  const { sql, tenantId, actor } = scope;
  if (usual) {
    await sql`
      insert into view_defaults (tenant_id, user_id, kind, view_id)
      values (${tenantId}, ${actor.userId}, ${kind}, ${id})
      on conflict (tenant_id, user_id, kind) do update
      set view_id = excluded.view_id
    `;
    return;
  }
  await sql`
    delete from view_defaults
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and view_id = ${id}
  `;
}

/** A view that is no longer shared is nobody's default but its maker's. */
async function forgetOthers({ sql, tenantId }: Scope, id: string): Promise<void> {
  await sql`
    delete from view_defaults d
    using views v
    where d.tenant_id = ${tenantId}
      and d.view_id = ${id}
      and v.tenant_id = d.tenant_id
      and v.id = d.view_id
      and v.user_id <> d.user_id
  `;
}

/** Throws Invalid if the acting user sees another view with this name. */
async function assertFree(
  scope: Scope,
  kind: Kind,
  name: string,
  id: string | null,
): Promise<void> {
  const { sql, tenantId, actor } = scope;
  const [taken] = await sql`
    select id
    from views
    where tenant_id = ${tenantId}
      and kind = ${kind}
      and lower(name) = lower(${name})
      and (shared or user_id = ${actor.userId})
      and id is distinct from ${id}::uuid
    limit 1
  `;
  if (taken) throw new Invalid("taken", "name");
}
