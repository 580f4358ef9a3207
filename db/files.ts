/** Files on records: names, types and sizes; the bytes are sealed in the storage. */
import * as changes from "./changes.ts";
import * as dataKeys from "./data_keys.ts";
import * as drafts from "./drafts.ts";
import { Invalid, NotFound } from "./errors.ts";
import type { Received } from "./file_intake.ts";
import * as homes from "./file_homes.ts";
import type { Home, HomeKind } from "./file_homes.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import { type Cursor, literal, type Page, page, parts } from "./pages.ts";
import { linksOf } from "./record_links.ts";
import { tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as trash from "./trash.ts";

export interface FileRow {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  at: Date;
  /** Null for the system and for users who no longer exist. */
  createdByName: string | null;
}

/** A file that is about to be read. */
export interface StoredFile extends Home {
  name: string;
  mediaType: string;
  size: number;
  /** The name of its bytes in the storage. */
  object: string;
}

/** The name of a file's bytes in the storage. */
export const objectOf = (tenantId: string, objectId: string): string =>
  `records/${tenantId}/${objectId}`;

/** How many files a page shows. */
export const pageSize = 50;

/**
 * The files of a record, newest first, one page at a time; does not check whether it may be shown.
 */
export async function list(
  { sql, tenantId }: Scope,
  { kind, id }: Home,
  cursor: Cursor = null,
  size = pageSize,
): Promise<Page<FileRow>> {
  const { id: from, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const rows = await sql<FileRow[]>`
    select f.id, f.name, f.media_type, f.size::float8 as size, f.at, i.name as created_by_name
    from files f
    left join users u on u.tenant_id = f.tenant_id and u.id = f.created_by
    left join identities i on i.id = u.identity_id
    where f.tenant_id = ${tenantId}
      and f.${sql(homes.column(kind))} = ${id}
      and f.deleted_at is null
      ${
    from === null ? sql`` : sql`
      and (f.at, f.id) ${backwards ? sql`>` : sql`<`} (
        select b.at, b.id
        from files b
        where b.tenant_id = ${tenantId}
          and b.id = ${from}
      )`
  }
    order by f.at ${direction}, f.id ${direction}
    limit ${literal(size + 1)}
  `;
  return page(rows, cursor, size);
}

/** A file whose record may be shown. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<StoredFile> {
  const { sql, tenantId } = scope;
  const [row] = await sql<(Omit<StoredFile, "object"> & FileKeys)[]>`
    select f.name, f.media_type, f.size::float8 as size, f.object_id, ${homes.columns(scope)}
    from files f
    where f.tenant_id = ${tenantId}
      and f.id = ${id}
      and f.deleted_at is null
      and ${homes.visible(scope)}
  `;
  if (!row) throw new NotFound("file");
  const { objectId, homeKind, homeId, ...file } = row;
  return { ...file, kind: homeKind, id: homeId, object: objectOf(tenantId, objectId) };
}

interface FileKeys {
  objectId: string;
  homeKind: HomeKind;
  homeId: string;
}

/**
 * Attaches a received file to a record. Returns false when the actor already sent this file with
 * this form; then, and whenever this throws, the caller has to discard the bytes. Throws NotFound,
 * or Invalid when the tenant's storage quota is used up.
 */
export async function create(
  scope: Scope,
  id: string,
  home: Home,
  file: Received,
): Promise<boolean> {
  await homes.hold(scope, home);
  await assertOpen(scope, home);
  // The lock on the key also covers the count: two uploads cannot both take the last space.
  if (!await dataKeys.hold(scope, file.dataKeyId)) throw new NotFound("data key");
  if (file.size > (await room(scope)).left) throw new Invalid("files.quota_full");
  let made = await insert(scope, id, home, file);
  if (made === null && await isSame(scope, id, home, file)) return false;
  // A form that was kept open may send a different file under its old id.
  made ??= await insert(scope, newId(), home, file);
  await link(scope, made!, home);
  await note(scope, home, "file_added");
  return true;
}

/**
 * A mail that was sent or received keeps its files unchanged; a draft is locked while it is
 * changed.
 */
async function assertOpen(scope: Scope, { kind, id }: Home): Promise<void> {
  if (kind === "message") await drafts.find(scope, id, true);
}

async function insert(
  { sql, tenantId, actor, now }: Scope,
  id: string,
  home: Home,
  { name, mediaType, size, objectId, dataKeyId }: Received,
): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    insert into files ${
    sql({
      ...{ tenantId, id, name, mediaType, size, objectId, dataKeyId },
      [homes.column(home.kind)]: home.id,
      ...{ at: now, createdBy: actor.userId },
    })
  }
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  return row?.id ?? null;
}

/** Whether the file with this id is the same as the one being sent again. */
async function isSame(
  { sql, tenantId, actor }: Scope,
  id: string,
  home: Home,
  { name, size }: Received,
): Promise<boolean> {
  const [same] = await sql`
    select id
    from files
    where tenant_id = ${tenantId}
      and id = ${id}
      and ${sql(homes.column(home.kind))} = ${home.id}
      and created_by = ${actor.userId}
      and name = ${name}
      and size = ${size}
      and deleted_at is null
  `;
  return same !== undefined;
}

/** Bytes left in the tenant's quota, and the quota itself. */
export async function room({ sql, tenantId }: Scope): Promise<{ left: number; quota: number }> {
  const [row] = await sql<[{ left: number; quota: number }]>`
    select file_quota::float8 as quota, (file_quota - files_size())::float8 as left
    from tenants
    where id = ${tenantId}
  `;
  return row;
}

/**
 * Records in whose timelines the file appears; files of an activity or mail appear along with it.
 */
async function link(scope: Scope, id: string, { kind, id: homeId }: Home): Promise<void> {
  if (kind === "activity" || kind === "message") return;
  const { sql, tenantId, now: at } = scope;
  const links = await linksOf(scope, { [`${kind}Ids`]: [homeId] });
  const base = { tenantId, fileId: id, contactId: null, companyId: null, dealId: null, at };
  await sql`insert into file_links ${
    sql([
      ...links.contactIds.map((recordId) => ({ ...base, recordId, contactId: recordId })),
      ...links.companyIds.map((recordId) => ({ ...base, recordId, companyId: recordId })),
      ...links.dealIds.map((recordId) => ({ ...base, recordId, dealId: recordId })),
    ])
  }`;
}

/** Moves a file to the trash; returns its record. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<Home> {
  const { sql, tenantId, actor, now } = scope;
  const { kind, id: homeId } = await find(scope, id);
  await assertOpen(scope, { kind, id: homeId });
  await sql`
    update files
    set deleted_at = ${now}, deleted_by = ${actor.userId},
      erase_after = ${now}::timestamptz + make_interval(days => (
        select trash_days
        from tenants
        where id = ${tenantId}
      ))
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  const home = { kind, id: homeId };
  await note(scope, home, "file_removed");
  return home;
}

/**
 * Restores a file from the trash; returns its record. Throws NotFound, and then nothing is changed.
 */
export async function restore(scope: Scope, id: string): Promise<Home> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Pick<FileKeys, "homeKind" | "homeId">[]>`
    select ${homes.columns(scope)}
    from files f
    where f.tenant_id = ${tenantId}
      and f.id = ${id}
      and f.deleted_at is not null
      and ${homes.visible(scope)}
    for update of f
  `;
  if (!row) throw new NotFound("file");
  const home = { kind: row.homeKind, id: row.homeId };
  await assertOpen(scope, home);
  await sql`
    update files
    set deleted_at = null, deleted_by = null, erase_after = null
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await note(scope, home, "file_restored");
  return home;
}

/**
 * Erases at most `trash.batch` files whose time in the trash is over; returns how many. A job
 * removes their bytes.
 */
export async function erase(scope: Scope): Promise<number> {
  const { sql, tenantId, now } = scope;
  const gone = await sql<Pick<FileKeys, "homeKind" | "homeId">[]>`
    delete from files f
    where f.tenant_id = ${tenantId}
      and f.id in (
        select id
        from files
        where tenant_id = ${tenantId}
          and deleted_at is not null
          and erase_after <= ${now}
        order by erase_after
        limit ${literal(trash.batch)}
        for update skip locked
      )
    returning ${homes.columns(scope)}
  `;
  for (const kind of ["contact", "company", "deal", "activity"] as const) {
    const ids = gone.filter(({ homeKind }) => homeKind === kind).map(({ homeId }) => homeId);
    await changes.recordAll(scope, { kind, ids, action: "file_erased" });
  }
  if (gone.length > 0) await enqueue(sql, "sweep_files", tenantId, {});
  return gone.length;
}

/**
 * Adds to the record's history that something was done to one of its files, without naming the
 * file.
 */
async function note(scope: Scope, { kind, id }: Home, action: string): Promise<void> {
  if (kind === "message") return;
  await changes.record(scope, { kind, id, action });
  if (kind === "activity") return;
  await scope.sql`
    update ${scope.sql(tables[kind])}
    set last_touch_at = ${scope.now}
    where tenant_id = ${scope.tenantId}
      and id = ${id}
  `;
}
