/** The mails that a user writes, by their state: drafts, pending, sent, failed. */
import type { MessageState } from "./messages.ts";
import { visible } from "./message_views.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { Scope } from "./scope.ts";

export interface SentRow {
  id: string;
  state: MessageState;
  errorCode: string | null;
  to: MailAddress[];
  subject: string;
  at: Date;
}

/** The page's folders, each for one state. */
export const folders = {
  sent: "sent",
  queued: "queued",
  failed: "failed",
  drafts: "draft",
} as const satisfies Record<string, MessageState>;

export type Folder = keyof typeof folders;

/** The acting user's mails in a folder, newest first, a page at a time. */
export async function list(scope: Scope, folder: Folder, cursor: Cursor): Promise<Page<SentRow>> {
  const { sql, tenantId, actor } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const rows = await sql<SentRow[]>`
    select m.id, m.state, m.error_code, m.sent_to as to, m.subject, m.at
    from messages m
    where m.tenant_id = ${tenantId}
      and m.user_id = ${actor.userId}
      and m.direction = 'out'
      and m.state = ${folders[folder]}
      and ${visible(scope)}
      ${
    id === null ? sql`` : sql`
      and (m.at, m.id) ${backwards ? sql`>` : sql`<`} (
        select b.at, b.id
        from messages b
        where b.tenant_id = ${tenantId}
          and b.id = ${id}
      )`
  }
    order by m.at ${direction}, m.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}

/** How many are in the folders that need attention: drafts, failed mails; at most 100 each. */
export async function waiting(
  { sql, tenantId, actor }: Scope,
): Promise<Record<"drafts" | "failed", number>> {
  const count = (state: MessageState) =>
    sql`(
      select count(*)::int
      from (
        select
        from messages
        where tenant_id = ${tenantId}
          and user_id = ${actor.userId}
          and direction = 'out'
          and state = ${state}
        limit 100
      ) x
    )`;
  const [row] = await sql<[Record<"drafts" | "failed", number>]>`
    select ${count("draft")} as drafts, ${count("failed")} as failed
  `;
  return row;
}
