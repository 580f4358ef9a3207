/** The inbox: received mails, shown to those who received them until assigned or discarded. */
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { visible } from "./message_views.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { Scope } from "./scope.ts";

/** Where a mail is: to be assigned, sent by a program, on a record's page, or discarded. */
export type Place = "open" | "automatic" | "assigned" | "discarded";

export const places: readonly Place[] = ["open", "automatic", "assigned", "discarded"];

/** Which mails: those of one's own mailboxes and address, the tenant's shared ones, or both. */
export type Whose = "own" | "shared" | null;

export interface Filter {
  place: Place;
  whose: Whose;
  /** Part of the sender's name or address, or of the subject; empty for all. */
  q: string;
}

export interface InboxRow {
  id: string;
  messageId: string;
  fromName: string;
  fromAddress: string;
  subject: string;
  kind: MailKind;
  at: Date;
  readAt: Date | null;
  eraseAfter: Date | null;
  shared: boolean;
}

interface Entry {
  messageId: string;
  /** Who sees it until it is assigned; null for everybody who reads mail. */
  userId: string | null;
  state: "open" | "assigned";
  kind: MailKind;
  at: Date;
}

/**
 * Days that a discarded mail is kept, and that an open one waits before it is discarded
 * automatically.
 */
export const keptDays = { discarded: 30, open: 90 };
const day = 86_400_000;
/** Rows changed in one transaction. */
const batch = 500;

/** Shows a mail to one more user, or to all; changes nothing if it is already shown to them. */
export async function add(
  { sql, tenantId }: Scope,
  { messageId, userId, state, kind, at }: Entry,
): Promise<void> {
  await sql`
    insert into inbox_messages (tenant_id, id, message_id, user_id, state, kind, at)
    values (${tenantId}, ${newId()}, ${messageId}, ${userId}, ${state}, ${kind}, ${at})
    on conflict do nothing
  `;
}

/**
 * Whether an entry `b` and its mail `m` are in a place, visible to the user and match the search.
 */
export const lying = (scope: Scope, { place, q }: Pick<Filter, "place" | "q">): Fragment => {
  const { sql } = scope;
  return sql`
    b.place = ${place}
    and ${visible(scope)}
    ${
    q === "" ? sql`` : sql`
    and strpos(lower(concat_ws(' ', m.from_name, m.from_address, m.subject)), ${q.toLowerCase()}) > 0`
  }`;
};

/** What a place holds for the acting user, newest first, one page at a time. */
export async function list(
  scope: Scope,
  { place, whose, q }: Filter,
  cursor: Cursor,
): Promise<Page<InboxRow>> {
  const { sql, tenantId, actor } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const from = (owner: Fragment) =>
    sql`
      select b.id, b.message_id, m.from_name, m.from_address, m.subject, b.kind, b.at, m.read_at,
        b.erase_after, b.user_id is null as shared
      from inbox_messages b
      join messages m on m.tenant_id = b.tenant_id and m.id = b.message_id
      where b.tenant_id = ${tenantId}
        and ${owner}
        and ${lying(scope, { place, q })}
        ${
      id === null ? sql`` : sql`
        and (b.at, b.id) ${backwards ? sql`>` : sql`<`} (
          select a.at, a.id
          from inbox_messages a
          where a.tenant_id = ${tenantId}
            and a.id = ${id}
        )`
    }
      order by b.at ${direction}, b.id ${direction}
      limit ${pageSize + 1}`;
  const own = from(sql`b.user_id = ${actor.userId}`);
  const shared = from(sql`b.user_id is null`);
  const rows = await sql<InboxRow[]>`
    select r.*
    from (
      ${
    whose === "own"
      ? sql`(${own})`
      : whose === "shared"
      ? sql`(${shared})`
      : sql`(${own}) union all (${shared})`
  }
    ) r
    order by r.at ${direction}, r.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}

/** Above this number the count says "more than". */
export const bound = 99;

/** How many are open for the acting user; at most one more than `bound`. */
export async function count({ sql, tenantId, actor }: Scope, place: Place): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int
    from (
      (
        select
        from inbox_messages
        where tenant_id = ${tenantId}
          and user_id = ${actor.userId}
          and place = ${place}
        limit ${bound + 1}
      )
      union all
      (
        select
        from inbox_messages
        where tenant_id = ${tenantId}
          and user_id is null
          and place = ${place}
        limit ${bound + 1}
      )
    ) found
  `;
  return Math.min(row.count, bound + 1);
}

