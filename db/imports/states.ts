/** The states of an import while it is processed; each change reports whether it was still due. */
import { NotFound } from "../errors.ts";
import type { Counts, Grounds, Options } from "../imports.ts";
import * as deliveries from "../latenode_deliveries.ts";
import { notify } from "../notifications.ts";
import type { Scope } from "../scope.ts";
import type { Existing } from "./merges.ts";
import type { OwnersOfFile } from "./owner_columns.ts";
import type { Plan } from "./plans.ts";

/** For how long an import can be undone and its file is kept, in milliseconds. */
export const keptFor = 30 * 86_400_000;

/** The user whose import it is (null for the command line); null if there is none. */
export async function owner(
  { sql, tenantId }: Scope,
  id: string,
): Promise<{ userId: string | null } | null> {
  const [found] = await sql<{ userId: string | null }[]>`
    select created_by as user_id
    from imports
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return found ?? null;
}

/** Sets grounds and state at once, for a run that nobody needs to review first. */
export async function order(
  { sql, tenantId }: Scope,
  id: string,
  status: "checking" | "queued",
  { source, legalBasis, purpose }: Grounds,
  chosen: { existing: Existing; ownerId?: string },
): Promise<void> {
  await sql`
    update imports
    set status = ${status}, options = options || ${
    sql.json({ ...chosen })
  }, source = ${source}, legal_basis = ${legalBasis}, purpose = ${purpose}
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'uploaded'
  `;
}

/** What a run needs to know. */
export interface Started extends Grounds {
  id: string;
  plan: Plan;
  existing: Existing;
  tags: string[];
  ownerId: string | null;
  /** The tenant's language, for persons whose row gives none. */
  language: string;
}

/** Marks the start; null if there is nothing to do, as it was done before or is too early. */
export async function begin(
  { sql, tenantId, now }: Scope,
  id: string,
  status: "checking" | "running",
): Promise<Started | null> {
  const from = status === "checking" ? ["checking"] : ["queued", "running"];
  const [found] = await sql<(Grounds & { options: Options; language: string })[]>`
    update imports m
    set status = ${status}, started_at = ${now}, progress = 0, error_code = null
    from tenants t
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.status = any (${from})
      and t.id = m.tenant_id
    returning m.options, m.source, m.legal_basis, m.purpose, t.locale as language
  `;
  if (!found) return null;
  const { options, ...rest } = found;
  const { plan, tags, existing = "skip", ownerId } = options;
  const owner = ownerId === undefined ? null : await stillThere({ sql, tenantId }, ownerId);
  return { id, plan, tags, existing, ownerId: owner, ...rest };
}

/** The user chosen on the form; nobody if they have left the tenant since. */
async function stillThere(
  { sql, tenantId }: Pick<Scope, "sql" | "tenantId">,
  userId: string,
): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select id
    from users
    where tenant_id = ${tenantId}
      and id = ${userId}
      and deactivated_at is null
  `;
  return found?.id ?? null;
}

/** Records how many rows are done. */
export async function report(
  { sql, tenantId }: Scope,
  id: string,
  progress: number,
): Promise<void> {
  await sql`
    update imports
    set progress = ${progress}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/**
 * Ends a rehearsal or a run in the transaction that did the work; the user is notified of a run.
 */
export async function finish(
  scope: Scope,
  id: string,
  status: "checking" | "running",
  counts: Counts,
  { undoUntil, owners }: { undoUntil: Date; owners: OwnersOfFile },
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const done = status === "running";
  // Now the people named by the file are known from all rows and all owner columns.
  const named = owners.columns.length === 0
    ? sql``
    : sql`inspection = jsonb_set(inspection, '{owners}', ${sql.json(owners)}),`;
  const [found] = await sql<{ userId: string | null }[]>`
    update imports
    set status = ${done ? "done" : "checked"}, counts = ${sql.json({ ...counts })}, ${named}
      progress = ${counts.records}, total = ${counts.records}, finished_at = ${now},
      undo_until = ${done ? undoUntil : null}
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = ${status}
    returning created_by as user_id
  `;
  if (!found) throw new NotFound("import");
  if (done) await announceEnd(scope, id, found.userId);
}

async function announceEnd(scope: Scope, importId: string, userId: string | null): Promise<void> {
  if (userId) await notify(scope, { userId, kind: "import_done", importId });
  await deliveries.create(scope.sql, "import_finished");
}

/**
 * Ends it without a result for a reason that a retry would not cure, and notifies its user. (An
 * undo that has removed something already waits to be ordered again.)
 */
export async function fail(scope: Scope, id: string, code: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  const [found] = await sql<{ status: string; userId: string | null }[]>`
    update imports
    set status = case
        when status = 'undoing' and progress = 0 then 'done'
        when status = 'undoing' then status
        else 'failed'
      end,
      error_code = ${code}, finished_at = coalesce(case when status = 'undoing' then finished_at end, ${now})
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('checking', 'queued', 'running', 'undoing')
    returning status, created_by as user_id
  `;
  if (found?.status === "failed") await announceEnd(scope, id, found.userId);
}
