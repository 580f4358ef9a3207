/** Resumes approved rights whose execution was lost. */
import { enqueue, forgotten } from "./jobs.ts";
import type { Scope } from "./scope.ts";

/**
 * How long an approved item may be in execution before it is checked for a job, in milliseconds.
 */
const lateAfter = 12 * 3_600_000;

/** Resumes approved items that have no job, for instance after a restore; returns how many. */
export async function resumeForgotten({ sql, tenantId, now }: Scope): Promise<number> {
  const late = await sql<{ id: string; caseId: string }[]>`
    select id, case_id
    from case_items
    where tenant_id = ${tenantId}
      and status = 'execution'
      and updated_at <= ${new Date(now.getTime() - lateAfter)}
    order by updated_at, id
    limit 500
  `;
  const ids = await forgotten(sql, "execute_right", "itemId", late.map(({ id }) => id));
  for (const { id: itemId, caseId } of late.filter(({ id }) => ids.includes(id))) {
    await enqueue(sql, "execute_right", tenantId, { caseId, itemId });
  }
  return ids.length;
}