/** An entry that the acting user can see. Throws NotFound. */
export async function find(
  scope: Scope,
  id: string,
): Promise<{ id: string; messageId: string; state: "open" | "assigned" | "discarded" }> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql<
    { id: string; messageId: string; state: "open" | "assigned" | "discarded" }[]
  >`
    select b.id, b.message_id, b.state
    from inbox_messages b
    join messages m on m.tenant_id = b.tenant_id and m.id = b.message_id
    where b.tenant_id = ${tenantId}
      and b.id = ${id}
      and (b.user_id = ${actor.userId} or b.user_id is null)
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("inbox message");
  return row;
}

/** The acting user's entry of a mail, or null if they do not have one. */
export async function lookup(
  { sql, tenantId, actor }: Scope,
  messageId: string,
): Promise<
  { id: string; state: "open" | "assigned" | "discarded"; eraseAfter: Date | null } | null
> {
  const [row] = await sql<
    { id: string; state: "open" | "assigned" | "discarded"; eraseAfter: Date | null }[]
  >`
    select id, state, erase_after
    from inbox_messages
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
      and (user_id = ${actor.userId} or user_id is null)
    order by state <> 'open', user_id nulls last
    limit 1
  `;
  return row ?? null;
}

/** The mail to be assigned that follows an entry, or the first of all; null if nothing is left. */
export async function following(scope: Scope, id: string): Promise<string | null> {
  const open = { place: "open", whose: null, q: "" } as const;
  for (const cursor of [{ after: id }, null]) {
    const { rows: [row] } = await list(scope, open, cursor);
    if (row) return row.messageId;
  }
  return null;
}

/** Records that mails are on a record's page now, for all users who had them. */
export async function settle(
  { sql, tenantId, actor, now }: Scope,
  messageIds: readonly string[],
): Promise<void> {
  await sql`
    update inbox_messages
    set state = 'assigned', settled_at = ${now}, settled_by = ${actor.userId}, erase_after = null
    where tenant_id = ${tenantId}
      and message_id = any(${[...messageIds]}::uuid[])
      and state <> 'assigned'
  `;
}

/**
 * Discards mails that have been open for too long, and erases those discarded 30 days ago and those
 * that belong to no record any more: sent ones only after as many days as a received one may stay
 * open. Handles at most `batch` rows of each kind and returns how many; call until it returns 0.
 */
export async function expire({ sql, tenantId, now }: Scope): Promise<number> {
  const stale = await sql`
    update inbox_messages
    set state = 'discarded', settled_at = ${now},
      erase_after = ${new Date(now.getTime() + keptDays.discarded * day)}
    where tenant_id = ${tenantId}
      and id in (
        select id
        from inbox_messages
        where tenant_id = ${tenantId}
          and state = 'open'
          and at <= ${new Date(now.getTime() - keptDays.open * day)}
        limit ${batch}
      )
  `;
  const gone = await sql`
    delete from inbox_messages
    where tenant_id = ${tenantId}
      and id in (
        select id
        from inbox_messages
        where tenant_id = ${tenantId}
          and erase_after <= ${now}
        limit ${batch}
      )
  `;
  const orphans = await sql`
    delete from messages
    where tenant_id = ${tenantId}
      and id in (
        select m.id
        from messages m
        where m.tenant_id = ${tenantId}
          and m.state <> 'queued'
          and (
            m.direction = 'in'
            or m.at <= ${new Date(now.getTime() - keptDays.open * day)}
          )
          and not exists (
            select
            from message_links l
            where l.tenant_id = m.tenant_id
              and l.message_id = m.id
          )
          and not exists (
            select
            from inbox_messages b
            where b.tenant_id = m.tenant_id
              and b.message_id = m.id
              and b.state <> 'assigned'
          )
        limit ${batch}
      )
  `;
  return stale.count + gone.count + orphans.count;
}
