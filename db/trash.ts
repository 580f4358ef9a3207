/** The trash: deleted records wait there for the tenant's days, then they are erased for good. */
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

export interface TrashRow {
  kind: Kind;
  id: string;
  name: string;
  deletedAt: Date;
  deletedByName: string | null;
  eraseAfter: Date;
}

/** Moves a living record into the trash; throws NotFound. */
export async function put(scope: Scope, kind: Kind, id: string): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const [row] = await sql`
    update ${sql(tables[kind])}
    set deleted_at = ${now}, deleted_by = ${actor.userId}, version = version + 1,
      erase_after = ${now}::timestamptz + make_interval(days => (
        select trash_days
        from tenants
        where id = ${tenantId}
      ))
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
    returning id
  `;
  if (!row) throw new NotFound(kind);
  await changes.record(scope, { kind, id, action: "deleted" });
  if (kind === "company") await searchTexts.refreshAround(scope, [id]);
}

/** Takes a record out of the trash again, as it was; throws NotFound. */
export async function restore(scope: Scope, kind: Kind, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const [row] = await sql`
    update ${sql(tables[kind])}
    set deleted_at = null, deleted_by = null, erase_after = null, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is not null
    returning id
  `;
  if (!row) throw new NotFound(kind);
  await changes.record(scope, { kind, id, action: "restored" });
  if (kind === "company") await searchTexts.refreshAround(scope, [id]);
  else await searchTexts.refresh(scope, kind, [id]);
}

/** What lies in the trash, what stays longest first, a page at a time. */
export async function list({ sql, tenantId }: Scope, cursor: Cursor): Promise<Page<TrashRow>> {
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const one = (kind: Kind) =>
    sql`
      select ${kind} as kind, d.id, d.deleted_at, d.deleted_by, d.erase_after,
        ${
      kind === "company"
        ? sql`d.name`
        : kind === "deal"
        ? sql`d.title`
        : sql`concat_ws(' ', nullif(d.first_name, ''), nullif(d.name_prefix, ''), nullif(d.last_name, ''))`
    } as name
      from ${sql(tables[kind])} d
      where d.tenant_id = ${tenantId}
        and d.deleted_at is not null
        ${
      id === null ? sql`` : sql`
        and (d.erase_after, d.id) ${backwards ? sql`>` : sql`<`} (
          select a.erase_after, a.id
          from (
            select erase_after, id from contacts where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from companies where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from deals where tenant_id = ${tenantId} and id = ${id}
          ) a
        )`
    }
      order by d.erase_after ${direction}, d.id ${direction}
      limit ${pageSize + 1}`;
  const rows = await sql<TrashRow[]>`
    select d.kind, d.id, d.name, d.deleted_at, i.name as deleted_by_name, d.erase_after
    from (
      (${one("contact")})
      union all
      (${one("company")})
      union all
      (${one("deal")})
    ) d
    left join users u on u.tenant_id = ${tenantId} and u.id = d.deleted_by
    left join identities i on i.id = u.identity_id
    order by d.erase_after ${direction}, d.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}

/** Records erased in one transaction, so that the job holds locks for a moment only. */
export const batch = 500;

/**
 * Erases at most `batch` records of a kind whose days are over, with all that hangs on them, and
 * returns how many. History keeps that it happened, and nothing of whom.
 */
export async function erase(scope: Scope, kind: Kind): Promise<number> {
  const { sql, tenantId, now } = scope;
  const gone = await sql<{ id: string }[]>`
    delete from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id in (
        select id
        from ${sql(tables[kind])}
        where tenant_id = ${tenantId}
          and deleted_at is not null
          and erase_after <= ${now}
        order by erase_after
        limit ${batch}
        for update skip locked
      )
    returning id
  `;
  await changes.recordAll(scope, { kind, ids: gone.map(({ id }) => id), action: "erased" });
  return gone.length;
}
