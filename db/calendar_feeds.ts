/**
 * A user's own calendar for other programs, readable by anybody with its address, which can be
 * renewed.
 */
import type { Kind, Timing } from "./activities.ts";
import { pick } from "./calendars.ts";
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

/** What others get to see: subjects, or only that somebody is busy. */
export const details = ["subject", "busy"] as const;
export type Detail = typeof details[number];

export interface Feed {
  detail: Detail;
  createdAt: Date;
}

/** The user whose calendar an address belongs to. */
export interface Route {
  tenantId: string;
  userId: string;
  locale: "de" | "en";
  detail: Detail;
}

/** The days before and after today that a calendar covers. */
const reach = { back: 60, ahead: 400 };
/** The maximum numbers of entries: in series, ahead, and past. */
export const most = { series: 200, ahead: 700, back: 300 } as const;

/** The acting user's feed, or null. Its address cannot be shown again. */
export async function lookup({ sql, tenantId, actor }: Scope): Promise<Feed | null> {
  const [row] = await sql<Feed[]>`
    select detail, created_at
    from calendar_feeds
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
  `;
  return row ?? null;
}

/**
 * Gives the acting user's calendar a new address and disables the old one. Returns the token, which
 * cannot be read again.
 */
export async function renew(
  { sql, tenantId, actor, now }: Scope,
  detail: Detail,
): Promise<string> {
  const token = newToken();
  await sql`
    insert into calendar_feeds (tenant_id, user_id, token_digest, detail, created_at)
    values (${tenantId}, ${actor.userId}, ${tokenDigest(token)}, ${detail}, ${now})
    on conflict (tenant_id, user_id) do update
    set token_digest = excluded.token_digest, detail = excluded.detail,
      created_at = excluded.created_at
  `;
  return token;
}

/** Closes the acting user's feed; does nothing if there is none. */
export async function remove({ sql, tenantId, actor }: Scope): Promise<void> {
  await sql`
    delete from calendar_feeds
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
  `;
}

/**
 * The user whose calendar it is; null for an unknown address, for users who are blocked or whom
 * their identity provider no longer confirms, and after the end of the contract.
 */
export async function route(sql: AnySql, token: string): Promise<Route | null> {
  const [row] = await sql<Route[]>`
    select tenant_id, user_id, locale, detail
    from calendar_feed(${tokenDigest(token)}, ${now()})
  `;
  return row ?? null;
}

export interface FeedRow extends Timing {
  id: string;
  kind: Kind;
  subject: string;
  dueAt: Date;
  rrule: string | null;
  skipped: string[];
  seriesId: string | null;
  seriesDay: string | null;
  updatedAt: Date;
  version: number;
}

/**
 * What a user owns or takes part in: active series, upcoming entries, and the latest past ones.
 * Completed tasks leave the calendar, conversations stay.
 */
export async function list(scope: Scope, userId: string): Promise<FeedRow[]> {
  const { sql, tenantId, now } = scope;
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  const single = sql`
    (a.rrule is null or a.done_at is not null)
    and (a.kind <> 'task' or a.done_at is null)`;
  const series = sql`a.rrule is not null and a.done_at is null`;
  const ahead = sql`a.due_at >= ${now} and a.due_at <= ${days(reach.ahead)} and ${single}`;
  const back = sql`a.due_at < ${now} and a.due_at >= ${days(-reach.back)} and ${single}`;
  return await sql<FeedRow[]>`
    select a.id, a.kind, a.subject, a.due_at, a.ends_at, a.all_day,
      case when a.done_at is null then a.rrule end as rrule, a.skipped::text[] as skipped,
      a.series_id, a.series_day, a.updated_at, a.version
    from (
      (${pick(scope, userId, series, most.series)})
      union all
      (${pick(scope, userId, ahead, most.ahead)})
      union all
      (${pick(scope, userId, back, most.back, "desc")})
    ) picked
    join activities a on a.tenant_id = ${tenantId} and a.id = picked.id
    order by a.due_at, a.id
  `;
}
