/**
 * Changes many activities together and remembers their previous values, so that it can be undone.
 */
import { NotFound, Stale } from "./errors.ts";
import { type Activity, find } from "./activities.ts";
import type { Scope } from "./scope.ts";
import { lift, narrowly } from "./sights.ts";

/**
 * Applies a change to each of these activities that the acting user sees; returns the ids of those
 * changed. Skips those that are gone or were changed by somebody else at the same time.
 */
export async function each(
  scope: Scope,
  ids: readonly string[],
  action: (activity: Activity) => Promise<boolean>,
): Promise<string[]> {
  const changed: string[] = [];
  // Lists show the same activities in different orders: two at once would deadlock.
  for (const id of ids.toSorted()) {
    // A change widens the user's sight for its own consequences only.
    const done = await narrowly(scope, async () => await action(await find(scope, id)))
      .catch(passed);
    if (done) changed.push(id);
  }
  return changed;
}

function passed(error: unknown): false {
  if (error instanceof NotFound || error instanceof Stale) return false;
  throw error;
}

/** A field that a batch changes, as history names it. */
export type Field = "owner_id" | "due_at";

/** An activity with a field's value before the batch and the value the batch set. */
export interface Before {
  activity: Activity;
  from: string | null;
  to: string | null;
}

/**
 * A field's value in these activities before the acting user changed it at a given instant: whoever
 * gave something away may take it back, even if they no longer see it.
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
    order by c.record_id
  `;
  const found: Before[] = [];
  for (const { id, ...was } of rows) {
    const activity = await find(scope, id).catch(passed);
    if (activity) found.push({ activity, ...was });
  }
  return found;
}
