/** Activities changed together: what stood in them before, for the way back. */
import { NotFound, Stale } from "./errors.ts";
import { type Activity, find } from "./activities.ts";
import type { Scope } from "./scope.ts";
import { lift, narrowly } from "./sights.ts";

/**
 * Does a deed with each of these activities that the acting user sees; the ids of those it changed.
 * What is gone, or was changed by somebody else at the same time, is passed over.
 */
export async function each(
  scope: Scope,
  ids: readonly string[],
  deed: (activity: Activity) => Promise<boolean>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const id of ids) {
    // A deed lifts the limits of sight for what follows from it, and for nothing else.
    const done = await narrowly(scope, async () => await deed(await find(scope, id)))
      .catch(passed);
    if (done) changed.push(id);
  }
  return changed;
}

function passed(error: unknown): false {
  if (error instanceof NotFound || error instanceof Stale) return false;
  throw error;
}

/** A field that a batch writes, as history names it. */
export type Field = "owner_id" | "due_at";

/** An activity with what one of its fields held before, and what the batch made of it. */
export interface Before {
  activity: Activity;
  from: string | null;
  to: string | null;
}

/**
 * What a field of these activities was before the acting user changed it at an instant: whoever gave
 * something away may take it back, though they see it no more.
 */
export async function before(
  scope: Scope,
  ids: readonly string[],
  at: Date,
  field: Field,
): Promise<Before[]> {
  const { sql, tenantId, actor } = scope;
  await lift(scope);
  const rows = await sql<{ id: string; from: string | null; to: string | null }[]>`
    select c.record_id as id, f.field ->> 'from' as from, f.field ->> 'to' as to
    from changes c
    cross join jsonb_array_elements(c.fields) as f (field)
    where c.tenant_id = ${tenantId}
      and c.record_kind = 'activity'
      and c.record_id = any (${[...ids]}::uuid[])
      and c.at = ${at}
      and c.actor_id = ${actor.userId}
      and f.field ->> 'name' = ${field}
  `;
  const found: Before[] = [];
  for (const { id, ...was } of rows) {
    const activity = await find(scope, id).catch(passed);
    if (activity) found.push({ activity, ...was });
  }
  return found;
}
