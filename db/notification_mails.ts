/** Letters about what a user has not read yet: whose is due, and what stands in it. */
import type { Kind } from "./notification_preferences.ts";
import type { RecordKind } from "./notifications.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** How long all but reminders wait to be read in the app before a letter tells of them. */
const waits = 30 * 60_000;
/** Lines of one letter at most; the app has the rest. */
const mostLines = 20;

/** One line of a letter: the like of it by the same person is summed up. No record is named. */
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

/** Users for whom a letter is due at this moment, at most `most`, who waits longest first. */
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
 * Takes all that waits for a user's letter, so that no other letter tells it again. Null when
 * another was faster, and for users who were shut out.
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
