/** Bulk changes of records: ordered, carried out in batches, and undone. */
import * as effects from "./bulk_effects.ts";
import { fieldOf } from "./bulk_customs.ts";
import * as orders from "./bulk_orders.ts";
import { Forbidden, Invalid, NotFound } from "./errors.ts";
import { type Limited, mayWrite } from "./field_rights.ts";
import { enqueue } from "./jobs.ts";
import { notify } from "./notifications.ts";
import { type Changed, hold, leaveUnseen } from "./bulk_batches.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { can } from "./roles.ts";
import { selected, type Selection } from "./selections.ts";
import * as standings from "./standings.ts";
import * as tags from "./tags.ts";

export const actions = [
  "tag",
  "untag",
  "owner",
  "status",
  "stage",
  "delete",
  "custom",
  "notice",
  "notice_exception",
] as const;
export type Action = typeof actions[number];

export interface Wish {
  kind: Kind;
  action: Action;
  /**
   * The id of a tag, user (empty for nobody) or stage, or the status; empty for deletion; for a
   * custom field, the text that `bulk_customs` makes of it.
   */
  value: string;
}

export interface BulkChange extends Wish {
  id: string;
  status: "running" | "done" | "undoing" | "undone";
  /** The records selected, and those of them actually changed. */
  total: number;
  changed: number;
  /** Records that undoing skipped because the user undoing it no longer saw them. */
  unseen: number;
  createdBy: string | null;
  undoUntil: Date;
}

/** Records changed within the request; a job does the rest in batches of the same size. */
export const batch = 1_000;
/** The maximum number of records in one change. */
export const most = 100_000;
const undoDays = 30;

/**
 * Changes the selected records: up to `batch` at once, more by a job; returns the change, which
 * may have been made under this id before.
 * Throws Invalid `lists.bulk_recounted` if their number differs from the one counted before or is
 * too high, and `field_rights.read_only` for a field that the role may not write.
 */
export async function create(
  scope: Scope,
  id: string,
  wish: Wish,
  selection: Selection,
  counted: number,
): Promise<BulkChange> {
  const { sql, tenantId, actor, now } = scope;
  assertOpen(scope, wish);
  const undoUntil = new Date(now.getTime() + undoDays * 86_400_000);
  if (counted > most) throw new Invalid("lists.bulk_recounted");
  const chosen = await selected(
    scope,
    wish.kind,
    selection,
    (counted > batch ? most : counted) + 1,
  );
  if (counted > batch) {
    const order = { ...wish, id, total: counted, undoUntil };
    const isNew = await orders.create(scope, order, chosen);
    const made = await lookup(scope, id);
    if (!isNew && !made) throw new Invalid("lists.bulk_recounted");
    return made!;
  }
  const { count: made } = await sql`insert into bulk_changes ${
    sql({
      tenantId,
      id,
      ...wish,
      status: "running",
      total: counted,
      createdBy: actor.userId,
      createdAt: now,
      undoUntil,
    })
  } on conflict do nothing`;
  // Pressed twice: the second waits here for the first, and is told what that has done.
  if (made === 0) return await find(scope, id);
  const ids = await hold(scope, wish, chosen.ids);
  if (ids.length !== counted) throw new Invalid("lists.bulk_recounted");
  await sql`
    insert into bulk_change_rows (tenant_id, bulk_change_id, ${sql(`${wish.kind}_id`)})
    select ${tenantId}, ${id}, unnest(${ids}::uuid[])
  `;
  await work(scope, id);
  return await find(scope, id);
}

/** Checked when a change is ordered or undone, so that the job needs no rights of its own. */
function assertOpen(scope: Scope, { kind, action, value }: Wish): void {
  if (isOpen(scope, kind, action, action === "custom" ? fieldOf(value) : null)) return;
  throw new Invalid("field_rights.read_only", "");
}

const fields = { tag: "tags", untag: "tags", owner: "ownerId", status: "status" } as const;

/** Whether the role may write the field being changed; a custom field is named by its id. */
export function isOpen(scope: Limited, kind: Kind, action: string, own: string | null): boolean {
  const field = own ?? fields[action as keyof typeof fields];
  return field === undefined || mayWrite(scope, kind, field);
}

/**
 * Whether the user who ordered a change may still make it; if not, it ends with what it has
 * changed, which is reported as usual and can be undone. Undoing continues: it only restores
 * values.
 */
export async function mayGoOn(scope: Scope, id: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const found = await find(scope, id);
  const { kind, action, value, status, createdBy } = found;
  if (status !== "running" || createdBy === null) return true;
  const standing = await standings.lookup(scope, createdBy);
  const right = action === "delete" ? "delete" : "write";
  const own = action === "custom" ? fieldOf(value) : null;
  if (
    standing && can(standing.role, `${tables[kind]}.${right}`) &&
    isOpen(standing, kind, action, own)
  ) return true;
  const [ended] = await sql<{ changed: number }[]>`
    update bulk_changes
    set status = 'done', waiting = null, finished_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'running'
    returning changed
  `;
  if (ended) await notifyUsers(scope, { ...found, ...ended });
  return false;
}

