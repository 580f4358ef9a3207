/** All data of a tenant in one archive, made by a job and downloaded by its owners. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import { objectOf } from "./files.ts";
import { isId, newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import { dayOf } from "./local_times.ts";
import type { Holder } from "./histories.ts";
import type { Scope } from "./scope.ts";
import * as tenants from "./tenants.ts";

export interface TenantExport {
  id: string;
  status: "waiting" | "done" | "failed";
  rows: number | null;
  size: number | null;
  errorCode: "broken" | "disk_full" | null;
  createdByName: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  eraseAfter: Date;
}

/** How many days an archive can be downloaded. */
const keptDays = 14;

const day = 86_400_000;

/** The newest archives; at most 20. */
export async function list({ sql, tenantId }: Scope): Promise<TenantExport[]> {
  return await sql<TenantExport[]>`
    select e.id, e.status, e.rows::float8 as rows, e.size::float8 as size, i.name as created_by_name,
      e.error_code, e.created_at, e.finished_at, e.erase_after
    from tenant_exports e
    left join users u on u.tenant_id = e.tenant_id and u.id = e.created_by
    left join identities i on i.id = u.identity_id
    where e.tenant_id = ${tenantId}
    order by e.created_at desc, e.id desc
    limit 20
  `;
}

/** Requests an archive; one already being made is used instead. */
export async function create(scope: Scope): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await advisoryLocks.take(scope, "tenant_exports");
  const [waiting] = await sql`
    select id
    from tenant_exports
    where tenant_id = ${tenantId}
      and status = 'waiting'
    limit 1
  `;
  if (waiting) return;
  const id = newId();
  await sql`
    insert into tenant_exports (tenant_id, id, created_by, created_at, erase_after)
    values (
      ${tenantId}, ${id}, ${actor.userId}, ${now}, ${new Date(now.getTime() + keptDays * day)}
    )
  `;
  await enqueue(sql, "export_tenant", tenantId, { tenantExportId: id });
  await changes.record(scope, { kind: "export", id, action: "created" });
}

/** The archive to hand out: its storage name, size and file name. Throws NotFound. */
export async function findFile(
  scope: Scope,
  id: string,
): Promise<{ object: string; size: number; name: string }> {
  const { sql, tenantId } = scope;
  const [row] = isId(id)
    ? await sql<{ objectId: string; size: number; createdAt: Date }[]>`
      select object_id, size::float8 as size, created_at
      from tenant_exports
      where tenant_id = ${tenantId}
        and id = ${id}
        and status = 'done'
        and erase_after > ${scope.now}
    `
    : [];
  if (!row) throw new NotFound("export");
  const { slug } = await tenants.find(scope);
  const name = `${slug}-${dayOf(row.createdAt)}.zip`;
  return { object: objectOf(tenantId, row.objectId), size: row.size, name };
}

/** Records that somebody was given the archive, of whose copy they are reminded later. */
export const noteHandedOut = (scope: Scope, id: string): Promise<void> =>
  changes.record(scope, { kind: "export", id, action: "exported" });

/** Whether an archive still has to be made. */
export async function isWaiting({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const [row] = await sql`
    select id
    from tenant_exports
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
  `;
  return row !== undefined;
}

/** Notes that an archive is ready; its days for downloading start now. */
export async function finish(
  { sql, tenantId, now }: Scope,
  id: string,
  { objectId, size, rows }: { objectId: string; size: number; rows: number },
): Promise<void> {
  await sql`
    update tenant_exports
    set status = 'done', object_id = ${objectId}, size = ${size}, rows = ${rows},
      finished_at = ${now}, erase_after = ${new Date(now.getTime() + keptDays * day)}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Notes that making an archive failed. */
export async function fail({ sql, tenantId, now }: Scope, id: string, code: string): Promise<void> {
  await sql`
    update tenant_exports
    set status = 'failed', error_code = ${code}, finished_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
  `;
}

/**
 * Deletes archives whose days are over; the sweep of files removes their bytes. Returns who
 * downloaded one and must by now delete their copy.
 */
export async function removeOld({ sql, tenantId, now }: Scope): Promise<Holder[]> {
  return await sql<Holder[]>`
    with gone as (
      delete from tenant_exports
      where tenant_id = ${tenantId}
        and erase_after <= ${now}
      returning id
    )
    select i.email, i.name, i.locale, count(distinct gone.id)::int as count
    from gone
    join changes c on c.tenant_id = ${tenantId} and c.record_kind = 'export'
      and c.record_id = gone.id and c.action = 'exported'
    join users u on u.tenant_id = ${tenantId} and u.id = c.actor_id
    join identities i on i.id = u.identity_id
    where u.deactivated_at is null
    group by i.email, i.name, i.locale
    order by i.email
    limit 500
  `;
}
