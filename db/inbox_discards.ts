/** Mails thrown away from the inbox: those ticked, or all it shows, for thousands come in a night. */
import { type Filter, keptDays, lying } from "./inbox.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** How many are counted, and thrown away, at once. */
export const most = 5_000;

const day = 86_400_000;

/** What is shown in a part of the inbox. */
export interface Shown {
  /** One more than `most` at most. */
  count: number;
  /** The entry that came last, wherever it stands; null where there is none. */
  last: string | null;
}

/** How many a part of the inbox holds. */
export async function count(scope: Scope, filter: Filter): Promise<Shown> {
  const [row] = await scope.sql<[Shown]>`
    select count(*)::int as count, max(f.id::text) as last
    from (${found(scope, filter, most + 1)}) f
  `;
  return row;
}

/**
 * Throws away what a part of the inbox shows, the newest `most` of it, and nothing that came after
 * the entry that its reader saw as the last; how many.
 */
export async function createAll(scope: Scope, filter: Filter, last: string): Promise<number> {
  const { sql, tenantId, actor, now } = scope;
  const { count } = await sql`
    update inbox_messages
    set state = 'discarded', settled_at = ${now}, settled_by = ${actor.userId},
      erase_after = ${new Date(now.getTime() + keptDays.discarded * day)}
    where tenant_id = ${tenantId}
      and state = 'open'
      and id in (
        select f.id
        from (${found(scope, filter, most)}) f
        where f.id <= ${last}
      )
  `;
  return count;
}

/** Throws mails away that lie open before the acting user; how many. They are erased 30 days later. */
export async function create(
  { sql, tenantId, actor, now }: Scope,
  ids: readonly string[],
): Promise<number> {
  const { count } = await sql`
    update inbox_messages
    set state = 'discarded', settled_at = ${now}, settled_by = ${actor.userId},
      erase_after = ${new Date(now.getTime() + keptDays.discarded * day)}
    where tenant_id = ${tenantId}
      and id = any(${[...ids]}::uuid[])
      and (user_id = ${actor.userId} or user_id is null)
      and state = 'open'
  `;
  return count;
}

/** Takes back one discarded mail, or all that the acting user discarded at a moment; how many. */
export async function withdraw(
  { sql, tenantId, actor }: Scope,
  which: { id: string } | { discardedAt: Date },
): Promise<number> {
  const { count } = await sql`
    update inbox_messages
    set state = 'open', settled_at = null, settled_by = null, erase_after = null
    where tenant_id = ${tenantId}
      and ${
    "id" in which
      ? sql`id = ${which.id}`
      : sql`settled_at = ${which.discardedAt} and settled_by = ${actor.userId}`
  }
      and (user_id = ${actor.userId} or user_id is null)
      and state = 'discarded'
  `;
  return count;
}

/** One's own and the shared ones, each as its index has them. */
function found(scope: Scope, filter: Filter, limit: number): Fragment {
  const { sql, tenantId, actor } = scope;
  const of = (owner: Fragment) =>
    sql`
      select b.id, b.at
      from inbox_messages b
      join messages m on m.tenant_id = b.tenant_id and m.id = b.message_id
      where b.tenant_id = ${tenantId}
        and ${owner}
        and ${lying(scope, filter)}
      order by b.at desc, b.id desc
      limit ${limit}`;
  const own = sql`(${of(sql`b.user_id = ${actor.userId}`)})`;
  const shared = sql`(${of(sql`b.user_id is null`)})`;
  const both = filter.whose === "own"
    ? own
    : filter.whose === "shared"
    ? shared
    : sql`${own} union all ${shared}`;
  return sql`
    select r.id
    from (${both}) r
    order by r.at desc, r.id desc
    limit ${limit}`;
}
