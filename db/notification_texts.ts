/** What a notification shows now: names are read from the records, never copied. */
import { fullName } from "./full_names.ts";
import type { Kind } from "./notification_preferences.ts";
import type { About, RecordKind } from "./notifications.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface Notification extends Required<{ [Name in keyof About]: string | null }> {
  id: string;
  kind: Kind;
  recordKind: RecordKind;
  count: number;
  /** Who caused it; null for the system and for users who no longer exist. */
  actorName: string | null;
  /** The record's name; null if there is none or it may not be seen any more. */
  name: string | null;
  /** How an import, a bulk change or one of the user's own mails ended. */
  status: string | null;
  /** Number of records changed by a bulk change. */
  changed: number | null;
  /** When an activity is due. */
  dueAt: Date | null;
  allDay: boolean | null;
  /** The sender of a mail. */
  sender: string | null;
  createdAt: Date;
  readAt: Date | null;
}

/** Whether row `x` is linked to a person who may not be seen: then its text may not be either. */
const hidden = ({ sql }: Scope, links: "activity_links" | "message_links", column: string) =>
  sql`exists (
    select
    from ${sql(links)} l
    where l.tenant_id = x.tenant_id
      and l.${sql(column)} = x.id
      and l.contact_id is not null
      and case
        when exists (
          select
          from contacts c
          where c.tenant_id = l.tenant_id
            and c.id = l.contact_id
        ) then false
        else shut_contact(l.contact_id, false)
      end
  )`;

/** The kinds of records to look up: all of them, unless it is known which occur. */
type Sought = readonly RecordKind[] | undefined;

const isSought = (kinds: Sought, kind: RecordKind): boolean => kinds?.includes(kind) ?? true;

/**
 * The columns of a `Notification` from row `n` and its `joins`. PostgreSQL plans joins even if they
 * find nothing, so the query contains only the kinds needed.
 */
export function columns(scope: Scope, kinds?: Sought) {
  const { sql } = scope;
  const of = (kind: RecordKind, found: Fragment, none = sql`null`) =>
    isSought(kinds, kind) ? found : none;
  return sql`
    n.id, n.kind, n.record_kind, n.count, n.contact_id, n.company_id, n.deal_id, n.activity_id,
    n.message_id, n.import_id, n.bulk_change_id, n.created_at, n.read_at,
    (
      select i.name
      from users u
      join identities i on i.id = u.identity_id
      where u.tenant_id = n.tenant_id
        and u.id = n.actor_id
    ) as actor_name,
    coalesce(
      ${
    of(
      "contact",
      sql`(
        select ${fullName("c")}
        from contacts c
        where c.tenant_id = n.tenant_id
          and c.id = n.contact_id
          and c.deleted_at is null
      )`,
    )
  },
      ${
    of(
      "company",
      sql`(
        select o.name
        from companies o
        where o.tenant_id = n.tenant_id
          and o.id = n.company_id
          and o.deleted_at is null
      )`,
    )
  },
      ${
    of(
      "deal",
      sql`(
        select d.title
        from deals d
        where d.tenant_id = n.tenant_id
          and d.id = n.deal_id
          and d.deleted_at is null
      )`,
    )
  },
      ${of("activity", sql`a.subject`)}, ${of("message", sql`e.subject`)},
      ${of("import", sql`m.file_name`)}
    ) as name,
    coalesce(
      ${of("import", sql`m.status`)}, ${of("bulk_change", sql`b.status`)},
      ${of("message", sql`e.status`)}
    ) as status,
    ${of("bulk_change", sql`b.changed`, sql`null::int`)} as changed,
    ${of("activity", sql`a.due_at`, sql`null::timestamptz`)} as due_at,
    ${of("activity", sql`a.all_day`, sql`null::boolean`)} as all_day,
    ${of("message", sql`e.sender`)} as sender`;
}

/** The joins that the columns of a `Notification` need, for the same kinds. */
export function joins(scope: Scope, kinds?: Sought) {
  const { sql } = scope;
  const of = (kind: RecordKind, join: Fragment) => isSought(kinds, kind) ? join : sql``;
  return sql`
    ${
    of(
      "import",
      sql`left join imports m on m.tenant_id = n.tenant_id and m.id = n.import_id`,
    )
  }
    ${
    of(
      "bulk_change",
      sql`left join bulk_changes b on b.tenant_id = n.tenant_id and b.id = n.bulk_change_id`,
    )
  }
    ${
    of(
      "activity",
      sql`left join lateral (
      select x.subject, x.due_at, x.all_day
      from activities x
      where x.tenant_id = n.tenant_id
        and x.id = n.activity_id
        and x.deleted_at is null
        and not ${hidden(scope, "activity_links", "activity_id")}
    ) a on true`,
    )
  }
    ${
    of(
      "message",
      sql`left join lateral (
      select x.subject, coalesce(nullif(x.from_name, ''), x.from_address) as sender,
        case
          when x.direction = 'in' then null
          when x.state = 'failed' then 'failed'
          when x.state <> 'sent' then 'waits'
          when x.error_code like 'some\\_refused%' then 'partly'
          else 'done'
        end as status
      from messages x
      where x.tenant_id = n.tenant_id
        and x.id = n.message_id
        and not ${hidden(scope, "message_links", "message_id")}
    ) e on true`,
    )
  }`;
}
