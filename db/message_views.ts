/**
 * How mails are shown: which of them may be seen, a single mail with its records, a conversation.
 */
import { fullName } from "./full_names.ts";
import { NotFound } from "./errors.ts";
import type { Direction, MessageState } from "./messages.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface Message {
  id: string;
  threadId: string;
  direction: Direction;
  kind: MailKind;
  state: MessageState;
  errorCode: string | null;
  userId: string | null;
  userName: string | null;
  messageIdHeader: string;
  referenceIds: string[];
  fromName: string;
  fromAddress: string;
  replyTo: MailAddress[];
  sentTo: MailAddress[];
  sentCc: MailAddress[];
  /** Visible to the author only. */
  sentBcc: MailAddress[];
  /** Whether the acting user wrote it. */
  own: boolean;
  subject: string;
  bodyText: string;
  hasMarkup: boolean;
  incomplete: string | null;
  size: number | null;
  at: Date;
  readAt: Date | null;
}

/** A record that a mail is linked to. */
export interface LinkedRecord {
  kind: "contact" | "company" | "deal";
  id: string;
  name: string;
}

/** A mail of a conversation, as one line. */
export interface MessageLine {
  id: string;
  direction: Direction;
  state: MessageState;
  fromName: string;
  fromAddress: string;
  subject: string;
  at: Date;
}

/** Mails of a conversation that are listed next to one of them. */
const mostLines = 50;

/**
 * Whether the acting user may see message `m`: it is linked to a record that is not in the trash,
 * is in their inbox, or was sent by them and is linked to none; and nobody in it is restricted or
 * in the trash, whose mails nobody sees. A draft is visible to its author only, who typed all it
 * says.
 */
export const visible = ({ sql, actor }: Scope) =>
  sql`(
    case when m.state = 'draft' then m.user_id = ${actor.userId} else coalesce(
      (
        select case
            when bool_or(case when l.contact_id is not null and c.id is null then shut_contact(l.contact_id, true) end)
              then false
            when bool_or(coalesce(o.deleted_at, d.deleted_at) is null) then true
          end
        from message_links l
        left join contacts c
          on c.tenant_id = l.tenant_id and c.id = l.contact_id and c.deleted_at is null
        left join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id
        left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
        where l.tenant_id = m.tenant_id
          and l.message_id = m.id
      ),
      exists (
        select
        from inbox_messages i
        where i.tenant_id = m.tenant_id
          and i.message_id = m.id
          and (i.user_id = ${actor.userId} or i.user_id is null)
      )
      or (
        m.direction = 'out'
        and m.user_id = ${actor.userId}
        and not exists (
          select
          from message_links l
          where l.tenant_id = m.tenant_id
            and l.message_id = m.id
        )
      )
    ) end
  )`;

/**
 * The same for message `m` on a visible record's page: shown there unless another person in it is
 * restricted or in the trash.
 */
export const visibleOn = ({ sql, actor }: Scope, recordId: string | Fragment) =>
  sql`(
    case when m.state = 'draft' then m.user_id = ${actor.userId} else not exists (
      select
      from message_links l
      left join contacts c
        on c.tenant_id = l.tenant_id and c.id = l.contact_id and c.deleted_at is null
      where l.tenant_id = m.tenant_id
        and l.message_id = m.id
        and l.contact_id <> ${recordId}
        and case when c.id is null then shut_contact(l.contact_id, true) else false end
    ) end
  )`;

/** One mail. Throws NotFound if the acting user may not see it. */
export async function find(scope: Scope, id: string): Promise<Message> {
  const { sql, tenantId, actor } = scope;
  const own = sql`coalesce(m.direction = 'out' and m.user_id = ${actor.userId}, false)`;
  const [row] = await sql<Message[]>`
    select m.id, m.thread_id, m.direction, m.kind, m.state, m.error_code, m.user_id,
      m.message_id_header, m.reference_ids, m.from_name, m.from_address, m.reply_to, m.sent_to,
      m.sent_cc, ${own} as own, case when ${own} then m.sent_bcc else '[]' end as sent_bcc, m.subject, m.body_text, m.body_html <> '' as has_markup, m.incomplete,
      m.size::float8 as size, m.at, m.read_at,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = m.tenant_id
          and u.id = m.user_id
      ) as user_name
    from messages m
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("message");
  return row;
}

/** A mail's stored markup. Throws NotFound if there is none or it may not be seen. */
export async function findMarkup(scope: Scope, id: string): Promise<string> {
  const { sql, tenantId } = scope;
  const [row] = await sql<{ bodyHtml: string }[]>`
    select m.body_html
    from messages m
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.body_html <> ''
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("message");
  return row.bodyHtml;
}

/** The records that a mail is linked to, except those in the trash, persons first. */
export async function records({ sql, tenantId }: Scope, id: string): Promise<LinkedRecord[]> {
  return await sql<LinkedRecord[]>`
    select case when c.id is not null then 'contact' when o.id is not null then 'company'
        else 'deal' end as kind,
      coalesce(c.id, o.id, d.id) as id,
      case when c.id is not null then ${fullName("c")}
        else coalesce(o.name, d.title) end as name
    from message_links l
    left join contacts c
      on c.tenant_id = l.tenant_id and c.id = l.contact_id and c.deleted_at is null
    left join companies o
      on o.tenant_id = l.tenant_id and o.id = l.company_id and o.deleted_at is null
    left join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id and d.deleted_at is null
    where l.tenant_id = ${tenantId}
      and l.message_id = ${id}
      and coalesce(c.id, o.id, d.id) is not null
    order by l.contact_id is null, l.company_id is null, l.id
    limit 100
  `;
}

/** The other visible mails of a conversation, oldest first; only the newest if there are many. */
export async function conversation(
  scope: Scope,
  { id, threadId }: Pick<Message, "id" | "threadId">,
): Promise<MessageLine[]> {
  const { sql, tenantId } = scope;
  const rows = await sql<MessageLine[]>`
    select m.id, m.direction, m.state, m.from_name, m.from_address, m.subject, m.at
    from messages m
    where m.tenant_id = ${tenantId}
      and m.thread_id = ${threadId}
      and m.id <> ${id}
      and ${visible(scope)}
    order by m.at desc, m.id desc
    limit ${mostLines}
  `;
  return rows.reverse();
}

/** Records that a received mail was opened, unless the tenant is read-only. */
export async function markRead({ sql, tenantId, now }: Scope, id: string): Promise<void> {
  await sql`
    update messages
    set read_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and direction = 'in'
      and read_at is null
      and (select may_write())
  `;
}
