/**
 * Mails about notifications that a user has not read yet: for whom one is due, and what it
 * contains.
 */
import type { Kind } from "./notification_preferences.ts";
import type { RecordKind } from "./notifications.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/**
 * Milliseconds that everything except reminders waits to be read in the app before it is mailed.
 */
const waits = 30 * 60_000;
/** Maximum lines of one mail; the rest is in the app. */
const mostLines = 20;

/**
 * One line of a mail: similar notifications by the same person are combined. No record is named.
 */
export interface Line {
  kind: Kind;
  recordKind: RecordKind;
  actorName: string | null;
  count: number;
}

export interface Digest {
  locale: "de" | "en";
  name: string;
  email: string;
  lines: Line[];
}

/** Users for whom a mail is due now, at most `most`, the longest waiting first. */
export async function due(
  sql: AnySql,
  at: Date,
  most: number,
): Promise<{ tenantId: string; userId: string }[]> {
  return await sql<{ tenantId: string; userId: string }[]>`
    select tenant_id, user_id
    from notifications_to_mail(${new Date(at.getTime() - waits)}, ${most}::int)
  `;
}

/**
 * Takes everything that waits for a user's mail, so that no other mail repeats it. Null when
 * another process was faster, and for blocked users.
 */
export async function take(scope: Scope, userId: string): Promise<Digest | null> {
  const { sql, tenantId, now } = scope;
  const lines = await sql<Line[]>`
    with told as (
      update notifications
      set mail_due = false, read_at = case when in_app then read_at else ${now} end
      where tenant_id = ${tenantId}
        and user_id = ${userId}
        and mail_due
      returning kind, record_kind, actor_id, count, created_at
    )
    select t.kind, t.record_kind, i.name as actor_name, sum(t.count)::int as count
    from told t
    left join users u on u.tenant_id = ${tenantId} and u.id = t.actor_id
    left join identities i on i.id = u.identity_id
    group by t.kind, t.record_kind, t.actor_id, i.name
    order by min(t.created_at), t.kind, t.record_kind
    limit ${mostLines}
  `;
  if (lines.length === 0) return null;
  const [user] = await sql<Omit<Digest, "lines">[]>`
    select i.locale, i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.id = ${userId}
      and u.deactivated_at is null
  `;
  return user ? { ...user, lines } : null;
}
