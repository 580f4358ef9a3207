/**
 * Discarding mails from the inbox: those selected or all it shows, as thousands can come in a
 * night.
 */
import { type Filter, keptDays, lying } from "./inbox.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** How many are counted and discarded at once. */
export const most = 5_000;

const day = 86_400_000;

/** What a part of the inbox shows. */
export interface Shown {
  /** At most one more than `most`. */
  count: number;
  /** The newest entry, wherever it is in the list; null if there is none. */
  last: string | null;
  /** Identifies exactly these `most` entries; null if there are none. */
  mark: string | null;
}

/** How many mails a part of the inbox holds. */
export async function count(scope: Scope, filter: Filter): Promise<Shown> {
  const { sql } = scope;
  const [row] = await sql<[Shown]>`
    select count(*)::int as count, max(f.id::text) as last,
      ${mark(scope)} as mark
    from (${found(scope, filter, most + 1, null)}) f
  `;
  return row;
}

/**
 * Discards what a part of the inbox shows, at most its newest `most` entries: exactly what the
 * reader saw, or nothing. Entries that came later are excluded by their identifiers; one that was
 * arriving while the page was read sorts before the last one and changes the mark. Returns how
 * many.
 */
export async function createAll(
  scope: Scope,
  filter: Filter,
  { last, mark: seen }: { last: string; mark: string },
): Promise<number> {
  const { sql, tenantId, actor, now } = scope;
  const { count } = await sql`
    with f as materialized (
      ${found(scope, filter, most, last)}
    )
    update inbox_messages
    set state = 'discarded', settled_at = ${now}, settled_by = ${actor.userId},
      erase_after = ${new Date(now.getTime() + keptDays.discarded * day)}
    where tenant_id = ${tenantId}
      and state = 'open'
      and id in (
        select id
        from f
      )
      and (
        select ${mark(scope)}
        from f
      ) = ${seen}
  `;
  return count;
}

/** One checksum over all entries of a list `f`. */
const mark = ({ sql }: Scope) =>
  sql`md5(string_agg(f.id::text, ',' order by f.no) filter (where f.no <= ${most}))`;

/**
 * Discards mails that are open for the acting user; returns how many. They are erased 30 days
 * later.
 */
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

/**
 * Restores one discarded mail, or all that the user discarded at a given moment; returns how many.
 */
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

/** The user's own and the shared mails, each by its own index; none that came after `last`. */
function found(scope: Scope, filter: Filter, limit: number, last: string | null): Fragment {
  const { sql, tenantId, actor } = scope;
  const of = (owner: Fragment) =>
    sql`
      select b.id, b.at
      from inbox_messages b
      join messages m on m.tenant_id = b.tenant_id and m.id = b.message_id
      where b.tenant_id = ${tenantId}
        and ${owner}
        and ${lying(scope, filter)}
        ${last === null ? sql`` : sql`and b.id <= ${last}`}
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
    select r.id, row_number() over (order by r.at desc, r.id desc) as no
    from (${both}) r
    order by r.at desc, r.id desc
    limit ${limit}`;
}
