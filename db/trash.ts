/** The trash: deleted records wait here for the tenant's days, then are erased for good. */
import { removeAlone } from "./activity_erasures.ts";
import { unrestricted } from "./activity_conditions.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import * as holds from "./holds.ts";
import { enqueue } from "./jobs.ts";
import * as mergeEnds from "./merge_ends.ts";
import * as offers from "./offer_retentions.ts";
import * as messages from "./messages.ts";
import { type Kind as RecordKind, tables as recordTables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import * as suppressions from "./suppressions.ts";

/** What is put into the trash here: records, and activities as well. */
export type Kind = RecordKind | "activity";

/** What may lie in the trash; files are put there by `files.remove`. */
export type TrashKind = Kind | "file";

/** Where each kind is kept. */
export const tables = { ...recordTables, activity: "activities" } as const satisfies Record<
  Kind,
  string
>;

/** In the order of erasure: whatever is about a record goes before it. */
export const kinds = ["activity", "contact", "company", "deal"] as const satisfies readonly Kind[];

/** Moves a live record into the trash; throws NotFound. */
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

/** Takes a record out of the trash unchanged; throws NotFound. */
export async function restore(scope: Scope, kind: Kind, id: string): Promise<void> {
  const [back] = await restoreAll(scope, kind, [id]);
  if (!back) throw new NotFound(kind);
}

/** Takes those of the records that are in the trash out again; returns their ids. */
export async function restoreAll(
  scope: Scope,
  kind: Kind,
  ids: readonly string[],
): Promise<string[]> {
  const { sql, tenantId } = scope;
  // Locked in one order: two users who restore the same records would deadlock.
  const rows = await sql<{ id: string }[]>`
    with trashed as materialized (
      select a.id
      from ${sql(tables[kind])} a
      where a.tenant_id = ${tenantId}
        and a.id = any (${[...ids]}::uuid[])
        and a.deleted_at is not null
        ${kind === "activity" ? sql`and ${unrestricted(scope)}` : unmerged(scope)}
      order by a.id
      for no key update
    )
    update ${sql(tables[kind])} r
    set deleted_at = null, deleted_by = null, erase_after = null, version = version + 1
    from trashed
    where r.tenant_id = ${tenantId}
      and r.id = trashed.id
    returning r.id
  `;
  const back = rows.map(({ id }) => id);
  await changes.recordAll(scope, { kind, ids: back, action: "restored" });
  if (kind === "company") await searchTexts.refreshAround(scope, back);
  else if (kind !== "activity") await searchTexts.refresh(scope, kind, back);
  return back;
}

/** A row `a` merged into another record is not in the trash: its merge can be undone instead. */
export const unmerged = ({ sql }: Scope) => sql`and a.merged_into is null`;

/** Records erased in one transaction, so that the job holds its locks only briefly. */
export const batch = 500;

/**
 * Erases at most `batch` records of a kind whose days are over, with everything attached, and
 * returns how many. The history keeps that it happened, but not whom it was about; people who
 * objected to mail stay barred by the hash of their address.
 */
export async function erase(scope: Scope, kind: Kind, secretKey: string): Promise<number> {
  const { sql, tenantId, now } = scope;
  if (kind !== "activity") await holds.suspend(scope, kind);
  if (kind === "activity" || kind === "deal") await holds.suspendInCase(scope, kind);
  const due = await sql<{ id: string }[]>`
    select id
    from ${sql(tables[kind])} a
    where tenant_id = ${tenantId}
      and deleted_at is not null
      and erase_after <= ${now}
      ${kind === "activity" ? sql`` : unmerged(scope)}
    order by erase_after
    limit ${batch}
    for update skip locked
  `;
  const ids = due.map(({ id }) => id);
  if (kind !== "activity") await removeAlone(scope, kind, ids);
  if (kind === "contact") await suppressions.keepObjections(scope, secretKey, ids);
  if (kind === "contact") await messages.removeAlone(scope, ids);
  if (kind === "contact") await offers.forgetOf(scope, ids);
  if (kind === "contact" && ids.length > 0) await mergeEnds.forgetMentions(scope, ids);
  if (kind === "deal") await offers.forget(scope, ids);
  await sql`
    delete from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = any(${ids}::uuid[])
  `;
  await changes.recordAll(scope, { kind, ids, action: "erased" });
  // Files were removed with their records; their bytes are removed later.
  if (ids.length > 0) await enqueue(sql, "sweep_files", tenantId, {});
  return ids.length;
}
