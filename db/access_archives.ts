/**
 * Answers to rights of access that a job makes because they are large: what was chosen when they were
 * looked at, and the sealed archive, which can be downloaded for 14 days.
 */
import * as changes from "./changes.ts";
import { NotFound } from "./errors.ts";
import { objectOf } from "./files.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** What was decided about an answer. */
export interface Choice {
  contactId: string;
  language: "de" | "en";
  words: string[];
  /** What was proposed and looked at; whatever else is found later is covered in any case. */
  offered: string[];
  /** The files that stay here. */
  leftOut: string[];
}

/** `failed`: a fault that its log names, or too many attempts. */
export type Fault = "broken" | "disk_full" | "failed";

/** Who ordered an answer that was not made. */
export interface Orderer {
  contactId: string;
  email: string;
  name: string;
  locale: "de" | "en";
}

export interface AccessArchive {
  id: string;
  status: "waiting" | "done" | "failed";
  size: number | null;
  errorCode: Fault | null;
  createdByName: string | null;
  createdAt: Date;
  eraseAfter: Date;
}

const keptFor = 14 * 86_400_000;
/** How long an answer may be waited for: by then its job has used up its attempts or was lost. */
const triedFor = 86_400_000;

/** The answers made for a contact that are not due to be deleted, newest first; at most 20. */
export async function list(
  { sql, tenantId, now }: Scope,
  contactId: string,
): Promise<AccessArchive[]> {
  return await sql<AccessArchive[]>`
    select a.id, a.status, a.size::float8 as size, a.error_code, i.name as created_by_name,
      a.created_at, a.erase_after
    from access_archives a
    left join users u on u.tenant_id = a.tenant_id and u.id = a.created_by
    left join identities i on i.id = u.identity_id
    where a.tenant_id = ${tenantId}
      and a.contact_id = ${contactId}
      and a.erase_after > ${now}
    order by a.created_at desc, a.id desc
    limit 20
  `;
}

/**
 * Has the answer made, as it stands now; returns its id. It replaces those that still wait for the
 * same contact: the last choice counts, however often the form is sent.
 */
export async function create(scope: Scope, choice: Choice): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const id = newId();
  const eraseAfter = new Date(now.getTime() + keptFor);
  await sql`
    delete from access_archives
    where tenant_id = ${tenantId}
      and contact_id = ${choice.contactId}
      and status = 'waiting'
  `;
  await sql`
    insert into access_archives ${
    sql({ tenantId, id, ...choice, createdBy: actor.userId, createdAt: now, eraseAfter })
  }`;
  await enqueue(sql, "prepare_access", tenantId, { accessArchiveId: id });
  return id;
}

/** An answer that still has to be made, or null. */
export async function lookupWaiting(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Choice & { createdAt: Date } | null> {
  const [row] = await sql<(Choice & { createdAt: Date })[]>`
    select contact_id, language, words, offered, left_out, created_at
    from access_archives
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
  `;
  return row ?? null;
}

/** Whether an answer is ready now; false if it is no longer wanted, as its person was erased. */
export async function finish(
  { sql, tenantId, now }: Scope,
  id: string,
  { objectId, size }: { objectId: string; size: number },
): Promise<boolean> {
  const rows = await sql`
    update access_archives
    set status = 'done', object_id = ${objectId}, size = ${size}, finished_at = ${now},
      erase_after = ${new Date(now.getTime() + keptFor)}, words = '{}', offered = '{}'
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
    returning id
  `;
  return rows.length > 0;
}

/** Notes that making an answer failed; returns whom to tell. */
export const fail = (scope: Scope, id: string, code: Fault): Promise<Orderer[]> =>
  end(scope, code, scope.sql`id = ${id}`);

/** The same for all that have been waited for too long. */
export const giveUp = (scope: Scope): Promise<Orderer[]> =>
  end(scope, "failed", scope.sql`created_at <= ${new Date(scope.now.getTime() - triedFor)}`);

async function end(
  { sql, tenantId, now }: Scope,
  code: Fault,
  which: Fragment,
): Promise<Orderer[]> {
  return await sql<Orderer[]>`
    with ended as (
      update access_archives
      set status = 'failed', error_code = ${code}, finished_at = ${now}, words = '{}',
        offered = '{}'
      where tenant_id = ${tenantId}
        and status = 'waiting'
        and ${which}
      returning contact_id, created_by
    )
    select ended.contact_id, i.email, i.name, i.locale
    from ended
    join users u on u.tenant_id = ${tenantId} and u.id = ended.created_by
    join identities i on i.id = u.identity_id
    where u.deactivated_at is null
  `;
}

/** The bytes to hand out, whose answer they are, and in which language. Throws NotFound. */
export async function findFile(
  { sql, tenantId, now }: Scope,
  id: string,
): Promise<Pick<Choice, "contactId" | "language"> & { object: string; size: number }> {
  const [row] = await sql<
    (Pick<Choice, "contactId" | "language"> & { objectId: string; size: number })[]
  >`
    select contact_id, language, object_id, size::float8 as size
    from access_archives
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'done'
      and erase_after > ${now}
  `;
  if (!row) throw new NotFound("export");
  const { objectId, ...answer } = row;
  return { ...answer, object: objectOf(tenantId, objectId) };
}

/** Records that an answer was handed out. */
export const noteHandedOut = (scope: Scope, contactId: string): Promise<void> =>
  changes.recordAll(scope, { kind: "contact", ids: [contactId], action: "disclosed" });

/** Deletes answers whose days are over; the sweep of files removes their bytes. */
export async function removeOld({ sql, tenantId, now }: Scope): Promise<void> {
  await sql`
    delete from access_archives
    where tenant_id = ${tenantId}
      and erase_after <= ${now}
  `;
}
