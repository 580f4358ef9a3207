/**
 * Notifications of users: who did what that concerns them, by identifiers, kept until some time
 * after reading.
 */
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { type Kind, usual } from "./notification_preferences.ts";
import { columns, joins, type Notification } from "./notification_texts.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";
import * as signals from "./signals.ts";

/** The record that a notification is about: one of these, or none if it is about several. */
export interface About {
  contactId?: string;
  companyId?: string;
  dealId?: string;
  activityId?: string;
  messageId?: string;
  importId?: string;
  bulkChangeId?: string;
}

const kindOf = {
  contactId: "contact",
  companyId: "company",
  dealId: "deal",
  activityId: "activity",
  messageId: "message",
  importId: "import",
  bulkChangeId: "bulk_change",
} as const satisfies Record<keyof About, string>;

export type RecordKind = typeof kindOf[keyof About];

/** Who is notified of what: about one record, or about a number of records of a kind. */
export type News =
  & { userId: string; kind: Kind }
  & (About | { recordKind: RecordKind; count: number });

/**
 * Notifies a user in the caller's transaction, in the way they chose. Users are not notified of
 * what they assigned to themselves; former users are not notified at all.
 */
export async function notify(scope: Scope, { userId, kind, ...about }: News): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  if (kind === "assigned" && userId === actor.userId) return;
  const several = "recordKind" in about;
  const [name, id] = several ? [] : Object.entries(about).find(([, value]) => value) ?? [];
  const record = {
    kind: several ? about.recordKind : kindOf[name as keyof About],
    count: several ? about.count : 1,
  };
  if (!record.kind) throw new TypeError(`a notification of kind ${kind} is about nothing`);
  const ways = usual[kind];
  const [wanted] = await sql<{ inApp: boolean }[]>`
    insert into notifications (
      tenant_id, id, user_id, kind, record_kind, count, actor_id, in_app, mail_due, created_at
      ${name ? sql`, ${sql(name)}` : sql``}
    )
    select u.tenant_id, ${newId()}, u.id, ${kind}, ${record.kind}, ${record.count},
      ${actor.userId}, w.in_app, w.by_mail, ${now} ${name ? sql`, ${id as string}::uuid` : sql``}
    from users u
    left join notification_preferences p
      on p.tenant_id = u.tenant_id and p.user_id = u.id and p.kind = ${kind}
    cross join lateral (
      select coalesce(p.in_app, ${ways.inApp}) as in_app,
        coalesce(p.by_mail, ${ways.byMail}) as by_mail
    ) w
    where u.tenant_id = ${tenantId}
      and u.id = ${userId}
      and u.deactivated_at is null
      and (w.in_app or w.by_mail)
    returning in_app
  `;
  if (wanted?.inApp) await signals.send(sql, { about: "user", id: userId });
}

/** Notifies the new owner of a record, unless there is none or they assigned it to themselves. */
export async function notifyOwner(
  scope: Scope,
  userId: string | null,
  about: About,
): Promise<void> {
  if (userId) await notify(scope, { userId, kind: "assigned", ...about });
}

/** Which of the acting user's notifications are wanted. */
interface Wanted {
  unread?: boolean;
  size?: number;
  /** Only those about these kinds of records, if it is known which occur. */
  kinds?: readonly RecordKind[];
}

/** The acting user's notifications, newest first, one page at a time. */
export async function list(
  scope: Scope,
  cursor: Cursor,
  { unread = false, size = pageSize, kinds }: Wanted = {},
): Promise<Page<Notification>> {
  const { sql, tenantId, actor } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const rows = await sql<Notification[]>`
    select ${columns(scope, kinds)}
    from notifications n
    ${joins(scope, kinds)}
    where n.tenant_id = ${tenantId}
      and n.user_id = ${actor.userId}
      and n.in_app
      ${kinds ? sql`and n.record_kind = any(${[...kinds]})` : sql``}
      ${unread ? sql`and n.read_at is null` : sql``}
      ${id === null ? sql`` : sql`and n.id ${backwards ? sql`>` : sql`<`} ${id}`}
    order by n.id ${direction}
    limit ${size + 1}
  `;
  return page(rows, cursor, size);
}

/**
 * A column: the kinds of records that the newest unread ones are about, sorted; null if there are
 * none.
 */
export function newestKinds({ sql, tenantId, actor }: Scope, size: number): Fragment {
  return sql`(
    select array_agg(distinct u.record_kind)
    from (
      select n.record_kind
      from notifications n
      where n.tenant_id = ${tenantId}
        and n.user_id = ${actor.userId}
        and n.in_app
        and n.read_at is null
      order by n.id desc
      limit ${literal(size + 1)}
    ) u
  )`;
}

/** Marks one of the acting user's notifications as read and returns it. Throws NotFound. */
export async function read(scope: Scope, id: string): Promise<Notification> {
  const { sql, tenantId, actor, now } = scope;
  const { count } = await sql`
    update notifications
    set read_at = ${now}, mail_due = false
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and id = ${id}
      and in_app
      and read_at is null
  `;
  if (count > 0) await signals.send(sql, { about: "user", id: actor.userId! });
  const [row] = await sql<Notification[]>`
    select ${columns(scope)}
    from notifications n
    ${joins(scope)}
    where n.tenant_id = ${tenantId}
      and n.user_id = ${actor.userId}
      and n.id = ${id}
      and n.in_app
  `;
  if (!row) throw new NotFound("notification");
  return row;
}

/**
 * Marks all of the acting user's up to this one as read; later ones stay unread. Returns how many.
 */
export async function readAll(
  { sql, tenantId, actor, now }: Scope,
  upTo: string,
): Promise<number> {
  const { count } = await sql`
    update notifications
    set read_at = ${now}, mail_due = false
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
      and id <= ${upTo}
      and in_app
      and read_at is null
  `;
  if (count > 0) await signals.send(sql, { about: "user", id: actor.userId! });
  return count;
}

/** Days that a notification is kept once read, or while unread (class `notification`). */
const keptFor = { read: 90, unread: 365 };
/** Rows removed in one transaction. */
export const batch = 5_000;

/** Removes at most `batch` of a tenant's expired notifications; returns how many. */
export async function removeExpired({ sql, tenantId, now }: Scope): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { count } = await sql`
    delete from notifications
    where tenant_id = ${tenantId}
      and id in (
        select id
        from notifications
        where tenant_id = ${tenantId}
          and (read_at <= ${before(keptFor.read)} or created_at <= ${before(keptFor.unread)})
        limit ${batch}
        for update skip locked
      )
  `;
  return count;
}