/** Returns a change of the acting user's tenant; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<BulkChange> {
  const found = await lookup(scope, id);
  if (!found) throw new NotFound("bulk_change");
  return found;
}

/** The same, or null. */
export async function lookup({ sql, tenantId }: Scope, id: string): Promise<BulkChange | null> {
  const [row] = await sql<BulkChange[]>`
    select id, kind, action, value, status, total, changed, unseen, created_by, undo_until
    from bulk_changes
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return row ?? null;
}

/**
 * Undoes a change, at once or by a job, on records that nobody has changed since and that the
 * acting user still sees. Throws NotFound when it is too late or the change is not done, Forbidden
 * when it is somebody else's, Invalid (`field_rights.read_only`) for a field the role may not
 * write.
 */
export async function undo(
  scope: Scope,
  id: string,
  manage: boolean,
): Promise<BulkChange> {
  const { sql, tenantId, actor, now } = scope;
  const found = await find(scope, id);
  if (found.createdBy !== actor.userId && !manage) throw new Forbidden("bulk_changes.undo");
  assertOpen(scope, found);
  const [row] = await sql`
    update bulk_changes
    set status = 'undoing'
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'done'
      and undo_until > ${now}
    returning id
  `;
  if (!row) throw new NotFound("bulk_change");
  const unseen = await leaveUnseen(scope, found);
  await sql`
    update bulk_changes
    set unseen = ${unseen}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (found.changed <= batch) await work(scope, id);
  else await enqueue(sql, "change_in_bulk", tenantId, { bulkChangeId: id });
  return await find(scope, id);
}

/**
 * Works on the next batch of a change or of its undoing; true when nothing is left. May safely run
 * again at any time.
 */
export async function work(scope: Scope, id: string): Promise<boolean> {
  const { sql, tenantId, now } = scope;
  const [found] = await sql<BulkChange[]>`
    select id, kind, action, value, status, total, changed, unseen, created_by, undo_until
    from bulk_changes
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('running', 'undoing')
    for update
  `;
  if (!found) return true;
  const forth = found.status === "running";
  const rows = await next(scope, id, forth ? "waiting" : "changed");
  const finished = rows.length < batch;
  // Before the records, as everybody locks tags.
  const made = finished && !forth && found.action === "tag" &&
    await tags.holdMade(scope, found.value, id);
  const changed = forth
    ? await effects.apply(scope, found, rows.map((row) => row.id))
    : await effects.revert(scope, found, rows);
  await effects.note(scope, found, changed);
  if (made) await tags.removeUnused(scope, found.value);
  const status = finished ? (forth ? "done" : "undone") : found.status;
  await sql`
    update bulk_changes
    set status = ${status}, changed = changed + ${forth ? changed.length : 0},
      finished_at = ${finished ? sql`${now}` : forth ? sql`null` : sql`finished_at`}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (finished) {
    await notifyUsers(scope, { ...found, changed: found.changed + (forth ? changed.length : 0) });
  }
  return finished;
}

/** Notifies the user who waits for the job to end, and the new owner of the records. */
async function notifyUsers(scope: Scope, change: BulkChange): Promise<void> {
  const { id, kind, action, value, status, total, changed, createdBy } = change;
  const byJob = (status === "running" ? total : changed) > batch;
  if (createdBy && byJob) {
    await notify(scope, { userId: createdBy, kind: "bulk_change_done", bulkChangeId: id });
  }
  const given = status === "running" && action === "owner" && changed > 0;
  if (given && value && value !== createdBy) {
    const news = { userId: value, kind: "assigned", recordKind: kind, count: changed } as const;
    await notify(scope, news);
  }
}

async function next(
  { sql, tenantId }: Scope,
  id: string,
  state: "waiting" | "changed",
): Promise<Changed[]> {
  return await sql<Changed[]>`
    select record_id as id, old
    from bulk_change_rows
    where tenant_id = ${tenantId}
      and bulk_change_id = ${id}
      and state = ${state}
    order by record_id
    limit ${batch}
  `;
}

/**
 * Removes a tenant's changes that can no longer be undone, and a week later also unfinished ones:
 * the records' previous values are no longer needed then. Returns how many.
 */
export async function removeExpired({ sql, tenantId, now }: Scope): Promise<number> {
  const { count } = await sql`
    delete from bulk_changes
    where tenant_id = ${tenantId}
      and undo_until <= ${now}
      and (
        status in ('done', 'undone')
        or undo_until <= ${new Date(now.getTime() - 7 * 86_400_000)}
      )
  `;
  return count;
}
