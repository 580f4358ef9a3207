/** The trash: deleted records wait there for the tenant's days, then they are erased for good. */
import { removeAlone } from "./activity_erasures.ts";
import { unrestricted } from "./activity_links.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import * as homes from "./file_homes.ts";
import * as holds from "./holds.ts";
import { enqueue } from "./jobs.ts";
import * as offers from "./offer_retentions.ts";
import * as messages from "./messages.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind as RecordKind, tables as recordTables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import * as suppressions from "./suppressions.ts";

/** What is put into the trash here: records, and activities beside them. */
export type Kind = RecordKind | "activity";

/** What may lie in the trash; files are put there by `files.remove`. */
export type TrashKind = Kind | "file";

const tables = { ...recordTables, activity: "activities" } as const satisfies Record<Kind, string>;

/** In the order of their erasure: what is about a record goes before it. */
export const kinds = ["activity", "contact", "company", "deal"] as const satisfies readonly Kind[];

export interface TrashRow {
  kind: TrashKind;
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
    update ${sql(tables[kind])} a
    set deleted_at = null, deleted_by = null, erase_after = null, version = version + 1
    where a.tenant_id = ${tenantId}
      and a.id = ${id}
      and a.deleted_at is not null
      ${kind === "activity" ? sql`and ${unrestricted(scope)}` : unmerged(scope, kind)}
    returning a.id
  `;
  if (!row) throw new NotFound(kind);
  await changes.record(scope, { kind, id, action: "restored" });
  if (kind === "company") await searchTexts.refreshAround(scope, [id]);
  else if (kind !== "activity") await searchTexts.refresh(scope, kind, [id]);
}

/** Hidden behind another record a row `a` is not in the trash: its merge is what can be undone. */
const unmerged = ({ sql }: Scope, kind: RecordKind) =>
  kind === "deal" ? sql`` : sql`and a.merged_into is null`;

/** What lies in the trash, what stays longest first, a page at a time. */
export async function list(scope: Scope, cursor: Cursor): Promise<Page<TrashRow>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const names: Record<TrashKind, Fragment> = {
    activity: sql`a.subject`,
    company: sql`a.name`,
    deal: sql`a.title`,
    contact: sql`concat_ws(
      ' ', nullif(a.first_name, ''), nullif(a.name_prefix, ''), nullif(a.last_name, '')
    )`,
    file: sql`a.name`,
  };
  const one = (kind: TrashKind) =>
    sql`
      select ${kind} as kind, a.id, a.deleted_at, a.deleted_by, a.erase_after,
        ${names[kind]} as name
      from ${sql(kind === "file" ? "files" : tables[kind])} a
      where a.tenant_id = ${tenantId}
        and a.deleted_at is not null
        ${
      kind === "activity"
        ? sql`and ${unrestricted(scope)}`
        : kind === "file"
        ? sql``
        : unmerged(scope, kind)
    }
        ${
      kind !== "file" ? sql`` : sql`
        and exists (
          select
          from files f
          where f.tenant_id = a.tenant_id
            and f.id = a.id
            and ${homes.visible(scope)}
        )`
    }
        ${
      id === null ? sql`` : sql`
        and (a.erase_after, a.id) ${backwards ? sql`>` : sql`<`} (
          select s.erase_after, s.id
          from (
            select erase_after, id from contacts where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from companies where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from deals where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from activities where tenant_id = ${tenantId} and id = ${id}
            union all
            select erase_after, id from files where tenant_id = ${tenantId} and id = ${id}
          ) s
        )`
    }
      order by a.erase_after ${direction}, a.id ${direction}
      limit ${pageSize + 1}`;
  const rows = await sql<TrashRow[]>`
    select d.kind, d.id, d.name, d.deleted_at, i.name as deleted_by_name, d.erase_after
    from (
      (${one("contact")})
      union all
      (${one("company")})
      union all
      (${one("deal")})
      union all
      (${one("activity")})
      union all
      (${one("file")})
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
 * returns how many. History keeps that it happened, and nothing of whom; who objected to mail stays
 * barred by the hash of the address.
 */
export async function erase(scope: Scope, kind: Kind, secretKey: string): Promise<number> {
  const { sql, tenantId, now } = scope;
  if (kind !== "activity") await holds.suspend(scope, kind);
  const due = await sql<{ id: string }[]>`
    select id
    from ${sql(tables[kind])} a
    where tenant_id = ${tenantId}
      and deleted_at is not null
      and erase_after <= ${now}
      ${kind === "activity" ? sql`` : unmerged(scope, kind)}
    order by erase_after
    limit ${batch}
    for update skip locked
  `;
  const ids = due.map(({ id }) => id);
  if (kind !== "activity") await removeAlone(scope, kind, ids);
  if (kind === "contact") await suppressions.keepObjections(scope, secretKey, ids);
  if (kind === "contact") await messages.removeAlone(scope, ids);
  if (kind === "contact") await offers.forgetOf(scope, ids);
  if (kind === "deal") await offers.forget(scope, ids);
  await sql`
    delete from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = any(${ids}::uuid[])
  `;
  await changes.recordAll(scope, { kind, ids, action: "erased" });
  // Files went with their records; their bytes follow.
  if (ids.length > 0) await enqueue(sql, "sweep_files", tenantId, {});
  return ids.length;
}
